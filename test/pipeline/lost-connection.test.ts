import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Harvest } from '../../src/harvest/harvest-contract.ts';
import { SourceError } from '../../src/model/source-error.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { littleRecord, newHome, openStore, portalOf, runOptions } from './little-portal.ts';

let home: string;
let store: CatalogueStore;
beforeEach(async () => {
  home = newHome();
  store = await openStore(home);
});
afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

describe('a lost connection', () => {
  const records = Array.from({ length: 40 }, (_, i) => littleRecord(`n${i}`, { title: `T ${i}` }));
  const lost = (code: 'unreachable' | 'http-status') =>
    new SourceError(code, 'xx-portal-example: gone; expected a page');

  /** The portal of all records, lost when so many were read; tells where it was begun. */
  function breaking(after: number, failure: Error, begun: (string | undefined)[]): Harvest {
    return async function* harvest(source, from, effects, signal) {
      begun.push(from);
      let left = after;
      for await (const event of portalOf(records)(source, from, effects, signal)) {
        if (left <= 0) throw failure;
        if (event.kind === 'record') left -= 1;
        yield event;
      }
    };
  }

  test('is gone on with from the last checkpoint, and the account is that of one run', async () => {
    const begun: (string | undefined)[] = [];
    const first = await runSource(runOptions(store, breaking(25, lost('unreachable'), begun)));
    expect(first).toMatchObject({ state: 'failed', failure: { code: 'unreachable' }, counts: { deleted: 0 } });
    const second = await runSource(runOptions(store, breaking(99, lost('unreachable'), begun)));
    expect(begun).toEqual([undefined, '20']);
    expect(second).toMatchObject({ id: first.id, state: 'done', complete: true, counts: { seen: 40, added: 40 } });
  });

  test('is a failed run of its own when nothing was gained since, and so is a portal that answers with an error', async () => {
    const begun: (string | undefined)[] = [];
    const failing = (after: number, code: 'unreachable' | 'http-status') =>
      runSource(runOptions(store, breaking(after, lost(code), begun)));
    const ids = [
      await failing(5, 'unreachable'),
      await failing(25, 'unreachable'),
      await failing(5, 'unreachable'),
      await failing(25, 'http-status'),
      await failing(99, 'unreachable'),
    ].map(({ id }) => id);
    expect(begun).toEqual([undefined, undefined, '20', undefined, undefined]);
    expect(new Set(ids).size).toBe(4);
    expect(ids[2]).toBe(ids[1]);
  });
});
