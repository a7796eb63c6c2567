/**
 * The portal as one function from request to response. Reads the store and the index, writes neither. The only place of
 * `serve/` that catches: what breaks becomes a page or problem details, with one line in the log.
 */
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { trimTrailingSlash } from 'hono/trailing-slash';
import { datasetAddress, failuresFeedPath, isDatasetId } from './addresses.ts';
import type { HealthAnswerBody } from './api/answer-schemas.ts';
import { type ErrorKind, errorKinds, problemResponse } from './api/api-error.ts';
import { apiRoutes } from './api/api-routes.ts';
import { type Assets, loadAssets } from './assets.ts';
import { conditionalRequests } from './conditional.ts';
import { failureKind } from './failure-kind.ts';
import { atomMediaType, failuresFeed } from './feeds/failures-feed.ts';
import { overviewReader } from './overview.ts';
import { type PageContext, pageContext } from './page-context.ts';
import { negotiateLanguage, type PageLanguage, pageLanguages } from './page-languages.ts';
import { datasetTitle } from './pages/dataset-page.tsx';
import { errorPage, pageHeaders, pageRoutes } from './pages/page-routes.ts';
import { securityHeaders } from './security-headers.ts';
import type { ServeOptions } from './serve-options.ts';

/** Characters of an address; 10,000 Han characters in a query are 90,000 when percent-encoded, and are answered. */
const maximumAddressLength = 100_000;

type PageOf = (lang: PageLanguage) => PageContext;

export function createApp(options: ServeOptions): Hono {
  const assets = loadAssets();
  const contexts = new Map(pageLanguages.map((lang) => [lang, pageContext(options, assets, lang)]));
  const pageOf: PageOf = (lang) => contexts.get(lang) ?? pageContext(options, assets, lang);
  const overview = overviewReader(options);
  const app = new Hono();
  app.use(securityHeaders());
  // People type `/en/`; the address of a page has no slash at its end. Under `/api/` every miss is problem details.
  const trimSlash = trimTrailingSlash();
  app.use((c, next) => (c.req.path.startsWith('/api/') ? next() : trimSlash(c, next)));
  app.use(compress());
  app.use(conditionalRequests());
  app.use(async (c, next) => {
    if (c.req.url.length > maximumAddressLength) return failure(options, pageOf, c, 'address-too-long');
    const { method } = c.req;
    if (method === 'GET' || method === 'HEAD' || (method === 'OPTIONS' && isApi(c))) return next();
    const refused = failure(options, pageOf, c, 'method-not-allowed');
    refused.headers.set('Allow', 'GET, HEAD');
    return refused;
  });
  addAssets(app, assets);
  app.get('/healthz', (c) => health(options, c));
  app.route('/api/v1', apiRoutes(options, overview));
  for (const lang of pageLanguages) app.route(`/${lang}`, pageRoutes({ options, page: pageOf(lang), overview }));
  addUnprefixed(app);
  app.get(failuresFeedPath, async (c) => {
    const feed = failuresFeed(pageOf('en'), options.sources, (await overview()).summaries);
    return c.body(feed, 200, { ...pageHeaders, 'Content-Type': atomMediaType });
  });
  addPermanent(app, options, pageOf);
  app.notFound((c) => failure(options, pageOf, c, 'not-found'));
  app.onError((error, c) => {
    const kind = failureKind(error);
    options.log(`${options.now().toISOString()} ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`);
    return failure(options, pageOf, c, kind);
  });
  return app;
}

function addAssets(app: Hono, assets: Assets): void {
  for (const { path, mediaType, bytes } of assets.byPath.values()) {
    app.get(path, (c) =>
      c.body(bytes, 200, { 'Content-Type': mediaType, 'Cache-Control': 'public, max-age=31536000, immutable' }),
    );
  }
  // Browsers ask for it whatever the page says.
  app.get('/favicon.ico', (c) => c.redirect(assets.path('favicon.svg'), 302));
}

/** Addresses without a language: the reader's own is chosen, the rest of the address stays. */
function addUnprefixed(app: Hono): void {
  for (const path of ['/', '/search', '/sources', '/sources/:id', '/status']) {
    app.get(path, (c) => {
      const { pathname, search } = new URL(c.req.url);
      return redirectByLanguage(c, 302, (lang) => `/${lang}${pathname === '/' ? '' : pathname}${search}`);
    });
  }
}

function addPermanent(app: Hono, { catalogue }: ServeOptions, pageOf: PageOf): void {
  app.get('/dataset/:id', async (c, next) => {
    const id = c.req.param('id');
    const record = isDatasetId(id) ? (await catalogue.records([id])).get(id) : undefined;
    if (record === undefined) return next();
    return redirectByLanguage(c, 303, (lang) => datasetAddress(lang, id, datasetTitle(pageOf(lang), record).text));
  });
}

function redirectByLanguage(c: Context, status: 302 | 303, to: (lang: PageLanguage) => string): Response {
  c.header('Vary', 'Accept-Language', { append: true });
  c.header('Cache-Control', 'public, max-age=60');
  return c.redirect(to(negotiateLanguage(c.req.header('Accept-Language'))), status);
}

async function health({ catalogue, index, log, now }: ServeOptions, c: Context): Promise<Response> {
  const { generation, changeNumber, documents } = index.status();
  const state = { generation, changeNumber, documents };
  const headers = { 'Cache-Control': 'no-store' };
  try {
    const store = { readable: true, changeNumber: await catalogue.latestChangeNumber() };
    return c.json({ status: 'ok', store, index: state } satisfies HealthAnswerBody, 200, headers);
  } catch (error) {
    // Being asked whether the store can be read, this is the answer, not a failure to give one.
    log(`${now().toISOString()} /healthz: ${error instanceof Error ? error.message : String(error)}`);
    const body: HealthAnswerBody = { status: 'not-readable', store: { readable: false }, index: state };
    return c.json(body, 503, headers);
  }
}

const details: Readonly<Record<ErrorKind, string>> = {
  'bad-parameter': 'A parameter cannot be meant',
  'query-too-long': 'The search text is too long',
  'not-found': 'Expected one of the addresses in /api/v1/openapi.json',
  'method-not-allowed': 'Expected GET or HEAD',
  'address-too-long': `Expected at most ${maximumAddressLength} characters`,
  broken: 'The fault is in the log of the server',
  'not-readable': 'Store or index cannot be read; the operator finds the reason in the log',
};

/** An error as the reader takes it: problem details for programs, a page for people. */
function failure(options: ServeOptions, pageOf: PageOf, c: Context, kind: ErrorKind): Response {
  if (isApi(c)) return problemResponse(options.baseUrl, { kind, detail: details[kind], instance: c.req.path });
  const lang = pageLanguages.find((each) => c.req.path === `/${each}` || c.req.path.startsWith(`/${each}/`));
  return errorPage(pageOf(lang ?? negotiateLanguage(c.req.header('Accept-Language'))), errorKinds[kind].status);
}

function isApi(c: Context): boolean {
  return c.req.path === '/api' || c.req.path.startsWith('/api/') || c.req.path === '/healthz';
}
