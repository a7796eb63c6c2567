/** Small records of several portals, and what decides about them: written for this project. */
import { blockKeys } from '../../src/enrich/block-keys.ts';
import { type CataloguePlaces, cataloguePlaces } from '../../src/enrich/catalogue-places.ts';
import { type CopyPair, compareCopies } from '../../src/enrich/compare-copies.ts';
import { copyTraits } from '../../src/enrich/copy-traits.ts';
import { base32Id } from '../../src/kit/hash.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Source } from '../../src/model/source.ts';
import { sampleDataset } from '../store/sample-records.ts';
import { testSource } from '../support/test-source.ts';

const portal = (id: string, home: string, more: Partial<Source> = {}): Source =>
  testSource('ckan', `${home}/api/3/action/`, { id, homepage: home, recordPage: `${home}/dataset/{name}`, ...more });

export const national = portal('tw-data-gov-tw', 'https://data.gov.tw', { country: 'TW' });
export const taipei = portal('tw-data-taipei', 'https://data.taipei', { country: 'TW', subdivision: 'TW-TPE' });
export const tainan = portal('tw-data-tainan', 'https://data.tainan.gov.tw', { country: 'TW', subdivision: 'TW-TNN' });
export const asian = portal('tw-dataportal-asia', 'https://dataportal.asia', { country: 'TW' });

export const places: CataloguePlaces = cataloguePlaces(
  [national, taipei, tainan, asian],
  [
    { subdivision: 'TW-TPE', names: ['臺北市政府', 'Taipei City Government'], places: ['臺北市'] },
    { subdivision: 'TW-TNN', names: ['臺南市政府', 'Tainan City Government'], places: ['臺南市'] },
  ],
);

export interface Made {
  readonly source: Source;
  readonly nativeId: string;
  readonly title: string;
  readonly publisher?: string;
  readonly files?: readonly string[];
  readonly landingPage?: string;
  readonly harvestedFrom?: Dataset['harvestedFrom'];
  readonly identifiers?: readonly string[];
  readonly description?: string;
}

export function madeDataset(made: Made): Dataset {
  const { source, nativeId, title, publisher, files = [], landingPage, harvestedFrom, identifiers, description } = made;
  const id = base32Id(source.id, nativeId);
  const sample = sampleDataset(id, nativeId, title);
  return {
    ...sample,
    sourceId: source.id,
    country: source.country,
    ...(publisher === undefined ? {} : { publisher: { name: [{ text: publisher, lang: 'und' }] } }),
    landingPage: landingPage ?? `${source.homepage ?? ''}/dataset/${nativeId}`,
    ...(harvestedFrom === undefined ? {} : { harvestedFrom }),
    ...(identifiers === undefined ? {} : { identifiers }),
    ...(description === undefined ? {} : { description: [{ text: description, lang: 'und' }] }),
    distributions: files.map((url, at) => ({
      id: `${id.slice(0, 14)}${String(at).padStart(2, '0')}`,
      title: [],
      description: [],
      url,
      access: 'download',
      format: {},
    })),
  };
}

/** As if these two were all that their portals have. */
export function compared(a: Made, b: Made): CopyPair & { readonly sameBlock: boolean } {
  const [left, right] = [copyTraits(madeDataset(a), places), copyTraits(madeDataset(b), places)];
  const keys = new Set(blockKeys(left));
  const shared = blockKeys(right).filter((key) => keys.has(key));
  return { ...compareCopies(left, right, new Set(shared)), sameBlock: shared.length > 0 };
}
