/** The real captures as simulated portals. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dataGoKrPortal } from '../../src/simulator/portal-from-folder.ts';
import type { CkanPortal, DataGoKrPortal, SimulatedPortal } from '../../src/simulator/simulated-portal.ts';
import { capture } from './captures.ts';

/** Tokyo's CKAN, 2022-09: 5,077 `package_show` bodies, and six made ids that are listed but answer with nothing. */
export function tokyoPortal(id = 'jp-catalog-data-metro-tokyo-lg-jp'): CkanPortal {
  const marker = '"result": ';
  const records = lines('jp', 'catalog.data.metro.tokyo.lg.jp', 'package_show.jsonl.gz').map((line) => {
    const bytes = Buffer.from(line.slice(line.indexOf(marker, line.indexOf('"body": ')) + marker.length, -2));
    return { id: String(JSON.parse(line).body.result.id), bytes };
  });
  const empty = Array.from({ length: 6 }, (_, i) => ({
    id: `00000000-0000-4000-8000-00000000000${i}`,
    bytes: new Uint8Array(),
  }));
  // Spread over the list, as the six empty bodies of the capture are.
  const listed = records.flatMap((record, i) => {
    const extra = i % 800 === 400 ? empty[Math.floor(i / 800)] : undefined;
    return extra ? [extra, record] : [record];
  });
  return { id, protocol: 'ckan', records: listed };
}

/** Korea's list of 2022 (61,359 rows) as the CSV it was: the capture is JSON with dots for the spaces of column names. */
export function koreaPortal2022(id = 'kr-data-go-kr'): DataGoKrPortal {
  const rows = lines('kr', 'data.go.kr', 'openData.jsonl.gz').map((line): Record<string, unknown> => JSON.parse(line));
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value);
    return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const header = Buffer.from(`\uFEFF${columns.map((name) => cell(name.replaceAll('.', ' '))).join(',')}`);
  const records = rows.map((row) => ({
    id: String(row['목록키']),
    bytes: Buffer.from(columns.map((name) => cell(row[name])).join(',')),
  }));
  return { id, protocol: 'data-go-kr', header, records };
}

/** The part of Korea's list of 2025-11-30 that was captured: 3,143 rows, 36 columns, UTF-8 with BOM, as it is. */
export function koreaPortal2025(id = 'kr-data-go-kr'): SimulatedPortal {
  const csv = gunzipSync(readFileSync(capture('data', 'kr', 'data.go.kr', '목록개방현황_split_01.csv.gz')));
  return dataGoKrPortal(id, csv);
}

function lines(...path: readonly string[]): readonly string[] {
  return gunzipSync(readFileSync(capture('data', ...path)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}
