import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PortalRecord } from '../../src/simulator/simulated-portal.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { randomRuns } from '../support/random-runs.ts';
import { testSource } from '../support/test-source.ts';
import { collect } from './collect.ts';

const packageOf = (id: string): PortalRecord => ({ id, bytes: Buffer.from(`{"id": "${id}", "state": "active"}`) });
const idOf = (index: number) => String(10_000 + index);

/** Before request number `at`, packages vanish and others appear. */
const edit = fc.record({
  at: fc.integer({ min: 2, max: 9 }),
  vanish: fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 12 }),
  appear: fc.array(fc.integer({ min: 60, max: 119 }), { maxLength: 12 }),
});

test('op D1, field P-11: whatever comes and goes while package_search is paged, what stays is read exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 13 }),
      fc.integer({ min: 1, max: 13 }),
      fc.array(edit, { maxLength: 4 }),
      async (size, pageSize, rowsCap, edits) => {
        // Even places are there from the start, odd ones appear: new packages land anywhere in the order.
        const placeOf = (index: number) => idOf(index < 60 ? index * 2 : (index - 60) * 2 + 1);
        const records = Array.from({ length: size }, (_, i) => packageOf(placeOf(i)));
        const simulator = await startSimulator({
          portals: [{ id: 'p', protocol: 'ckan', records, rowsCap }],
          faults: edits.map(({ at, vanish, appear }) => ({
            from: at,
            fault: {
              kind: 'edit',
              edit: (present) => {
                const gone = new Set(vanish.map(placeOf));
                const known = new Set(present.map(({ id }) => id));
                const fresh = [...new Set(appear)].map(placeOf).filter((id) => !known.has(id));
                return [...present.filter(({ id }) => !gone.has(id)), ...fresh.map(packageOf)];
              },
            },
          })),
        });
        try {
          const { ids, end, failure } = await collect(
            testSource('ckan', simulator.urlOf('p'), { options: { pageSize } }),
          );
          const vanished = new Set(edits.flatMap(({ vanish }) => vanish.map(placeOf)));
          const staying = records.map(({ id }) => id).filter((id) => !vanished.has(id));
          expect(failure).toBeUndefined();
          expect(new Set(ids).size).toBe(ids.length);
          if (end?.complete) expect(staying.filter((id) => !ids.includes(id))).toEqual([]);
          if (edits.length === 0 && Math.min(pageSize, rowsCap) > 1)
            expect(end).toEqual({ kind: 'end', complete: true, claimedTotal: size });
          // Overlapping pages see every row that stays; pages of one row cannot overlap.
          if (Math.min(pageSize, rowsCap) > 1) expect(staying.filter((id) => !ids.includes(id))).toEqual([]);
        } finally {
          await simulator.close();
        }
      },
    ),
    randomRuns(60),
  );
}, 240_000);

test('field P-09: a portal that caps rows below what is asked is stepped by the rows that came', async () => {
  const records = Array.from({ length: 2_300 }, (_, i) => packageOf(idOf(i)));
  const simulator = await startSimulator({ portals: [{ id: 'p', protocol: 'ckan', records, rowsCap: 1_000 }] });
  const { ids, end } = await collect(testSource('ckan', simulator.urlOf('p'), { options: { pageSize: 5_000 } }));
  const starts = simulator.requests.map(({ pathAndQuery }) =>
    new URLSearchParams(pathAndQuery.split('?')[1]).get('start'),
  );
  await simulator.close();
  expect([new Set(ids).size, end?.complete]).toEqual([2_300, true]);
  // One row overlaps; the last request finds nothing new.
  expect(starts).toEqual(['0', '999', '1998', '2299']);
});

test('field P-10: a count that is too low ends nothing early', async () => {
  const records = Array.from({ length: 120 }, (_, i) => packageOf(idOf(i)));
  const simulator = await startSimulator({ portals: [{ id: 'p', protocol: 'ckan', records, claimedCount: 50 }] });
  const { ids, end } = await collect(testSource('ckan', simulator.urlOf('p'), { options: { pageSize: 25 } }));
  await simulator.close();
  expect([ids.length, end]).toEqual([120, { kind: 'end', complete: true, claimedTotal: 50 }]);
});

test.each([
  [['id asc'], 'metadata_created asc, id asc'],
  [['id asc', 'metadata_created asc, id asc'], 'name asc'],
])('a portal that refuses sort=%j is paged by %s', async (refusedSorts, expected) => {
  const records = Array.from({ length: 9 }, (_, i) => ({
    id: idOf(i),
    bytes: Buffer.from(`{"id": "${idOf(i)}", "name": "n${9 - i}", "metadata_created": "2020-01-0${i + 1}"}`),
  }));
  const simulator = await startSimulator({ portals: [{ id: 'p', protocol: 'ckan', records, refusedSorts }] });
  const { ids, end } = await collect(testSource('ckan', simulator.urlOf('p'), { options: { pageSize: 4 } }));
  await simulator.close();
  expect([ids.length, end?.complete]).toEqual([9, true]);
  expect(simulator.requests.at(-1)?.pathAndQuery).toContain(new URLSearchParams({ sort: expected }).toString());
});

test('op D12: a package_list that is redirected away is given up for package_search', async () => {
  const records = Array.from({ length: 9 }, (_, i) => packageOf(idOf(i)));
  const simulator = await startSimulator({
    portals: [{ id: 'p', protocol: 'ckan', records }],
    faults: [{ path: 'package_list', times: 9, fault: { kind: 'answer', status: 504 } }],
  });
  const { ids, end, log } = await collect(testSource('ckan', simulator.urlOf('p'), { options: { listing: 'list' } }));
  await simulator.close();
  expect([ids.length, end?.complete]).toEqual([9, true]);
  expect(log.join('\n')).toContain('going on with package_search');
});

test('packages that are private or drafts are not for the public; one that vanishes before it is shown is no error', async () => {
  const hidden = ['"private": true', '"state": "draft"', '"state": "deleted"'].map((member, i) => ({
    id: idOf(50 + i),
    bytes: Buffer.from(`{"id": "${idOf(50 + i)}", ${member}}`),
  }));
  const records = [...Array.from({ length: 5 }, (_, i) => packageOf(idOf(i))), ...hidden];
  for (const listing of ['search', 'list']) {
    const simulator = await startSimulator({
      portals: [{ id: 'p', protocol: 'ckan', records }],
      faults: [
        {
          path: 'package_show',
          fault: { kind: 'edit', edit: (present) => present.filter(({ id }) => id !== idOf(4)) },
        },
      ],
    });
    const { ids, rejected, end } = await collect(testSource('ckan', simulator.urlOf('p'), { options: { listing } }));
    await simulator.close();
    expect([ids.length, rejected, end?.complete]).toEqual([listing === 'list' ? 4 : 5, [], true]);
  }
});

test('listed names that cannot be read make the run incomplete: what is behind a name is not known', async () => {
  const records = [packageOf(idOf(1)), { id: 'a-name', bytes: new Uint8Array() }];
  const simulator = await startSimulator({ portals: [{ id: 'p', protocol: 'ckan', records }] });
  const { rejected, end } = await collect(testSource('ckan', simulator.urlOf('p'), { options: { listing: 'list' } }));
  await simulator.close();
  expect(rejected).toEqual(['answer-empty a-name']);
  expect(end).toMatchObject({ complete: false, why: expect.stringContaining('known by name only') });
});
