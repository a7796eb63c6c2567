/** The same index asked through worker threads. */
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { applyChanges } from '../../src/search/apply-changes.ts';
import { buildIndex } from '../../src/search/build-index.ts';
import { loadGeneration } from '../../src/search/load-generation.ts';
import { openSearchIndex } from '../../src/search/open-search-index.ts';
import { readQuery } from '../../src/search/read-query.ts';
import type { SearchRequest } from '../../src/search/search-contract.ts';
import { startQueryThread } from '../../src/search/start-query-thread.ts';
import { startWorkerPool } from '../../src/search/worker-pool.ts';
import { documentOf, inTemporaryFolder, requestOf, versions } from './documents.ts';
import { makeRandom, randomDocument, randomRequest } from './random-documents.ts';

test('threads answer as the calling thread does, and follow a new generation', async () => {
  const random = makeRandom(3);
  await inTemporaryFolder(async (folder) => {
    const documents = Array.from({ length: 200 }, (_, i) => randomDocument(`d${i}`, random));
    await buildIndex({ folder, versions, changeNumber: 1, documents });
    const plain = await openSearchIndex({ folder, versions, workers: 0, pollMs: 0 });
    const threads = await openSearchIndex({ folder, versions, workers: 2, pollMs: 20 });
    const requests = Array.from({ length: 60 }, () => randomRequest(random));
    const answers = await Promise.all(requests.map((request) => threads.search(request)));
    for (const [i, request] of requests.entries()) {
      const { tookMs: _, ...expected } = await plain.search(request);
      expect(answers[i]).toMatchObject(expected);
    }
    expect(await threads.suggest('b', 5)).toEqual(await plain.suggest('b', 5));
    await applyChanges({ folder, versions, changeNumber: 2, changes: [{ kind: 'gone', id: 'd0' }] });
    await expect.poll(() => threads.status().documents, { timeout: 5000 }).toBe(199);
    expect(await threads.search(requestOf(''))).toMatchObject({ changeNumber: 2 });
    await plain.close();
    await threads.close();
    await expect(threads.search(requestOf(''))).rejects.toThrow('the index is closed');
  });
});

test('a thread that dies loses its own questions only, and another takes its place', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: [documentOf({ id: 'a', title: 'one' })] });
    const threads: Worker[] = [];
    const lines: string[] = [];
    const pool = startWorkerPool(await loadGeneration(folder, versions), 2, {
      log: (line) => lines.push(line),
      startThread: (generation) => {
        const thread = startQueryThread(generation);
        threads.push(thread);
        return thread;
      },
    });
    const questions = Array.from({ length: 10 }, () => pool.search(requestOf('one'), readQuery('one', {})));
    const settled = Promise.allSettled(questions);
    await threads[0]?.terminate();
    const outcomes = await settled;
    const lost = outcomes.filter(({ status }) => status === 'rejected');
    expect(lost).toHaveLength(5);
    expect(lost[0]).toMatchObject({ reason: { message: expect.stringContaining('the query thread ended') } });
    expect(threads).toHaveLength(3);
    expect(lines).toEqual([expect.stringMatching(/ended \(code \d+\) with 5 questions; a new one is started/)]);
    const after = await Promise.all(
      Array.from({ length: 6 }, () => pool.search(requestOf('one'), readQuery('one', {}))),
    );
    expect(after.map(({ total }) => total)).toEqual([1, 1, 1, 1, 1, 1]);
    await pool.close();
    expect(lines).toHaveLength(1);
  });
});

test('a query that fails is told to who asked, and the thread goes on', async () => {
  await inTemporaryFolder(async (folder) => {
    await buildIndex({ folder, versions, changeNumber: 1, documents: [documentOf({ id: 'a', title: 'one' })] });
    const index = await openSearchIndex({ folder, versions, workers: 1, pollMs: 0 });
    const broken = { ...requestOf('one'), filters: undefined } as unknown as SearchRequest;
    await expect(index.search(broken)).rejects.toThrow('a query failed');
    expect((await index.search(requestOf('one'))).total).toBe(1);
    await index.close();
  });
});
