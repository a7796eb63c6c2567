import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/text/parse-query.ts';
import { finds } from './chain-match.ts';

function termsOf(text: string): readonly (readonly string[])[] {
  return parseQuery(text).clauses.map((clause) => clause.terms);
}

describe('field S-10: punctuation in the query is text', () => {
  test.each([
    ['/x', [['x']]],
    ['THIS: THAT', [['this'], ['that']]],
    ['doi:10.5/AB', [['doi', '10.5', 'ab']]],
    ['foo"', [['foo']]],
    ['(', []],
    ['*', []],
    ['[', []],
    ['^', []],
    ['""', []],
    ['「」', []],
    ['NOT', [['not']]],
    ['-x', [['x']]],
    ['a:b OR c', [['a', 'b'], ['or'], ['c']]],
    ['', []],
    [' \u3000\n', []],
    ['\0', []],
    ['a\0b', [['a', 'b']]],
    ['\ud800', []],
    ['\udc00x\ud800', [['x']]],
    ['😀', []],
  ])('%j gives %j', (text, expected) => {
    expect(termsOf(text)).toEqual(expected);
  });

  test.each(['「公園」', '『公園』', '"公園"', '“公園”', '＂公園＂'])('%s means 公園', (text) => {
    expect(termsOf(text)).toEqual(termsOf('公園'));
    expect(parseQuery(text).identifier).toBe(parseQuery('公園').identifier);
  });

  test('doi:10.5/AB finds a record that holds it', () => {
    expect(finds('doi:10.5/AB', 'see https://doi.org/x or DOI:10.5/ab here')).toBe(true);
    expect(finds('doi:10.5/AB', 'doi 10.5 and AB')).toBe(false);
  });

  test('10,000 characters are cut at 512, between graphemes, with a notice', () => {
    const query = parseQuery('ก็'.repeat(5_000));
    expect(query.notices).toEqual(['cut at 512 characters']);
    expect(query.clauses[0]?.source).toHaveLength(512);
    expect(parseQuery(`${'x'.repeat(511)}👩‍👩‍👧‍👦`).clauses[0]?.source).toBe('x'.repeat(511));
    expect(parseQuery('x'.repeat(512)).notices).toEqual([]);
  });
});

describe('clauses', () => {
  test.each([
    ['"AED 設置場所"', [['aed', '设置', '置场', '场所']], [[0, 1, 2, 3]]],
    ['監測2.5', [['监测', '2.5']], [[0, 2]]],
    ['監2.5', [['监', '2.5']], [[0, 1]]],
    ['air water', [['air'], ['water']], [[0], [0]]],
    ['foo"bar baz"qux', [['foo'], ['bar', 'baz'], ['qux']], [[0], [0, 1], [0]]],
  ])('%s gives %j at %j', (text, terms, offsets) => {
    expect(termsOf(text)).toEqual(terms);
    expect(parseQuery(text).clauses.map((clause) => clause.offsets)).toEqual(offsets);
  });

  test.each([
    ['air*', [true]],
    ['air＊', [true]],
    ['air* water', [true, false]],
    ['air', [false]],
    ['園', [true]],
    ['公園', [false]],
    ['2.5監', [true]],
    ['監2.5', [false]],
    ['군', [true]],
    ['น้ำ', [true]],
    ['"air*"', [false]],
  ])('%s is open at its end: %j', (text, expected) => {
    expect(parseQuery(text).clauses.map((clause) => clause.prefix)).toEqual(expected);
  });

  test('what is asked twice is asked once', () => {
    expect(termsOf('公園 Park 公園 park "park"')).toEqual([['公园'], ['park']]);
    expect(termsOf('park park*')).toEqual([['park'], ['park']]);
  });
});

describe('field S-11: the whole text as an identifier', () => {
  test.each([
    ['A01-0005', 'a01-0005'],
    [' Ａ01-0005\u200b ', 'a01-0005'],
    ['"A01-0005"', 'a01-0005'],
    ['水質-台東/1', '水質-台東/1'],
    ['10〜20', '10~20'],
    ['a  b', 'a b'],
    ['', undefined],
  ])('%j → %j', (text, expected) => {
    expect(parseQuery(text).identifier).toBe(expected);
  });
});
