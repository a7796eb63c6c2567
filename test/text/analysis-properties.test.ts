/** What must hold for any text whatever; seeded, so that a failure can be met again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse, analyseInto } from '../../src/text/analyse.ts';
import {
  cutAtGrapheme,
  firstGraphemes,
  graphemeBoundaryAfter,
  graphemeBoundaryBefore,
} from '../../src/text/graphemes.ts';
import { identifierKey } from '../../src/text/identifier-key.ts';
import { normalText } from '../../src/text/normal-text.ts';
import { parseQuery } from '../../src/text/parse-query.ts';
import type { TermKind } from '../../src/text/scan.ts';
import { randomRuns } from '../support/random-runs.ts';
import { findsParsed } from './chain-match.ts';

const run = randomRuns(400);

const pieces = [
  ...[
    '公園',
    '臺灣',
    '国',
    'データ',
    '・',
    'ﾃﾞ',
    'が',
    '一覧',
    '々',
    '〇',
    '𠮷',
    '學',
    '葛\u{e0101}',
    'ー',
    '゛',
    '\u3099',
  ],
  ...['학교', '현', '한'.normalize('NFD'), 'ㅎ', 'ㅏ', 'ㄱ', '을'],
  ...['น้ำ', 'ฝน', 'เดือน', 'ํา', 'ๆ', 'ក្រុង', 'ភ្នំ', 'ນ້ຳ', 'ရန်', 'ကုန်', '\u1039', '\u17d2', '\u0e49'],
  ...['Đường', 'bệnh', 'e\u0301', 'Straße', 'İ', 'PM', 'x', 'क़', 'ज़िला', 'क्षेत्र', '\u200d', 'й', 'ς', 'مياه'],
  ...[
    '2',
    '2.5',
    '1,234',
    '๒',
    '１',
    '.',
    ',',
    ' ',
    '\u3000',
    '-',
    '"',
    '「',
    '」',
    '*',
    '\n',
    '\u00ad',
    '㎡',
    '①',
    '℃',
    '½',
  ],
  ...['\0', '\ud800', '\udc00', '😀', '👨‍👩‍👧', '\ufeff', '\u202e', '\uffff', '\u{10ffff}'],
];
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes)),
);

describe('any text', () => {
  test('is analysed without an error, with ranges inside it and in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = analyse(text);
        const units = tokens.filter((token) => token.kind === 'unit');
        expect(units.map((token) => token.position)).toEqual(units.map((_, i) => i));
        let before = 0;
        for (const { start, end } of units) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          before = start;
        }
        for (const token of tokens) expect(token.position).toBeLessThan(units.length);
      }),
      run,
    );
  });

  test('gives terms of letters, marks and digits only', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { term } of analyse(text)) {
          expect(term).toMatch(/^[\p{L}\p{M}\p{N}\u30fc.]+$/u);
          expect(() => encodeURIComponent(term)).not.toThrow(); // no half of a surrogate pair
        }
      }),
      run,
    );
  });

  test('gives each term from its own range too', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { term, kind, start, end } of analyse(text)) {
          if (kind === 'word') continue;
          expect(analyse(text.slice(start, end)).map((token) => token.term)).toContain(term);
        }
      }),
      run,
    );
  });

  test('is found by every piece of it that begins and ends between units', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, one, other) => {
        const starts = unitRanges(text);
        if (starts.length === 0) return;
        const [first, last] = [one % starts.length, other % starts.length].sort((a, b) => a - b);
        // Between units is not inside of a character that several stand in (㎡, marks that change places).
        const isCut = (at: number) => (starts[at - 1]?.end ?? 0) > (starts[at]?.start ?? text.length);
        if (isCut(first ?? 0) || isCut((last ?? 0) + 1)) return;
        const inner = text.slice(starts[first ?? 0]?.start, starts[last ?? 0]?.end);
        if (rowOfNumbers.test(inner.normalize('NFKC'))) return;
        const query = parseQuery(`"${inner.replace(/["“”「」『』＂]/gu, ' ')}"`);
        expect(findsParsed(query, text), JSON.stringify(inner)).toBe(true);
      }),
      randomRuns(2_000),
    );
  });

  test('has the same terms in NFC and NFD', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const terms = (form: string) => analyse(text.normalize(form)).map((token) => token.term);
        expect(terms('NFD')).toEqual(terms('NFC'));
      }),
      run,
    );
  });

  test('makes a query and keys without an error', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { clauses } = parseQuery(text);
        for (const { terms, offsets } of clauses) {
          expect(offsets).toHaveLength(terms.length);
          expect(terms.length).toBeGreaterThan(0);
        }
        expect(new Set(clauses.map(({ source: _source, ...rest }) => JSON.stringify(rest))).size).toBe(clauses.length);
        expect(identifierKey(identifierKey(text))).toBe(identifierKey(text));
      }),
      run,
    );
  });

  test('has a normal form whose units know where they come from', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: normal, origin } = normalText(text);
        if (origin === undefined) expect(normal).toBe(text);
        else expect([origin.starts.length, origin.ends.length]).toEqual([normal.length, normal.length]);
      }),
      run,
    );
  });

  test('is cut between graphemes', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: -2, max: 70 }), (text, at) => {
        const borders = [...new Intl.Segmenter().segment(text)].map((each) => each.index).concat(text.length);
        expect(borders).toContain(graphemeBoundaryBefore(text, at));
        expect(borders).toContain(graphemeBoundaryAfter(text, at));
        expect(graphemeBoundaryBefore(text, at)).toBeLessThanOrEqual(Math.max(0, at));
        expect(graphemeBoundaryAfter(text, at)).toBeGreaterThanOrEqual(Math.min(text.length, at));
        expect(cutAtGrapheme(text, at).length).toBeLessThanOrEqual(Math.max(0, at));
        expect([...new Intl.Segmenter().segment(firstGraphemes(text, 5))].length).toBeLessThanOrEqual(5);
      }),
      run,
    );
  });
});

/** Digits with dots or commas: what they are depends on what stands around them (number-unit.ts). */
const rowOfNumbers = /\p{Nd}[.,]+\p{Nd}|^\p{Nd}|\p{Nd}$/u;

/** Range of each unit by itself: of a pair, the part before the next pair begins. */
function unitRanges(text: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number; kind: TermKind }[] = [];
  analyseInto(text, (_term, _position, start, end, kind) => {
    if (kind !== 'word') found.push({ start, end, kind });
  });
  return found.map(({ start, end, kind }, i) => ({
    start,
    end: kind === 'bigram' ? (found[i + 1]?.start ?? end) : end,
  }));
}
