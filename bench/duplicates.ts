/**
 * `npm run bench -- duplicates [--json] [--sample N --seed S]`: groups in the real lists of Taiwan and Tokyo, and how fast they
 * are found. With `--sample` the last thing written is a table of N groups drawn by the seed, to be read by a person
 * (docs/duplicates.md).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cataloguePlaces } from '../src/enrich/catalogue-places.ts';
import { base32Id } from '../src/kit/hash.ts';
import type { Dataset } from '../src/model/dataset.ts';
import { groupDuplicates } from '../src/pipeline/group-duplicates.ts';
import type { CatalogueStore } from '../src/store/catalogue-store.ts';
import { processOwner } from '../src/store/lease-owner.ts';
import { openCatalogueStore } from '../src/store/open-catalogue-store.ts';
import { loadGovernments } from '../src/vocabulary/load-governments.ts';
import { loadVocabulary } from '../src/vocabulary/load-vocabulary.ts';
import { type CapturedCatalogue, japanCatalogues, taiwanCatalogues } from './duplicates/captured-datasets.ts';
import { drawnGroups, sampleTable } from './duplicates/sample.ts';
import { storeCatalogue } from './duplicates/stored-catalogues.ts';

/** Records of other names beside the real ones, so that speed is measured over more than 100,000. */
const mostRecords = 120_000;

export async function run(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: number): number => {
    const at = args.indexOf(name);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  const home = mkdtempSync(join(tmpdir(), 'sampan-duplicates-'));
  const store = await openCatalogueStore({ home, owner: processOwner() });
  try {
    const catalogues = await realCatalogues();
    const sample = option('--sample', 0);
    await measure(store, sample > 0 ? catalogues : [...catalogues, ...filling(catalogues)], args.includes('--json'));
    if (sample > 0) console.log(sampleTable(await drawnGroups(store, sample, option('--seed', 1))));
  } finally {
    await store.close();
    rmSync(home, { recursive: true });
  }
}

async function realCatalogues(): Promise<readonly CapturedCatalogue[]> {
  return [...taiwanCatalogues(), ...japanCatalogues(await loadVocabulary('vocab'))];
}

/** The real records once more at a portal that nobody copies: other titles, other addresses. */
function filling(catalogues: readonly CapturedCatalogue[]): readonly CapturedCatalogue[] {
  const [first] = catalogues;
  const real = catalogues.flatMap(({ datasets }) => datasets);
  if (first === undefined) return [];
  const source = { ...first.source, id: 'tw-filling', homepage: 'https://filling.example' };
  const datasets = Array.from({ length: mostRecords - real.length }, (_, number) => {
    const model = real[number % real.length] as Dataset;
    const nativeId = String(number);
    const title = model.title.map(({ text, lang }) => ({ text: `${text} ${number}`, lang }));
    const distributions = model.distributions.map((each) => ({ ...each, url: `${each.url}?copy=${number}` }));
    return { ...model, id: base32Id(source.id, nativeId), sourceId: source.id, nativeId, title, distributions };
  });
  return [{ source, datasets }];
}

async function measure(store: CatalogueStore, catalogues: readonly CapturedCatalogue[], json: boolean): Promise<void> {
  for (const catalogue of catalogues) await storeCatalogue(store, catalogue);
  const records = catalogues.reduce((sum, { datasets }) => sum + datasets.length, 0);
  const places = cataloguePlaces(
    catalogues.map(({ source }) => source),
    await loadGovernments('vocab'),
  );
  const grouping = { store, places, now: () => new Date(), signal: new AbortController().signal };
  const start = performance.now();
  const report = await groupDuplicates({ ...grouping, rebuild: true });
  const seconds = (performance.now() - start) / 1_000;
  const again = performance.now();
  await groupDuplicates({ ...grouping, rebuild: false });
  const result = {
    ...report,
    records,
    recordsPerSecond: Math.round(records / seconds),
    againMs: Math.round(performance.now() - again),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    ...(await store.copyFigures()),
  };
  console.log(json ? JSON.stringify(result) : result);
}
