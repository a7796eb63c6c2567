import { describe, expect, test } from 'vitest';
import { fileNameFrom } from '../../../src/kit/http/file-name.ts';
import { encodeBig5 } from '../../support/encode-big5.ts';
import { encodeCp949 } from '../../support/encode-cp949.ts';

/** A header as the wire has it: one character a byte. */
const wire = (...parts: readonly (string | Uint8Array)[]): string =>
  Buffer.concat(parts.map((part) => Buffer.from(part))).toString('latin1');

describe('field F-11: the name of the file', () => {
  test.each<[string, string, string | undefined, (readonly string[])?]>([
    ['raw UTF-8', wire('attachment; filename="資料.csv"'), '資料.csv'],
    ['raw Big5', wire('attachment; filename="', Uint8Array.of(0xb8, 0xea, 0xae, 0xc6), '.csv"'), '資料.csv', ['big5']],
    [
      'Big5 whose last byte is a backslash',
      wire('attachment; filename="', encodeBig5('許功'), '.csv"'),
      '許功.csv',
      ['big5'],
    ],
    ['raw CP949, without quotes', wire('attachment; filename=', encodeCp949('똠방'), '.xls'), '똠방.xls', ['cp949']],
    ['filename* wins', `attachment; filename="__.csv"; filename*=UTF-8''%E8%B3%87%E6%96%99.csv`, '資料.csv'],
    ['filename* first', `attachment; filename*=utf-8'zh'%E8%B3%87.csv; filename="x.csv"`, '資.csv'],
    ['escaped in a plain filename', 'attachment; filename="%E8%B3%87%E6%96%99.csv"', '資料.csv'],
    ['an escaped quote', 'attachment; filename="a\\"b.csv"', 'ab.csv'],
    ['a path', 'attachment; filename="../../etc/passwd"', 'passwd'],
    ['a Windows path', 'attachment; filename="C:\\data\\a.csv"', 'a.csv'],
    ['a line break and a direction override', `attachment; filename*=UTF-8''a%0D%0Ab%E2%80%AEvsc.csv`, 'abvsc.csv'],
    ['no name', 'inline', undefined],
    ['an empty one', 'attachment; filename=""', undefined],
  ])('%s', async (_title, header, expected, candidates = []) => {
    expect(await fileNameFrom(header, candidates)).toBe(expected);
  });
  test('no header', async () => {
    expect(await fileNameFrom(undefined, [])).toBeUndefined();
  });
});
