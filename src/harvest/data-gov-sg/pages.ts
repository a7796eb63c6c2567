/** Numbered pages of the v2 API: `{"code": 0, "data": {"datasets": […], "pages": 462, "totalRowCount": 4616}, "errorMsg": ""}`. */
import type { AdapterRun } from '../adapter-run.ts';
import { fetchJson } from '../fetch-json.ts';
import { type AnswerShape, type AnswerValues, faultError, type JsonAnswer } from '../json-answer.ts';
import { type RecordOrigin, readJsonRecord, rowsOfPage } from '../json-record.ts';
import type { ListedPage, PagedList } from '../paged-list.ts';

/** A `code` that is not 0 is an error, whatever the status. */
export const envelope: Pick<AnswerShape, 'scalars' | 'messages' | 'refusal'> = {
  scalars: ['code', 'data.pages', 'data.totalRowCount'],
  messages: ['errorMsg', 'message'],
  refusal: (values) => {
    const code = values.get('code');
    return code === undefined || code === 0 ? undefined : `code ${String(code)}`;
  },
};

export type RecordKind = Pick<RecordOrigin, 'form' | 'noun' | 'idMember'>;

export const dataset: RecordKind = { form: 'data-gov-sg-dataset', noun: 'dataset', idMember: 'datasetId' };
export const collection: RecordKind = { form: 'data-gov-sg-collection', noun: 'collection', idMember: 'collectionId' };

/** The rows stand in a member named after what they are: `datasets`, `collections`. */
export function numberedPages(run: AdapterRun, kind: RecordKind): PagedList {
  const { source } = run;
  const member = `${kind.noun}s`;
  let pages: number | undefined;

  async function fetchPage(page: number): Promise<ListedPage> {
    const url = new URL(source.endpoint);
    url.searchParams.set('page', String(page));
    const { answer, fetchedAt } = await fetchJson(run, url.href, { path: `data.${member}[*]`, ...envelope });
    if (answer.kind === 'fault') {
      // What is answered to a page behind the last one is not documented; nothing was announced there.
      if (pages !== undefined && page > pages && isRefusal(answer)) return { rows: [], count: undefined, isLast: true };
      throw faultError(`${source.id}: ${url.href}`, answer, `code 0 with data.${member}`);
    }
    pages = numberAt(answer.values, 'data.pages');
    const origin = { sourceId: source.id, url: url.href, fetchedAt, ...kind };
    const rows = rowsOfPage(answer.slices, `${source.id}: page ${page}`, page * 1_000, (raw) =>
      readJsonRecord(raw, origin),
    );
    return { rows, count: numberAt(answer.values, 'data.totalRowCount'), isLast: page >= (pages ?? 0) };
  }

  return {
    name: member,
    noun: member,
    unit: 'page',
    first: 1,
    order: () => 'page',
    canResume: (order) => order === 'page',
    isById: () => false,
    fetchPage,
  };
}

function isRefusal(answer: Extract<JsonAnswer, { kind: 'fault' }>): boolean {
  return answer.slug === 'answer-unsuccessful' || (answer.status >= 400 && answer.status < 500);
}

function numberAt(values: AnswerValues, path: string): number | undefined {
  const value = values.get(path);
  return typeof value === 'number' ? value : undefined;
}
