/**
 * `npm run bench -- duplicates [--json] [--sample N --seed S]`: groups in the real lists of Taiwan and Tokyo, and how fast they
 * are found. With `--sample` the last thing written is a table of N groups drawn by the seed, to be read by a person
 * (docs/duplicates.md).
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base32Id } from '../src/kit/hash.ts';
import type { Dataset } from '../src/model/dataset.ts';
import type { CatalogueStore } from '../src/store/catalogue-store.ts';
import { processOwner } from '../src/store/lease-owner.ts';
import { openCatalogueStore } from '../src/store/open-catalogue-store.ts';
import { loadGovernments } from '../src/vocabulary/load-governments.ts';
import { loadVocabulary } from '../src/vocabulary/load-vocabulary.ts';
import { type CapturedCatalogue, japanCatalogues, taiwanCatalogues } from './duplicates/captured-datasets.ts';
import type { GroupingResult, GroupingTask } from './duplicates/grouping-child.ts';
import { type Federation, federationRecall, titleRecall } from './duplicates/measure-recall.ts';
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
    const measured = sample > 0 ? catalogues : [...catalogues, ...filling(catalogues)];
    await measure(store, measured, { home, json: args.includes('--json') });
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
  const source = {
    ...first.source,
    id: 'tw-filling',
    homepage: 'https://filling.example',
    endpoint: 'https://filling.example/',
  };
  const datasets = Array.from({ length: mostRecords - real.length }, (_, number) => {
    const model = real[number % real.length] as Dataset;
    const nativeId = String(number);
    const title = model.title.map(({ text, lang }) => ({ text: `${text} ${number}`, lang }));
    const distributions = model.distributions.map((each) => ({ ...each, url: `${each.url}?copy=${number}` }));
    const landingPage = `https://filling.example/${nativeId}`;
    return {
      ...model,
      id: base32Id(source.id, nativeId),
      sourceId: source.id,
      nativeId,
      title,
      landingPage,
      distributions,
    };
  });
  return [{ source, datasets }];
}

async function measure(store: CatalogueStore, catalogues: readonly CapturedCatalogue[], args: Options): Promise<void> {
  for (const catalogue of catalogues) await storeCatalogue(store, catalogue);
  const records = catalogues.reduce((sum, { datasets }) => sum + datasets.length, 0);
  const sources = catalogues.map(({ source }) => source);
  const whole = await grouped({ home: args.home, sources, rebuild: true });
  const again = await grouped({ home: args.home, sources, rebuild: false });
  // One city comes again with other bytes: the work of an ordinary day.
  const city = catalogues[1];
  if (city !== undefined) await storeCatalogue(store, { ...city, datasets: city.datasets.map(withNote) });
  const day = await grouped({ home: args.home, sources, rebuild: false });
  const governments = await loadGovernments('vocab');
  const tokyo = catalogues.find(({ source }) => source.subdivision === 'JP-13');
  const federation = async (how: Federation) =>
    tokyo === undefined ? undefined : federationRecall(tokyo, governments, how);
  const result = {
    records,
    recordsPerSecond: Math.round(records / (whole.ms / 1_000)),
    peakMb: whole.peakMb,
    compared: whole.compared,
    proposals: whole.proposals,
    ...(await store.copyFigures()),
    nothingChangedMs: Math.round(again.ms),
    cityRecords: city?.datasets.length ?? 0,
    cityMs: Math.round(day.ms),
    cityChangedGroups: day.changed,
    titleRecall: await titleRecall(store, catalogues),
    withOrigin: await federation('with-origin'),
    sameFiles: await federation('same-files'),
    titlesOnly: await federation('titles-only'),
  };
  console.log(args.json ? JSON.stringify(result) : result);
}

interface Options {
  readonly home: string;
  readonly json: boolean;
}

function withNote(dataset: Dataset): Dataset {
  return { ...dataset, keywords: [...dataset.keywords, { text: 'new', lang: 'und' }] };
}

async function grouped(task: GroupingTask): Promise<GroupingResult> {
  const child = fork(new URL('./duplicates/grouping-child.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  child.send(task);
  const [result] = (await once(child, 'message')) as [GroupingResult];
  await once(child, 'exit');
  return result;
}
