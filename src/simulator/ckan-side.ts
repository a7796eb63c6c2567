/** The server side of CKAN's Action API (version 3), as `ckan/views/api.py` of CKAN 2.8–2.10 answers. */
import { tokenValue, topLevelTokens } from '../kit/json-tokens.ts';
import { enveloped } from './json-envelope.ts';
import { type CkanPortal, type PortalRecord, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

/** Default of `ckan.search.rows_max`, CKAN 2.9. */
const defaultRowsCap = 1_000;
const defaultRows = 10;

const utf8 = new TextEncoder();
const jsonType = 'application/json;charset=utf-8';

interface SortKeys {
  readonly record: PortalRecord;
  readonly name: string;
  readonly created: string;
  readonly modified: string;
}

export interface CkanSide {
  answer(request: PortalRequest): Reply;
}

interface PackageIndex {
  readonly found: readonly PortalRecord[];
  ordered(sort: string): readonly PortalRecord[];
  /** Of the ordered ones, those that `fq` leaves. */
  filtered(records: readonly PortalRecord[], fq: string): readonly PortalRecord[];
  find(idOrName: string): PortalRecord | undefined;
}

function packageIndex(portal: CkanPortal): PackageIndex {
  const found = portal.records.filter((record) => record.bytes.length > 0);
  const byIdOrName = new Map<string, PortalRecord>();
  const orders = new Map<string, readonly PortalRecord[]>();
  let keys: readonly SortKeys[] | undefined;

  function sortKeys(): readonly SortKeys[] {
    keys ??= found.map(sortKeysOf);
    return keys;
  }

  return {
    found,
    ordered(sort) {
      const known = orders.get(sort);
      if (known) return known;
      const made = sort === 'id asc' ? found.toSorted((a, b) => compare(a.id, b.id)) : orderedBy(sort, sortKeys());
      orders.set(sort, made);
      return made;
    },
    filtered(records, fq) {
      const from = changedSince.exec(fq)?.[1];
      if (from === undefined) return records;
      const recent = new Set(sortKeys().flatMap(({ record, modified }) => (isSince(modified, from) ? [record] : [])));
      return records.filter((record) => recent.has(record));
    },
    find(idOrName) {
      if (byIdOrName.size === 0) {
        for (const { record, name } of sortKeys()) byIdOrName.set(name, record);
        for (const record of portal.records) byIdOrName.set(record.id, record);
      }
      return byIdOrName.get(idOrName);
    },
  };
}

/** The only filter that is played: Solr's range over the date of change. */
const changedSince = /^metadata_modified:\[(\S+) TO \*\]$/;

/** CKAN keeps times in UTC and writes them without a zone. */
function isSince(modified: string, from: string): boolean {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(modified) ? modified : `${modified}Z`;
  return Date.parse(zoned) >= Date.parse(from);
}

function sortKeysOf(record: PortalRecord): SortKeys {
  const tokens = topLevelTokens(record.bytes, ['name', 'metadata_created', 'metadata_modified']);
  const text = (name: string) => String(tokenValue(tokens.get(name)) ?? '');
  return { record, name: text('name'), created: text('metadata_created'), modified: text('metadata_modified') };
}

/** Serves `portal`; made anew when its records change. */
export function ckanSide(portal: CkanPortal): CkanSide {
  const index = packageIndex(portal);

  function search(request: PortalRequest): Reply {
    const sort = request.query.get('sort') ?? 'score desc, metadata_modified desc';
    if (portal.refusedSorts?.includes(sort))
      return failure(request, 409, 'Search Query is invalid', 'Search Query Error');
    const asked = Number(request.query.get('rows') ?? defaultRows);
    const start = Number(request.query.get('start') ?? 0);
    const fq = request.query.get('fq') ?? '';
    if (fq !== '' && portal.refusesFilter === true)
      return failure(request, 409, 'Search Query is invalid', 'Search Query Error');
    const found = index.filtered(index.ordered(sort), fq);
    const rows = found.slice(start, start + Math.min(asked, portal.rowsCap ?? defaultRowsCap));
    const count = portal.claimedCount ?? found.length;
    const head = `{"help": ${help(request)}, "success": true, "result": {"count": ${count}, "sort": ${JSON.stringify(sort)}, "facets": {}, "results": [`;
    return json(200, enveloped(head, rows, '], "search_facets": {}}}'));
  }

  function show(request: PortalRequest): Reply {
    const record = index.find(request.query.get('id') ?? '');
    if (record === undefined) return failure(request, 404, 'Not found', 'Not Found Error');
    if (record.bytes.length === 0) return json(200, []);
    return json(200, enveloped(`{"help": ${help(request)}, "success": true, "result": `, [record], '}'));
  }

  const actions: Readonly<Record<string, (request: PortalRequest) => Reply>> = {
    package_list: (request) => success(request, JSON.stringify(portal.records.map((record) => record.id))),
    package_search: search,
    package_show: show,
    status_show: (request) => success(request, '{"ckan_version": "2.9.9", "extensions": []}'),
  };

  return {
    answer(request) {
      const action = request.path.split('/').at(-1) ?? '';
      const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
      return act
        ? act(request)
        : textReply(400, jsonType, JSON.stringify(`Bad request - Action name not known: ${action}`));
    },
  };
}

function orderedBy(sort: string, keys: readonly SortKeys[]): readonly PortalRecord[] {
  const by: Readonly<Record<string, (each: SortKeys) => string>> = {
    name: (each) => each.name,
    metadata_created: (each) => each.created,
    metadata_modified: (each) => each.modified,
    id: (each) => each.record.id,
  };
  const criteria = sort.split(',').flatMap((part) => {
    const [field = '', direction = 'asc'] = part.trim().split(' ');
    const key = Object.hasOwn(by, field) ? by[field] : undefined;
    return key ? [{ key, sign: direction === 'desc' ? -1 : 1 }] : [];
  });
  const order = (a: SortKeys, b: SortKeys) =>
    criteria.reduce((found, { key, sign }) => (found === 0 ? sign * compare(key(a), key(b)) : found), 0);
  return keys.toSorted(order).map((each) => each.record);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function help(request: PortalRequest): string {
  return JSON.stringify(`${request.base}api/3/action/help_show?name=${request.path.split('/').at(-1)}`);
}

function success(request: PortalRequest, result: string): Reply {
  return json(200, [utf8.encode(`{"help": ${help(request)}, "success": true, "result": ${result}}`)]);
}

function failure(request: PortalRequest, status: number, message: string, type: string): Reply {
  const error = JSON.stringify({ message, __type: type });
  return textReply(status, jsonType, `{"help": ${help(request)}, "success": false, "error": ${error}}`);
}

function json(status: number, body: Reply['body']): Reply {
  return { status, headers: { 'content-type': jsonType }, body };
}
