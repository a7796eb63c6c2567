/**
 * `npm run bench -- harvest [--quick] [--json]`: the captures of seven countries, each its own portal in a simulator of
 * its own process, through door, adapter, archive, mapping and store until they can be searched; once more unchanged,
 * which must write no dataset, archive, fact or index row; and catalogues larger than any buffer.
 */
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqlDatabase } from '../src/store/sqlite-driver.ts';
import { newHome } from '../test/pipeline/little-portal.ts';
import { floorOf } from './harvest/floor.ts';
import type { HarvestFigures, HarvestOrder, Lap } from './harvest/harvest-process.ts';
import { type ServedPortal, startPortals } from './harvest/served-portals.ts';

/** Where memory is compared (issue B): it must not grow with the catalogue. */
const fewRecords = 50_000;

/** More than there are. */
const allRecords = 1_000_000;

/** `--quick`: seconds instead of minutes; the figures say less. */
const quickRecords = 12_000;

const harvestModule = fileURLToPath(new URL('./harvest/harvest-process.ts', import.meta.url));

export async function run(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const whole = await withPortals(['asia', String(quick ? quickRecords : allRecords)], measureWhole);
  const few = quick
    ? undefined
    : await withPortals(['asia', String(fewRecords)], (portals) => harvest(portals, { index: false, again: false }));
  const large = quick ? {} : await withPortals(['large'], measureLarge);
  const figures = { ...whole, ...(few && { fewRecords: few.cold.records, fewPeakRssMb: few.peakRssMb }), ...large };
  console.log(args.includes('--json') ? JSON.stringify(figures) : figures);
}

async function withPortals<T>(
  which: readonly string[],
  work: (portals: readonly ServedPortal[]) => Promise<T>,
): Promise<T> {
  const { simulator, portals } = await startPortals(...which);
  try {
    return await work(portals);
  } finally {
    simulator.disconnect();
  }
}

async function measureWhole(portals: readonly ServedPortal[]) {
  const countries = new Set(portals.map(({ id }) => id.slice(0, 2))).size;
  const floorPerSecond = await floorsOf(portals);
  const whole = await harvest(portals, { index: true, again: true });
  const alone = await harvest(portals, { index: false, again: false });
  const { cold, again, peakRssMb } = whole;
  return {
    records: cold.records,
    countries,
    rejected: cold.rejected,
    documents: cold.documents,
    perSecond: perSecond(cold),
    unchangedPerSecond: again === undefined ? 0 : perSecond(again),
    withoutIndexPerSecond: perSecond(alone.cold),
    floorPerSecond,
    cpuMsPerRecord: Math.round((cold.cpuSeconds / cold.records) * 1e5) / 100,
    peakRssMb,
    withoutIndexPeakRssMb: alone.peakRssMb,
  };
}

async function measureLarge(portals: readonly ServedPortal[]) {
  const [dataJson, csv] = portals;
  if (dataJson === undefined || csv === undefined) throw new Error('expected a data.json and a CSV');
  const json = await harvest([dataJson], { index: false, again: false });
  const rows = await harvest([csv], { index: false, again: false });
  return {
    dataJson: { records: json.cold.records, perSecond: perSecond(json.cold), peakRssMb: json.peakRssMb },
    csv: { records: rows.cold.records, perSecond: perSecond(rows.cold), peakRssMb: rows.peakRssMb },
  };
}

/** In a process of its own and a home of its own. */
async function harvest(
  portals: readonly ServedPortal[],
  what: Pick<HarvestOrder, 'index' | 'again'>,
): Promise<HarvestFigures> {
  const home = newHome();
  const profile = process.env['BENCH_CPU_PROF']
    ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_CPU_PROF']}`]
    : [];
  const child = fork(harvestModule, { execArgv: [...profile, '--import', 'tsx'] });
  try {
    const figures = await new Promise<HarvestFigures>((resolve, reject) => {
      child.once('message', (message) => resolve(message as HarvestFigures));
      child.once('exit', (code) => reject(new Error(`the harvest ended with ${code}; expected its figures`)));
      const order: HarvestOrder = { home, portals, ...what };
      child.send(order);
    });
    console.error(`${JSON.stringify(what)}: ${JSON.stringify(figures)}`);
    return figures;
  } finally {
    if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
    rmSync(home, { recursive: true, force: true });
  }
}

/** Records a second of all portals one after the other. */
async function floorsOf(portals: readonly ServedPortal[]): Promise<number> {
  const home = newHome();
  const db = openSqlDatabase(join(home, 'floor.db'), 'write');
  let records = 0;
  let seconds = 0;
  for (const portal of portals) {
    const floor = await floorOf(portal, db);
    records += floor.records;
    seconds += floor.seconds;
    if (portal.records > 1_000) console.error(`${portal.id}: floor ${Math.round(floor.records / floor.seconds)}/s`);
  }
  db.close();
  rmSync(home, { recursive: true, force: true });
  return Math.round(records / seconds);
}

function perSecond({ records, seconds }: Lap): number {
  return Math.round(records / seconds);
}
