/** The least that a harvest has to do: fetch the same bytes with undici, parse them, write them raw in one transaction. */
import { parse } from 'csv-parse';
import { request } from 'undici';
import type { SqlDatabase } from '../../src/store/sqlite-driver.ts';
import type { ServedPortal } from './served-portals.ts';

/** As many rows a page as the adapters ask for. */
const packagesPerPage = 200;
const resourcesPerPage = 100;

export interface Floor {
  readonly records: number;
  readonly seconds: number;
}

export async function floorOf(portal: ServedPortal, db: SqlDatabase): Promise<Floor> {
  const start = performance.now();
  db.script('DROP TABLE IF EXISTS floor; CREATE TABLE floor (id INTEGER PRIMARY KEY, raw TEXT); BEGIN IMMEDIATE');
  let records = 0;
  for await (const raw of recordsOf(portal)) {
    db.run('INSERT INTO floor (raw) VALUES (?)', raw);
    records += 1;
  }
  db.script('COMMIT');
  return { records, seconds: (performance.now() - start) / 1_000 };
}

function recordsOf({ protocol, endpoint, home }: ServedPortal): AsyncGenerator<string> {
  switch (protocol) {
    case 'ckan':
      return pagesOf(packagesPerPage, ['result', 'results'], (start) => {
        return `${endpoint}package_search?q=*:*&rows=${packagesPerPage}&start=${start}&sort=id+asc`;
      });
    case 'ogd-india':
      return pagesOf(resourcesPerPage, ['records'], (start) => {
        return `${endpoint}?limit=${resourcesPerPage}&offset=${start}`;
      });
    case 'data-gov-my':
      return filesOf(endpoint, home);
    default:
      return rowsOf(endpoint);
  }
}

async function* rowsOf(endpoint: string): AsyncGenerator<string> {
  const { body } = await request(endpoint);
  let isHeader = true;
  for await (const row of body.pipe(parse({ bom: true, relax_column_count: true }))) {
    if (!isHeader) yield row.join(',');
    isHeader = false;
  }
}

async function* pagesOf(
  rows: number,
  path: readonly string[],
  address: (start: number) => string,
): AsyncGenerator<string> {
  for (let start = 0; ; start += rows) {
    const found = path.reduce(member, await jsonOf(address(start)));
    const page: readonly unknown[] = Array.isArray(found) ? found : [];
    for (const each of page) yield JSON.stringify(each);
    if (page.length < rows) return;
  }
}

async function* filesOf(endpoint: string, home: string): AsyncGenerator<string> {
  const tree = member(await jsonOf(endpoint), 'tree');
  for (const each of Array.isArray(tree) ? tree : []) {
    const path = String(member(each, 'path'));
    if (path.endsWith('.json')) yield JSON.stringify(await jsonOf(`${home}raw/${path}`));
  }
}

async function jsonOf(address: string): Promise<unknown> {
  return (await request(address)).body.json();
}

function member(value: unknown, name: string): unknown {
  return Object.entries(Object(value)).find(([key]) => key === name)?.[1];
}
