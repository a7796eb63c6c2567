/**
 * The forms in which titles, names of bodies and addresses are compared across portals. Pure. They are keys: nothing here is
 * ever shown or written over what a portal said (field D-07: the comparison key is not the stored value).
 */
import { foldCharacter } from '../text/fold-character.ts';
import { normalText } from '../text/normal-text.ts';

const letterOrDigit = /[\p{L}\p{M}\p{N}]/u;

/**
 * Width, case, accents, Han variants, spaces and punctuation folded; numbers stay apart from one another (1-6 is not 16).
 * Empty for a text without a letter or digit.
 */
export function titleKey(text: string): string {
  let key = '';
  let gap = false;
  for (const character of normalText(text).text) {
    if (!letterOrDigit.test(character)) {
      gap = true;
      continue;
    }
    const folded = foldCharacter(character.codePointAt(0) ?? 0);
    if (gap && isDigit(folded.charCodeAt(0)) && isDigit(key.charCodeAt(key.length - 1))) key += '-';
    key += folded;
    gap = false;
  }
  return key;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** Numbers of a key in their order: what tells the issues of a series apart. */
export function numbersOf(key: string): string {
  return (key.match(/[0-9]+|[一二三四五六七八九十百]+(?=[年月季期次屆届期号號])/gu) ?? []).join(' ');
}

export interface AddressParts {
  /** With its port when that is not the usual one. */
  readonly host: string;
  /**
   * Scheme, case of the host, default port, doubled and final slashes and the fragment do not count; the query does. A fragment
   * that is a route of a page (`#/…`, `#!…`) counts too. Absent for a bare host: half a portal points there.
   */
  readonly key?: string;
}

/** `undefined` for what is no web address. */
export function addressParts(address: string): AddressParts | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const host = hostKey(url);
  const path = percentDecoded(url.pathname)
    .replace(/\/{2,}/gu, '/')
    .replace(/\/$/u, '');
  const route = /^#[/!]/u.test(url.hash) ? url.hash : '';
  if (path === '' && url.search === '' && route === '') return { host };
  return { host, key: `${host}${path}${percentDecoded(url.search)}${route}` };
}

export function addressKey(address: string): string | undefined {
  return addressParts(address)?.key;
}

export function hostOf(address: string): string | undefined {
  return addressParts(address)?.host;
}

function hostKey(url: URL): string {
  const usual = url.port === '' || url.port === '80' || url.port === '443';
  return usual ? url.hostname : `${url.hostname}:${url.port}`;
}

function percentDecoded(text: string): string {
  try {
    return text.includes('%') ? decodeURI(text).normalize('NFC') : text;
  } catch {
    return text;
  }
}

/** Share of the pairs of neighbouring characters that two keys have in common, 0–1 (Dice). */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const left = pairsOf(a);
  const right = pairsOf(b);
  if (left.size === 0 || right.size === 0) return 0;
  let common = 0;
  for (const pair of left) if (right.has(pair)) common += 1;
  return (2 * common) / (left.size + right.size);
}

function pairsOf(key: string): Set<string> {
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < key.length; i++) pairs.add(key.slice(i, i + 2));
  return pairs;
}
