import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonSlice, type JsonSliceOptions, JsonSliceScanner, jsonSlices } from '../../src/kit/json-slices.ts';
import { tokenValue, topLevelTokens } from '../../src/kit/json-tokens.ts';
import { randomRuns } from '../support/random-runs.ts';

const utf8 = new TextEncoder();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function scan(json: string, options: JsonSliceOptions, chunkBytes = Number.POSITIVE_INFINITY) {
  const scanner = new JsonSliceScanner(options);
  const bytes = utf8.encode(json);
  const slices: JsonSlice[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) slices.push(...scanner.push(bytes.slice(at, at + chunkBytes)));
  return {
    slices,
    end: scanner.end(),
    elements: slices.flatMap((each) => (each.kind === 'element' ? [text(each.bytes)] : [])),
  };
}

describe('JsonSliceScanner', () => {
  test('gives each element verbatim: long numbers, doubled keys, odd spacing and escapes survive', () => {
    const records = [
      '{ "id" :1111010100100010007,  "id": 2 }',
      '{"t":"a \\"quoted\\" ] } \\\\","n":[[],{}]}',
      '[1 , 2]',
      '"just text, with ] and }"',
      '-1.50e3',
    ];
    const json = `\uFEFF { "count" : 5, "dataset" : [ ${records.join(' ,\n')} ] , "more": {"dataset": [9]} } \n`;
    for (const size of [1, 2, 3, 7, 1000]) {
      const { elements, end } = scan(json, { path: 'dataset[*]' }, size);
      expect(elements).toEqual(records);
      expect(end).toMatchObject({ complete: true, found: true });
    }
  });

  test.each([
    ['{"result":{"results":[{"a":1},2]}}', 'result.results[*]', ['{"a":1}', '2']],
    ['{"result":["x","y"]}', 'result[*]', ['"x"', '"y"']],
    ['{"result": {"id":"x"} }', 'result', ['{"id":"x"}']],
    ['{"success":true}', 'result', []],
    ['[{"a":1}]', '[*]', ['{"a":1}']],
    ['{"dataset":[]}', 'dataset[*]', []],
    ['{"dataset":{"a":1}}', 'dataset[*]', []],
    ['{"a.b":[1],"a":{"b":[2]}}', 'a.b[*]', ['2']],
    ['{"d\\u0061taset":[1]}', 'dataset[*]', ['1']],
  ])('in %s, %s is %j', (json, path, expected) => {
    expect(scan(json, { path }).elements).toEqual(expected);
  });

  test('an object where the array should be is not found, and the keys that were there are named', () => {
    const { end } = scan('{"@type":"dcat:Catalog","dataset":{"a":1}}', { path: 'dataset[*]' });
    expect(end).toEqual({ complete: true, found: false, topKeys: ['@type', 'dataset'] });
  });

  test('reports the scalars beside, wherever they stand', () => {
    const json = '{"success":false,"result":{"results":[{"count":9}],"count": 12 },"error":{"message":"Nie \\u1234"}}';
    const { slices } = scan(json, { path: 'result.results[*]', scalars: ['success', 'result.count', 'error.message'] });
    expect(slices.flatMap((each) => (each.kind === 'scalar' ? [[each.path, tokenValue(each.token)]] : []))).toEqual([
      ['success', false],
      ['result.count', 12],
      ['error.message', 'Nie \u1234'],
    ]);
  });

  test('field P-01…P-03: BOM, NaN and trailing commas are tolerated; the commas are reported', () => {
    const { elements, slices, end } = scan('\uFEFF{"dataset":[NaN,{"v":-Infinity},],}', { path: 'dataset[*]' });
    expect(elements).toEqual(['NaN', '{"v":-Infinity}']);
    expect(slices.flatMap((each) => (each.kind === 'problem' ? [each.problem.slug] : []))).toEqual([
      'json-trailing-comma',
      'json-trailing-comma',
    ]);
    expect(end.complete).toBe(true);
  });

  test.each([
    ['{"dataset":[{"a":1},{"b"', 1],
    ['{"dataset":[{"a":1}', 1],
    ['{"dataset":[{"a":"x\\', 0],
    ['', 0],
  ])('a text that ends early, %j, is incomplete and keeps what was whole', (json, whole) => {
    const { elements, end } = scan(json, { path: 'dataset[*]' });
    expect([elements.length, end.complete, end.fault]).toEqual([whole, false, undefined]);
  });

  test.each([
    ['<html><body>503</body></html>', 'byte 0: "<"'],
    ['{"dataset":[1 2]}', 'byte 14: "2"'],
    ['{"dataset":[,]}', 'byte 12: ","'],
    ['{dataset:[]}', 'byte 1: "d"'],
    ['{"dataset":[1]}{"dataset":[2]}', 'byte 15: "{"'],
  ])('%j is not JSON, and the place is named', (json, place) => {
    const { end } = scan(json, { path: 'dataset[*]' });
    // A bare word is only skipped, so that `<html>` is found at its end.
    expect([end.complete, end.fault?.startsWith(place) || json.startsWith('<')]).toEqual([false, true]);
  });

  test('an element longer than allowed becomes a problem, and the next one is read', () => {
    const { elements, slices } = scan(
      `{"dataset":["${'x'.repeat(500)}","ok"]}`,
      { path: 'dataset[*]', maxElementBytes: 100 },
      64,
    );
    expect(elements).toEqual(['"ok"']);
    expect(slices).toContainEqual(
      expect.objectContaining({
        kind: 'problem',
        index: 0,
        problem: expect.objectContaining({ slug: 'record-too-large' }),
      }),
    );
  });

  test('a body of hundreds of megabytes is never held', async () => {
    const record = utf8.encode(`{"identifier":"x","description":"${'水'.repeat(5_000)}"},`);
    async function* body() {
      yield utf8.encode('{"dataset":[');
      for (let i = 0; i < 4_000; i++) yield record;
      yield utf8.encode('{}]}');
    }
    const before = process.memoryUsage();
    let most = 0;
    let count = 0;
    for await (const slice of jsonSlices(body(), { path: 'dataset[*]' })) {
      if (slice.kind === 'element') count += 1;
      if (count % 500 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
    }
    expect(count).toBe(4_001);
    expect(most - before.heapUsed).toBeLessThan(60_000_000);
  });

  test('cuts any JSON the same way JSON.parse reads it, whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 40 }), fc.boolean(), (values, size, pretty) => {
        const json = JSON.stringify({ before: values, dataset: values, after: 1 }, null, pretty ? 2 : 0);
        const { elements, end } = scan(json, { path: 'dataset[*]' }, size);
        expect(elements.map((each) => JSON.parse(each))).toEqual(JSON.parse(JSON.stringify(values)));
        expect(end.complete).toBe(true);
      }),
      randomRuns(300),
    );
  });
});

describe('topLevelTokens(bytes, names)', () => {
  test('finds members wherever they stand and takes the last of a doubled one', () => {
    const tokens = topLevelTokens(
      utf8.encode(' {"a":{"id":"no"},"x":[1,"}"],"id":"first" , "n": 7,"id" : "l\\"ast"} '),
      ['id', 'n'],
    );
    expect([tokenValue(tokens.get('id')), tokenValue(tokens.get('n'))]).toEqual(['l"ast', 7]);
  });
  test.each([['null'], ['[1]'], [''], ['{'], ['{"id"'], ['{"id":'], ['{"id":{"a":1}}'], ['x']])(
    'finds nothing in %j',
    (json) => {
      expect(topLevelTokens(utf8.encode(json), ['id']).get('id')).toBeUndefined();
    },
  );
  test('agrees with JSON.parse', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.oneof(fc.string(), fc.integer(), fc.boolean()),
        (rest, id) => {
          const json = JSON.stringify({ ...rest, id });
          expect(tokenValue(topLevelTokens(utf8.encode(json), ['id']).get('id'))).toEqual(JSON.parse(json).id);
        },
      ),
      randomRuns(300),
    );
  });
});
