/** The captures of data.gov.my, OpenDOSM and data.gov.in as simulated portals, in the shape that the wire has. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { DataGovMyPortal, OgdIndiaPortal, PortalRecord } from '../../src/simulator/simulated-portal.ts';
import { capture } from './captures.ts';

/** Definitions of data.gov.my, 2026-08: 290 files. */
export function malaysiaCatalogue(id = 'my-data-gov-my'): DataGovMyPortal {
  const records = definitions('data.gov.my', 'data-catalogue.jsonl.gz');
  return { id, protocol: 'data-gov-my', folder: 'data-catalogue/', records };
}

/** Publications of OpenDOSM, 2026-08: 1,475 files; `id` of a record is the name of its file. */
export function malaysiaPublications(id = 'my-open-dosm-gov-my'): DataGovMyPortal {
  const records = definitions('open.dosm.gov.my', 'publications.jsonl.gz');
  return { id, protocol: 'data-gov-my', folder: 'pub-dosm/publications/', records };
}

/** Each line is `{"file": …, "body": …}`; the body's bytes are cut out as they are. */
function definitions(...path: readonly string[]): readonly PortalRecord[] {
  return lines('my', ...path).map((line) => {
    const { file } = JSON.parse(line) as { readonly file: string };
    const start = line.indexOf('"body": ') + '"body": '.length;
    const name = file.slice(file.lastIndexOf('/') + 1, -'.json'.length);
    return { id: name, bytes: Buffer.from(line.slice(start, line.lastIndexOf('}'))) };
  });
}

interface FlatResource {
  readonly index_name: string;
  readonly title: string;
  readonly description: string | null;
  readonly org_type: string | null;
  readonly org: string | null;
  readonly sector: string | null;
  readonly source: string;
  readonly created_date: string | null;
  readonly updated_date: string;
}

/**
 * All 82,754 resources that data.gov.in's `/lists` had in 2021-04. The capture is a table: lists joined by `|`, `desc`
 * as `description`, epochs left out. They are put back as in the two recorded bodies of `kinds/ogd-india`.
 */
export function indiaPortal(id = 'in-data-gov-in'): OgdIndiaPortal {
  const records = lines('in', 'data.gov.in', 'resources.jsonl.gz').map((line): PortalRecord => {
    const flat = JSON.parse(line) as FlatResource;
    return { id: flat.index_name, bytes: Buffer.from(JSON.stringify(wireResource(flat))) };
  });
  return { id, protocol: 'ogd-india', listing: 'lists', records };
}

function wireResource(flat: FlatResource) {
  const { index_name, title, description, org_type, org, sector, source, created_date, updated_date } = flat;
  return {
    index_name,
    title,
    desc: description,
    created: created_date === null ? null : Date.parse(created_date),
    updated: Date.parse(updated_date) / 1000,
    created_date,
    updated_date,
    active: '1',
    visualizable: '1',
    source,
    org_type,
    org: org?.split('|') ?? null,
    sector: sector?.split('|') ?? null,
  };
}

function lines(...path: readonly string[]): readonly string[] {
  return gunzipSync(readFileSync(capture('data', ...path)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}
