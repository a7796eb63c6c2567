/** The JSON API: reads only, open to every origin, strict about what it is asked. */
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { findLabelLanguage } from '../../vocabulary/label-language.ts';
import { isDatasetId } from '../addresses.ts';
import { unchanged, weakTag } from '../conditional.ts';
import { listedSources } from '../listed-sources.ts';
import { meaningWords } from '../meaning-words.ts';
import type { Overview } from '../overview.ts';
import { rejectedExamples } from '../rejected-records.ts';
import { sameTopic } from '../same-topic.ts';
import { cleanQuery } from '../search-form.ts';
import type { ServeOptions } from '../serve-options.ts';
import { statusList } from '../source-status.ts';
import type { SuggestAnswerBody } from './answer-schemas.ts';
import { problemResponse } from './api-error.ts';
import { datasetBody } from './dataset-body.ts';
import { openApiDocument } from './openapi.ts';
import { rawAnswer } from './raw-answer.ts';
import { searchApi } from './search-api.ts';
import { datasetParameters, rawParameters, readParameters, suggestParameters } from './search-parameters.ts';
import { sourcesBody } from './sources-body.ts';
import { statusBody } from './status-body.ts';
import { statusParameters } from './status-schema.ts';

/** A harvest is minutes away at best; a shared cache may answer so long, and must ask again after. */
export const apiCacheControl = 'public, max-age=60';

export function apiRoutes(options: ServeOptions, overview: () => Promise<Overview>): Hono {
  const { catalogue, index, baseUrl } = options;
  const description = openApiDocument(baseUrl);
  const api = new Hono();
  api.use(
    cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['ETag', 'Server-Timing'], maxAge: 86_400 }),
  );
  api.get('/openapi.json', (c) => c.json(description, 200, { 'Cache-Control': apiCacheControl }));
  api.get('/search', (c) => searchApi(options, c));
  api.get('/suggest', async (c) => {
    const read = readParameters(suggestParameters, new URL(c.req.url).searchParams);
    if (!read.ok) return problemResponse(baseUrl, { kind: 'bad-parameter', detail: read.detail, instance: c.req.path });
    const { generation, changeNumber } = index.status();
    const tag = weakTag(`${generation}.${changeNumber} ${c.req.url}`);
    const suggestions = await index.suggest(cleanQuery(read.value.q), read.value.limit);
    const body: SuggestAnswerBody = { suggestions: suggestions.map((each) => ({ ...each })) };
    return unchanged(c, tag, apiCacheControl) ?? c.json(body, 200, { ETag: tag, 'Cache-Control': apiCacheControl });
  });
  api.get('/datasets/:id', async (c) => {
    const id = c.req.param('id');
    const record = isDatasetId(id) ? (await catalogue.records([id])).get(id) : undefined;
    if (record === undefined) return noDataset(baseUrl, c.req.path);
    const read = readParameters(datasetParameters, new URL(c.req.url).searchParams);
    if (!read.ok) return problemResponse(baseUrl, { kind: 'bad-parameter', detail: read.detail, instance: c.req.path });
    const [history, links, nativeIds, topic] = await Promise.all([
      catalogue.history(id),
      catalogue.linkChecks(id),
      catalogue.nativeIds(id),
      sameTopic(options, record),
    ]);
    const words = meaningWords(options.terminology, findLabelLanguage(read.value.lang) ?? 'en');
    const body = datasetBody(baseUrl, record, { history, links, nativeIds, topic, words });
    return c.json(body, 200, { 'Cache-Control': apiCacheControl });
  });
  api.get('/datasets/:id/raw', async (c) => {
    const id = c.req.param('id');
    const read = readParameters(rawParameters, new URL(c.req.url).searchParams);
    if (!read.ok) return problemResponse(baseUrl, { kind: 'bad-parameter', detail: read.detail, instance: c.req.path });
    const archived = isDatasetId(id) ? await catalogue.archived(id, read.value.version) : undefined;
    const answer = archived === undefined ? undefined : rawAnswer(id, archived, read.value.part);
    if (answer === undefined) return noDataset(baseUrl, c.req.path);
    return c.body(answer.bytes, 200, { ...answer.headers, 'Cache-Control': apiCacheControl });
  });
  api.get('/sources', async (c) => {
    const body = sourcesBody(options.sources, (await overview()).summaries);
    return c.json(body, 200, { 'Cache-Control': apiCacheControl });
  });
  api.get('/status', async (c) => {
    const read = readParameters(statusParameters, new URL(c.req.url).searchParams);
    if (!read.ok) return problemResponse(baseUrl, { kind: 'bad-parameter', detail: read.detail, instance: c.req.path });
    const list = statusList(listedSources(options.sources, (await overview()).summaries), read.value);
    const rejected = await rejectedExamples(catalogue, list.sources);
    return c.json(statusBody(baseUrl, list, rejected), 200, { 'Cache-Control': apiCacheControl });
  });
  return api;
}

function noDataset(baseUrl: string, instance: string): Response {
  return problemResponse(baseUrl, {
    kind: 'not-found',
    detail: 'There is no such dataset, version or part; expected an id that a search answers with',
    instance,
  });
}
