/** The keys that records must share to be compared at all. Pure. */
import { quickHash } from '../kit/quick-hash.ts';
import type { CopyTraits } from './copy-traits.ts';

/**
 * Addresses of a record that make a block: those with the smallest hashes. Two records with the same files share all of them,
 * and with half of their files in common at least one with a chance of 1 - 2^-16.
 */
const addressesInBlocks = 16;

/** Larger blocks are a series, a standard title or an address that half a portal points at: they prove nothing. */
export const largestBlock = 60;

/** Distinct, ascending; each fits a whole number of SQL. */
export function blockKeys(traits: CopyTraits): readonly number[] {
  const keys = new Set<number>();
  for (const title of traits.titles) for (const root of traits.roots) keys.add(titleBlock(title, root));
  const addresses = [...traits.addresses].map(addressBlock).sort((a, b) => a - b);
  for (const key of addresses.slice(0, addressesInBlocks)) keys.add(key);
  for (const address of [traits.landing, traits.origin?.address])
    if (address !== undefined) keys.add(addressBlock(address));
  for (const identifier of traits.identifiers) keys.add(quickHash(`identifier ${identifier}`));
  for (const host of traits.place.hosts) for (const id of traits.localIds) keys.add(originBlock(host, id));
  const { origin } = traits;
  if (origin?.host !== undefined && origin.identifier !== undefined)
    keys.add(originBlock(origin.host, origin.identifier));
  return [...keys].sort((a, b) => a - b);
}

export function titleBlock(title: string, root: string): number {
  return quickHash(`title ${root} ${title}`);
}

export function addressBlock(address: string): number {
  return quickHash(`address ${address}`);
}

function originBlock(host: string, identifier: string): number {
  return quickHash(`origin ${host} ${identifier}`);
}
