import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { errorKinds } from '../../src/serve/api/api-error.ts';
import { apiOperations } from '../../src/serve/api/api-operations.ts';
import { createApp } from '../../src/serve/create-app.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { randomRuns } from '../support/random-runs.ts';
import { attack, baseUrl, type ServedCatalogue, serveCatalogue } from './served-catalogue.ts';

let served: ServedCatalogue;
beforeAll(async () => {
  served = await serveCatalogue();
});
afterAll(() => served.close());

const get = async (path: string, init: RequestInit = {}): Promise<Response> => served.app.request(path, init);
const json = async (path: string): Promise<Record<string, unknown>> => (await get(path)).json();

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: OperationDescription }>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}
interface OperationDescription {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Record<string, unknown>;
  }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

const description = async (): Promise<Description> => (await json('/api/v1/openapi.json')) as unknown as Description;

/** The published schema, read back as a validator: what a client's generator would do. */
async function validator(path: string, status = '200', type = 'application/json'): Promise<z.ZodType> {
  const { paths, components } = await description();
  const schema = paths[path]?.get.responses[status]?.content?.[type]?.schema;
  if (schema === undefined) throw new Error(`${path} ${status} ${type}: not described`);
  const whole = JSON.parse(
    JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll('#/components/schemas/', '#/$defs/'),
  );
  return z.fromJSONSchema(whole);
}

async function searchHitIds(query: string): Promise<string[]> {
  const { hits } = (await json(`/api/v1/search?${query}`)) as { hits: { id: string }[] };
  return hits.map(({ id }) => id);
}

describe('the OpenAPI document', () => {
  test('describes every address of the API and no other', async () => {
    const { openapi, paths } = await description();
    expect(openapi).toBe('3.1.0');
    const routed = served.app.routes
      .filter(({ method, path }) => method === 'GET' && (path.startsWith('/api/') || path === '/healthz'))
      .map(({ path }) => path.replace(/:([a-z]+)/g, '{$1}'));
    expect(Object.keys(paths).sort()).toEqual([...new Set(routed)].sort());
    expect(paths['/api/v1/search']?.get.parameters.map(({ name }) => name)).toEqual([
      ...['q', 'country', 'theme', 'format', 'licence', 'publisher', 'language', 'place', 'source'],
      ...['meaning', 'lang', 'sort', 'page', 'offset', 'limit', 'facets'],
    ]);
  });

  test('has no reference that leads nowhere', async () => {
    const text = await (await get('/api/v1/openapi.json')).text();
    const { components } = JSON.parse(text) as Description;
    const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !(name in components.schemas))).toEqual([]);
  });

  test('the published schema refuses what is not an answer', async () => {
    const schema = await validator('/api/v1/search');
    expect(schema.safeParse({ total: 'many' }).success).toBe(false);
  });

  test.each([
    ['/api/v1/search', '/api/v1/search?limit=100'],
    ['/api/v1/search', '/api/v1/search?q=AED&country=JP&facets=0&offset=1'],
    ['/api/v1/suggest', '/api/v1/suggest?q=%E9%81%BF'],
    ['/api/v1/sources', '/api/v1/sources'],
    ['/healthz', '/healthz'],
  ])('%s answers %s as described', async (template, path) => {
    const schema = await validator(template);
    expect(schema.safeParse(await json(path)).error?.issues ?? []).toEqual([]);
  });

  test('every dataset is answered as described, hostile and withdrawn ones too', async () => {
    const schema = await validator('/api/v1/datasets/{id}');
    const ids = [
      ...(await searchHitIds('limit=100')),
      await served.hostile('attack'),
      await served.hostile('withdrawn'),
    ];
    for (const id of ids) {
      const result = schema.safeParse(await json(`/api/v1/datasets/${id}`));
      expect([id, result.error?.issues ?? []]).toEqual([id, []]);
    }
  });
});

