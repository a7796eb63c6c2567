import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutCall, withoutCallIn } from '../../src/kit/json-call.ts';
import { randomRuns } from '../support/random-runs.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (each: Uint8Array): string => new TextDecoder().decode(each);

async function inPieces(whole: string, size: number): Promise<string> {
  const all = bytes(whole);
  async function* pieces() {
    for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
  }
  let result = '';
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const piece of withoutCallIn(pieces())) result += decoder.decode(piece, { stream: true });
  return result + decoder.decode();
}

const json = `[{"id":1,"t":"水) ;"},{"id":2}]`;

test.each([
  [`callback(${json});`, json],
  [`callback(${json})`, json],
  [`\ufeff jQuery_1.cb$ ( ${json} ) ;\r\n`, json],
  [`/**/cb({"a":1});\n`, '{"a":1}'],
  [`callback(${json.repeat(100)});`, json.repeat(100)],
  [json, json],
  [`\ufeff${json}`, `\ufeff${json}`],
  ['null', 'null'],
  ['alert(1)', 'alert(1)'],
  ['f("x")', 'f("x")'],
  ['<html>(1)</html>', '<html>(1)</html>'],
  ['', ''],
])('field P-04: %j is %j, whole and in pieces of any size', async (whole, expected) => {
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(withoutCall(bytes(whole)))).toBe(expected);
  for (const size of [1, 2, 7, 100, 5_000]) expect(await inPieces(whole, size)).toBe(expected);
});

test('JSON of any kind is left alone, and comes out of a call as it went in', () => {
  fc.assert(
    fc.property(fc.json(), (value) => {
      expect(text(withoutCall(bytes(value)))).toBe(value);
      if (/^[[{]/.test(value)) expect(text(withoutCall(bytes(`cb(${value});`)))).toBe(value);
    }),
    randomRuns(300),
  );
});
