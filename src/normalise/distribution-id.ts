/** Permanent ids of distributions: the same resource has the same id in every harvest. Pure. */
import { base32Id } from '../kit/hash.ts';

export interface DistributionKey {
  readonly nativeId: string | undefined;
  readonly url: string | undefined;
}

/**
 * Ids from the dataset id and, for each resource, its native id, else its address, else its place in the list. A key
 * that was taken gets its address added, then a count: two resources never share an id.
 */
export function distributionIds(datasetId: string, keys: readonly DistributionKey[]): readonly string[] {
  const taken = new Set<string>();
  return keys.map(({ nativeId, url }, index) => {
    const key = nativeId ?? url ?? `#${index}`;
    let id = base32Id(datasetId, key);
    if (taken.has(id) && nativeId !== undefined && url !== undefined) id = base32Id(datasetId, key, url);
    for (let count = 2; taken.has(id); count += 1) id = base32Id(datasetId, key, String(count));
    taken.add(id);
    return id;
  });
}
