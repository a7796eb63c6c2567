import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalTriples } from '../../../src/kit/rdf/canonical-triples.ts';
import { parseNTriples, tripleText } from '../../../src/kit/rdf/n-triples.ts';
import type { RdfNode, RdfTerm, Triple } from '../../../src/kit/rdf/triple.ts';

const root: RdfNode = { kind: 'iri', value: 'https://portal.example/d/1' };
const dcat = 'http://www.w3.org/ns/dcat#';

function renamed(triples: readonly Triple[], names: ReadonlyMap<string, string>): readonly Triple[] {
  const of = <T extends RdfTerm>(term: T): T =>
    term.kind === 'blank' ? { ...term, value: names.get(term.value) ?? term.value } : term;
  return triples.map(({ subject, predicate, object }) => ({ subject: of(subject), predicate, object: of(object) }));
}

/** A dataset with twins: files that differ in nothing but in what hangs two steps below them. */
function twins(count: number): readonly Triple[] {
  return Array.from({ length: count }, (_, at): readonly Triple[] => [
    { subject: root, predicate: `${dcat}distribution`, object: { kind: 'blank', value: `f${at}` } },
    {
      subject: { kind: 'blank', value: `f${at}` },
      predicate: `${dcat}accessService`,
      object: { kind: 'blank', value: `s${at}` },
    },
    {
      subject: { kind: 'blank', value: `s${at}` },
      predicate: `${dcat}endpointURL`,
      object: { kind: 'literal', value: `https://portal.example/${at % 3}` },
    },
  ]).flat();
}

test('field P-15, op E6: equal content gives equal bytes, whatever the labels and the order', () => {
  const triples = twins(7);
  const labels = [...new Set(triples.flatMap(({ subject }) => (subject.kind === 'blank' ? [subject.value] : [])))];
  const expected = canonicalTriples(root, triples);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...triples], { minLength: triples.length }),
      fc.shuffledSubarray(labels, { minLength: labels.length }),
      (shuffled, names) => {
        const map = new Map(labels.map((label, at) => [label, names[at] ?? '']));
        expect(canonicalTriples(root, renamed(shuffled, map))).toBe(expected);
      },
    ),
  );
});

test('other content gives other bytes', () => {
  expect(canonicalTriples(root, twins(4))).not.toBe(canonicalTriples(root, twins(5)));
  const literal = (value: string): Triple => ({
    subject: root,
    predicate: `${dcat}keyword`,
    object: { kind: 'literal', value },
  });
  expect(canonicalTriples(root, [literal('a')])).not.toBe(canonicalTriples(root, [literal('b')]));
});

test('the statements about the dataset come first, and a repeated statement once', () => {
  const triples = [...twins(1), ...twins(1)];
  const lines = canonicalTriples(root, triples).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe('<https://portal.example/d/1> <http://www.w3.org/ns/dcat#distribution> _:b0 .');
});

test('a chain and a crowd of equal blank nodes are numbered in bounded time', () => {
  const chain = Array.from(
    { length: 3_000 },
    (_, at): Triple => ({
      subject: at === 0 ? root : { kind: 'blank', value: `n${at}` },
      predicate: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#rest',
      object: { kind: 'blank', value: `n${at + 1}` },
    }),
  );
  const crowd = Array.from(
    { length: 3_000 },
    (_, at): Triple => ({
      subject: root,
      predicate: `${dcat}distribution`,
      object: { kind: 'blank', value: `m${at}` },
    }),
  );
  const started = performance.now();
  canonicalTriples(root, [...chain, ...crowd]);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('any text, language and datatype survives N-Triples and back', () => {
  const literal = fc.oneof(
    fc.record({ kind: fc.constant('literal' as const), value: fc.string({ unit: 'binary' }) }),
    fc.record({ kind: fc.constant('literal' as const), value: fc.string(), lang: fc.constantFrom('ko', 'zh-Hant-TW') }),
    fc.record({ kind: fc.constant('literal' as const), value: fc.string(), datatype: fc.constant(`${dcat}x`) }),
  );
  fc.assert(
    fc.property(literal, (object) => {
      const triple: Triple = { subject: root, predicate: `${dcat}keyword`, object };
      expect(parseNTriples(`# a comment\n${tripleText(triple)}\n\n`)).toEqual([triple]);
    }),
  );
});

test.each(['<a> <b> .', '<a> <b> "c"', 'not a statement', '<a b> <c> <d> .'])('%s is no N-Triples', (text) => {
  expect(parseNTriples(text)).toBeUndefined();
});