describe('search', () => {
  test('filters, counts and pages', async () => {
    const all = (await json('/api/v1/search?country=JP&limit=100')) as { total: number; hits: { country: string }[] };
    expect(all.total).toBeGreaterThan(20);
    expect(all.hits.every(({ country }) => country === 'JP')).toBe(true);
    const second = (await json('/api/v1/search?country=JP&limit=10&page=2')) as { offset: number; next: string };
    expect(second.offset).toBe(10);
    expect(second.next).toBe(`${baseUrl}/api/v1/search?country=JP&limit=10&offset=20`);
    expect(await searchHitIds('country=JP&limit=10&page=2')).toEqual(
      await searchHitIds('country=JP&limit=10&offset=10'),
    );
  });

  test.each([
    ['contry=JP', 'contry'],
    ['country=japan', 'country'],
    ['theme=transprt', 'theme'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1e1', 'limit'],
    ['page=', 'page'],
    ['page=1&offset=0', 'page and offset'],
    ['sort=best', 'sort'],
    ['q=a&q=b', 'q'],
    ['__proto__=1', '__proto__'],
    [`q=${'a'.repeat(8_193)}`, 'q'],
  ])('%.40s is a 400 that names %s', async (query, name) => {
    const answer = await get(`/api/v1/search?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    const body = (await answer.json()) as { detail: string; instance: string };
    expect(body.detail).toContain(name);
    expect(body.instance).toBe('/api/v1/search');
  });

  test('8,192 bytes are cut with a notice', async () => {
    const { notices } = (await json(`/api/v1/search?q=${'a'.repeat(8_192)}`)) as { notices: string[] };
    expect(notices[0]).toContain('512');
  });
});

describe('errors', () => {
  test.each([
    ['/api/v1/nothing', 'GET', 404],
    ['/api', 'GET', 404],
    ['/api/v1/datasets/aaaaaaaaaaaaaaaa', 'GET', 404],
    ['/api/v1/datasets/%2e%2e', 'GET', 404],
    ['/api/v1/datasets/aaaaaaaaaaaaaaaa/raw?version=x', 'GET', 400],
    ['/api/v1/search', 'POST', 405],
    [`/api/v1/search?q=${'a'.repeat(100_001)}`, 'GET', 414],
  ] as const)('%.50s %s is problem details with status %i', async (path, method, status) => {
    const answer = await get(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    const schema = await validator('/api/v1/search', '400', 'application/problem+json');
    const body = (await answer.json()) as { status: number; type: string };
    expect(schema.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(body.status).toBe(status);
    const developers = await (await get('/en/api')).text();
    expect(developers).toContain(`id="${new URL(body.type).hash.slice(1)}"`);
  });

  test('a store that cannot be read is a 503 and in the log, a bug is a 500; neither shows its inside', async () => {
    const logged: string[] = [];
    const broken = (error: Error) =>
      createApp({
        ...served.options,
        log: (line) => logged.push(line),
        catalogue: new Proxy(served.options.catalogue, { get: () => () => Promise.reject(error) }),
      });
    const world = broken(new StoreError('locked', '/secret/catalogue.db: locked'));
    const bug = broken(new TypeError('x.y is not a function'));
    const answers = [
      await world.request('/api/v1/sources'),
      await world.request('/en'),
      await bug.request('/api/v1/sources'),
      await bug.request('/en'),
      await world.request('/healthz'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([503, 503, 500, 500, 503]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts.join('\n')).not.toMatch(/secret|not a function/);
    expect(answers[1]?.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(logged.join('\n')).toMatch(/locked[\s\S]*not a function/);
  });
});

describe('the raw record (field W-04, op I4)', () => {
  test('is the bytes as received, as plain text in a sandbox', async () => {
    const answer = await get(`/api/v1/datasets/${await served.hostile('withdrawn')}/raw`);
    expect(await answer.text()).toBe('{"id":1111010100100010007, "id":2}');
    expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox');
  });

  test('is only to be saved when it is not UTF-8', async () => {
    const answer = await get(`/api/v1/datasets/${await served.hostile('bytes')}/raw`);
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0xff, 0xfe, 0x00, 0x3c]);
    expect(answer.headers.get('Content-Type')).toBe('application/octet-stream');
    expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; filename="[a-z2-7]{16}-v1\.bin"$/);
  });

  test('the header line that rows of a CSV share can be read too', async () => {
    const [id] = await searchHitIds('source=kr-data-hanbat-example&limit=1');
    expect(await (await get(`/api/v1/datasets/${id}/raw?part=context`)).text()).toContain('목록명');
    const hostile = await served.hostile('attack');
    expect((await get(`/api/v1/datasets/${hostile}/raw?part=context`)).status).toBe(404);
  });
});

test('the API may be read from any origin, also asked before', async () => {
  const answer = await get('/api/v1/search', { headers: { Origin: 'https://elsewhere.example' } });
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
  const asked = await get('/api/v1/search', { method: 'OPTIONS', headers: { Origin: 'https://elsewhere.example' } });
  expect(asked.status).toBe(204);
  expect(asked.headers.get('Access-Control-Allow-Methods')).toBe('GET,HEAD');
});

test('every answer carries the policy, sets no cookie, and is not sniffed', async () => {
  const paths = [
    '/',
    '/en',
    '/favicon.ico',
    '/healthz',
    '/nothing',
    '/api/v1/search',
    '/api/v1/nothing',
    '/api/v1/search?x=1',
  ];
  for (const path of paths) {
    const { headers } = await get(path);
    expect([path, headers.get('Content-Security-Policy')?.split(';')[0]]).toEqual([path, "default-src 'none'"]);
    expect([path, headers.get('X-Content-Type-Options'), headers.get('Set-Cookie')]).toEqual([path, 'nosniff', null]);
  }
});

describe('no text of a reader can cause an error (field S-10)', () => {
  const named = [
    '/x',
    'THIS: THAT',
    'doi:10.5/AB',
    'foo"',
    '(',
    '*',
    'NOT',
    '-x',
    '[',
    '^',
    '「公園」',
    '\0',
    '\ud800',
    '',
    attack,
  ];
  const query = fc.oneof(
    fc.constantFrom(...named),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', maxLength: 600 }),
  );
  const name = fc.constantFrom(
    'country',
    'theme',
    'format',
    'licence',
    'publisher',
    'language',
    'source',
    'sort',
    'page',
    'x',
  );
  const parameters = fc.array(
    fc.tuple(name, fc.oneof(query, fc.constantFrom('JP', 'CSV', 'open', 'und', '2', '1000000'))),
    { maxLength: 6 },
  );

  test('neither on pages nor in the API', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(query, parameters, async (q, others) => {
        const search = new URLSearchParams([['q', q], ...others]);
        const page = await get(`/en/search?${search}`);
        expect(page.status).toBe(200);
        await page.text();
        expect([200, 400]).toContain((await get(`/api/v1/search?${search}`)).status);
        expect((await get(`/api/v1/suggest?${new URLSearchParams({ q: q.slice(0, 200) })}`)).status).toBe(200);
      }),
      randomRuns(300),
    );
    expect(served.logged).toEqual([]);
  });

  test.each(['%', '%zz', '%ff%fe', 'a=%E0%A4%A', '&&&=&=', '?#', '%00'])(
    'a broken query string %j is answered',
    async (raw) => {
      expect((await get(`/en/search?q=${raw}`)).status).toBe(200);
      expect([200, 400]).toContain((await get(`/api/v1/search?q=${raw}`)).status);
      expect([301, 302, 404]).toContain((await get(`/dataset/${raw.replace('?', '')}`)).status);
    },
  );
});

describe('docs/api.md', () => {
  const docs = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api.md'), 'utf8');
  test.each(apiOperations.map(({ path }) => path))('describes %s', (path) => {
    expect(docs).toContain(`## GET ${path}`);
  });
  test.each(apiOperations.flatMap((each) => ('query' in each ? Object.keys(each.query.shape) : [])))(
    'explains `%s`',
    (name) => {
      expect(docs).toContain(`| \`${name}\` |`);
    },
  );
  test.each(Object.entries(errorKinds))('lists the error %s', (kind, { status }) => {
    expect(docs).toContain(`| \`${kind}\` | ${status} |`);
  });
  test('its examples answer 200', async () => {
    const paths = [...docs.matchAll(/^curl -s "http:\/\/localhost:4000([^"]+)"/gm)].map((match) => match[1] ?? '');
    expect(paths.length).toBeGreaterThan(4);
    for (const path of paths.filter((each) => !each.includes('ID')))
      expect([path, (await get(path)).status]).toEqual([path, 200]);
  });
  test('every page of the app is described', () => {
    const pages = served.app.routes.filter(
      ({ method, path }) => method === 'GET' && !path.startsWith('/assets/') && !path.startsWith('/api/'),
    );
    const templates = pages.map(({ path }) =>
      path
        .replace(/^\/en\b/, '/{lang}')
        .replace(/:([a-z]+)/g, '{$1}')
        .replace(/(.)\/$/, '$1'),
    );
    expect([...new Set(templates)].filter((template) => !docs.includes(`\`${template}\``))).toEqual([]);
  });
});
