/** From page to page of a catalogue, each link followed once (cases `field P-06…P-08`). */
import type { Problem } from '../../model/problem.ts';
import { SourceError } from '../../model/source-error.ts';
import type { HarvestEvent } from '../../model/source-record.ts';
import type { AdapterRun } from '../adapter-run.ts';
import type { PageCursor } from './cursor.ts';
import { type CatalogueParts, catalogueParts } from './dataset-parts.ts';
import { fetchDocument, isDocument, type RdfDocument } from './document.ts';
import { findNextPage, type HydraFigures, hydraFigures, type NextPage } from './next-page.ts';
import { type Pass, takeNew } from './pass.ts';
import { type Row, rowsOf } from './rows.ts';

/** More pages than any catalogue has. */
const mostPages = 100_000;

/** Pages in a row without a new dataset after which the portal is not paging. */
const mostBarrenPages = 3;

export async function* readPass(
  run: AdapterRun,
  pass: Pass,
  from: PageCursor | undefined,
): AsyncGenerator<HarvestEvent, 'done' | 'lost-its-place'> {
  let next: NextPage = { url: from?.url ?? run.source.endpoint, by: from?.isTried === true ? 'tried' : 'named' };
  for (let page = from?.page ?? 1; page <= mostPages; page += 1) {
    run.signal.throwIfAborted();
    const cursor = from?.page === page ? from : undefined;
    const following = yield* readPage({ run, pass, page, cursor }, next);
    if (following === 'done' || following === 'lost-its-place') return following;
    next = following;
  }
  pass.flaw = `there are more than ${mostPages} pages; expected the pages to end`;
  return 'done';
}

interface PageTurn {
  readonly run: AdapterRun;
  readonly pass: Pass;
  readonly page: number;
  /** On the page where reading goes on after a restart. */
  readonly cursor: PageCursor | undefined;
}

/** Reads one page and says which one comes next. */
async function* readPage(
  turn: PageTurn,
  at: NextPage,
): AsyncGenerator<HarvestEvent, NextPage | 'done' | 'lost-its-place'> {
  const { run, pass, page, cursor } = turn;
  pass.visited.add(at.url);
  const document = await documentAt(run, pass, at);
  if (document === undefined) return cursor === undefined ? 'done' : 'lost-its-place';
  yield* hostProblem(turn, at);
  const hydra = hydraFigures(document.index.triples);
  noteTotal(pass, hydra);
  const parts = partsOf(run, document, page);
  for (const iri of parts.undescribed) pass.listed.add(iri);
  for (const { node } of parts.datasets) pass.described.add(node.value);
  const rows = rowsOf(run.source, document, parts.datasets);
  if (cursor === undefined) {
    const isLast = yield* takeRows(turn, at, rows);
    if (isLast) return 'done';
  } else if (rows.at(-1)?.key !== cursor.last) return 'lost-its-place';
  // What stands on the page that a restart begins with was given before it.
  for (const { key } of rows) pass.own.add(key);
  return yield* pageBehind(turn, at, { document, hydra, rows });
}

/** True for a page that nothing comes behind. */
async function* takeRows(
  { pass }: PageTurn,
  at: NextPage,
  rows: readonly Row[],
): AsyncGenerator<HarvestEvent, boolean> {
  if (at.by === 'tried' && rows[0]?.key === pass.first) return true;
  const { news, isBarren } = takeNew(pass, rows);
  for (const { event } of news) yield event;
  return isLastPage(pass, rows, isBarren, at);
}

function* hostProblem({ run, pass }: PageTurn, at: NextPage): Generator<HarvestEvent> {
  if (at.rewrittenFrom === undefined || pass.isHostTold) return;
  pass.isHostTold = true;
  yield problem(run, 'pagination-host-rewritten', rewritten(at));
}

interface ReadPage {
  readonly document: RdfDocument;
  readonly hydra: HydraFigures;
  readonly rows: readonly Row[];
}

async function* pageBehind(
  { run, pass, page }: PageTurn,
  at: NextPage,
  { document, hydra, rows }: ReadPage,
): AsyncGenerator<HarvestEvent, NextPage | 'done'> {
  const following = findNextPage(hydra.next, pass.visited, {
    answered: document.answered,
    endpoint: run.source.endpoint,
    page,
    link: document.link,
    // Where pages were named, the one that names none is the last.
    mayTry: (at.by === 'tried' || page === 1) && mayTry(run, at, rows, hydra),
  });
  if (following === undefined) return 'done';
  if (pass.visited.has(following.url)) {
    const found = `page ${page} names ${following.url} as the next one, which was read before`;
    pass.loop = `${found}; expected the pages to end (pagination-loop)`;
    yield problem(run, 'pagination-loop', `${found}; expected another or none`);
    return 'done';
  }
  if (pass.isFirst) yield checkpoint(pass, at, page, rows);
  return following;
}

