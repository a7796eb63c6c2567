/**
 * Every protocol × every fault of a hostile world, through the real door, adapters, mapping and store. A cell is right
 * when the faulty run ends as allowed, loses and deletes nothing, its counts add up, and the next clean run finds
 * everything as it was.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HarvestRun, RunState } from '../../src/model/harvest-run.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { Fault, FaultRule } from '../../src/simulator/faults.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { type ProtocolSide, protocolSides } from '../harvest/protocol-sides.ts';
import { realRunOptions } from '../pipeline/real-run.ts';
import { quickDoor } from './quick-door.ts';

export interface FaultRow {
  readonly name: string;
  /** `first`: request that goes wrong, from 1. */
  readonly rules: (side: ProtocolSide, first: number) => readonly FaultRule[];
  /** How the faulty run may end. */
  readonly allowed: readonly RunState[];
  /** Ids that the fault itself takes away or adds at the portal. */
  readonly edits?: boolean;
}

const good: readonly RunState[] = ['done', 'done-with-problems'];
const forEver = Number.POSITIVE_INFINITY;
const html = '<!DOCTYPE html><html><body>Please wait …</body></html>';

/** The fault on the data requests of the side, from the `first` one on. */
function once(fault: Fault | ((side: ProtocolSide) => Fault), times = 1): FaultRow['rules'] {
  return (side, first) => [
    { path: side.dataPath, from: first, times, fault: typeof fault === 'function' ? fault(side) : fault },
  ];
}

const answer = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: 'answer',
  status,
  body,
  headers,
});

export const faultRows: readonly FaultRow[] = [
  { name: '429 with Retry-After', rules: once(answer(429, 'slow down', { 'retry-after': '7' })), allowed: good },
  { name: '429 without Retry-After', rules: once(answer(429, 'slow down')), allowed: good },
  { name: '500 burst that passes', rules: once(answer(500, 'oops'), 2), allowed: good },
  { name: '500 for ever', rules: once(answer(500, 'oops'), forEver), allowed: ['failed'] },
  { name: 'reset in the body', rules: once((side) => ({ kind: 'reset', afterBytes: side.midBody })), allowed: good },
  {
    name: 'truncated body',
    rules: once((side) => ({ kind: 'truncate', keepBytes: side.midBody })),
    // A list that ends early without a broken connection cannot be told from a short list: the guard holds it.
    allowed: [...good, 'failed', 'suspicious'],
  },
  {
    name: 'HTML in a 200',
    rules: once(answer(200, html, { 'content-type': 'text/html' }), forEver),
    allowed: ['failed', 'suspicious', 'done-with-problems'],
  },
  {
    name: 'empty 200',
    rules: once(answer(200, '', { 'content-type': 'application/json' }), forEver),
    allowed: ['failed', 'suspicious', 'done-with-problems'],
  },
  {
    name: 'charset lies',
    rules: once({ kind: 'rewrite', contentType: 'text/plain; charset=iso-8859-1', change: (body) => body }, forEver),
    allowed: good,
  },
  {
    name: 'edit between pages: a row goes',
    rules: once({ kind: 'edit', edit: (records) => records.slice(1) }),
    allowed: [...good, 'suspicious'],
    edits: true,
  },
  {
    name: 'edit between pages: order turned round',
    rules: once({ kind: 'edit', edit: (records) => records.toReversed() }),
    // Where pages cannot overlap (DCAT-US) half of the rows are passed by; the guard holds them.
    allowed: [...good, 'suspicious'],
  },
  {
    name: 'ids doubled',
    rules: once({ kind: 'edit', edit: (records) => [...records, ...records.slice(0, 3)] }),
    allowed: good,
  },
  { name: 'slow drip', rules: once({ kind: 'drip', chunkBytes: 65_536, gapMs: 1 }), allowed: good },
  { name: 'redirect loop', rules: once({ kind: 'redirect', to: '' }, forEver), allowed: ['failed'] },
  {
    name: 'redirect to a private address',
    rules: once({ kind: 'redirect', to: 'http://10.0.0.1/' }, forEver),
    allowed: ['failed'],
  },
];

export interface CellOutcome {
  readonly cell: string;
  readonly right: boolean;
  readonly wrongDeletions: number;
  /** What was not as it should be. */
  readonly faults: readonly string[];
}

/** Longest a faulty run may take, in ms, pauses left out: a loop that does not end is the fault. */
const boundMs = 60_000;

/** Runs a cell in a scratch home: clean, faulty, clean. `nth`: the data request that goes wrong, from 1. */
export async function playCell(
  side: ProtocolSide,
  row: FaultRow,
  nth: number,
  vocabulary: Vocabulary,
): Promise<CellOutcome> {
  const home = await mkdtemp(join(tmpdir(), 'sampan-fault-'));
  const store = await openCatalogueStore({ home, owner: processOwner() });
  const first = side.isOneBody ? 1 : nth;
  const records = Array.from({ length: side.size }, (_, i) => side.record(String(15_000_000 + i), `대기질 ${i}`));
  const run = async (rules: readonly FaultRule[]): Promise<HarvestRun> => {
    const simulator = await startSimulator({ portals: [side.portal(records)], faults: loopsBack(rules) });
    const http = quickDoor();
    try {
      return await runSource(realRunOptions({ source: side.source(simulator), store, http, vocabulary }));
    } finally {
      await http.close();
      await simulator.close();
    }
  };
  try {
    await run([]);
    const before = await store.liveDatasetIds('', side.size * 2);
    const started = performance.now();
    const faulty = await run(row.rules(side, first));
    const tookMs = performance.now() - started;
    const after = new Set(await store.liveDatasetIds('', side.size * 2));
    const wrongDeletions = before.filter((id) => !after.has(id)).length;
    const again = await run([]);
    const faults = [
      ...(row.allowed.includes(faulty.state)
        ? []
        : [`ended ${faulty.state} (${faulty.why ?? 'no reason'}), allowed: ${row.allowed.join(', ')}`]),
      ...(faulty.state === 'failed' && faulty.why === undefined ? ['failed without a sentence'] : []),
      ...(wrongDeletions === 0 ? [] : [`${wrongDeletions} datasets gone`]),
      ...countFaults(faulty),
      ...(tookMs < boundMs ? [] : [`took ${Math.round(tookMs)} ms`]),
      ...(good.includes(again.state) && again.counts.unchanged + again.counts.updated === side.size
        ? []
        : [`the clean run after it: ${again.state} ${JSON.stringify(again.counts)}`]),
    ];
    return { cell: `${side.name} × ${row.name}`, right: faults.length === 0, wrongDeletions, faults };
  } finally {
    await store.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** A redirect to nowhere in particular goes to the request's own address, for ever. */
function loopsBack(rules: readonly FaultRule[]): readonly FaultRule[] {
  return rules.map((rule) =>
    rule.fault.kind === 'redirect' && rule.fault.to === ''
      ? { ...rule, fault: { kind: 'redirect', to: '?loop' } }
      : rule,
  );
}

function countFaults({ counts }: HarvestRun): string[] {
  const sum = counts.added + counts.updated + counts.unchanged + counts.rejected;
  return sum === counts.seen ? [] : [`seen ${counts.seen}, but the parts add up to ${sum}`];
}

/** All cells of the matrix. */
export function faultCells(): readonly { readonly side: ProtocolSide; readonly row: FaultRow }[] {
  return protocolSides.flatMap((side) => faultRows.map((row) => ({ side, row })));
}
