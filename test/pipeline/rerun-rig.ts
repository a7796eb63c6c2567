/** Several harvests of one portal, at chosen instants, with what changed at the portal between them. Always one address. */
import { rmSync } from 'node:fs';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import type { Source } from '../../src/model/source.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import type { FaultRule } from '../../src/simulator/faults.ts';
import type { PortalRecord, SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import { type SeenRequest, type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import type { Validators } from '../../src/simulator/validators.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testSource } from '../support/test-source.ts';
import { newHome, openStore } from './little-portal.ts';
import { realRunOptions } from './real-run.ts';

export interface Rerun {
  /** Days since the first run, 2026-03-01T00:00Z. */
  readonly day: number;
  readonly portal: SimulatedPortal;
  readonly faults?: readonly FaultRule[];
  readonly validators?: Validators;
  readonly source?: Partial<Source>;
  readonly isWhole?: boolean;
  /** Stops it, as Ctrl-C does, when so many requests were made. */
  readonly stopAtRequest?: number;
}

export interface Reran {
  readonly run: HarvestRun;
  readonly requests: readonly SeenRequest[];
  readonly ms: number;
}

export interface RerunRig {
  readonly store: CatalogueStore;
  readonly home: string;
  readonly harvest: (rerun: Rerun) => Promise<Reran>;
  readonly close: () => Promise<void>;
}

export const firstDay = Date.UTC(2026, 2, 1);

/** ISO 8601 instant so many days after the first run. */
export function dayAt(day: number): string {
  return new Date(firstDay + day * 86_400_000).toISOString();
}

export async function rerunRig(sourceOf: (simulator: Simulator) => Source, vocabulary: Vocabulary): Promise<RerunRig> {
  const home = newHome();
  const store = await openStore(home);
  let port = 0;
  const harvest = async (rerun: Rerun): Promise<Reran> => {
    const { portal, validators, faults = [] } = rerun;
    const told = validators === undefined ? {} : { validators: { [portal.id]: validators } };
    const simulator = await startSimulator({ portals: [portal], faults, port, ...told });
    port = Number(new URL(simulator.origin).port);
    const http = quickDoor();
    const stop = new AbortController();
    const stopping = setInterval(() => {
      if (simulator.requests.length >= (rerun.stopAtRequest ?? Number.POSITIVE_INFINITY)) stop.abort();
    }, 1);
    try {
      const source = { ...sourceOf(simulator), ...rerun.source };
      const options = realRunOptions({ source, store, http, vocabulary });
      const now = (): Date => new Date(firstDay + rerun.day * 86_400_000);
      const effects = { ...options.effects, now };
      const { isWhole = false } = rerun;
      const began = performance.now();
      const run = await runSource({ ...options, effects, isWhole, signal: stop.signal });
      return { run, requests: [...simulator.requests], ms: performance.now() - began };
    } finally {
      clearInterval(stopping);
      await http.close();
      await simulator.close();
    }
  };
  const close = async (): Promise<void> => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { store, home, harvest, close };
}

/** A package that changed at an instant, as CKAN writes it: UTC without a zone. */
export function datedPackage(number: number, modified: string, title = `Package ${number}`): PortalRecord {
  const id = `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const date = modified.replace('Z', '').replace(/\.000$/, '.123456');
  const body = { id, name: `package-${number}`, title, metadata_modified: date, state: 'active', resources: [] };
  return { id, bytes: Buffer.from(JSON.stringify(body)) };
}

export function ckanPortal(
  records: readonly PortalRecord[],
  more: Readonly<Record<string, unknown>> = {},
): SimulatedPortal {
  return { id: 'portal', protocol: 'ckan', records, ...more } as SimulatedPortal;
}

export function incrementalCkan(simulator: Simulator): Source {
  const options = { pageSize: 6 };
  return testSource('ckan', simulator.urlOf('portal'), { options, harvest: { incremental: true } });
}
