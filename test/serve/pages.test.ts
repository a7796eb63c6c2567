import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, internalLinks, readPage } from './html-check.ts';
import { attack, badAddresses, baseUrl, type ServedCatalogue, serveCatalogue } from './served-catalogue.ts';

let served: ServedCatalogue;
beforeAll(async () => {
  served = await serveCatalogue();
});
afterAll(() => served.close());

const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  served.app.request(path, { headers });
const page = async (path: string) => readPage(await (await get(path)).text());

describe('addresses', () => {
  test.each([
    ['/en/', '/en'],
    ['/en/sources/', '/en/sources'],
    ['/en/search/?q=x', '/en/search?q=x'],
  ])('%s is moved to %s', async (typed, expected) => {
    const answer = await get(typed);
    expect(answer.status).toBe(301);
    const location = new URL(answer.headers.get('location') ?? '', 'http://localhost');
    expect(`${location.pathname}${location.search}`).toBe(expected);
  });

  test.each([
    ['/', '/en'],
    ['/search?q=%E9%81%BF%E9%9B%A3&country=JP', '/en/search?q=%E9%81%BF%E9%9B%A3&country=JP'],
    ['/sources', '/en/sources'],
    ['/sources/tw-data-gangcheng-example', '/en/sources/tw-data-gangcheng-example'],
  ])('%s has no language and leads to %s', async (from, to) => {
    const answer = await get(from, { 'Accept-Language': 'ja, en;q=0.5' });
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, to]);
    expect(answer.headers.get('Vary')).toContain('Accept-Language');
  });

  test('a permanent address answers 303 to the page, which is then 200', async () => {
    const answer = await get(`/dataset/${await served.hostile('attack')}`);
    expect(answer.status).toBe(303);
    expect((await get(answer.headers.get('Location') ?? '')).status).toBe(200);
  });

  test.each(['', '/', '/wrong', '/%E0%A4%A', '/..%2f..'])(
    'a slug %j is answered with 301 to the right one',
    async (slug) => {
      const id = await served.hostile('attack');
      const answer = await get(`/en/dataset/${id}${slug}`);
      expect(answer.status).toBe(301);
      expect(answer.headers.get('Location')).toMatch(new RegExp(`^/en/dataset/${id}/wreck-script-alert`));
      expect((await get(answer.headers.get('Location') ?? '')).status).toBe(200);
    },
  );

  test('a withdrawn dataset answers 410 and says what it was', async () => {
    const id = await served.hostile('withdrawn');
    const first = await get(`/en/dataset/${id}`);
    const gone = await get(first.headers.get('Location') ?? '');
    expect(gone.status).toBe(410);
    const { text, elements } = readPage(await gone.text());
    expect(text).toContain('This dataset was withdrawn');
    expect(text).toContain('wreck');
    expect(elements.map(({ attributes }) => attributes['href'])).toContain(`/api/v1/datasets/${id}/raw`);
  });

  test.each([
    '/nothing',
    '/en/nothing',
    '/ja/search',
    '/en/dataset/aaaaaaaaaaaaaaaa/x',
    '/dataset/TODO',
    '/en/sources/none',
  ])('%s answers 404 with a page that leads on', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    const links = readPage(await answer.text()).elements.map(({ attributes }) => attributes['href']);
    expect(links).toContain('/en');
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s on a page answers 405', async (method) => {
    const answer = await served.app.request('/en', { method });
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('HEAD answers as GET without a body', async () => {
    const answer = await served.app.request('/en/search?q=AED', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.get('ETag')).toBe((await get('/en/search?q=AED')).headers.get('ETag'));
  });

  test('links are made with the base address, never with the Host header', async () => {
    const first = await get(`/en/dataset/${await served.hostile('attack')}`);
    const html = await (await get(first.headers.get('Location') ?? '', { Host: 'evil.example' })).text();
    expect(html).toContain(`rel="canonical" href="${baseUrl}/en/dataset/`);
    expect(html).not.toContain('evil.example"');
  });
});

describe('all pages that can be reached from the start page', () => {
  test('answer, are well-formed, hold no script, and carry the policy', { timeout: 300_000 }, async () => {
    const queue = [
      '/en',
      '/en/search?q=AED',
      '/en/search?q=wreck',
      '/nowhere',
      `/dataset/${await served.hostile('withdrawn')}`,
    ];
    const seen = new Set(queue);
    const faults: string[] = [];
    let searches = 0;
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const answer = await get(path);
      if (answer.status >= 400 && path !== '/nowhere' && answer.status !== 410)
        faults.push(`${path}: ${answer.status}`);
      const location = answer.headers.get('Location');
      const html = answer.headers.get('Content-Type')?.startsWith('text/html')
        ? readPage(await answer.text())
        : undefined;
      faults.push(...(html === undefined ? [] : faultsOf(html).map((fault) => `${path}: ${fault}`)));
      if (!answer.headers.get('Content-Security-Policy')?.includes("default-src 'none'"))
        faults.push(`${path}: no policy`);
      const links = [
        ...(location === null ? [] : [location]),
        ...(html === undefined ? [] : internalLinks(html, baseUrl)),
      ];
      for (const link of links) {
        if (seen.has(link)) continue;
        seen.add(link);
        // Filters multiply without end; a few hundred searches show all kinds of links.
        if (link.startsWith('/en/search?') && ++searches > 300) continue;
        queue.push(link);
      }
    }
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(400);
  });
});

