/**
 * Which pages a portal has, by its sitemaps: the one at the endpoint, an index of several, or those that robots.txt
 * names. Bounded, each sitemap is read once, other hosts are not ours to read, and robots.txt has its say.
 */
import { parseRobots, type RobotsRules } from '../../kit/robots-txt.ts';
import { isSourceError, SourceError } from '../../model/source-error.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { isOfWholePortal } from '../fetch-json.ts';
import { sourceRequest } from '../source-request.ts';
import { fetchSitemap, type Sitemap } from './sitemap.ts';

/** More than any portal here lists: 50,000 addresses a sitemap are allowed (sitemaps.org), data.gov.tw has 53,000 datasets. */
const mostPages = 500_000;
const mostSitemaps = 2_000;

export interface PageList {
  /** Addresses, each once, sorted, so that going on after a stop finds its place whatever order the sitemaps have. */
  readonly pages: readonly string[];
  /** When each changed, as its sitemap writes it; pages of which none says it are not in it. */
  readonly lastModified: ReadonlyMap<string, string>;
  /** Why some pages may be missing; empty for the whole list. */
  readonly holes: readonly string[];
  /** Addresses of the sitemaps that were read. */
  readonly sitemaps: readonly string[];
}

/** Product token of our User-Agent, as rules name it. */
const agent = 'sampan';

/** The rules of the endpoint's host. A server that fails to tell them is not read (RFC 9309 §2.3.1.4). */
export async function fetchRules(run: AdapterRun): Promise<RobotsRules> {
  const { source, effects, signal } = run;
  const url = new URL('/robots.txt', source.endpoint).href;
  const { answer, bytes } = await effects.http.fetchWhole(sourceRequest(source, url, 'text/plain', signal));
  if (answer.status >= 500 || answer.status === 429) {
    const message = `${source.id}: ${url} answered status ${answer.status}; expected the rules or 404`;
    throw new SourceError('http-status', message, { status: answer.status });
  }
  return parseRobots(answer.status === 200 ? new TextDecoder().decode(bytes) : '', agent);
}

interface Reading {
  readonly run: AdapterRun;
  readonly rules: RobotsRules;
  readonly waiting: string[];
  readonly asked: Set<string>;
  readonly pages: Set<string>;
  readonly lastModified: Map<string, string>;
  readonly sitemaps: string[];
  readonly holes: string[];
  refused: number;
  closed: number;
}

export async function fetchPageList(run: AdapterRun, rules: RobotsRules): Promise<PageList> {
  const reading: Reading = {
    ...{ run, rules, waiting: [], asked: new Set<string>(), pages: new Set<string>(), holes: [] },
    ...{ lastModified: new Map<string, string>(), sitemaps: [], refused: 0, closed: 0 },
  };
  take(reading, await fetchFirst(reading));
  for (let url = reading.waiting.shift(); url !== undefined; url = reading.waiting.shift()) {
    const sitemap = await fetchOrMiss(reading, url);
    if (sitemap !== undefined) take(reading, sitemap);
  }
  return finished(reading);
}

/** The sitemap at the endpoint; when there is none, what robots.txt names as such, as if it were an index. */
async function fetchFirst({ run, rules, asked, sitemaps }: Reading): Promise<Sitemap> {
  const { endpoint, id } = run.source;
  asked.add(endpoint);
  const named = rules.sitemaps.flatMap((each) =>
    URL.canParse(each, endpoint) ? [{ url: new URL(each, endpoint) }] : [],
  );
  const index: Sitemap = { kind: 'index', entries: named.filter(({ url }) => url.href !== endpoint) };
  if (new URL(endpoint).pathname === '/robots.txt') {
    if (index.entries.length > 0) return index;
    throw new SourceError('malformed', `${id}: ${endpoint} names no sitemap; expected a line "Sitemap: https://…"`);
  }
  try {
    const sitemap = await fetchSitemap(run, endpoint);
    sitemaps.push(endpoint);
    return sitemap;
  } catch (failure) {
    if (isOfWholePortal(failure) || index.entries.length === 0) throw failure;
    return index;
  }
}

