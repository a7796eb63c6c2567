import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkLexicon, type LexiconReport } from '../../src/vocabulary/check-lexicon.ts';
import { labelLanguages } from '../../src/vocabulary/label-file.ts';
import { lexiconFaults } from '../../src/vocabulary/lexicon-finding.ts';
import { loadTerminology } from '../../src/vocabulary/terminology.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Own words of every language, so that only what a test changes is a fault. */
const full: Readonly<Record<string, string>> = {
  en: 'bus',
  'zh-Hant': '公車',
  'zh-Hans': '公交车',
  ja: 'バス',
  ko: '버스',
  th: 'รถเมล์',
  vi: 'xe buýt',
  id: 'bus kota',
  ms: 'bas',
  hi: 'बस',
  km: 'រថយន្តក្រុង',
  my: 'ဘတ်စ်ကား',
  fil: 'bus ng bayan',
};

function entry(id: string, fields: Readonly<Record<string, string>>): string {
  return [`${id}:`, ...Object.entries(fields).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n');
}

async function reportOn(files: Readonly<Record<string, string>>): Promise<LexiconReport> {
  const folder = await mkdtemp(join(tmpdir(), 'sampan-vocab-'));
  try {
    await mkdir(join(folder, 'lexicon'));
    await mkdir(join(folder, 'places'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'lexicon', name), text);
    await writeFile(join(folder, 'places', 'tw.yaml'), entry('tw', { kind: 'country', en: 'Taiwan' }));
    await writeFile(join(folder, 'function-words.yaml'), '');
    const { lexicon, gazetteer } = await loadTerminology(folder);
    return checkLexicon(lexicon, gazetteer);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Slug, concept, language and label of each finding about the bus. */
async function faultsOf(fields: Readonly<Record<string, string>>, others = ''): Promise<readonly string[]> {
  const { findings } = await reportOn({ 'transport.yaml': `${entry('bus', { ...full, ...fields })}${others}` });
  return findings
    .filter(({ slug }) => slug !== 'missing-labels')
    .map(({ slug, concept, language, label }) => [slug, concept, language, label].filter((each) => each).join(' '));
}

describe('the lexicon keeps its rules', () => {
  test.each([
    ['Kana in Korean', { ko: '버스 | バス' }, ['wrong-script bus ko バス']],
    ['Hangul in Japanese', { ja: '버스' }, ['wrong-script bus ja 버스']],
    ['Han in Hindi', { hi: '公車' }, ['wrong-script bus hi 公車']],
    ['Thai in Khmer', { km: 'รถเมล์' }, ['wrong-script bus km รถเมล์']],
    ['Cyrillic in Malay', { ms: 'автобус' }, ['wrong-script bus ms автобус']],
    ['an English word in Thai', { th: 'รถเมล์ | Omnibus' }, ['wrong-script bus th Omnibus']],
    ['an acronym anywhere', { th: 'รถเมล์ | BRT', ja: 'バス | ＢＲＴ | 5G基地局' }, []],
    ['the English label again', { ko: '버스 | Bus' }, ['wrong-script bus ko Bus', 'equals-english bus ko Bus']],
    ['an English acronym again', { en: 'bus | BRT', ja: 'バス | BRT' }, ['equals-english bus ja BRT']],
    ['Indonesian may be as English', { id: 'bus' }, []],
    ['a label twice', { ja: 'バス | 乗合 | バス' }, ['repeated-label bus ja バス']],
    ['a guard of no label', { guard: '校車 in 學校車輛' }, ['idle-guard bus 校車']],
    ['a guard in a word without the label', { guard: '公車 in 汽車' }, ['idle-guard bus 公車']],
    ['a link to nothing', { broader: 'vehicle' }, ['broken-link bus']],
    ['a concept broader than itself', { broader: 'bus' }, ['circular-link bus']],
  ])('%s', async (_, fields, expected) => {
    expect(await faultsOf(fields as Readonly<Record<string, string>>)).toEqual(expected);
  });

  test('one label in two concepts needs a note', async () => {
    const shared = { en: 'coach', 'zh-Hant': '公車' };
    expect(await faultsOf({}, entry('coach', shared))).toEqual(['shared-label bus zh-Hant 公車']);
    expect(await faultsOf({}, entry('coach', { ...shared, note: '公車 is either' }))).toEqual([]);
  });

  test('a label that stands by chance in a word of another theme needs a guard', async () => {
    const faults = async (taxi: Readonly<Record<string, string>>, market = {}): Promise<readonly string[]> => {
      const { findings } = await reportOn({
        'transport.yaml': entry('taxi', { en: 'taxi', ko: '택시', ...taxi }),
        'land-cities.yaml': entry('housing-market', { en: 'housing market', ko: '주택시장', ...market }),
      });
      return findings.flatMap(({ slug, message }) => (slug === 'hidden-label' ? [message] : []));
    };
    expect(await faults({})).toEqual([
      'stands by chance in "주택시장" of housing-market; expected the guard "택시 in 주택시장"',
    ]);
    expect(await faults({ guard: '택시 in 주택시장' })).toEqual([]);
    expect(await faults({}, { related: 'taxi' })).toEqual([]);
    // The beginning of a word is no chance: a taxi stand is about taxis.
    expect(await faults({}, { ko: '택시승강장' })).toEqual([]);
  });

  test('missing cells and Indonesian copied into Malay', async () => {
    const concepts = Array.from({ length: 10 }, (_, i) => {
      const labels = { ...full, en: `bus ${'abcdefghij'[i]}`, id: `bus ${i}`, ms: i < 7 ? `bus ${i}` : `bas ${i}` };
      return entry(`bus-${i}`, { ...labels, note: 'of a test' });
    });
    const { findings, cells, indonesianAsMalay } = await reportOn({ 'transport.yaml': concepts.join('') });
    expect(findings.map(({ slug }) => slug)).toEqual(['indonesian-as-malay']);
    expect(indonesianAsMalay).toEqual({ compared: 10, equal: 7, share: 0.7 });
    expect(cells).toEqual({ all: 130, missing: 0, share: 0 });
    const lacking = await reportOn({
      'transport.yaml': `${concepts.slice(7).join('')}${entry('tram', { en: 'tram' })}`,
    });
    expect(lacking.findings.map(({ slug }) => slug)).toEqual(['missing-labels']);
    expect(lacking.cells).toEqual({ all: 52, missing: 12, share: 12 / 52 });
  });

  test('counts by theme and language, and what a native reader has seen', async () => {
    const report = await reportOn({
      'transport.yaml': entry('bus', { ...full, ja: 'バス | 乗合', reviewed: 'ja' }),
      'forms.yaml': entry('map', { ...full, en: 'map', ja: '地図', 'zh-Hant': '地圖' }),
    });
    expect(report).toMatchObject({ concepts: 1, forms: 1, labels: 27, reviewedLabels: 2 });
    expect(report.byTheme).toEqual({ transport: { concepts: 1, labels: 14 }, forms: { concepts: 1, labels: 13 } });
    expect(report.byLanguage['ja']).toEqual({ concepts: 2, labels: 3, reviewedLabels: 2 });
    expect(report.places).toEqual({ all: 1, byCountry: { TW: { divisions: 0, cities: 0 } } });
  });
});

describe('the vocabulary of the package', () => {
  test('has no fault, and is as large as was promised', async () => {
    const { lexicon, gazetteer } = await loadTerminology(join(repository, 'vocab'));
    const { findings, concepts, cells, places } = checkLexicon(lexicon, gazetteer);
    expect(findings).toEqual([]);
    expect(concepts).toBeGreaterThanOrEqual(1_800);
    expect(cells.share).toBeLessThanOrEqual(0.02);
    expect(Object.keys(places.byCountry)).toHaveLength(12);
    const cities = Object.values(places.byCountry).reduce((sum, each) => sum + each.cities, 0);
    expect(cities).toBeGreaterThanOrEqual(1_200);
  });

  test('docs/lexicon.md explains every fault and names every language', async () => {
    const docs = await readFile(join(repository, 'docs', 'lexicon.md'), 'utf8');
    for (const slug of lexiconFaults) expect(docs).toContain(`| \`${slug}\` |`);
    for (const language of labelLanguages) expect(docs).toContain(`\`${language}\``);
  });
});
