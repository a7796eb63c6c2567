/**
 * Every case of the sections F, P-01 to P-17, N, D, C and O of the field cases, and A to F of the operator cases, stands
 * in the title of a test or in `docs/cases.md`; what the page says of tests is so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { capture, hasCaptures } from './support/captures.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

interface Row {
  readonly id: string;
  readonly held: string;
}

const rows = [
  ...readFileSync(join(root, 'docs/cases.md'), 'utf8').matchAll(/^\| ((?:field|op) [A-Z]-?\d+) \| [^|]+ \| (.+) \|$/gm),
].map(([, id = '', held = '']): Row => ({ id, held }));

const testFiles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'cases.test.ts')
  .map((name) => name.replaceAll('\\', '/'));
const idsByFile = new Map(testFiles.map((name) => [name, idsIn(readFileSync(join(root, 'test', name), 'utf8'))]));

/** `field F-01`, `field P-16, P-17`, `op D8, field F-02`, `field P-01…P-03` in titles, as single ids. */
function idsIn(text: string): ReadonlySet<string> {
  const ids = new Set<string>();
  const one = '[A-Z](?:-\\d{2}|\\d{1,2})';
  for (const [mention = ''] of text.matchAll(
    new RegExp(`\\b(?:field|op) ${one}(?:(?:, (?:field |op )?|…)${one})*`, 'g'),
  )) {
    for (const [, first = '', last] of mention.matchAll(new RegExp(`(${one})(?:…(${one}))?`, 'g'))) {
      for (let n = numberOf(first); n <= numberOf(last ?? first); n += 1) ids.add(named(first, n));
    }
  }
  return ids;
}

function numberOf(id: string): number {
  return Number(/\d+/.exec(id)?.[0]);
}

function named(id: string, number: number): string {
  const letter = id.slice(0, 1);
  return id.includes('-') ? `field ${letter}-${String(number).padStart(2, '0')}` : `op ${letter}${number}`;
}

/** `N-01` and its like of a file of cases, of the sections that are held here. */
function idsOfFile(name: string, pattern: RegExp, kind: 'field' | 'op'): string[] {
  const text = readFileSync(capture('cases', name), 'utf8');
  return [...text.matchAll(pattern)].map(([, id]) => `${kind} ${id}`);
}

test.skipIf(!hasCaptures)('every case is held by a test or has its line in docs/cases.md', () => {
  const field = idsOfFile('field-cases.md', /^### ([FNDCO]-\d{2}|P-(?:0\d|1[0-7])) /gm, 'field');
  const op = idsOfFile('operator-cases.md', /^- ([A-F]\d+) /gm, 'op');
  expect([field.length, op.length]).toEqual([13 + 17 + 19 + 8 + 3 + 6, 11 + 9 + 11 + 13 + 11 + 12]);
  const titled = new Set([...idsByFile.values()].flatMap((ids) => [...ids]));
  const listed = new Set(rows.map(({ id }) => id));
  expect([...field, ...op].filter((id) => !titled.has(id) && !listed.has(id))).toEqual([]);
  expect([...field, ...op].filter((id) => !listed.has(id))).toEqual([]);
});

test('docs/cases.md names each case once', () => {
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at)).toEqual([]);
});

test.each(rows)('$id: the tests that docs/cases.md names hold it, or it says why there are none', ({ id, held }) => {
  const files = [...held.matchAll(/`test\/([^`]+)`/g)].map(([, name = '']) => name);
  if (files.length === 0) expect(held).toMatch(/^Not (?:yet|here): .{20,}/);
  for (const name of files) {
    expect(existsSync(join(root, 'test', name)), name).toBe(true);
    expect([...(idsByFile.get(name) ?? [])], name).toContain(id);
  }
});
