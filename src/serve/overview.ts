/**
 * What the home page and the source list say about the whole catalogue. Counting takes a pass over all datasets, so it is
 * done once for each state of the store and the index, not once for each reader.
 */
import type { CatalogueRecord } from '../model/dataset.ts';
import type { FacetCount } from '../search/search-contract.ts';
import type { CatalogueTotals, SourceSummary } from '../store/catalogue-reader.ts';
import type { ServeOptions } from './serve-options.ts';

/** Newest datasets on the home page. */
const newestShown = 8;

/** Values asked of a facet: more than there are themes or countries. */
const facetLimit = 300;

export interface Overview {
  /** Here `datasets` counts records of portals. */
  readonly totals: CatalogueTotals;
  /** Datasets shown: copies at several portals count once. */
  readonly shown: number;
  readonly summaries: ReadonlyMap<string, SourceSummary>;
  /** Datasets by theme and by country as a search would find them. */
  readonly themes: readonly FacetCount[];
  readonly countries: readonly FacetCount[];
  readonly newest: readonly CatalogueRecord[];
}

export function overviewReader({ catalogue, index }: ServeOptions): () => Promise<Overview> {
  let kept: { readonly state: string; readonly overview: Promise<Overview> } | undefined;
  return async () => {
    const state = await stateOf(catalogue, index);
    if (kept?.state !== state) {
      const overview = readOverview(catalogue, index);
      const mine = { state, overview };
      kept = mine;
      // A failure is told to whoever waits for it, and tried again by the next reader.
      overview.catch(() => {
        if (kept === mine) kept = undefined;
      });
    }
    return kept.overview;
  };
}

/** A running harvest writes its run row with each batch, so the newest runs are part of the state. */
async function stateOf(catalogue: ServeOptions['catalogue'], index: ServeOptions['index']): Promise<string> {
  const [changeNumber, runs] = await Promise.all([catalogue.latestChangeNumber(), catalogue.runs({ limit: 8 })]);
  const { generation, changeNumber: indexed } = index.status();
  return JSON.stringify([changeNumber, generation, indexed, runs.map((run) => [run.id, run.state, run.counts])]);
}

async function readOverview(catalogue: ServeOptions['catalogue'], index: ServeOptions['index']): Promise<Overview> {
  const [totals, { copies }, summaries, newest, everything] = await Promise.all([
    catalogue.totals(),
    catalogue.copyFigures(),
    catalogue.sourceSummaries(),
    catalogue.newest(newestShown),
    index.search({ text: '', filters: {}, sort: 'modified', offset: 0, limit: 1, facetLimit }),
  ]);
  return {
    totals,
    shown: totals.datasets - copies,
    summaries: new Map(summaries.map((summary) => [summary.sourceId, summary])),
    themes: everything.facets.theme ?? [],
    countries: everything.facets.country ?? [],
    newest,
  };
}
