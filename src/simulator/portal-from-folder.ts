/**
 * Reads a portal from a folder: `portal.json` (`protocol`, and the behaviour of `SimulatedPortal` such as `rowsCap`,
 * `pageSize`, `emptyIds`, `listing`) and its records in native shape: `records/*.json` (one object a file: CKAN, OGD
 * India, data.gov.my, data.gov.sg), `records/*.xml` (one element a file: CSW), `records.csv` (data.go.kr, data.gov.tw)
 * or `data.json` (DCAT-US). The folder's name
 * is the portal's id.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CsvRowScanner, csvField } from '../kit/csv-rows.ts';
import { JsonSliceScanner } from '../kit/json-slices.ts';
import { tokenValue, topLevelTokens } from '../kit/json-tokens.ts';
import { protocols } from '../model/source.ts';
import type { DataGoKrPortal, PortalRecord, SimulatedPortal } from './simulated-portal.ts';

const rdfSerialisations = ['turtle', 'n-triples', 'rdf-xml', 'json-ld'] as const;

export async function portalFromFolder(folder: string): Promise<SimulatedPortal> {
  const settings: Readonly<Record<string, unknown>> = JSON.parse(await readFile(join(folder, 'portal.json'), 'utf8'));
  const id = basename(folder);
  switch (settings['protocol']) {
    case 'ckan': {
      const rowsCap = settings['rowsCap'];
      const records = [...(await filesFrom(join(folder, 'records'), 'id')), ...emptyRecords(settings['emptyIds'])];
      return { id, protocol: 'ckan', records, ...(typeof rowsCap === 'number' ? { rowsCap } : {}) };
    }
    case 'csw':
      return { id, protocol: 'csw', records: await wholeFilesFrom(join(folder, 'records'), '.xml') };
    case 'data-go-kr':
      return dataGoKrPortal(id, await readFile(join(folder, 'records.csv')));
    case 'data-gov-my': {
      const catalogue = typeof settings['folder'] === 'string' ? settings['folder'] : 'data-catalogue/';
      const records = await filesFrom(join(folder, 'records'), undefined);
      return { id, protocol: 'data-gov-my', records, folder: catalogue };
    }
    case 'data-gov-sg': {
      const listing = settings['listing'] === 'collections' ? 'collections' : 'datasets';
      const idMember = listing === 'collections' ? 'collectionId' : 'datasetId';
      return { id, protocol: 'data-gov-sg', listing, records: await filesFrom(join(folder, 'records'), idMember) };
    }
    case 'data-gov-tw':
      return { ...listFrom(await readFile(join(folder, 'records.csv'))), id, protocol: 'data-gov-tw' };
    case 'ogd-india': {
      const listing = settings['listing'] === 'dmspublic' ? 'dmspublic' : 'lists';
      const records = await filesFrom(join(folder, 'records'), 'index_name');
      return { id, protocol: 'ogd-india', listing, records };
    }
    case 'schema-org':
      return { id, protocol: 'schema-org', records: await filesFrom(join(folder, 'records'), undefined) };
    case 'dcat-rdf': {
      const named = settings['serialisation'];
      const serialisation = rdfSerialisations.find((each) => each === named) ?? 'turtle';
      const records = await wholeFilesFrom(join(folder, 'records'), '.nt');
      return { id, protocol: 'dcat-rdf', serialisation, records, paging: 'hydra-paged' };
    }
    case 'dcat-us': {
      const pageSize = settings['pageSize'];
      const records = datasetsFrom(await readFile(join(folder, 'data.json')));
      return { id, protocol: 'dcat-us', records, ...(typeof pageSize === 'number' ? { pageSize } : {}) };
    }
    default:
      throw new TypeError(
        `${folder}/portal.json: protocol is ${JSON.stringify(settings['protocol'])}; expected one of ${protocols.join(', ')}`,
      );
  }
}

/** A portal that serves a list CSV as it is, in UTF-8; the first column is the key. */
export function dataGoKrPortal(id: string, csv: Uint8Array): SimulatedPortal {
  return { ...listFrom(csv), id, protocol: 'data-go-kr' };
}

function listFrom(csv: Uint8Array): Pick<DataGoKrPortal, 'header' | 'records'> {
  const scanner = new CsvRowScanner({ maxRowBytes: 8 * 1024 * 1024 });
  const events = [...scanner.push(csv), ...scanner.end().events];
  const [header, ...rows] = events.flatMap((event) => (event.kind === 'row' ? [event.row] : []));
  const filled = rows.filter((row) => row.bytes.length > 0);
  const records = filled.map((row) => ({ id: csvField(row, 0), bytes: row.bytes }));
  return { header: header?.bytes ?? new Uint8Array(), records };
}

/** One record a file, known by a member, else by the name of the file. */
async function filesFrom(folder: string, idMember: string | undefined): Promise<readonly PortalRecord[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const records: PortalRecord[] = [];
  for (const name of names) {
    const bytes = trimmed(await readFile(join(folder, name)));
    const written = idMember === undefined ? undefined : textOf(bytes, idMember);
    records.push({ id: written ?? basename(name, '.json'), bytes });
  }
  return records;
}

/** One element a file, known by the file's name. */
async function wholeFilesFrom(folder: string, ending: string): Promise<readonly PortalRecord[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).toSorted();
  return Promise.all(
    names.map(async (name) => ({ id: basename(name, ending), bytes: trimmed(await readFile(join(folder, name))) })),
  );
}

function datasetsFrom(json: Uint8Array): readonly PortalRecord[] {
  const slices = new JsonSliceScanner({ path: 'dataset[*]' }).push(json);
  return slices.flatMap((slice) =>
    slice.kind === 'element' ? [{ id: textOf(slice.bytes, 'identifier') ?? '', bytes: slice.bytes }] : [],
  );
}

function emptyRecords(ids: unknown): readonly PortalRecord[] {
  return Array.isArray(ids) ? ids.map((id) => ({ id: String(id), bytes: new Uint8Array() })) : [];
}

function textOf(bytes: Uint8Array, name: string): string | undefined {
  const value = tokenValue(topLevelTokens(bytes, [name]).get(name));
  return typeof value === 'string' ? value : undefined;
}

/** Without the line break that editors put at the end of a file. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) <= 0x20) end -= 1;
  return bytes.subarray(0, end);
}
