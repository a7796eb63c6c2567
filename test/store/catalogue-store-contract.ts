/** What every engine behind `CatalogueStore` has to do. Run with a maker of stores on one home folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import type { LeaseOwner } from '../../src/store/lease-owner.ts';
import { harvestOnce, noTally, sampleDataset, sourceId, writesOf } from './sample-records.ts';

export type StoreMaker = (home: string, owner: LeaseOwner) => Promise<CatalogueStore>;

const day = (n: number): string => `2026-01-${String(n).padStart(2, '0')}T00:00:00.000Z`;
const me: LeaseOwner = { name: 'me', isGone: () => false };

const titleMissing = { slug: 'title-missing', severity: 'error', path: 'title', message: 'no title' } as const;

export function describeCatalogueStore(engine: string, make: StoreMaker): void {
  describe(`catalogue store on ${engine}`, () => {
    let home: string;
    let store: CatalogueStore;
    const idOf = (nativeId: string): string => base32Id(sourceId, nativeId);

    beforeEach(async () => {
      home = mkdtempSync(join(tmpdir(), 'sampan-store-'));
      store = await make(home, me);
    });
    afterEach(async () => {
      await store.close();
      rmSync(home, { recursive: true, force: true });
    });

    test('gives back byte for byte what was received: 19 digits, a doubled key, odd spacing, NUL, no UTF-8', async () => {
      const odd = '{ "id":1111010100100010007 ,\t"a":1,"a" : 2 }\r\n';
      const binary = Uint8Array.of(0, 255, 254, 0, 13, 10, 0);
      const header = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0x2c, 0x62);
      await harvestOnce(store, {
        at: day(1),
        wishes: [
          { nativeId: 'odd', raw: odd },
          { nativeId: 'binary', raw: binary, context: header },
          { nativeId: 'empty', raw: '' },
        ],
      });
      const archived = await store.archived(idOf('odd'));
      expect(Buffer.from(archived?.raw ?? []).toString()).toBe(odd);
      expect(archived?.context).toBeUndefined();
      const other = await store.archived(idOf('binary'));
      expect([...(other?.raw ?? [])]).toEqual([...binary]);
      expect([...(other?.context ?? [])]).toEqual([...header]);
      expect((await store.archived(idOf('empty')))?.bytes).toBe(0);
      expect(await store.archived('aaaaaaaaaaaaaaaa')).toBeUndefined();
    });

    test('keeps versions, the newest first at hand, and drops old ones but the last of each month', async () => {
      for (let i = 0; i < 30; i += 1) {
        const fetchedAt = new Date(Date.UTC(2024, 0, 1 + i * 10)).toISOString();
        await harvestOnce(store, { at: fetchedAt, wishes: [{ nativeId: 'a', raw: `{"v":${i}}`, fetchedAt }] });
      }
      const history = await store.history(idOf('a'));
      const versions = history.map((each) => each.version);
      expect(versions.slice(-20)).toEqual(Array.from({ length: 20 }, (_, i) => i + 11));
      // Every tenth day from 1 January 2024: the last of January is the 4th, of February the 6th, of March the 10th.
      expect(versions.slice(0, -20)).toEqual([4, 6, 10]);
      expect(Buffer.from((await store.archived(idOf('a')))?.raw ?? []).toString()).toBe('{"v":29}');
      expect(Buffer.from((await store.archived(idOf('a'), 4))?.raw ?? []).toString()).toBe('{"v":3}');
      expect(await store.archived(idOf('a'), 1)).toBeUndefined();
    });

    test('numbers every visible change, and tells each dataset once, at its latest', async () => {
      await harvestOnce(store, {
        at: day(1),
        wishes: ['a', 'b', 'c'].map((nativeId) => ({ nativeId, raw: nativeId })),
      });
      const first = await store.latestChangeNumber();
      expect((await store.changesSince(0, 10)).map((each) => each.datasetId)).toEqual(['a', 'b', 'c'].map(idOf));
      expect((await store.changesSince(0, 2)).length).toBe(2);
      await harvestOnce(store, { at: day(2), wishes: [{ nativeId: 'a', raw: 'a2', title: 'new' }] });
      const changes = await store.changesSince(first, 10);
      expect(changes.map((each) => [each.kind, each.datasetId])).toEqual([['live', idOf('a')]]);
      expect((await store.changesSince(0, 10)).map((each) => each.datasetId)).toEqual(['b', 'c', 'a'].map(idOf));
      expect(changes[0]?.changeNumber).toBe(await store.latestChangeNumber());
    });

    test('mints ids from source and native id, and another one when that is taken', async () => {
      await harvestOnce(store, { at: day(1), wishes: [{ nativeId: 'a', raw: 'a' }] });
      expect(await store.datasetId(sourceId, 'a')).toBe(idOf('a'));
      expect(await store.datasetId(sourceId, 'never')).toBeUndefined();
      // The id that "b" would get is bound to "a" first, as if the hashes had collided.
      const run = await store.startRun({ sourceId, country: 'XX', at: day(2) });
      const [write] = await writesOf(store, run, [{ nativeId: 'stolen', raw: 'x' }]);
      if (write === undefined) throw new Error('one write expected');
      const stolen = idOf('b');
      const commit = { marks: [], tally: noTally, mappingVersion: 'm1', at: day(2) };
      await store.commitBatch(run, {
        ...commit,
        records: [{ ...write, datasetId: stolen, dataset: sampleDataset(stolen, 'stolen', 'x') }],
      });
      const known = await store.knownRecords(run, ['b']);
      expect(known.get('b')).toMatchObject({ isNew: true, datasetId: base32Id(sourceId, 'b', '1') });
      await store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at: day(2) });
    });

    test('binds a new native id to an old permanent id; what the new one had made becomes a tombstone', async () => {
      await harvestOnce(store, {
        at: day(1),
        wishes: [
          { nativeId: 'old-7', raw: '7' },
          { nativeId: 'new-7', raw: '7n' },
        ],
      });
      await store.bindNativeId(sourceId, 'new-7', idOf('old-7'));
      expect(await store.datasetId(sourceId, 'new-7')).toBe(idOf('old-7'));
      await harvestOnce(store, { at: day(2), wishes: [{ nativeId: 'new-7', raw: '7n', title: 'moved' }] });
      const records = await store.records([idOf('old-7'), idOf('new-7')]);
      expect(records.get(idOf('old-7'))?.dataset).toMatchObject({ nativeId: 'new-7', title: [{ text: 'moved' }] });
      expect(records.get(idOf('new-7'))?.state).toBe('tombstone');
      expect((await store.totals()).datasets).toBe(1);
    });

    test('keeps the dataset in force when newer bytes are rejected, and never shows bytes that were never a dataset', async () => {
      await harvestOnce(store, { at: day(1), wishes: [{ nativeId: 'a', raw: 'good', title: 'good' }] });
      const before = await store.latestChangeNumber();
      await harvestOnce(store, {
        at: day(2),
        wishes: [
          { nativeId: 'a', raw: 'bad', rejected: true, problems: [titleMissing] },
          { nativeId: 'b', raw: 'never good', rejected: true },
        ],
      });
      const records = await store.records([idOf('a'), idOf('b')]);
      expect([...records.keys()]).toEqual([idOf('a')]);
      expect(records.get(idOf('a'))?.dataset.title[0]?.text).toBe('good');
      expect(await store.latestChangeNumber()).toBe(before);
      expect(Buffer.from((await store.archived(idOf('b')))?.raw ?? []).toString()).toBe('never good');
      expect(records.get(idOf('a'))?.rejectedVersion).toEqual({ version: 2, problems: [titleMissing] });
      const natives = ['a', 'b', 'never listed'].map((nativeId) => ({ sourceId, nativeId }));
      expect(await store.archivedIds(natives)).toEqual([idOf('a'), idOf('b'), undefined]);
      const run = await store.startRun({ sourceId, country: 'XX', at: day(3) });
      const known = await store.knownRecords(run, ['a', 'b']);
      expect(known.get('a')).toMatchObject({ rejected: true, accepted: true, isNew: false });
      expect(known.get('b')).toMatchObject({ rejected: true, accepted: false, isNew: false });
      await store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at: day(3) });
      await harvestOnce(store, { at: day(4), wishes: [{ nativeId: 'a', raw: 'good again' }] });
      expect((await store.records([idOf('a')])).get(idOf('a'))?.rejectedVersion).toBeUndefined();
    });

    test('a failed run keeps why as data; a summary has the last runs and a dataset for each problem', async () => {
      const problems = [titleMissing];
      await harvestOnce(store, {
        at: day(1),
        wishes: [
          { nativeId: 'a', raw: 'a' },
          { nativeId: 'b', raw: 'b', problems },
        ],
      });
      const failure = { code: 'tls', reason: 'tls_incomplete_chain' } as const;
      const end = { state: 'failed', complete: false, failure, tlsProfile: 'legacy' } as const;
      await harvestOnce(store, { at: day(2), wishes: [], end });
      const [summary] = await store.sourceSummaries();
      expect(summary?.recentRuns).toMatchObject([
        { state: 'failed', failure, tlsProfile: 'legacy' },
        { state: 'done' },
      ]);
      expect(summary?.recentRuns[1]).not.toHaveProperty('failure');
      expect([summary?.problems, summary?.problemExamples]).toEqual([
        { 'title-missing': 1 },
        { 'title-missing': idOf('b') },
      ]);
    });

    test('a theme decision stands above the publisher, an undo takes it back; facts and decisions are only added to', async () => {
      await harvestOnce(store, { at: day(1), wishes: [{ nativeId: 'a', raw: 'a' }] });
      const datasetId = idOf('a');
      const theme = async () => (await store.records([datasetId])).get(datasetId)?.theme;
      expect(await theme()).toMatchObject({ value: 'transport', by: 'publisher' });
      const decision = { datasetId, by: 'editor', why: 'it is about buses to schools', decidedAt: day(2) } as const;
      const before = await store.latestChangeNumber();
      await store.recordDecisions([{ ...decision, kind: 'theme', value: 'education-culture' }]);
      expect(await theme()).toEqual({ value: 'education-culture', by: 'person', confidence: 1 });
      expect(await store.latestChangeNumber()).toBe(before + 1);
      await store.recordDecisions([{ ...decision, kind: 'undo', value: 'theme' }]);
      expect(await theme()).toMatchObject({ value: 'transport', by: 'publisher' });
      expect((await store.decisions(datasetId)).map((each) => each.kind)).toEqual(['theme', 'undo']);
      const fact = { datasetId, distributionId: 'd1', kind: 'link-state', value: { status: 404 } } as const;
      await store.recordObservedFacts([{ ...fact, observedAt: day(2) }]);
      const seen = await store.latestChangeNumber();
      await store.recordObservedFacts([{ ...fact, observedAt: day(3) }]);
      expect(await store.latestChangeNumber()).toBe(seen);
      expect((await store.observedFacts(datasetId)).map((each) => each.observedAt)).toEqual([day(2), day(3)]);
    });

    test('a rule is weaker than the publisher and can be dropped', async () => {
      const silent = { ...sampleDataset(idOf('a'), 'a', 'a'), themes: [] };
      const run = await store.startRun({ sourceId, country: 'XX', at: day(1) });
      const [write] = await writesOf(store, run, [{ nativeId: 'a', raw: 'a' }]);
      if (write === undefined) throw new Error('one write expected');
      await store.commitBatch(run, {
        records: [{ ...write, dataset: silent }],
        marks: [],
        tally: noTally,
        mappingVersion: 'm1',
        at: day(1),
      });
      await store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at: day(1) });
      const theme = async () => (await store.records([idOf('a')])).get(idOf('a'))?.theme.value;
      expect(await theme()).toBe('unclassified');
      await store.putDerivedFacts([
        {
          datasetId: idOf('a'),
          kind: 'theme',
          fact: { value: 'health-care', by: 'rule', rule: 'words', confidence: 0.6 },
        },
      ]);
      expect(await theme()).toBe('health-care');
      await store.dropDerivedFacts('theme');
      expect(await theme()).toBe('unclassified');
    });

    test('missing is shown and counted, a tombstone is gone but readable; both come back with what was attached', async () => {
      await harvestOnce(store, { at: day(1), wishes: [{ nativeId: 'a', raw: 'a' }] });
      const absent = async (at: string, what: { missing?: string[]; tombstones?: string[] }) => {
        const run = await store.startRun({ sourceId, country: 'XX', at });
        await store.applyAbsences(run, { missing: what.missing ?? [], tombstones: what.tombstones ?? [], at });
        return store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at });
      };
      const state = async () => (await store.records([idOf('a')])).get(idOf('a'));
      expect((await absent(day(2), { missing: [idOf('a')] })).counts.deleted).toBe(0);
      expect(await state()).toMatchObject({ state: 'missing', lastSeen: day(1) });
      expect((await store.totals()).datasets).toBe(1);
      expect((await absent(day(3), { tombstones: [idOf('a')] })).counts.deleted).toBe(1);
      expect(await state()).toMatchObject({ state: 'tombstone', lastSeen: day(1) });
      expect((await store.totals()).datasets).toBe(0);
      expect(await store.liveDatasetIds('', 10)).toEqual([]);
      expect(await store.newest(10)).toEqual([]);
      expect((await store.changesSince(0, 10)).map((each) => each.kind)).toEqual(['gone']);
      expect((await store.sourceSummaries())[0]).toMatchObject({ datasets: 0, tombstones: 1 });
      const back = await harvestOnce(store, { at: day(4), wishes: [{ nativeId: 'a', raw: 'a' }] });
      expect(back.counts.restored).toBe(1);
      expect(await state()).toMatchObject({ state: 'live', firstSeen: day(1), lastSeen: day(4) });
      expect((await store.history(idOf('a'))).length).toBe(1);
    });

    test('an interrupted run of the last 24 hours goes on at its cursor, with the books as they stood there', async () => {
      const run = await store.startRun({ sourceId, country: 'XX', at: day(1) });
      const marks = ['0123456789abcdef', 'ÿþýüûúùø\0\0\0\0\0\0\0\0'];
      const tally = { ...noTally, counts: { ...noTally.counts, seen: 2, added: 2 } };
      const records = await writesOf(store, run, [{ nativeId: 'a', raw: 'a' }]);
      await store.commitBatch(run, { records, marks, tally, cursor: 'page 2', mappingVersion: 'm1', at: day(1) });
      const later = await writesOf(store, run, [{ nativeId: 'b', raw: 'b' }]);
      const ahead = { ...noTally, counts: { ...noTally.counts, seen: 3, added: 3 } };
      await store.commitBatch(run, {
        records: later,
        marks: ['after the cursor'],
        tally: ahead,
        mappingVersion: 'm1',
        at: day(1),
      });
      await store.close();
      store = await make(home, me);
      const again = await store.startRun({ sourceId, country: 'XX', at: '2026-01-01T23:00:00.000Z' });
      expect(again.runId).toBe(run.runId);
      expect(again.resumed).toEqual({ cursor: 'page 2', tally, seen: marks });
      expect((await store.knownRecords(again, ['b'])).get('b')).toMatchObject({
        isNew: false,
        writtenByThisRun: 'added',
      });
      await store.close();
      store = await make(home, me);
      const tooLate = await store.startRun({ sourceId, country: 'XX', at: day(4) });
      expect(tooLate.runId).not.toBe(run.runId);
      expect(tooLate.resumed).toBeUndefined();
      expect((await store.runs({ limit: 5 })).map((each) => each.state)).toEqual(['running', 'failed']);
    });

    test('a finished run is not gone on with, and only a good complete one moves the last sighting', async () => {
      await harvestOnce(store, { at: day(1), wishes: [{ nativeId: 'a', raw: 'a' }] });
      const lastSeen = async () => (await store.records([idOf('a')])).get(idOf('a'))?.lastSeen;
      await harvestOnce(store, { at: day(2), wishes: [], end: { state: 'failed', complete: false, why: 'down' } });
      await harvestOnce(store, { at: day(3), wishes: [], end: { state: 'suspicious', complete: true, why: 'few' } });
      expect(await lastSeen()).toBe(day(1));
      await harvestOnce(store, { at: day(4), wishes: [], end: { state: 'done-with-problems' } });
      expect(await lastSeen()).toBe(day(4));
      const summary = (await store.sourceSummaries())[0];
      expect(summary?.lastGoodRun?.startedAt).toBe(day(4));
      expect((await store.runs({ sourceId, limit: 2 })).map((run) => run.state)).toEqual([
        'done-with-problems',
        'suspicious',
      ]);
      expect((await store.runs({ limit: 9, beforeId: 3 })).map((run) => run.why)).toEqual(['down', undefined]);
      expect(await store.runs({ sourceId: 'xx-other', limit: 9 })).toEqual([]);
    });

    test('held deletions wait for a person, who is written down; a later complete run takes the offer away', async () => {
      const wishes = ['a', 'b', 'c'].map((nativeId) => ({ nativeId, raw: nativeId }));
      await harvestOnce(store, { at: day(1), wishes });
      const run = await store.startRun({ sourceId, country: 'XX', at: day(2) });
      await store.holdDeletions(run, [idOf('a'), idOf('b')]);
      await store.finishRun(run, { state: 'suspicious', complete: true, tally: noTally, resumable: false, at: day(2) });
      expect((await store.totals()).datasets).toBe(3);
      await harvestOnce(store, { at: day(3), wishes: [], end: { state: 'failed', complete: false } });
      const acceptance = { runId: run.runId, by: 'operator', why: 'the portal really closed them', at: day(3) };
      expect(await store.acceptRun(acceptance)).toBe(2);
      expect((await store.runs({ limit: 9 })).map((each) => [each.id, each.accepted])).toContainEqual([
        run.runId,
        true,
      ]);
      expect((await store.runs({ limit: 9 })).filter((each) => each.accepted)).toHaveLength(1);
      expect((await store.records([idOf('a')])).get(idOf('a'))?.state).toBe('tombstone');
      expect((await store.totals()).datasets).toBe(1);
      await expect(store.acceptRun(acceptance)).rejects.toThrow(/holds no deletions back/);
    });

    test('an acceptance taken back: its tombstones are live again, but for those a run brought back itself', async () => {
      const wishes = ['a', 'b', 'c'].map((nativeId) => ({ nativeId, raw: nativeId }));
      await harvestOnce(store, { at: day(1), wishes });
      const run = await store.startRun({ sourceId, country: 'XX', at: day(2) });
      await store.holdDeletions(run, [idOf('a'), idOf('b')]);
      await store.finishRun(run, { state: 'suspicious', complete: true, tally: noTally, resumable: false, at: day(2) });
      const word = { runId: run.runId, by: 'operator', why: 'the portal was down', at: day(3) };
      await expect(store.withdrawAcceptance(word)).rejects.toThrow(/no acceptance of it is in force/);
      await store.acceptRun(word);
      await harvestOnce(store, { at: day(3), wishes: [{ nativeId: 'b', raw: 'b' }] });
      const before = await store.latestChangeNumber();
      expect(await store.withdrawAcceptance({ ...word, at: day(4) })).toBe(1);
      const changes = await store.changesSince(before, 9);
      expect(changes.map((each) => [each.kind, each.datasetId])).toEqual([['live', idOf('a')]]);
      expect((await store.totals()).datasets).toBe(3);
      await expect(store.withdrawAcceptance(word)).rejects.toThrow(/no acceptance of it is in force/);
      await expect(store.withdrawAcceptance({ ...word, runId: 99 })).rejects.toThrow(/there is no such run/);
      expect((await store.decisionLog(0, 9)).map((each) => [each.kind, each.value])).toEqual([
        ['accept-run', { runId: run.runId, sourceId, deletions: 2 }],
        ['undo', { of: 'accept-run', runId: run.runId, sourceId }],
      ]);
    });

    test('a restored tombstone is shown again, no absence takes it away, an undo does until a run has listed it', async () => {
      await harvestOnce(store, { at: day(1), wishes: ['a', 'b'].map((nativeId) => ({ nativeId, raw: nativeId })) });
      const bury = async (at: string) => {
        const run = await store.startRun({ sourceId, country: 'XX', at });
        const listed = await store.listedRecords(run, '', 9);
        await store.applyAbsences(run, { missing: [], tombstones: listed.map((each) => each.datasetId), at });
        await store.finishRun(run, { state: 'done', complete: true, tally: noTally, resumable: false, at });
      };
      const state = async (nativeId: string) => (await store.records([idOf(nativeId)])).get(idOf(nativeId))?.state;
      await bury(day(2));
      const word = { datasetId: idOf('a'), by: 'editor', why: 'still online elsewhere', decidedAt: day(3) } as const;
      const before = await store.latestChangeNumber();
      await store.recordDecisions([{ ...word, kind: 'restore', value: true }]);
      expect((await store.changesSince(before, 9)).map((each) => each.kind)).toEqual(['live']);
      expect((await store.records([idOf('a')])).get(idOf('a'))).toMatchObject({ state: 'missing', lastSeen: day(1) });
      await bury(day(4));
      expect([await state('a'), await state('b')]).toEqual(['missing', 'tombstone']);
      await store.recordDecisions([{ ...word, kind: 'undo', value: 'restore' }]);
      expect(await state('a')).toBe('tombstone');
      await store.recordDecisions([{ ...word, kind: 'restore', value: true }]);
      await harvestOnce(store, { at: day(5), wishes: [{ nativeId: 'a', raw: 'a' }] });
      expect(await state('a')).toBe('live');
      await store.recordDecisions([{ ...word, kind: 'undo', value: 'restore' }]);
      expect(await state('a')).toBe('live');
      await bury(day(6));
      expect(await state('a')).toBe('tombstone');
    });

    test('the log of decisions is numbered and read in pages', async () => {
      const word = { datasetId: idOf('a'), by: 'editor', why: 'because', decidedAt: day(1) } as const;
      await store.recordDecisions(
        ['transport', 'health-care', 'unclassified'].map((value) => ({ ...word, kind: 'theme', value })),
      );
      const first = await store.decisionLog(0, 2);
      expect(first).toEqual([
        { number: 1, ...word, kind: 'theme', value: 'transport' },
        { number: 2, ...word, kind: 'theme', value: 'health-care' },
      ]);
      expect((await store.decisionLog(2, 2)).map((each) => each.value)).toEqual(['unclassified']);
      expect(await store.decisionLog(3, 2)).toEqual([]);
    });

    test('one writer a source: a living one is respected, a dead or silent one is taken over', async () => {
      const other = await make(home, { name: 'other', isGone: (name) => name === 'dead' });
      const run = await store.startRun({ sourceId, country: 'XX', at: day(1) });
      await expect(other.startRun({ sourceId, country: 'XX', at: day(1) })).rejects.toThrow(/me is at work on it/);
      await other.startRun({ sourceId: 'xx-second', country: 'XX', at: day(1) });
      await other.startRun({ sourceId, country: 'XX', at: '2026-01-01T00:02:00.000Z' });
      await expect(store.keepRun(run, '2026-01-01T00:02:01.000Z')).rejects.toMatchObject({ code: 'lease-lost' });
      const late = { records: [], marks: [], tally: noTally, mappingVersion: 'm1', at: '2026-01-01T00:02:01.000Z' };
      await expect(store.commitBatch(run, late)).rejects.toMatchObject({ code: 'lease-lost' });
      const dead = await make(home, { name: 'dead', isGone: () => false });
      await dead.takeLease('indexer', day(1));
      await expect(store.takeLease('indexer', day(1))).rejects.toMatchObject({ code: 'lease-held' });
      await other.takeLease('indexer', day(1));
      await other.releaseLease('indexer');
      await store.takeLease('indexer', day(1));
      await Promise.all([other.close(), dead.close()]);
    });

    test('another mapping: all records are offered once, only what comes out different is a change', async () => {
      await harvestOnce(store, {
        at: day(1),
        wishes: ['a', 'b', 'c'].map((nativeId) => ({ nativeId, raw: nativeId })),
      });
      const before = await store.latestChangeNumber();
      const query = { mappingVersion: 'm2', sourceIds: [sourceId], afterId: '', limit: 2 };
      expect(await store.rawRecords({ ...query, mappingVersion: 'm1' })).toEqual([]);
      expect(await store.rawRecords({ ...query, sourceIds: [] })).toEqual([]);
      const page = await store.rawRecords(query);
      expect(page.map((each) => Buffer.from(each.raw).toString())).toEqual(['a', 'b']);
      expect((await store.rawRecords({ ...query, afterId: idOf('b') })).map((each) => each.nativeId)).toEqual(['c']);
      const rewrites = page.map(({ datasetId, nativeId, version }) => ({
        datasetId,
        version,
        dataset: sampleDataset(datasetId, nativeId, nativeId === 'b' ? 'better' : nativeId),
        problems: [],
      }));
      expect(await store.rewriteDatasets(rewrites, 'm2')).toBe(1);
      expect((await store.changesSince(before, 9)).map((each) => each.datasetId)).toEqual([idOf('b')]);
      expect((await store.rawRecords({ ...query, limit: 9 })).map((each) => each.nativeId)).toEqual(['c']);
      expect(await store.rewriteDatasets([{ datasetId: idOf('c'), version: 9, problems: [] }], 'm2')).toBe(0);
    });

    test('totals and summaries count datasets, distributions and problems of live records only', async () => {
      const problem = { slug: 'date-unreadable', severity: 'warning', path: 'x', message: 'm' } as const;
      await harvestOnce(store, {
        at: day(1),
        wishes: [
          { nativeId: 'a', raw: 'a', problems: [problem, problem] },
          { nativeId: 'b', raw: 'b', problems: [{ ...problem, slug: 'url-missing' }, problem] },
          { nativeId: 'c', raw: 'c' },
        ],
      });
      expect(await store.totals()).toEqual({ sources: 1, countries: 1, datasets: 3, distributions: 3 });
      const summary = (await store.sourceSummaries())[0];
      expect(summary).toMatchObject({ sourceId, datasets: 3, distributions: 3, tombstones: 0 });
      expect(summary?.problems).toEqual({ 'date-unreadable': 2, 'url-missing': 1 });
      expect((await store.newest(2)).map((record) => record.dataset.nativeId)).toEqual(['c', 'b']);
      const ids = ['a', 'b', 'c'].map(idOf).sort();
      expect(await store.liveDatasetIds('', 2)).toEqual(ids.slice(0, 2));
      expect(await store.liveDatasetIds(ids[1] ?? '', 2)).toEqual(ids.slice(2));
    });
  });
}