/** One sitemap of several that cannot be read is a hole in the list; when none can, the portal is down. */
async function fetchOrMiss(
  { run, holes, pages, waiting, sitemaps }: Reading,
  url: string,
): Promise<Sitemap | undefined> {
  run.signal.throwIfAborted();
  try {
    const sitemap = await fetchSitemap(run, url);
    sitemaps.push(url);
    return sitemap;
  } catch (failure) {
    const isLastHope = pages.size === 0 && waiting.length === 0;
    if (isOfWholePortal(failure) || !isSourceError(failure) || isLastHope) throw failure;
    holes.push(failure.message);
    return undefined;
  }
}

function take(reading: Reading, { kind, entries }: Sitemap): void {
  for (const { url, lastModified } of entries) {
    if (!isOurs(reading, url)) reading.refused += 1;
    else if (kind === 'index') takeSitemap(reading, url.href);
    else takePage(reading, url, lastModified);
  }
}

function takeSitemap({ asked, waiting, holes, run }: Reading, url: string): void {
  if (asked.has(url)) return;
  if (asked.size > mostSitemaps) {
    if (!holes.some((hole) => hole.includes('sitemaps'))) {
      holes.push(`${run.source.id}: the index names more than ${mostSitemaps} sitemaps; expected fewer`);
    }
    return;
  }
  asked.add(url);
  waiting.push(url);
}

function takePage(reading: Reading, url: URL, modified: string | undefined): void {
  const { run, rules, pages, lastModified } = reading;
  const path = `${url.pathname}${url.search}`;
  if (!isWanted(run, path)) return;
  if (run.source.robots !== 'ignore' && !rules.allows(path)) {
    reading.closed += 1;
    return;
  }
  url.hash = '';
  // One more than counts, to know that there are more.
  if (pages.size > mostPages) return;
  // Listed twice with two dates: which of them holds, nobody knows.
  const known = pages.has(url.href) ? lastModified.get(url.href) : modified;
  pages.add(url.href);
  if (modified === undefined || known !== modified) lastModified.delete(url.href);
  else lastModified.set(url.href, modified);
}

/** Only http(s), on the host of the endpoint or of the homepage, with or without `www.`. */
function isOurs({ run }: Reading, url: URL): boolean {
  const { endpoint, homepage } = run.source;
  return [endpoint, homepage].some((own) => own !== undefined && isSameSite(url, new URL(own)));
}

export function isSameSite(one: URL, other: URL): boolean {
  const host = (url: URL): string => url.host.replace(/^www\./, '');
  return /^https?:$/.test(one.protocol) && host(one) === host(other);
}

/** `pageMatch`: the beginning of a path when it starts with a slash, else a part of it. */
function isWanted({ source }: AdapterRun, path: string): boolean {
  const { pageMatch } = source.options;
  if (typeof pageMatch !== 'string') return true;
  return pageMatch.startsWith('/') ? path.startsWith(pageMatch) : path.includes(pageMatch);
}

function finished({ run, pages, lastModified, sitemaps, holes, refused, closed }: Reading): PageList {
  const { id, options } = run.source;
  if (refused > 0) run.effects.log(`${id}: ${refused} addresses of other hosts in its sitemaps were left out`);
  if (pages.size === 0 && closed === 0 && (refused > 0 || options['pageMatch'] !== undefined)) {
    const wanted = options['pageMatch'] === undefined ? 'its own host' : `paths with ${options['pageMatch']}`;
    throw new SourceError('malformed', `${id}: the sitemaps list no page that counts; expected some of ${wanted}`);
  }
  const sorted = [...pages].sort();
  const most = typeof options['mostPages'] === 'number' ? options['mostPages'] : mostPages;
  const found = [
    ...holes,
    ...(closed > 0 ? [`${id}: robots.txt closes ${closed} of the listed pages; expected to be let in`] : []),
    ...(sorted.length > most ? [`${id}: more than ${most} pages are listed; the others were not read`] : []),
  ];
  return { pages: spread(sorted, most), lastModified, holes: found, sitemaps };
}

/** At most so many, from all over the list: the first ones are often of one kind. */
function spread(pages: readonly string[], most: number): readonly string[] {
  const step = Math.max(1, pages.length / most);
  return pages.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
