import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { parsePlainLines } from '../../src/registry/plain-lines.ts';
import { readSourceFiles } from '../../src/registry/source-files.ts';
import { randomRuns } from '../support/random-runs.ts';

const byLibrary = (yaml: string): unknown => parseDocument(yaml, { schema: 'core', uniqueKeys: true }).toJS();

test.each([
  ['id: jp-data-example-jp\n', { id: 'jp-data-example-jp' }],
  ['name: { en: Open Data, zh-Hant: 資料 }\n', { name: { en: 'Open Data', 'zh-Hant': '資料' } }],
  ['name: { en: "Data, open: \\"all\\" of it" }\n', { name: { en: 'Data, open: "all" of it' } }],
  ['languages: [ms, en]\n', { languages: ['ms', 'en'] }],
  ['pace: { minGapMs: 1000, concurrency: 1 }\n', { pace: { minGapMs: 1000, concurrency: 1 } }],
  ['# why\n\nenabled: true\n', { enabled: true }],
  ['enabled: false # never: "tried"\nid: a\n', { enabled: false, id: 'a' }],
  ['quirks:\n  - One thing, of (two)\n  - 年度\nid: a\n', { quirks: ['One thing, of (two)', '年度'], id: 'a' }],
  [
    'themes:\n  環境: environment-climate\n  Health and care: health-care\n',
    { themes: { 環境: 'environment-climate', 'Health and care': 'health-care' } },
  ],
  ['page: https://example.org/dataset/{name}\n', { page: 'https://example.org/dataset/{name}' }],
])('reads the plain line %j', (yaml, expected) => {
  expect(parsePlainLines(yaml)).toEqual(expected);
  expect(byLibrary(yaml)).toEqual(expected);
});

test.each([
  'id: a\nid: b\n',
  'name: { en: A, en: B }\n',
  'themes:\n  a: b\n  a: c\n',
  'themes:\n  a: b\n  - c\n',
  'themes:\n    a: b\n',
  'themes:\n  a:\n    b: c\n',
  'themes:\n  # why\n  a: b\n',
  'themes:\n  true: b\n',
  'themes:\n- a\n',
  'quirks:\n  - a\n    b\n',
  'quirks:\n  - a: b\n',
  'quirks:\n  - - a\n',
  'themes:\n',
  'themes:\nid: a\n',
  'id: a b # why\n',
  'id: a\n  b\n',
  'id: *alias\n',
  'id: &a b\n',
  'id: !!str a\n',
  'id: 0x1F\n',
  'id: 1.5\n',
  'id: null\n',
  'id: ~\n',
  'id: Yes\n',
  'id: "a"\n',
  'id: a: b\n',
  'id: a:\n',
  'languages: [a, [b]]\n',
  'languages: []\n',
  'name: { en: }\n',
  'name: { en: "\\u00e9" }\n',
  'id: a\r\n',
  'id:  a\n',
  '- a\n',
  '---\nid: a\n',
  '',
])('leaves %j to the full parser', (yaml) => {
  expect(parsePlainLines(yaml)).toBeUndefined();
});

test('what it reads, the full parser reads alike: lines of every kind of piece', () => {
  const word = fc.constantFrom(
    'a',
    'Kota Palu',
    "a'b",
    '97.7 % of it',
    '1 e5',
    '資料',
    'true',
    'no',
    '7',
    '"q, r"',
    '"q\\"',
    'https://a.jp/{x}',
    ', ',
  );
  const mark = fc.constantFrom(
    ...[
      '{ ',
      ' }',
      '[',
      ']',
      ': ',
      ' ',
      '#',
      ' #',
      '&a',
      '*a',
      '!t',
      '|',
      '>',
      "'",
      '"',
      '%',
      '@',
      '`',
      '\\',
      '-',
      '- ',
    ],
    ...['?', 'é', '\u00a0', '\t', ':', '007', '{x}'],
  );
  const piece = fc.oneof({ weight: 3, arbitrary: word }, { weight: 1, arbitrary: mark });
  const line = fc.tuple(
    fc.constantFrom('id: ', 'name: ', 'pace: ', '# c: ', ' id: ', 'quirks:\n  - ', '  - ', 'themes:\n  a: ', '  b: '),
    fc.array(piece, { minLength: 1, maxLength: 4 }),
  );
  const wrapped = fc.tuple(line, fc.constantFrom(['', ''], ['[', ']'], ['{ a: ', ' }'], ['{ a: b, c: ', ' }']));
  const text = fc
    .array(wrapped, { minLength: 1, maxLength: 4 })
    .map((lines) => lines.map(([[key, parts], [open, end]]) => `${key}${open}${parts.join('')}${end}\n`).join(''));
  let plain = 0;
  fc.assert(
    fc.property(text, (yaml) => {
      const read = parsePlainLines(yaml);
      if (read === undefined) return;
      plain += 1;
      const document = parseDocument(yaml, { schema: 'core', uniqueKeys: true });
      expect([document.errors, document.warnings]).toEqual([[], []]);
      expect(read).toEqual(document.toJS());
    }),
    randomRuns(3000),
  );
  expect(plain).toBeGreaterThan(100);
});

test('the generated files are plain, and read as the full parser reads them', async () => {
  const files = readSourceFiles(join(import.meta.dirname, '../../sources')).filter(({ path }) => path.includes('/'));
  expect(files.length).toBeGreaterThan(500);
  const odd = files.filter(({ yaml }) => JSON.stringify(parsePlainLines(yaml)) !== JSON.stringify(byLibrary(yaml)));
  expect(odd.map(({ path }) => path)).toEqual([]);
});
