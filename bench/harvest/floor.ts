/** The least that a harvest has to do: fetch the same bytes with undici, parse them, write them raw in one transaction. */
import { parse } from 'csv-parse';
import { request } from 'undici';
import type { SqlDatabase } from '../../src/store/sqlite-driver.ts';

export interface FloorPortal {
  readonly id: string;
  readonly protocol: string;
  readonly endpoint: string;
}

/** Records a second. */
export async function floorOf(portal: FloorPortal, db: SqlDatabase): Promise<number> {
  const start = performance.now();
  db.script('DROP TABLE IF EXISTS floor; CREATE TABLE floor (id INTEGER PRIMARY KEY, raw TEXT); BEGIN IMMEDIATE');
  let records = 0;
  for await (const raw of recordsOf(portal)) {
    db.run('INSERT INTO floor (raw) VALUES (?)', raw);
    records += 1;
  }
  db.script('COMMIT');
  return records / ((performance.now() - start) / 1_000);
}

async function* recordsOf({ protocol, endpoint }: FloorPortal): AsyncGenerator<string> {
  if (protocol === 'ckan') {
    yield* packagesOf(endpoint);
  } else if (protocol === 'data-go-kr') {
    const { body } = await request(endpoint);
    for await (const row of body.pipe(parse({ bom: true, relax_column_count: true }))) yield row.join(',');
  } else {
    const { body } = await request(endpoint);
    for (const dataset of arrayOf(await body.json(), 'dataset')) yield JSON.stringify(dataset);
  }
}

/** As many rows a page as the adapter asks for. */
const pageRows = 200;

async function* packagesOf(endpoint: string): AsyncGenerator<string> {
  for (let start = 0; ; start += pageRows) {
    const { body } = await request(`${endpoint}package_search?q=*:*&rows=${pageRows}&start=${start}&sort=id+asc`);
    const page: unknown = await body.json();
    const results =
      typeof page === 'object' && page !== null && 'result' in page ? arrayOf(page.result, 'results') : [];
    for (const each of results) yield JSON.stringify(each);
    if (results.length < pageRows) return;
  }
}

function arrayOf(value: unknown, name: string): readonly unknown[] {
  const found =
    typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
  return Array.isArray(found) ? found : [];
}
