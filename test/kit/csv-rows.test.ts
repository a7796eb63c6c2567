import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvEvent, type CsvRow, CsvRowScanner, csvField } from '../../src/kit/csv-rows.ts';
import { randomRuns } from '../support/random-runs.ts';

const utf8 = new TextEncoder();

function scan(csv: string, chunkBytes = 1_000_000, maxRowBytes = 1_000_000) {
  const scanner = new CsvRowScanner({ maxRowBytes });
  const bytes = utf8.encode(csv);
  const events: CsvEvent[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) events.push(...scanner.push(bytes.slice(at, at + chunkBytes)));
  const end = scanner.end();
  events.push(...end.events);
  const rows = events.flatMap((each) => (each.kind === 'row' ? [each.row] : []));
  return { rows, events, unclosed: end.unclosed };
}

const verbatim = (row: CsvRow) => new TextDecoder().decode(row.bytes);
const fields = (row: CsvRow) => row.fieldStarts.map((_, index) => csvField(row, index));

describe('CsvRowScanner', () => {
  test.each([[1], [2], [5], [1_000]])('keeps the bytes of each row, in chunks of %d', (size) => {
    const csv = '키,명,설명\r\n1,"가,나","줄\r\n바꿈 ""인용"""\r\n2,,\n\n3,"",끝';
    const { rows, unclosed } = scan(csv, size);
    expect(rows.map(verbatim)).toEqual(['키,명,설명', '1,"가,나","줄\r\n바꿈 ""인용"""', '2,,', '', '3,"",끝']);
    expect(rows.map(fields)).toEqual([
      ['키', '명', '설명'],
      ['1', '가,나', '줄\r\n바꿈 "인용"'],
      ['2', '', ''],
      [''],
      ['3', '', '끝'],
    ]);
    expect(unclosed).toBe(false);
  });

  test.each([
    ['a quote inside of a plain field is a letter', 'a,5" pipe,b\nc', [['a', '5" pipe', 'b'], ['c']]],
    ['text after a closing quote is taken along', '"a"b,c\n', [['ab', 'c']]],
  ])('%s', (_, csv, expected) => {
    expect(scan(csv).rows.map(fields)).toEqual(expected);
  });

  test('a quote that nobody closes is told', () => {
    expect(scan('a,b\n1,"never closed\n2,x').unclosed).toBe(true);
  });

  test('a row longer than allowed is given up, and reading goes on at the next line', () => {
    const { events } = scan(`a,b\n1,"${'x'.repeat(300)}\n2,y\n3,z`, 50, 100);
    expect(events.map((each) => (each.kind === 'row' ? verbatim(each.row) : each.kind))).toEqual([
      'a,b',
      'too-long',
      '2,y',
      '3,z',
    ]);
  });

  test('cuts and reads as csv-parse does', () => {
    const cell = fc.stringMatching(/^[가a ,"\n]{0,8}$/u);
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    const quoted = (value: string) => (/[,"\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 30 }), (values, size) => {
        const csv = values.map((row) => row.map(quoted).join(',')).join('\n');
        const rows = scan(csv, size).rows;
        expect(rows.map(fields)).toEqual(parse(csv, { relax_column_count: true }));
        expect(rows.map(verbatim).join('\n')).toBe(csv);
      }),
      randomRuns(300),
    );
  });
});
