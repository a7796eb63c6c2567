/** Every address of the API as data: the router, the OpenAPI document, the page for developers and the docs read it. */
import { z } from 'zod';
import { healthAnswer, searchAnswer, sourcesAnswer, suggestAnswer } from './answer-schemas.ts';
import type { ErrorKind } from './api-error.ts';
import { datasetAnswer } from './dataset-schema.ts';
import { datasetParameters, rawParameters, searchParameters, suggestParameters } from './search-parameters.ts';
import { statusAnswer, statusParameters } from './status-schema.ts';

export interface ApiOperation {
  readonly id: string;
  /** OpenAPI template. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** JSON body of a good answer; other kinds of body are named by media type. */
  readonly answer: z.ZodType | readonly string[];
  readonly errors: readonly ErrorKind[];
}

const datasetId = { id: 'Permanent dataset id: 16 characters of a–z and 2–7' };

export const apiOperations = [
  {
    id: 'search',
    path: '/api/v1/search',
    summary: 'Find datasets',
    query: searchParameters,
    answer: searchAnswer,
    errors: ['bad-parameter', 'query-too-long', 'not-readable'],
  },
  {
    id: 'suggest',
    path: '/api/v1/suggest',
    summary: 'Complete what is being typed',
    query: suggestParameters,
    answer: suggestAnswer,
    errors: ['bad-parameter', 'not-readable'],
  },
  {
    id: 'dataset',
    path: '/api/v1/datasets/{id}',
    summary: 'Everything about one dataset; a withdrawn one is answered too, with state tombstone',
    pathParameters: datasetId,
    query: datasetParameters,
    answer: datasetAnswer,
    errors: ['bad-parameter', 'not-found', 'not-readable'],
  },
  {
    id: 'raw',
    path: '/api/v1/datasets/{id}/raw',
    summary: 'The record as its portal sent it, byte for byte',
    pathParameters: datasetId,
    query: rawParameters,
    answer: ['text/plain', 'application/octet-stream'],
    errors: ['bad-parameter', 'not-found', 'not-readable'],
  },
  {
    id: 'sources',
    path: '/api/v1/sources',
    summary: 'Portals with their counts and last harvests',
    answer: sourcesAnswer,
    errors: ['not-readable'],
  },
  {
    id: 'status',
    path: '/api/v1/status',
    summary: 'State of each portal: what stands in the way, last harvests, problems with examples',
    query: statusParameters,
    answer: statusAnswer,
    errors: ['bad-parameter', 'not-readable'],
  },
  {
    id: 'openapi',
    path: '/api/v1/openapi.json',
    summary: 'This description',
    answer: z.looseObject({ openapi: z.string() }),
    errors: [],
  },
  {
    id: 'health',
    path: '/healthz',
    summary: 'Whether store and index can be read; 503 when not',
    answer: healthAnswer,
    errors: [],
  },
] as const satisfies readonly ApiOperation[];
