/** Anything that puts the records in order for a query. */
import type { SearchIndex } from '../../src/search/search-contract.ts';

export interface RankOptions {
  /** Most results. */
  readonly depth: number;
  /** Only records of these sources. */
  readonly sourceIds?: readonly string[];
}

/** Ids of index documents, best first, of copies in one group all of them at the group's rank. */
export type Ranker = (text: string, options: RankOptions) => Promise<readonly string[]>;

/** Our index as a person asks it who has chosen no language. `meaning: false`: the words alone. */
export function indexRanker(index: SearchIndex, meaning: boolean): Ranker {
  return async (text, { depth, sourceIds }) => {
    const { hits } = await index.search({
      text,
      meaning,
      filters: sourceIds === undefined ? {} : { source: sourceIds },
      sort: 'relevance',
      offset: 0,
      limit: depth,
      facetLimit: 0,
    });
    return hits.flatMap(({ id, stored }) => stored.group?.members.map((member) => member.id) ?? [id]);
  };
}
