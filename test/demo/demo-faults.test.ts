/** The table of faults in `demo/README.md` is what normalising says about the sample records: no more, no less. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemSeverity } from '../../src/normalise/problem-slugs.ts';
import { demoFolder, portalIds, readPortal, type SampleRecord } from './demo-portals.ts';

interface FaultRow {
  readonly portal: string;
  readonly record: string;
  readonly slugs: readonly string[];
}

function faultRows(): FaultRow[] {
  const table = readFileSync(join(demoFolder, 'README.md'), 'utf8').split('what Sampan says |\n')[1] ?? '';
  const rows: FaultRow[] = [];
  for (const line of table.split('\n')) {
    const [, portal, record, , says] = line.split('|').map((cell) => cell.trim());
    const name = /^`(.+)`$/.exec(record ?? '')?.[1];
    if (portal === undefined || name === undefined) continue;
    rows.push({
      portal,
      record: name,
      slugs: [...(says ?? '').matchAll(/`([a-z-]+)`/g)].map((found) => found[1] ?? ''),
    });
  }
  return rows;
}

/** Said by the run and not by normalising: one record alone cannot show it (`src/pipeline/take-event.ts`). */
const ofTheRun = 'native-id-doubled';

const rows = faultRows();
const portals = portalIds.map(readPortal);

/** CKAN records are named by their file, rows of the list by their key. */
function recordOf(row: FaultRow): SampleRecord | undefined {
  const portal = portals.find((each) => each.id.startsWith(`${row.portal}-`));
  return portal?.records.find((record) => record.place === row.record || record.nativeId === row.record);
}

test('each portal documents at least seven faults', () => {
  for (const { source } of portals) {
    expect(rows.filter((row) => row.portal === source.country.toLowerCase()).length).toBeGreaterThanOrEqual(7);
  }
});

describe.each(rows.map((row) => [row.portal, row.record, row] as const))('%s %s', (_portal, _record, row) => {
  test('is a record, and its slugs are problems we know', () => {
    expect(recordOf(row)).toBeDefined();
    expect(row.slugs.filter((slug) => !Object.hasOwn(problemSeverity, slug) && slug !== ofTheRun)).toEqual([]);
  });
});