describe('hostile records (field W-02, op I1, I3)', () => {
  async function hostilePage(): Promise<ReturnType<typeof readPage>> {
    const first = await get(`/en/dataset/${await served.hostile('attack')}`);
    return page(first.headers.get('Location') ?? '');
  }

  test('are shown as text, keys and messages too', async () => {
    const { text, elements } = await hostilePage();
    expect(text.split(attack).length - 1).toBeGreaterThan(12);
    expect(text).toContain(`extras[${attack}]`);
    expect(elements.filter(({ name }) => name === 'img' || name === 'script')).toEqual([]);
  });

  test.each(badAddresses)('%j is no link and stays readable', async (address) => {
    const { text, elements } = await hostilePage();
    const links = elements.flatMap(({ attributes }) => attributes['href'] ?? []);
    expect(links.filter((link) => link.includes(address.trim()))).toEqual([]);
    expect(text).toContain(address);
  });

  test('the page of a hostile portal has no fault', async () => {
    const read = await page('/en/sources/xx-portal-hostile-example');
    expect(faultsOf(read)).toEqual([]);
    expect(read.text).toContain(attack);
  });
});

describe('search page', () => {
  test('marks what was found, in the language of the portal', async () => {
    const { elements } = await page('/en/search?q=%E9%81%BF%E9%9B%A3%E6%89%80&country=JP');
    expect(elements.filter(({ name }) => name === 'mark').length).toBeGreaterThan(0);
    expect(elements.some(({ attributes }) => attributes['lang'] === 'ja')).toBe(true);
  });

  test('ticks the chosen filters, keeps those nothing has, and offers to remove each', async () => {
    const { elements } = await page('/en/search?country=JP&country=VN&licence=open');
    const ticked = elements.filter(({ name, attributes }) => name === 'input' && 'checked' in attributes);
    expect(ticked.map(({ attributes }) => `${attributes['name']}=${attributes['value']}`)).toEqual([
      'country=JP',
      'country=VN',
      'licence=open',
    ]);
    const links = elements.flatMap(({ attributes }) => attributes['href'] ?? []);
    expect(links).toContain('/en/search?country=VN&licence=open');
    expect(links).toContain('/en/search?country=JP&licence=open');
  });

  test('pages through all results, each dataset once', async () => {
    const found = new Set<string>();
    for (let path: string | undefined = '/en/search'; path !== undefined; ) {
      const { elements }: ReturnType<typeof readPage> = await page(path);
      for (const { attributes } of elements) {
        const id = /^\/en\/dataset\/([a-z2-7]{16})\//.exec(attributes['href'] ?? '')?.[1];
        if (id !== undefined) found.add(id);
      }
      path = elements.find(({ attributes }) => attributes['rel'] === 'next')?.attributes['href'];
    }
    expect(found.size).toBe((await served.store.totals()).datasets);
  });

  test('what cannot be meant is left out with a notice', async () => {
    const { text } = await page('/en/search?country=japan&page=0&sort=best&theme=__proto__');
    expect(text).toContain('Left out, because it cannot be meant: Country, Theme, order, page.');
  });

  test('10,000 characters are cut with a notice and not carried into the links', async () => {
    const answer = await get(`/en/search?q=${encodeURIComponent('界'.repeat(10_000))}`);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('Your text was cut at 512 characters.');
    expect(html.length).toBeLessThan(100_000);
  });

  test('nothing found: says how to go on', async () => {
    const { text, elements } = await page('/en/search?q=qzqzqzqz&country=JP');
    expect(text).toContain('No dataset has all of this');
    expect(elements.map(({ attributes }) => attributes['href'])).toContain('/en/search?q=qzqzqzqz');
  });
});

describe('conditional requests', () => {
  test.each([
    '/en',
    '/en/search?q=AED',
    '/en/sources',
    '/api/v1/search?q=AED',
    '/api/v1/sources',
    '/api/v1/openapi.json',
  ])('%s is a 304 when it did not change', async (path) => {
    const first = await get(path);
    const tag = first.headers.get('ETag') ?? '';
    expect(tag).toMatch(/^(W\/)?"[0-9a-f]+"$/);
    const again = await get(path, { 'If-None-Match': `"other", ${tag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get(path, { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  test('the style sheet has its hash in its address and may be kept for ever', async () => {
    const { elements } = await page('/en');
    const href = elements.find(({ attributes }) => attributes['rel'] === 'stylesheet')?.attributes['href'] ?? '';
    const answer = await get(href, { 'Accept-Encoding': 'gzip' });
    expect(answer.headers.get('Cache-Control')).toContain('immutable');
    expect(answer.headers.get('Content-Type')).toBe('text/css; charset=utf-8');
    expect(answer.headers.get('Content-Encoding')).toBe('gzip');
  });
});
