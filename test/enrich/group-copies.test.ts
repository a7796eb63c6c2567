import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CopyPair } from '../../src/enrich/compare-copies.ts';
import { groupCopies } from '../../src/enrich/group-copies.ts';
import { sameIdentities } from '../../src/enrich/identity-continuity.ts';
import { standingMerges } from '../../src/enrich/standing-merges.ts';
import type { Decision } from '../../src/model/fact.ts';

const pair = (a: string, b: string, score: number): CopyPair => ({ a, b, score, evidence: [] });
const nodes = (...ids: readonly string[]) => ids.map((id) => ({ id, sourceId: id.slice(0, 1) }));
const ids = (groups: ReturnType<typeof groupCopies>) => groups.map((each) => each.ids.join(' ')).sort();
const nobody = standingMerges([]);
const decided = (datasetId: string, kind: Decision['kind'], value: unknown): Decision => ({
  datasetId,
  kind,
  value,
  by: 'Ana',
  why: 'seen both',
  decidedAt: '2026-11-25T00:00:00.000Z',
});

test('no chain of likely pairs makes a group', () => {
  expect(ids(groupCopies(nodes('a1', 'b1', 'c1'), [pair('a1', 'b1', 0.88), pair('b1', 'c1', 0.86)], nobody))).toEqual([
    'a1 b1',
  ]);
  const all = [pair('a1', 'b1', 0.88), pair('b1', 'c1', 0.86), pair('a1', 'c1', 0.84)];
  expect(groupCopies(nodes('a1', 'b1', 'c1'), all, nobody)).toEqual([
    { ids: ['a1', 'b1', 'c1'], decided: false, confidence: 0.84 },
  ]);
});

test('certain pairs join whole groups, but never two records of one portal that are no pair', () => {
  expect(ids(groupCopies(nodes('a1', 'b1', 'c1'), [pair('a1', 'b1', 0.96), pair('b1', 'c1', 0.99)], nobody))).toEqual([
    'a1 b1 c1',
  ]);
  expect(ids(groupCopies(nodes('a1', 'a2', 'b1'), [pair('a1', 'b1', 0.96), pair('a2', 'b1', 0.97)], nobody))).toEqual([
    'a2 b1',
  ]);
});

test('op C9: a person stands above the rules: unmerge keeps apart, merge joins what no rule would', () => {
  const strong = [pair('a1', 'b1', 0.99)];
  const apart = standingMerges([decided('a1', 'unmerge', ['b1'])]);
  expect(groupCopies(nodes('a1', 'b1'), strong, apart)).toEqual([]);
  const joined = standingMerges(['a1', 'c1'].map((id) => decided(id, 'merge', ['a1', 'c1'])));
  expect(groupCopies(nodes('a1', 'c1'), [], joined)).toEqual([{ ids: ['a1', 'c1'], decided: true, confidence: 1 }]);
});

test.each([
  ['unmerge after merge', ['merge a', 'merge b', 'unmerge a'], [], true],
  ['merge after unmerge', ['unmerge a', 'merge a', 'merge b'], ['b'], true],
  ['unmerge undone', ['merge a', 'merge b', 'unmerge a', 'undo a unmerge'], ['b'], false],
  ['merge undone', ['merge a', 'merge b', 'undo a merge', 'undo b merge'], [], false],
  ['a merge undone on one side holds on none', ['merge a', 'merge b', 'undo b merge'], [], false],
  ['an undo of nothing', ['undo a merge', 'merge a', 'merge b'], ['b'], false],
  ['decisions about other things', ['theme a', 'merge a', 'merge b', 'undo a theme'], ['b'], false],
])('%s', (_, log, partners, apart) => {
  const standing = standingMerges(
    log.map((line) => {
      const [kind = '', id = '', of] = line.split(' ');
      return decided(id, kind as Decision['kind'], kind === 'merge' ? ['a', 'b'] : (of ?? true));
    }),
  );
  expect(standing.partnersOf('a')).toEqual(partners);
  expect(standing.isApart('a')).toBe(apart);
});

test('the order in which nodes and pairs come changes nothing; no record is in two groups', () => {
  const names = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2', 'd1'];
  const anyPair = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...names), fc.constantFrom(0.5, 0.84, 0.88, 0.95, 0.99))
    .filter(([a, b]) => a < b)
    .map(([a, b, score]) => pair(a, b, score));
  const pairs = fc.uniqueArray(anyPair, { selector: ({ a, b }) => `${a} ${b}` });
  fc.assert(
    fc.property(pairs, fc.array(fc.nat({ max: 100 })), (all, order) => {
      const shuffled = [...all].sort((x, y) => (order[all.indexOf(x)] ?? 0) - (order[all.indexOf(y)] ?? 0));
      const groups = ids(groupCopies(nodes(...names), all, nobody));
      expect(ids(groupCopies(nodes(...[...names].reverse()), shuffled, nobody))).toEqual(groups);
      const members = groups.flatMap((group) => group.split(' '));
      expect(new Set(members).size).toBe(members.length);
    }),
  );
});

test('op C1: an identity is kept when title, body and files agree on one record of each side', () => {
  const mark = (nativeId: string, name: string, files: readonly string[]) => ({
    datasetId: nativeId,
    nativeId,
    name,
    files: new Set(files),
  });
  const gone = [
    mark('o1', 'parks\ncity', ['x/1']),
    mark('o2', 'trees\ncity', []),
    mark('o3', 'roads\ncity', ['x/3']),
    mark('o4', 'same\ncity', ['x/4']),
    mark('o5', 'same\ncity', ['x/5']),
    mark('o6', '', ['x/6']),
  ];
  const appeared = [
    mark('n1', 'parks\ncity', ['x/1']),
    mark('n2', 'trees\ncity', []),
    mark('n3', 'roads\ncity', ['x/33']),
    mark('n4', 'same\ncity', ['x/4']),
    mark('n5', 'same\ncity', ['x/55']),
    mark('o6-part', '', ['x/6']),
  ];
  const matches = sameIdentities(gone, appeared).map(
    ({ former, present, sure }) => `${former.nativeId} ${present.nativeId} ${sure}`,
  );
  expect(matches).toEqual(['o1 n1 true', 'o4 n4 true', 'o2 n2 false']);
});
