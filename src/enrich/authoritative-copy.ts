/**
 * Which copy of a group speaks for the dataset: the one nearest to the body that makes the data. Pure. In this order:
 * a record that another says it was taken from; the portal run by the government that publishes; the portal that the
 * addresses point at; a portal of one kind of data; one of the whole country; the one that has files; the older; then by id.
 */
import type { CopyTraits } from './copy-traits.ts';

/** The authoritative copy first, the others by source and id. */
export function copiesInOrder(copies: readonly CopyTraits[]): readonly CopyTraits[] {
  const ranked = copies.map((copy) => ({ copy, rank: rankOf(copy, copies) }));
  const best = ranked.reduce((a, b) => (isBefore(b, a) ? b : a));
  const others = copies.filter((copy) => copy !== best.copy).sort(bySource);
  return [best.copy, ...others];
}

interface Ranked {
  readonly copy: CopyTraits;
  readonly rank: readonly (number | string)[];
}

/** Smaller is better, part by part. */
function rankOf(copy: CopyTraits, copies: readonly CopyTraits[]): Ranked['rank'] {
  const { place, origin, addresses, issued } = copy;
  // A short name at a city's portal may be an office of the city or a court of the nation: all that name a body must agree.
  const isOwn =
    place.government !== undefined &&
    copies.every(({ roots }) => roots.length === 0 || roots.includes(place.government?.key ?? ''));
  const pointedAt = copies.some((other) => other !== copy && [...other.hosts].some((host) => place.hosts.has(host)));
  return [
    origin === undefined ? 0 : 1,
    isOwn ? 0 : 1,
    pointedAt ? 0 : 1,
    place.general ? 1 : 0,
    // A city's portal that lists a ministry's data is a guest-house, not the home.
    place.local ? 1 : 0,
    addresses.size > 0 ? 0 : 1,
    issued === '' ? '9999' : issued,
    copy.sourceId,
    copy.id,
  ];
}

function isBefore(a: Ranked, b: Ranked): boolean {
  for (const [index, mine] of a.rank.entries()) {
    const other = b.rank[index] ?? 0;
    if (mine !== other) return mine < other;
  }
  return false;
}

function bySource(a: CopyTraits, b: CopyTraits): number {
  if (a.sourceId !== b.sourceId) return a.sourceId < b.sourceId ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
