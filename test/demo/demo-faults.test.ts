/** The table of faults in `demo/README.md` is what normalising says about the sample records, and the rest is clean. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Protocol } from '../../src/model/source.ts';
import type { NativeForm } from '../../src/model/source-record.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import type { Normalised } from '../../src/normalise/normalise-contract.ts';
import { portalFromFolder } from '../../src/simulator/portal-from-folder.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';
import { demoFolder, portalIds, readPortal } from './demo-portals.ts';

interface FaultRow {
  readonly country: string;
  /** The file's name; Korean list: the key; DCAT-US: the identifier. */
  readonly record: string;
  readonly slugs: readonly string[];
}

interface NormalisedSample extends Normalised {
  readonly country: string;
  readonly record: string;
}

/** Said by the run and not by normalising: one record alone cannot show it (`src/pipeline/take-event.ts`). */
const ofTheRun = 'native-id-doubled';
const forms: Readonly<Record<Protocol, NativeForm>> = {
  ckan: 'ckan-package',
  csw: 'iso19139-record',
  'data-go-kr': 'data-go-kr-row',
  'data-gov-my': 'data-gov-my-definition',
  'data-gov-sg': 'data-gov-sg-dataset',
  'data-gov-tw': 'data-gov-tw-row',
  'dcat-rdf': 'dcat-rdf-dataset',
  'dcat-us': 'dcat-us-dataset',
  'ogd-india': 'ogd-india-list',
  'schema-org': 'schema-org-dataset',
};

const rows = faultRows();
const samples = (await Promise.all(portalIds.map(normalisedSamples))).flat();

function faultRows(): FaultRow[] {
  const table = readFileSync(join(demoFolder, 'README.md'), 'utf8').split('what Sampan says |\n')[1] ?? '';
  const found: FaultRow[] = [];
  for (const line of table.split('\n')) {
    const [, country, record, , says] = line.split('|').map((cell) => cell.trim());
    const name = /^`(.+)`$/.exec(record ?? '')?.[1];
    if (country === undefined || name === undefined) continue;
    found.push({
      country,
      record: name,
      slugs: [...(says ?? '').matchAll(/`([a-z-]+)`/g)].map((slug) => slug[1] ?? ''),
    });
  }
  return found;
}

/** Every record as the simulator would serve it, fetched on the day that the samples were written for. */
async function normalisedSamples(portalId: string): Promise<NormalisedSample[]> {
  const vocabulary = await loadVocabulary(join(demoFolder, '..', 'vocab'));
  const { source, records } = readPortal(portalId);
  const portal = await portalFromFolder(join(demoFolder, portalId));
  const form = forms[portal.protocol];
  const filled = [...portal.records].filter((record) => record.bytes.length > 0);
  return filled.map(({ id, bytes }, at) => ({
    country: source.country.toLowerCase(),
    record: portal.protocol === 'data-go-kr' ? id : (records[at]?.place ?? ''),
    ...normalise(
      {
        source,
        datasetId: 'abcdefgh23456723',
        nativeId: id,
        form,
        raw: bytes,
        fetchedAt: '2026-11-25T00:00:00Z',
        ...(portal.protocol === 'data-go-kr' ? { context: portal.header } : {}),
      },
      vocabulary,
    ),
  }));
}

const slugsOf = (sample: NormalisedSample): string[] => sample.problems.map((problem) => problem.slug);

test('every sample becomes a dataset', () => {
  expect(samples.length).toBeGreaterThan(200);
  expect(samples.filter((sample) => sample.dataset === undefined)).toEqual([]);
});

test.each(portalIds)('%s documents at least ten faults', (portalId) => {
  expect(rows.filter((row) => portalId.startsWith(`${row.country}-`)).length).toBeGreaterThanOrEqual(10);
});

describe.each(rows.map((row) => [row.country, row.record, row] as const))('%s %s', (country, record, row) => {
  const found = samples.filter((sample) => sample.country === country && sample.record === record);

  test('shows what the table promises', () => {
    expect(found).not.toEqual([]);
    const said = found.flatMap(slugsOf);
    expect(row.slugs.filter((slug) => slug !== ofTheRun && !said.includes(slug))).toEqual([]);
  });
});

test('a record outside of the table has nothing worse than a note', () => {
  const documented = new Set(rows.map((row) => `${row.country} ${row.record}`));
  const surprises = samples
    .filter((sample) => !documented.has(`${sample.country} ${sample.record}`))
    .flatMap(({ country, record, problems }) =>
      problems
        .filter((problem) => problem.severity !== 'note')
        .map(({ message }) => `${country} ${record}: ${message}`),
    );
  expect(surprises).toEqual([]);
});

test('a soiled format is read, and kept as it was written', () => {
  const formats = samples.flatMap((sample) => sample.dataset?.distributions.map((each) => each.format) ?? []);
  const read = Object.fromEntries(formats.map((format) => [format.original, format.id]));
  expect(read).toMatchObject({ _2CSV: 'CSV', xisx: 'XLSX', XCSV: 'CSV', 'HTML-': 'HTML', ＣＳＶ: 'CSV', XSL: 'XLS' });
});

test('markup in a description becomes text without its tags and without its script', () => {
  const described = samples.find((sample) => sample.record === 'cemetery-plots')?.dataset?.description[0]?.text;
  expect(described).toContain('各公墓墓基總數、已使用數與輪葬期限。');
  expect(described).not.toMatch(/[<>]|document\.title/);
});

test('Vietnamese in decomposed letters is shown composed', () => {
  const text = readPortal('vn-dulieu-songhong-example').records.find((record) => record.place === 'le-hoi');
  const shown = samples.find((sample) => sample.record === 'le-hoi')?.dataset?.title[0]?.text;
  expect(text?.title).not.toBe(shown);
  expect(text?.title.normalize('NFC')).toBe(shown);
});

test.each(['township-wells', 'market-stalls'])('the Zawgyi of %s is not rewritten', (record) => {
  const written = readPortal('mm-data-ayarpyi-example').records.find((each) => each.place === record);
  const shown = samples.find((sample) => sample.record === record)?.dataset;
  const burmese = [shown?.title, shown?.description].map((text) => text?.find((each) => each.lang === 'my')?.text);
  expect(burmese).toEqual([written?.title, written?.description]);
  // Zawgyi stores the vowel sign E before its consonant, Unicode after it (Unicode Technical Note 11).
  expect(burmese.join(' ')).toMatch(/(?:^|\s)\u1031/);
});

test('every licence that is open was named by the portal, in the record or for all of them', () => {
  const licences = samples.flatMap((sample) => (sample.dataset === undefined ? [] : [sample.dataset.licence]));
  const open = new Set(licences.filter((licence) => licence.openness === 'open').map((licence) => licence.id));
  expect([...open].sort()).toEqual([
    'CC-BY',
    'CC-BY-4.0',
    'CC-BY-SA-4.0',
    'CC0-1.0',
    'GODL-India',
    'KOGL-1',
    'KR-No-Restriction',
    'ODC-BY-1.0',
    'ODbL-1.0',
    'OGDL-Taiwan-1.0',
    'SG-OGL-1.0',
    'other-open',
  ]);
});
