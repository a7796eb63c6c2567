/**
 * Pages of GetRecords in a stable order (case `op D3`: without one, the same records come on several pages and others
 * on none). On the first page an order or a schema that the portal refuses is given up for the next; what it refuses
 * for another reason is an error.
 */
import type { AdapterRun } from '../adapter-run.ts';
import { faultError } from '../json-answer.ts';
import type { ListedPage, PagedList } from '../paged-list.ts';
import { type CswAnswer, type CswPage, fetchPage } from './answer.ts';
import type { OwsException } from './exception-report.ts';
import { getRecords, type OutputSchema, textOption } from './get-records.ts';
import type { LeftOut } from './left-out.ts';
import { readSlice } from './record.ts';

/** Names of the identifier, as the catalogues of the field have it (OGC 07-006r1 table 6, OGC 07-045 table 6, GeoNetwork). */
const sorts: readonly string[] = ['dc:identifier', 'apiso:Identifier', 'Identifier'];

interface Manner {
  readonly schema: OutputSchema;
  /** Empty: the portal's own order. */
  readonly sortBy: string;
  /** Undefined: for all records. */
  readonly since: string | undefined;
}

export interface CswPages extends PagedList {
  /** Whether the portal has told where the listing ends. */
  readonly hasEnd: () => boolean;
  /** What the pages are restricted to; undefined when they are all there are. */
  readonly since: () => string | undefined;
}

/** `order`: of the checkpoint that reading goes on from. */
export function cswPages(run: AdapterRun, order: string | undefined, leftOut: LeftOut): CswPages {
  const { source } = run;
  const manners = mannersOf(run);
  let hasEnd = false;
  let manner = manners.find((each) => orderOf(each) === order) ?? manners[0];

  async function readPage(start: number): Promise<ListedPage> {
    let refusal: Extract<CswAnswer, { kind: 'fault' }> | undefined;
    for (;;) {
      const request = getRecords(source, { start, ...manner });
      const answer = await fetchPage(run, request);
      if (answer.kind === 'page') {
        const page = listed(run, answer.page, start, leftOut);
        hasEnd ||= page.count !== undefined;
        return page;
      }
      // Behind the last record some answer so; nothing was promised there.
      if (start > 1 && isAbout(answer.exception, /startPosition/iu))
        return { rows: [], count: undefined, isLast: true };
      refusal ??= answer;
      const next = start === 1 ? nextManner(manners, manner, answer.exception) : undefined;
      if (next === undefined) {
        throw faultError(
          `${source.id}: ${request.url}`,
          refusal.fault,
          'csw:GetRecordsResponse with csw:SearchResults',
        );
      }
      run.effects.log(`${source.id}: GetRecords refuses ${orderOf(manner)}; trying ${orderOf(next)}`);
      manner = next;
    }
  }

  return {
    name: 'GetRecords',
    noun: 'records',
    unit: 'row',
    first: 1,
    order: () => orderOf(manner),
    canResume: (each) => manners.some((known) => known.sortBy !== '' && orderOf(known) === each),
    // Portals compare letters in their own way, and some take a sort they do not know without a word.
    isById: () => false,
    fetchPage: readPage,
    hasEnd: () => hasEnd,
    since: () => manner.since,
  };
}

/** With the restriction first; a portal that refuses it is read whole. */
function mannersOf({ source, effects }: AdapterRun): readonly [Manner, ...Manner[]] {
  const fixed = textOption(source, 'outputSchema');
  const schemas: readonly OutputSchema[] = fixed === 'gmd' || fixed === 'csw' ? [fixed] : ['gmd', 'csw'];
  const chosen = textOption(source, 'sortBy');
  const orders = chosen === undefined ? sorts : [chosen];
  const limits = effects.since === undefined ? [undefined] : [effects.since, undefined];
  const manners = limits.flatMap((since) =>
    schemas.flatMap((schema) => [...orders, ''].map((sortBy) => ({ schema, sortBy, since }))),
  );
  const [first = { schema: 'gmd' as const, sortBy: '', since: undefined }, ...others] = manners;
  return [first, ...others];
}

function orderOf({ schema, sortBy, since }: Manner): string {
  const order = `${schema} ${sortBy === '' ? 'unsorted' : `by ${sortBy}`}`;
  return since === undefined ? order : `${order} changed since ${since}`;
}

/** What to try when the portal finds fault with the manner of asking; undefined when it finds fault with something else. */
function nextManner(
  manners: readonly Manner[],
  manner: Manner,
  exception: OwsException | undefined,
): Manner | undefined {
  const following = manners.slice(manners.indexOf(manner) + 1);
  if (isAbout(exception, /outputSchema|output schema/iu))
    return following.find(({ schema }) => schema !== manner.schema);
  // Our own restriction may be what it does not understand, whatever it says of it.
  const unrestricted = manner.since === undefined ? undefined : mannerWithout(following, manner);
  if (unrestricted !== undefined && isAbout(exception, /constraint|filter|cql|modified/iu)) return unrestricted;
  const isOfSort = isAbout(exception, /sort|PropertyName|queryable/iu);
  const isOfParameter =
    exception?.code !== undefined && /InvalidParameterValue|OptionNotSupported/iu.test(exception.code);
  return isOfSort || isOfParameter ? following[0] : unrestricted;
}

/** The same way of asking, for all records. */
function mannerWithout(following: readonly Manner[], { schema, sortBy }: Manner): Manner | undefined {
  return following.find((each) => each.since === undefined && each.schema === schema && each.sortBy === sortBy);
}

function isAbout(exception: OwsException | undefined, subject: RegExp): boolean {
  return exception !== undefined && subject.test(`${exception.locator ?? ''} ${exception.text ?? ''}`);
}

function listed(run: AdapterRun, page: CswPage, start: number, leftOut: LeftOut): ListedPage {
  const { slices, matched, next, url, fetchedAt } = page;
  const origin = { sourceId: run.source.id, url, fetchedAt };
  const rows = slices.map((slice, at) => readSlice(slice, { ...origin, position: start + at }, leftOut));
  // A portal that counts nothing may still say that nothing follows.
  const count = matched ?? (next === 0 && rows.length > 0 ? start + rows.length - 1 : undefined);
  return { rows, count, isLast: start + rows.length > (count ?? 0) };
}
