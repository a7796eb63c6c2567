/**
 * 2,000 random queries against a plain scan over the same analysed text: equal totals, order, scores and facet counts,
 * fresh, and after rounds of updates and deletes that leave delta segments, dead documents and merged segments.
 */
import { expect, test } from 'vitest';
import { applyChanges } from '../../src/search/apply-changes.ts';
import { buildIndex } from '../../src/search/build-index.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import type { IndexChange, IndexDocument } from '../../src/search/search-contract.ts';
import { randomRuns } from '../support/random-runs.ts';
import { inTemporaryFolder, versions } from './documents.ts';
import { plainSearch, type ScannedDocument, scanDocument } from './plain-scan.ts';
import { makeRandom, type Random, randomDocument, randomRequest } from './random-documents.ts';

const documentCount = 500;
const rounds = 13;
const sample = randomRuns(154);
const queriesARound = sample.numRuns;

interface Tally {
  queries: number;
  matching: number;
  paged: number;
  filtered: number;
}

async function compare(folder: string, live: readonly ScannedDocument[], random: Random, tally: Tally): Promise<void> {
  const index = await openSearchIndex({ folder, versions, workers: 0, pollMs: 0 });
  expect(index.status().documents).toBe(live.length);
  for (let i = 0; i < queriesARound; i++) {
    const request = randomRequest(random);
    const answer = await index.search(request);
    const found = {
      total: answer.total,
      ids: answer.hits.map((hit) => hit.id),
      scores: answer.hits.map((hit) => hit.score),
      facets: answer.facets,
    };
    expect(found, JSON.stringify(request)).toEqual(plainSearch(live, request));
    tally.queries++;
    if (answer.total > 0) tally.matching++;
    if (request.offset > 0 && answer.hits.length > 0) tally.paged++;
    if (Object.keys(request.filters).length > 0 && answer.total > 0) tally.filtered++;
  }
  await index.close();
}

function randomChanges(ids: readonly string[], random: Random): readonly IndexChange[] {
  const { below, pick } = random;
  return Array.from({ length: 10 + below(60) }, (): IndexChange => {
    const id = below(4) === 0 ? `new-${below(5000)}` : pick(ids);
    return below(3) === 0 ? { kind: 'gone', id } : { kind: 'live', document: randomDocument(id, random) };
  });
}

test('2,000 random queries answer as a plain scan does, through updates, deletes and merges', async () => {
  const random = makeRandom(sample.seed);
  const live = new Map<string, ScannedDocument>();
  const keep = (document: IndexDocument): void => void live.set(document.id, scanDocument(document));
  const tally: Tally = { queries: 0, matching: 0, paged: 0, filtered: 0 };
  const segments: number[] = [];
  await inTemporaryFolder(async (folder) => {
    const documents = Array.from({ length: documentCount }, (_, i) =>
      randomDocument(`d${(i * 7919) % 10_007}`, random),
    );
    documents.forEach(keep);
    const flushAt = { occurrences: 25_000, bytes: 1e9 };
    segments.push((await buildIndex({ folder, documents, changeNumber: 0, versions, flushAt })).segments);
    expect(segments[0]).toBeGreaterThan(1);
    for (let round = 1; round <= rounds; round++) {
      await compare(folder, [...live.values()], random, tally);
      const changes = randomChanges([...live.keys()], random);
      for (const change of changes) {
        if (change.kind === 'live') keep(change.document);
        else live.delete(change.id);
      }
      const report = await applyChanges({ folder, changes, changeNumber: round, versions });
      expect(report).toMatchObject({ documents: live.size, changeNumber: round, rejected: [] });
      segments.push(report.segments);
    }
  });
  expect(tally.queries).toBeGreaterThanOrEqual(2000);
  // The comparison means something only when most of it is not about nothing.
  expect(tally.matching).toBeGreaterThan(1300);
  expect(tally.paged).toBeGreaterThan(300);
  expect(tally.filtered).toBeGreaterThan(300);
  expect(Math.max(...segments)).toBe(8);
  expect(segments.at(-1)).toBeLessThan(8);
});
