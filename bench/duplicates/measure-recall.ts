/** Copies that are known, and how many of them are found. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cataloguePlaces } from '../../src/enrich/catalogue-places.ts';
import { titleKey } from '../../src/enrich/comparison-key.ts';
import { base32Id } from '../../src/kit/hash.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { groupDuplicates } from '../../src/pipeline/group-duplicates.ts';
import type { CatalogueReader } from '../../src/store/catalogue-reader.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import type { CapturedCatalogue } from './captured-datasets.ts';
import { storeCatalogue } from './stored-catalogues.ts';

export interface Recall {
  readonly known: number;
  readonly found: number;
  /** Copies in a group without their original. */
  readonly wrong: number;
}

/** Records of the city lists whose title the national list has too; those that stand in no group with it are not found. */
export async function titleRecall(
  store: CatalogueReader,
  [national, ...others]: readonly CapturedCatalogue[],
): Promise<Omit<Recall, 'wrong'>> {
  const titles = new Set(national?.datasets.map(({ title }) => titleKey(title[0]?.text ?? '')));
  const cities = others.filter(({ source }) => source.id.startsWith('tw-list-'));
  const known = cities
    .flatMap(({ datasets }) => datasets)
    .filter(({ title }) => titles.has(titleKey(title[0]?.text ?? '')));
  let found = 0;
  for (let i = 0; i < known.length; i += 500) {
    const records = await store.records(known.slice(i, i + 500).map(({ id }) => id));
    for (const { group } of records.values()) {
      if (group?.members.some(({ sourceId }) => sourceId === national?.source.id) === true) found += 1;
    }
  }
  return { known: known.length, found };
}

/** How a portal that takes over another's records writes them down. */
export type Federation = 'with-origin' | 'same-files' | 'titles-only';

/**
 * All of Tokyo's real records once more at a made portal that harvests it, with ids and pages of its own. `with-origin`: its
 * harvester notes portal and id; `same-files`: nothing but the files, by http instead of https; `titles-only`: no files either.
 */
export async function federationRecall(
  { source, datasets }: CapturedCatalogue,
  governments: Parameters<typeof cataloguePlaces>[1],
  how: Federation,
): Promise<Recall> {
  const copies = datasets.map((dataset) => republished(dataset, how, source.homepage ?? ''));
  const { subdivision: _, ...national } = source;
  const aggregator = {
    ...national,
    id: 'jp-aggregator',
    homepage: 'https://all.example',
    endpoint: 'https://all.example/api/',
    recordPage: 'https://all.example/d/{name}',
  };
  const home = mkdtempSync(join(tmpdir(), 'sampan-federation-'));
  const store = await openCatalogueStore({ home, owner: processOwner() });
  try {
    await storeCatalogue(store, { source, datasets });
    await storeCatalogue(store, { source: aggregator, datasets: copies.map(({ copy }) => copy) });
    const places = cataloguePlaces([source, aggregator], governments);
    await groupDuplicates({
      store,
      places,
      rebuild: true,
      now: () => new Date(),
      signal: new AbortController().signal,
    });
    let [found, wrong] = [0, 0];
    for (let i = 0; i < copies.length; i += 500) {
      const page = copies.slice(i, i + 500);
      const records = await store.records(page.map(({ copy }) => copy.id));
      for (const { copy, original } of page) {
        const group = records.get(copy.id)?.group;
        if (group?.members.some(({ id }) => id === original) === true) found += 1;
        else if (group?.members.some(({ sourceId }) => sourceId === source.id) === true) wrong += 1;
      }
    }
    return { known: copies.length, found, wrong };
  } finally {
    await store.close();
    rmSync(home, { recursive: true });
  }
}

function republished(
  dataset: Dataset,
  how: Federation,
  catalogue: string,
): { readonly copy: Dataset; readonly original: string } {
  const nativeId = base32Id('copy', dataset.nativeId);
  const { harvestedFrom: _, ...plain } = dataset;
  const distributions =
    how === 'titles-only'
      ? []
      : dataset.distributions.map((each) => ({ ...each, url: each.url?.replace('https:', 'http:') ?? '' }));
  const copy: Dataset = {
    ...plain,
    id: base32Id('jp-aggregator', nativeId),
    sourceId: 'jp-aggregator',
    nativeId,
    identifiers: [],
    landingPage: `https://all.example/d/${nativeId}`,
    distributions,
    ...(how === 'with-origin' ? { harvestedFrom: { catalogue, identifier: dataset.nativeId } } : {}),
  };
  return { copy, original: dataset.id };
}
