/** The OpenAPI 3.1 description, made from the schemas that the handlers use. Pure. */
import { z } from 'zod';
import { type ErrorKind, errorKinds, problemDetails } from './api-error.ts';
import { type ApiOperation, apiOperations } from './api-operations.ts';

type Json = Readonly<Record<string, unknown>>;

const componentsAddress = '#/components/schemas/';

export function openApiDocument(baseUrl: string): Json {
  const schemas = componentSchemas();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sampan',
      version: '1',
      summary: 'Open data catalogues of Asia in one place',
      description: 'Read only, without a key. Errors are problem details (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: baseUrl }],
    paths: Object.fromEntries(apiOperations.map((operation) => [operation.path, { get: operationObject(operation) }])),
    components: { schemas },
  };
}

/** Named schemas (those with an `id`) once; they refer to one another. */
function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: (id) => `${componentsAddress}${id}`,
    io: 'output',
    unrepresentable: 'any',
  });
  const named = Object.entries(schemas).map(([id, schema]) => {
    const { $id, $schema, id: name, ...rest } = schema as Record<string, unknown>;
    return [id, rest] as const;
  });
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function operationObject(operation: ApiOperation): Json {
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: [...pathParameters(operation), ...queryParameters(operation)],
    responses: {
      200: { description: 'Found', content: answerContent(operation) },
      304: { description: 'Not changed since the ETag of If-None-Match' },
      ...errorResponses(operation.errors),
    },
  };
}

function pathParameters({ pathParameters: given = {} }: ApiOperation): Json[] {
  return Object.entries(given).map(([name, description]) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string', pattern: '^[a-z2-7]{16}$' },
  }));
}

function queryParameters({ query }: ApiOperation): Json[] {
  if (query === undefined) return [];
  const { properties = {} } = z.toJSONSchema(query, { io: 'output', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as Record<string, unknown>;
    const required = !(query.shape[name] instanceof z.ZodOptional || query.shape[name] instanceof z.ZodDefault);
    const many = schema['type'] === 'array';
    return {
      name,
      in: 'query',
      required,
      ...(description === undefined ? {} : { description }),
      ...(many ? { style: 'form', explode: true } : {}),
      schema,
    };
  });
}

function answerContent({ answer }: ApiOperation): Json {
  if (!(answer instanceof z.ZodType)) {
    return Object.fromEntries((answer as readonly string[]).map((type) => [type, { schema: { type: 'string' } }]));
  }
  const id = z.globalRegistry.get(answer)?.id;
  const schema = id === undefined ? { type: 'object' } : { $ref: `${componentsAddress}${id}` };
  return { 'application/json': { schema } };
}

/** One entry a status; the kinds that share it are named. */
function errorResponses(kinds: readonly ErrorKind[]): Json {
  const schema = { $ref: `${componentsAddress}${z.globalRegistry.get(problemDetails)?.id ?? ''}` };
  const byStatus = new Map<number, ErrorKind[]>();
  for (const kind of kinds) {
    const { status } = errorKinds[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((kind) => `${errorKinds[kind].title} (${kind})`).join('; '),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  );
}