/** Undefined where the pages end, or where a page that was named on another host is not to be had on the source's. */
async function documentAt(run: AdapterRun, pass: Pass, next: NextPage): Promise<RdfDocument | undefined> {
  const answer = await fetchDocument(run, next.url);
  if (isDocument(answer)) {
    const { failure } = answer.reading;
    if (failure !== undefined) {
      pass.flaw ??= `${next.url} could not be read to its end: ${failure.found}; what stands before it is kept`;
    }
    return answer;
  }
  const { status } = answer;
  if (next.by === 'tried' && status >= 400 && status < 500 && status !== 429) return undefined;
  if (next.rewrittenFrom !== undefined) {
    pass.flaw = `the next page is named on another host (${next.rewrittenFrom}), and ${next.url} answered status ${status}; expected it on the source's own host`;
    return undefined;
  }
  const message = `${run.source.id}: ${next.url} answered status ${status}; expected 200 and a catalogue in RDF`;
  throw new SourceError('http-status', message, { status });
}

/** Throws for a document that is no catalogue, and for one of which nothing could be read. */
function partsOf(run: AdapterRun, { index, reading, url }: RdfDocument, page: number): CatalogueParts {
  const parts = catalogueParts(index);
  const { failure } = reading;
  const who = `${run.source.id}: ${url}`;
  if (parts.datasets.length > 0) return parts;
  if (failure !== undefined) {
    const code = failure.atEnd ? 'truncated' : 'malformed';
    throw new SourceError(code, `${who} is not RDF that can be read: ${failure.found}; expected a catalogue`);
  }
  if (page === 1 && !parts.hasCatalogue && parts.undescribed.length === 0) {
    const message = `${who} holds ${index.triples.length} statements without a dcat:Catalog or dcat:Dataset; expected a catalogue`;
    throw new SourceError('malformed', message, { reason: 'no-catalogue' });
  }
  return parts;
}

function noteTotal(pass: Pass, { totalItems }: HydraFigures): void {
  if (totalItems === undefined) return;
  pass.total = totalItems;
  pass.totals.add(totalItems);
}

/** A page that brings nothing new: the last one given again, or a portal that does not page. */
function isLastPage(pass: Pass, rows: readonly Row[], isBarren: boolean, next: NextPage): boolean {
  const keys = rows.map(({ key }) => key).join('\n');
  const isSame = keys === pass.before;
  pass.before = keys;
  pass.barrenPages = isBarren ? pass.barrenPages + 1 : 0;
  if (!isBarren) return false;
  if (next.by === 'tried' || (isSame && rows.length > 0)) return true;
  if (pass.barrenPages < mostBarrenPages) return false;
  pass.loop ??= `${mostBarrenPages} pages in a row brought no new dataset, and each names another; expected the pages to end`;
  return true;
}

/** Full pages have a round number of datasets; CKAN leaves out private ones after it has cut a page. */
function mayTry({ source }: AdapterRun, next: NextPage, rows: readonly Row[], hydra: HydraFigures): boolean {
  const { paging } = source.options;
  if (paging === 'none' || hydra.isPage || rows.length === 0) return false;
  if (paging === 'pages' || next.by === 'tried') return true;
  return rows.length % 10 === 0 || /\/catalog\.(?:n3|nt|ttl|rdf|xml|jsonld)$/.test(new URL(source.endpoint).pathname);
}

function checkpoint(pass: Pass, next: NextPage, page: number, rows: readonly Row[]): HarvestEvent {
  const cursor: PageCursor = {
    ...{ by: 'rdf-pages', url: next.url, page, isTried: next.by === 'tried', rows: pass.rows },
    ...{ first: pass.first ?? '', last: rows.at(-1)?.key ?? '' },
  };
  return { kind: 'checkpoint', cursor: JSON.stringify(cursor) };
}

function rewritten({ url, rewrittenFrom = '' }: NextPage): string {
  return `the next page is named as ${rewrittenFrom}, on another host; ${url} was asked instead, expected a link to the source's host`;
}

function problem({ source }: AdapterRun, slug: string, found: string): HarvestEvent {
  const told: Problem = { slug, severity: 'warning', path: '', message: `${source.id}: ${found}` };
  return { kind: 'problem', problem: told };
}
