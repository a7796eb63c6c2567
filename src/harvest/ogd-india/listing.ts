/** The two listings of an OGD India site, both paged by `offset` and `limit`. */
import type { AdapterRun } from '../adapter-run.ts';
import { fetchJson } from '../fetch-json.ts';
import { type AnswerShape, type AnswerValues, faultError } from '../json-answer.ts';
import { type RecordOrigin, readJsonRecord, rowsOfPage } from '../json-record.ts';
import type { ListedPage, PagedList } from '../paged-list.ts';

/** Rows a page, unless the source says otherwise; a key may be capped at fewer (the public sample key at 10). */
const defaultPageSize = 100;

/** New resources come last, so that those of the run move nothing. */
const order = 'created asc';

interface Listing {
  readonly name: string;
  readonly shape: AnswerShape;
  readonly record: Pick<RecordOrigin, 'form' | 'noun' | 'idMember'>;
}

/** `{"status": "ok", "total": 82754, "limit": "100", "offset": "0", "records": [{"index_name": …}]}` */
export const lists: Listing = {
  name: '/lists',
  shape: {
    path: 'records[*]',
    scalars: ['status', 'total'],
    messages: ['message', 'error'],
    refusal: (values) => (values.get('status') === 'error' ? 'status "error"' : undefined),
  },
  record: { form: 'ogd-india-list', noun: 'resource', idMember: 'index_name' },
};

/** `{"statusCode": 200, "total": 630, "data": {"rows": [{"uuid": ["…"], "title": ["…"]}]}}` */
export const dmsPublic: Listing = {
  name: 'dmspublic/v1/resources',
  shape: {
    path: 'data.rows[*]',
    scalars: ['statusCode', 'total'],
    messages: ['message'],
    refusal: (values) => {
      const status = values.get('statusCode');
      return typeof status === 'number' && status >= 400 ? `statusCode ${status}` : undefined;
    },
  },
  record: { form: 'ogd-india-resource', noun: 'resource', idMember: 'uuid' },
};

export function resourceList(run: AdapterRun, listing: Listing): PagedList {
  const { source } = run;
  return {
    name: listing.name,
    noun: 'resources',
    unit: 'row',
    first: 0,
    order: () => order,
    canResume: (each) => each === order,
    isById: () => false,
    fetchPage: async (start): Promise<ListedPage> => {
      const { answer, url, fetchedAt } = await fetchJson(run, addressOf(run, start), listing.shape);
      if (answer.kind === 'fault') throw faultError(`${source.id}: ${url}`, answer, listing.shape.path);
      const origin = { sourceId: source.id, url, fetchedAt, ...listing.record };
      const rows = rowsOfPage(answer.slices, source.id, start, (raw) => readJsonRecord(raw, origin));
      const count = totalOf(answer.values);
      return { rows, count, isLast: start + rows.length >= (count ?? 0) };
    },
  };
}

/** The endpoint may carry filters of its own (`filters[active]=1`). */
function addressOf({ source }: AdapterRun, start: number): string {
  const { pageSize } = source.options;
  const url = new URL(source.endpoint);
  url.searchParams.set('format', 'json');
  url.searchParams.set('offset', String(start));
  url.searchParams.set('limit', String(typeof pageSize === 'number' ? pageSize : defaultPageSize));
  url.searchParams.set('sort[created]', 'asc');
  return url.href;
}

/** A number, or its digits: `limit` and `offset` beside it are strings. */
function totalOf(values: AnswerValues): number | undefined {
  const total = values.get('total');
  if (typeof total === 'number') return total;
  return typeof total === 'string' && /^\d{1,15}$/u.test(total) ? Number(total) : undefined;
}
