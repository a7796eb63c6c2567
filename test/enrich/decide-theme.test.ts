import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bareDataset, bareRecord } from '../../bench/themes/bare-dataset.ts';
import { decideTheme } from '../../src/enrich/decide-theme.ts';
import { enrichRecord } from '../../src/enrich/enrich-record.ts';
import { recogniseRecord } from '../../src/enrich/recognise-record.ts';
import { loadThemeModel, weightRow } from '../../src/enrich/theme-model.ts';
import type { CatalogueRecord } from '../../src/model/dataset.ts';
import { effectiveTheme } from '../../src/store/effective-theme.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';

function recordOf(title: string, more: { readonly country?: string; readonly description?: string } = {}) {
  const { country = 'TW', description } = more;
  const dataset = bareDataset({
    sourceId: 'xx-example',
    country,
    nativeId: title,
    titles: title === '' ? [] : [title],
    ...(description === undefined ? {} : { descriptions: [description] }),
  });
  return bareRecord(dataset);
}

function themeOf(record: CatalogueRecord) {
  return decideTheme(record.dataset, recogniseRecord(record, littleKnowledge.terminology), littleKnowledge);
}

test.each([
  ['TW', '公車時刻表', 'transport', 'rule', 'concepts'],
  ['KR', '버스 노선', 'transport', 'rule', 'concepts'],
  ['SG', 'Hospitals', 'health-care', 'model', 'theme-model'],
  ['SG', 'Budget 2024', 'public-services', 'model', 'theme-model'],
])('%s: %s is %s, said by a %s (%s)', (country, title, value, by, rule) => {
  expect(themeOf(recordOf(title, { country }))).toMatchObject({ value, by, rule });
});

test.each([
  ['', 'no-text'],
  ['2024', 'no-known-words'],
  ['Zyxwv', 'no-known-words'],
])('"%s" is in no theme, for a reason: %s', (title, rule) => {
  expect(themeOf(recordOf(title))).toEqual({ value: 'unclassified', by: 'rule', rule, confidence: 1 });
});

test('a word of the description counts when the title says nothing', () => {
  expect(themeOf(recordOf('Annex', { description: 'Beds of the hospital' }))).toMatchObject({ value: 'health-care' });
});

test('names a second theme when the words speak for it too', () => {
  const { value, also } = themeOf(recordOf('hospital budget'));
  expect([value, ...(also ?? [])].sort()).toEqual(['health-care', 'public-services']);
});

test('what the publisher says is left alone, and nothing is worked out beside it', () => {
  const bus = recordOf('公車時刻表');
  const said = { ...bus, theme: { value: 'land-cities', by: 'publisher', confidence: 1 } } as const;
  const { record, facts } = enrichRecord(said, littleKnowledge, () => undefined);
  expect(record.theme.value).toBe('land-cities');
  expect(facts.map(({ kind }) => kind)).not.toContain('theme');
});

test('an older derived theme gives way to the one worked out now', () => {
  const bus = recordOf('公車時刻表');
  const old = { ...bus, theme: { value: 'land-cities', by: 'rule', rule: 'concepts', confidence: 1 } } as const;
  expect(enrichRecord(old, littleKnowledge, () => undefined).record.theme.value).toBe('transport');
});

test.each([
  ['a person', [{ kind: 'theme', value: 'health-care' }] as const, 'health-care', 'person'],
  ['nobody', [] as const, 'unclassified', 'rule'],
])('a derived reason for no theme, and %s deciding', (_, decisions, value, by) => {
  const derived = { value: 'unclassified', by: 'rule', rule: 'no-known-words', confidence: 1 } as const;
  expect(effectiveTheme([derived], decisions)).toMatchObject({ value, by });
});

test('a publisher outranks what was derived, and a rule outranks the model', () => {
  const model = { value: 'transport', by: 'model', confidence: 0.99, also: ['land-cities'] } as const;
  const rule = { value: 'health-care', by: 'rule', confidence: 0.4 } as const;
  const publisher = { value: 'education-culture', by: 'publisher', confidence: 1 } as const;
  expect(effectiveTheme([model], [])).toEqual(model);
  expect(effectiveTheme([model, rule], []).value).toBe('health-care');
  expect(effectiveTheme([model, rule, publisher], []).value).toBe('education-culture');
});

test('weights are one character a theme, the same after reading', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'theme-model-'));
  const row = weightRow([31, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -31]);
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ scale: 0.1, weights: { word: row } }));
  const model = await loadThemeModel(folder);
  const shares = [...(model.shares(new Map([['word', 1]])) ?? [])];
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  // e^3.1 against ten of e^0 and one of e^-3.1.
  expect(shares[0]).toBeCloseTo(Math.exp(3.1) / (Math.exp(3.1) + 10 + Math.exp(-3.1)));
  expect(shares[11]).toBe(Math.min(...shares));
  expect(model.shares(new Map([['other', 1]]))).toBeUndefined();
});

test.each([
  ['{', 'broken JSON'],
  ['{"scale":1}', 'another shape'],
  ['{"scale":1,"weights":{"a":"gg"}}', 'another shape'],
])('a model file that holds %s is refused: %s', async (text, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'theme-model-'));
  writeFileSync(join(folder, 'model.json'), text);
  await expect(loadThemeModel(folder)).rejects.toThrow(message);
});
