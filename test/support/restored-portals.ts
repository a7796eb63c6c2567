/** Captures that are tables made by others (data.go.th, Central Java, cities of Taiwan), put back into their portal's shape. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { CkanPortal, DataGovTwPortal, PortalRecord } from '../../src/simulator/simulated-portal.ts';
import { capture } from './captures.ts';

type Row = Readonly<Record<string, unknown>>;

/** data.go.th, 2026-07: the 1,236 packages of the seed file, as `package_search` gives packages. */
export function thailandPortal(id = 'th-data-go-th'): CkanPortal {
  const values = /VALUES \(((?:'(?:[^']|'')*'|\d+)(?:,(?:'(?:[^']|'')*'|\d+))*)\)/u;
  const records = text('th', 'data.go.th', 'catalog-seed-11.sql.gz')
    .split('\n')
    .flatMap((line) => {
      const found = values.exec(line)?.[1]?.match(/'(?:[^']|'')*'|\d+/gu);
      return found ? [found.map((each) => each.replace(/^'|'$/gu, '').replaceAll("''", "'"))] : [];
    })
    .map(([name = '', title, notes, organization, tags = '[]', , , resources = '[]', licence, modified, url]) => {
      const files = JSON.parse(resources) as readonly Row[];
      return packageRecord({
        id: name,
        name,
        title,
        notes,
        url,
        organization: { title: organization },
        license_title: licence,
        metadata_modified: modified,
        tags: (JSON.parse(tags) as readonly string[]).map((each) => ({ name: each, display_name: each })),
        resources: files.map((file, position) => ({ id: `${name}-${position}`, position, ...file })),
      });
    });
  return { id, protocol: 'ckan', records };
}

/** data.jatengprov.go.id, 2025-07: 2,485 packages. The table names the formats of the files, not their addresses: these are made. */
export function centralJavaPortal(id = 'id-data-jatengprov-go-id'): CkanPortal {
  const seen = new Set<string>();
  const records = text('id', 'data.jatengprov.go.id', 'datasets-2025.jsonl.gz')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Row => JSON.parse(line))
    .map((row, number) => {
      const name = String(row['id']);
      const own = seen.has(name) ? `${name}-${number}` : name;
      seen.add(own);
      const page = `https://data.jatengprov.go.id/dataset/${name}`;
      return packageRecord({
        id: own,
        name,
        title: row['title'],
        notes: row['description'],
        organization: { name: row['organizationId'], title: row['organizationId'] },
        license_title: row['license'],
        metadata_modified: row['lastUpdated'],
        tags: listOf(row['tags']).map((each) => ({ name: each })),
        resources: listOf(row['format']).map((format, position) => ({
          id: `${own}-${position}`,
          position,
          name: row['title'],
          format,
          url: `${page}/resource/${position}/download`,
        })),
      });
    });
  return { id, protocol: 'ckan', records };
}

/** Columns of data.gov.tw's export that the lists of the cities have too, and what they call them. */
const cityColumns: Readonly<Record<string, string>> = {
  資料集名稱: '資料集名稱',
  主要欄位說明: '主要欄位',
  提供機關: '資料來源(部會單位)',
  詮釋資料更新時間: '最後更新時間',
  瀏覽人次: '瀏覽次數',
  下載次數: '下載次數',
  資料量: '資料量',
};

/** The lists of 20 cities and counties of Taiwan, 2018-07: 11,517 rows, each list a portal in the shape of data.gov.tw's export. */
export function taiwanCityPortals(): readonly DataGovTwPortal[] {
  return readdirSync(capture('data', 'tw', 'cities'))
    .sort()
    .map((file) => {
      const rows = JSON.parse(text('tw', 'cities', file).replace(/^\uFEFF/u, '')) as readonly Row[];
      const header = Buffer.from(`\uFEFF資料集識別碼,${Object.keys(cityColumns).join(',')}`);
      const records = rows.map((row, number): PortalRecord => {
        // Numbers are repeated in some lists and missing in others; the place in the list is not.
        const id = String(number + 1);
        const cells = Object.values(cityColumns).map((name) => cell(row[name]));
        return { id, bytes: Buffer.from([id, ...cells].join(',')) };
      });
      const city = file.replace(/^\d+_|\.json(\.gz)?$/gu, '').toLowerCase();
      return { id: `tw-city-${city.replaceAll('_', '-')}`, protocol: 'data-gov-tw', header, records };
    });
}

function packageRecord(body: Row): PortalRecord {
  return { id: String(body['id']), bytes: Buffer.from(JSON.stringify(body)) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function cell(value: unknown): string {
  const written = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/u.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}

function text(...path: readonly string[]): string {
  const bytes = readFileSync(capture('data', ...path));
  return (path.at(-1)?.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
