/** The pages under `/{lang}`: one router a language, made once. */
import { type Context, Hono } from 'hono';
import { findLabelLanguage } from '../../vocabulary/label-language.ts';
import { datasetAddress, isDatasetId } from '../addresses.ts';
import { unchanged, weakTag } from '../conditional.ts';
import { listedSources } from '../listed-sources.ts';
import type { Overview } from '../overview.ts';
import type { PageContext } from '../page-context.ts';
import { rejectedExamples } from '../rejected-records.ts';
import { sameTopic } from '../same-topic.ts';
import { pageSize, readSearchForm } from '../search-form.ts';
import type { ServeOptions } from '../serve-options.ts';
import { slugOf } from '../slug.ts';
import { isHealthState, statusList } from '../source-status.ts';
import { DatasetPage, datasetTitle } from './dataset-page.tsx';
import { DevelopersPage } from './developers-page.tsx';
import { ErrorPage } from './error-page.tsx';
import { GonePage } from './gone-page.tsx';
import { HomePage } from './home-page.tsx';
import { renderPage } from './page-frame.tsx';
import { SearchPage } from './search-page.tsx';
import { SourcePage } from './source-page.tsx';
import { SourcesPage } from './sources-page.tsx';
import { StatusPage } from './status-page.tsx';

const cacheControl = 'public, max-age=60';
export const pageHeaders = { 'Cache-Control': cacheControl };

/** Values listed in a facet; those over eight are folded away. */
const facetLimit = 40;

/** Harvests shown on the page of a portal. */
const runsShown = 20;

interface PageParts {
  readonly options: ServeOptions;
  readonly page: PageContext;
  readonly overview: () => Promise<Overview>;
}

export function pageRoutes(parts: PageParts): Hono {
  const { options, page, overview } = parts;
  const pages = new Hono();
  const developers = renderPage(DevelopersPage({ page }));
  pages.get('/', async (c) => c.html(renderPage(HomePage({ page, overview: await overview() })), 200, pageHeaders));
  pages.get('/search', (c) => search(parts, c));
  pages.get('/api', (c) => c.html(developers, 200, pageHeaders));
  pages.get('/sources', async (c) => {
    const sources = listedSources(options.sources, (await overview()).summaries);
    return c.html(renderPage(SourcesPage({ page, sources })), 200, pageHeaders);
  });
  pages.get('/sources/:id', async (c) => {
    const id = c.req.param('id');
    const listed = listedSources(options.sources, (await overview()).summaries).find((each) => each.id === id);
    if (listed === undefined) return notFoundPage(page);
    const [runs, links] = await Promise.all([
      options.catalogue.runs({ sourceId: id, limit: runsShown }),
      options.catalogue.linkFigures(id),
    ]);
    return c.html(renderPage(SourcePage({ page, listed, runs, links })), 200, pageHeaders);
  });
  pages.get('/status', (c) => status(parts, c));
  pages.get('/dataset/:id/', (c) => dataset(parts, c, c.req.param('id'), undefined));
  pages.get('/dataset/:id', (c) => dataset(parts, c, c.req.param('id'), undefined));
  pages.get('/dataset/:id/:slug', (c) => dataset(parts, c, c.req.param('id'), c.req.param('slug')));
  return pages;
}

export function notFoundPage(page: PageContext): Response {
  return errorPage(page, 404);
}

export function errorPage(page: PageContext, status: number): Response {
  return new Response(renderPage(ErrorPage({ page, status })), {
    status,
    headers: { 'Content-Type': 'text/html; charset=UTF-8', 'Cache-Control': 'no-store' },
  });
}

async function search({ options, page }: PageParts, c: Context): Promise<Response> {
  const { index } = options;
  const url = new URL(c.req.url);
  const tagOf = ({ generation, changeNumber }: { generation: number; changeNumber: number }): string =>
    weakTag(
      `${page.assets.version} ${options.terminology.version} ${generation}.${changeNumber} ${url.pathname}${url.search}`,
    );
  const early = unchanged(c, tagOf(index.status()), cacheControl);
  if (early !== undefined) return early;
  const read = readSearchForm(url.searchParams);
  const { text, filters, sort, meaning, lang: language = page.lang } = read.form;
  const offset = (read.form.page - 1) * pageSize;
  const answer = await index.search({ text, meaning, language, filters, sort, offset, limit: pageSize, facetLimit });
  return c.html(renderPage(SearchPage({ page, read, answer })), 200, {
    ...pageHeaders,
    ETag: tagOf(answer),
    'Server-Timing': `search;dur=${answer.tookMs.toFixed(2)}`,
  });
}

/** What cannot be meant is left out, as in a search. */
async function status({ options, page, overview }: PageParts, c: Context): Promise<Response> {
  const { country = '', state = '' } = c.req.query();
  const filter = {
    country: /^[A-Z]{2}$/.test(country) ? country : undefined,
    state: isHealthState(state) ? state : undefined,
  };
  const list = statusList(listedSources(options.sources, (await overview()).summaries), filter);
  const rejected = await rejectedExamples(options.catalogue, list.sources);
  return c.html(renderPage(StatusPage({ page, list, filter, rejected })), 200, pageHeaders);
}

async function dataset({ options, page }: PageParts, c: Context, id: string, slug?: string): Promise<Response> {
  const { catalogue } = options;
  const record = isDatasetId(id) ? (await catalogue.records([id])).get(id) : undefined;
  if (record === undefined) return notFoundPage(page);
  const title = datasetTitle(page, record).text;
  if (slug?.normalize('NFC') !== slugOf(title)) {
    // Not for ever: a title can change and change back, and a browser that keeps both redirects would run in a circle.
    c.header('Cache-Control', cacheControl);
    return c.redirect(datasetAddress(page.lang, id, title), 301);
  }
  if (record.state === 'tombstone') return c.html(renderPage(GonePage({ page, record })), 410, pageHeaders);
  const [history, links, topic] = await Promise.all([
    catalogue.history(id),
    catalogue.linkChecks(id),
    sameTopic(options, record),
  ]);
  const words = page.meaning(findLabelLanguage(c.req.query('lang') ?? ''));
  return c.html(renderPage(DatasetPage({ page, record, history, links, topic, words })), 200, pageHeaders);
}
