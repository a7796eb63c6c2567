/** Harvests in a process of its own, killed at a chosen moment, and what is then different from an undisturbed harvest. */
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { HarvestRun } from '../../src/model/harvest-run.ts';
import type { PortalRecord, SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import type { CatalogueReader } from '../../src/store/catalogue-reader.ts';
import { existsStore, openCatalogueReader } from '../../src/store/open-catalogue-store.ts';
import { isStoreError } from '../../src/store/store-error.ts';

const child = fileURLToPath(new URL('./harvest-child.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

export const chaosSourceId = 'jp-catalog-data-metro-tokyo-lg-jp';

/** A made CKAN portal: packages of all sizes, a doubled one, some that are no dataset. */
export function chaosPortal(packages: number): SimulatedPortal {
  const records = Array.from({ length: packages }, (_, i): PortalRecord => {
    const id = `${String(i).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const resources = Array.from({ length: i % 23 }, (__, n) => ({
      id: `${id.slice(0, 35)}${n % 10}`,
      name: `資料 ${i}-${n}`,
      url: `https://portal.example/files/${i}/${n}.csv`,
      format: 'CSV',
    }));
    const body = {
      id,
      name: `package-${i}`,
      title: i % 301 === 300 ? '' : `避難所一覧 ${i}`,
      notes: 'テスト。'.repeat(i % 50),
      resources,
    };
    return { id, bytes: Buffer.from(JSON.stringify(body)) };
  });
  return { id: chaosSourceId, protocol: 'ckan', records };
}

/** The same for a portal of one data.json: what the adapter has to read again from its beginning. */
function listPortal(datasets: number): SimulatedPortal {
  const records = Array.from({ length: datasets }, (_, i): PortalRecord => {
    const identifier = `aceh-${String(i).padStart(6, '0')}`;
    const distribution = Array.from({ length: i % 7 }, (__, n) => ({
      '@type': 'dcat:Distribution',
      downloadURL: `https://portal.example/${identifier}/${n}.csv`,
      mediaType: 'text/csv',
    }));
    const body = { '@type': 'dcat:Dataset', identifier, title: `Jumlah Puskesmas ${i}`, distribution };
    return { id: identifier, bytes: Buffer.from(JSON.stringify(body)) };
  });
  return { id: 'id-satudata-acehprov-go-id', protocol: 'dcat-us', records };
}

/** The same for a portal of one CSV. */
function tablePortal(rows: number): SimulatedPortal {
  const records = Array.from({ length: rows }, (_, i): PortalRecord => {
    const id = String(15_000_000 + i);
    return { id, bytes: Buffer.from(`${id},버스 정류장 ${i % 5 === 0 ? '현황' : i}`) };
  });
  return { id: 'kr-data-go-kr', protocol: 'data-go-kr', header: Buffer.from('목록키,목록명'), records };
}

/** Three portals of three protocols: pages, one JSON document, one CSV. */
export function chaosPortals(records: number): readonly SimulatedPortal[] {
  return [chaosPortal(records), listPortal(records), tablePortal(records * 2)];
}

export interface Ended {
  /** In the order of the portals; absent when it was killed or failed. */
  readonly runs?: readonly HarvestRun[];
  readonly killed: boolean;
  readonly exitCode: number | null;
  /** Of the harvest itself, without the start of Node. */
  readonly ms: number;
  readonly stderr: string;
}

/** `killAfterMs` counts from the beginning of the harvest; `wrap` is a shell command in front of Node's. */
export async function harvestInChild(
  home: string,
  endpoints: Readonly<Record<string, string>>,
  more: { readonly killAfterMs?: number; readonly shell?: string } = {},
): Promise<Ended> {
  const node = [process.execPath, '--import', 'tsx', child, home, ...Object.entries(endpoints).flat()];
  const [command = '', ...args] =
    more.shell === undefined ? node : ['/bin/sh', '-c', `${more.shell}; exec "$@"`, 'sh', ...node];
  const harvest = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let stderr = '';
  let begun = 0;
  harvest.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  harvest.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (begun > 0 || !out.includes('begin\n')) return;
    begun = performance.now();
    if (more.killAfterMs !== undefined) void delay(more.killAfterMs).then(() => harvest.kill('SIGKILL'));
  });
  const [exitCode, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    harvest.once('close', (code, by) => resolve([code, by])),
  );
  const ms = performance.now() - begun;
  const last = out.trimEnd().split('\n').at(-1) ?? '';
  const runs = last.startsWith('[') ? { runs: JSON.parse(last) as HarvestRun[] } : {};
  return { ...runs, killed: signal === 'SIGKILL', exitCode, ms, stderr };
}

/**
 * The account of the harvest after a kill: that of an undisturbed one when it went on with the killed run; when the kill
 * came after the run was in the books (the process was only ending), everything is unchanged and nothing is parsed.
 */
export async function accountAfterKill(
  home: string,
  { sourceId, counts, problems }: HarvestRun,
): Promise<Pick<HarvestRun, 'counts' | 'problems'>> {
  if (!(await runEnded(home, sourceId))) return { counts, problems };
  return { counts: { ...counts, added: 0, unchanged: counts.added }, problems: {} };
}

async function runEnded(home: string, sourceId: string): Promise<boolean> {
  // Killed before it had made a store.
  if (!existsStore(home)) return false;
  const reader = await openCatalogueReader(home).catch((error: unknown) => {
    // Killed before the schema was written.
    if (isStoreError(error) && error.code === 'older-schema') return undefined;
    throw error;
  });
  const runs = (await reader?.runs({ sourceId, limit: 10 })) ?? [];
  await reader?.close();
  return runs.some(({ complete }) => complete);
}

/** Everything about each dataset of a store but the times and the change numbers: by permanent id. */
export async function contentsOf(home: string): Promise<Map<string, string>> {
  const store = await openCatalogueReader(home);
  try {
    return await contents(store);
  } finally {
    await store.close();
  }
}

async function contents(store: CatalogueReader): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let after = ''; ; ) {
    const ids = await store.liveDatasetIds(after, 500);
    for (const [id, { dataset, state, problems, theme }] of await store.records(ids)) {
      const archived = await store.archived(id);
      const versions = (await store.history(id)).map((each) => [each.version, each.sha256]);
      found.set(
        id,
        JSON.stringify([state, dataset, problems, theme, versions, Buffer.from(archived?.raw ?? []).toString()]),
      );
    }
    const last = ids.at(-1);
    if (last === undefined) return found;
    after = last;
  }
}

export interface Difference {
  readonly lost: number;
  /** Too many, or other than they should be: a second version, a second dataset. */
  readonly doubled: number;
}

export function differenceOf(undisturbed: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): Difference {
  let lost = 0;
  let doubled = 0;
  for (const [id, content] of undisturbed) {
    const other = found.get(id);
    if (other === undefined) lost += 1;
    else if (other !== content) doubled += 1;
  }
  for (const id of found.keys()) if (!undisturbed.has(id)) doubled += 1;
  return { lost, doubled };
}
