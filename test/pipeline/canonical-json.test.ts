import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/pipeline/canonical-json.ts';
import { saysTheSame } from '../../src/pipeline/canonical-record.ts';
import { randomRuns } from '../support/random-runs.ts';

const none = new Set<string>();

test.each([
  ['the order of members', '{"b":1,"a":[{"d":2,"c":3}]}', ' { "a" : [ {"c":3 , "d":2} ] , "b" : 1 } '],
  ['escapes', '"\\u00e9\\/"', '"é/"'],
])('%s does not matter', (_what, one, other) => {
  expect(canonicalJson(one, none)).toBeDefined();
  expect(canonicalJson(one, none)).toBe(canonicalJson(other, none));
});

test.each([
  ['the last of 19 digits', '1111010100100010007', '1111010100100010008'],
  ['a doubled key', '{"a":1,"a":1}', '{"a":1}'],
  ['the order of a list', '[1,2]', '[2,1]'],
  ['a number and its text', '1', '"1"'],
  ['zeros behind the point', '1.0', '1'],
])('%s matters', (_what, one, other) => {
  expect(canonicalJson(one, none)).toBeDefined();
  expect(canonicalJson(one, none)).not.toBe(canonicalJson(other, none));
});

test.each([
  ['nothing', ''],
  ['two values', '1 2'],
  ['a cut object', '{"a":1'],
  ['a cut list', '[1,'],
  ['a member without a value', '{"a"}'],
  ['an escape that is none', '"\\x"'],
  ['no comma', '[1 2]'],
  ['absurd nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
])('%s is not JSON that can be compared', (_what, text) => {
  expect(canonicalJson(text, none)).toBeUndefined();
});

test('whatever JSON.stringify writes has the same canonical form when its members are turned around', () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, turned(each)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const canonical = canonicalJson(JSON.stringify(value), none);
      expect(canonical).toBe(canonicalJson(JSON.stringify(turned(value), undefined, 2), none));
      expect(JSON.parse(canonical ?? '')).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    randomRuns(300),
  );
});

const bytes = (text: string): Uint8Array => Buffer.from(text);

test('volatile fields are left out at any depth, through lists, in rows by the name of their column', () => {
  const json = (views: number, title = 'T') => ({
    form: 'ckan-package' as const,
    raw: bytes(JSON.stringify({ title, tracking: { total: views, keep: 1 }, resources: [{ views }, { views }] })),
  });
  const fields = ['tracking.total', 'resources.views'];
  expect(saysTheSame(json(1), json(2), fields)).toBe(true);
  expect(saysTheSame(json(1), json(2), ['tracking.total'])).toBe(false);
  expect(saysTheSame(json(1), json(1, 'U'), fields)).toBe(false);
  const row = (header: string, text: string) => ({
    form: 'data-go-kr-row' as const,
    context: bytes(header),
    raw: bytes(text),
  });
  expect(saysTheSame(row('키,조회수,제목', '1,7,"가"'), row('키,제목,조회수', '1,가,8'), ['조회수'])).toBe(true);
  expect(saysTheSame(row('키,조회수', '1,7'), row('키,조회수', '2,7'), ['조회수'])).toBe(false);
  expect(saysTheSame(row('키', '1'), row('목록키', '1'), [])).toBe(false);
  expect(saysTheSame(row('키', '"1'), row('키', '"1'), [])).toBe(false);
  const broken = { form: 'ckan-package' as const, raw: Uint8Array.of(0xff) };
  expect(saysTheSame(broken, broken, [])).toBe(false);
});
