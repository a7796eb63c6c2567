/**
 * Errors of the API as problem details (RFC 9457). Each kind has an address of its own that explains it, on the page
 * about the API.
 */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { developersAddress } from '../addresses.ts';

/** What can be wrong with a request, or with us. */
export const errorKinds = {
  'bad-parameter': { status: 400, title: 'A parameter cannot be meant' },
  'query-too-long': { status: 400, title: 'The search text is too long' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This can only be read' },
  'address-too-long': { status: 414, title: 'The address is too long' },
  broken: { status: 500, title: 'Something broke on our side' },
  'not-readable': { status: 503, title: 'The catalogue cannot be read at the moment' },
} as const satisfies Readonly<Record<string, { status: ContentfulStatusCode; title: string }>>;

export type ErrorKind = keyof typeof errorKinds;

export const problemDetails = z
  .strictObject({
    type: z.url().describe('Names the kind of error, and explains it when opened'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What was found, and what was expected'),
    instance: z.string().describe('Path of the request'),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457)' });

export interface ApiProblem {
  readonly kind: ErrorKind;
  readonly detail: string;
  /** Path of the request, without its query. */
  readonly instance: string;
}

export function problemResponse(baseUrl: string, { kind, detail, instance }: ApiProblem): Response {
  const { status, title } = errorKinds[kind];
  const body: z.infer<typeof problemDetails> = {
    type: `${baseUrl}${developersAddress('en')}#${kind}`,
    title,
    status,
    detail,
    instance,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
  });
}
