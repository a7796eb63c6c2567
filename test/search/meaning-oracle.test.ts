/**
 * Random queries of concepts, places, forms and words against a plain scan: the same documents in the same order with the
 * same scores, and the same parts let go, in one segment and in several, with dead documents among them.
 */
import { expect, test } from 'vitest';
import { applyChanges } from '../../src/search/apply-changes.ts';
import { buildIndex } from '../../src/search/build-index.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import { readQuery } from '../../src/search/read-query.ts';
import type { IndexDocument } from '../../src/search/search-contract.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';
import { documentOf, inTemporaryFolder, requestOf, versions } from './documents.ts';
import { plainMeaningSearch } from './plain-meanings.ts';
import { scanDocument } from './plain-scan.ts';
import { makeRandom, type Random } from './random-documents.ts';

const { terminology } = littleKnowledge;
const concepts = [...terminology.lexicon.concepts.keys()];
const places = [...terminology.gazetteer.places.keys()];
const fields = ['titles', 'keywords', 'publisher', 'descriptions'] as const;
const labels = [...terminology.lexicon.concepts.values(), ...terminology.gazetteer.places.values()].flatMap((each) =>
  Object.values(each.labels).flatMap((own) => own ?? []),
);
const words = ['north', 'river', '河川', '현황', 'zzyzx', 'ข้อมูล', 'east', 'annual'];

function randomDocument(id: string, { below, pick }: Random): IndexDocument {
  const text = (most: number) => Array.from({ length: 1 + below(most) }, () => pick(below(9) === 0 ? labels : words));
  const document = documentOf({ id, title: text(4).join(' '), keywords: text(3), description: text(9).join(' ') });
  const terms = new Map<string, IndexDocument['terms'][number]>();
  for (let i = below(7) - 4; i > 0; i--) {
    const kind = below(4) === 0 ? 'place' : 'concept';
    const term = { kind, id: pick(kind === 'place' ? places : concepts), field: pick(fields), words: 'x' } as const;
    terms.set(`${kind} ${term.id} ${term.field}`, term);
  }
  return { ...document, terms: [...terms.values()] };
}

function randomText({ below, pick }: Random): string {
  return Array.from({ length: 1 + below(4) }, () => pick(below(4) > 0 ? labels : words)).join(' ');
}

test('600 random queries with meanings answer as a plain scan does', async () => {
  const random = makeRandom(20_261_125);
  const tally = { asked: 0, strict: 0, relaxed: 0, widest: 0 };
  await inTemporaryFolder(async (folder) => {
    const live = new Map<string, IndexDocument>();
    for (let i = 0; i < 30; i++) live.set(`d${(i * 7919) % 997}`, randomDocument(`d${(i * 7919) % 997}`, random));
    await buildIndex({ folder, documents: live.values(), changeNumber: 0, versions });
    for (let round = 1; round <= 3; round++) {
      const index = await openSearchIndex({ folder, versions, terminology, workers: 0, pollMs: 0 });
      const scanned = [...live.values()].map(scanDocument);
      for (let i = 0; i < 200; i++) {
        const text = randomText(random);
        const query = readQuery(text, { terminology });
        // Without a meaning it is a query of words, which has an oracle of its own.
        if (query.parts.every(({ meanings }) => meanings.length === 0)) continue;
        const expected = plainMeaningSearch(scanned, query);
        const { hits, reading, total } = await index.search(requestOf(text, { limit: 1000 }));
        expect({ text, ids: hits.map(({ id }) => id), relaxed: reading.relaxed }).toEqual({
          text,
          ids: expected.ids,
          relaxed: expected.relaxed,
        });
        expect(total).toBe(expected.ids.length);
        for (const [at, hit] of hits.entries()) expect(hit.score).toBeCloseTo(expected.scores[at] ?? Number.NaN, 4);
        tally.asked++;
        if (expected.relaxed.length === 0 && expected.ids.length > 0) tally.strict++;
        if (expected.relaxed.length > 0) tally.relaxed++;
        if (expected.isWide) tally.widest++;
      }
      await index.close();
      const ids = [...live.keys()];
      const gone = Array.from({ length: 12 }, () => random.pick(ids));
      const fresh = Array.from({ length: 12 }, (_, i) => randomDocument(`n${round}-${i}`, random));
      for (const id of gone) live.delete(id);
      for (const document of fresh) live.set(document.id, document);
      const changes = [
        ...gone.map((id) => ({ kind: 'gone', id }) as const),
        ...fresh.map((document) => ({ kind: 'live', document }) as const),
      ];
      await applyChanges({ folder, changes, changeNumber: round, versions });
    }
  });
  expect(tally.asked).toBeGreaterThan(450);
  expect(tally.strict).toBeGreaterThan(100);
  expect(tally.relaxed).toBeGreaterThan(100);
  expect(tally.widest).toBeGreaterThan(20);
});
