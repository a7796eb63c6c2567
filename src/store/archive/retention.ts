/** Which versions of a record are kept: the last 20, and before them the last one of each month (design.md §2.2). */
const keptWhole = 20;

/**
 * Versions to drop, out of those not dropped yet, given newest first. Packs are append-only: dropping marks a version
 * as no longer offered, its bytes go when packs are compacted.
 */
export function versionsToDrop(
  newestFirst: readonly { readonly version: number; readonly fetchedAt: string }[],
): number[] {
  const months = new Set<string>();
  const dropped: number[] = [];
  for (const each of newestFirst.slice(keptWhole)) {
    const month = each.fetchedAt.slice(0, 7);
    if (months.has(month)) dropped.push(each.version);
    months.add(month);
  }
  return dropped;
}
