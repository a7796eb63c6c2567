/** The state of portals as the page, the API, the feed and a dataset's page say it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childrenOf, elementAt, readXmlTree, wholeText, type XmlElement } from '../../src/kit/xml-tree.ts';
import type { RunFailure } from '../../src/model/harvest-run.ts';
import { harvestOnce, noTally } from '../store/sample-records.ts';
import { faultsOf, readPage } from './html-check.ts';
import { attack, baseUrl, type ServedCatalogue, serveCatalogue } from './served-catalogue.ts';

let served: ServedCatalogue;
const failing = 'xx-portal-example';
const day = (n: number): string => `2026-02-0${n}T00:00:00.000Z`;
const problem = { slug: 'title-missing', severity: 'error', path: 'title', message: `no title ${attack}` } as const;

async function fail(sourceId: string, at: string, failure: RunFailure): Promise<void> {
  const run = await served.store.startRun({ sourceId, country: 'TW', at });
  const end = { state: 'failed', complete: false, tally: noTally, resumable: false } as const;
  await served.store.finishRun(run, { ...end, failure, why: `${sourceId}: ${attack} \u0000\u0007`, at });
}

beforeAll(async () => {
  served = await serveCatalogue();
  await harvestOnce(served.store, { at: day(1), wishes: [{ nativeId: 'a', raw: 'good', problems: [problem] }] });
  const rejections = [{ nativeId: 'a', problem }];
  await harvestOnce(served.store, {
    at: day(2),
    wishes: [{ nativeId: 'a', raw: 'bad', rejected: true, problems: [problem] }],
    end: { state: 'failed', complete: false, failure: { code: 'blocked' }, tally: { ...noTally, rejections } },
  });
});
afterAll(() => served.close());

const get = async (path: string): Promise<Response> => served.app.request(path);
interface Status {
  readonly counts: Readonly<Record<string, number>>;
  readonly sources: readonly {
    readonly id: string;
    readonly state: string;
    readonly since: string;
    readonly problems: readonly { readonly slug: string; readonly example?: { readonly raw: string } }[];
    readonly rejected: readonly { readonly raw?: string }[];
    readonly trend: readonly { readonly state?: string }[];
  }[];
}
const status = async (query = ''): Promise<Status> => (await get(`/api/v1/status${query}`)).json();

describe('/api/v1/status', () => {
  test('op D7: names what stands in the way, those that need somebody first', async () => {
    const { sources, counts } = await status();
    expect(sources[0]?.state).toBe('suspicious');
    const blocked = sources.find(({ id }) => id === failing);
    expect(blocked).toMatchObject({ state: 'blocked', since: day(2), trend: [{ state: 'ok' }, { state: 'blocked' }] });
    expect(counts['blocked']).toBe(1);
    expect(sources.at(-1)?.state).toBe('ok');
  });

  test('examples of problems and of rejected records lead to the bytes', async () => {
    const blocked = (await status('?state=blocked')).sources[0];
    const example = blocked?.problems[0]?.example?.raw ?? '';
    expect(await (await get(new URL(example).pathname)).text()).toBe('bad');
    expect(await (await get(new URL(blocked?.rejected[0]?.raw ?? '').pathname)).text()).toBe('bad');
  });

  test('is filtered by country and by state', async () => {
    expect((await status('?state=blocked')).sources.map(({ id }) => id)).toEqual([failing]);
    expect((await status('?country=XX&state=ok')).sources).toEqual([]);
    const { sources } = await status('?country=TW');
    expect(sources.length).toBeGreaterThan(0);
    for (const { id } of sources) expect(id).toMatch(/^tw-/);
  });

  test.each(['?state=good', '?country=tw', '?colour=red'])('%s is refused', async (query) => {
    expect((await get(`/api/v1/status${query}`)).status).toBe(400);
  });
});

describe('/en/status', () => {
  test.each(['', '?state=blocked', '?country=TW', '?state=never', '?state=nonsense&country=%3Cb%3E'])(
    '%s is a sound page',
    async (query) => {
      const answer = await get(`/en/status${query}`);
      expect(answer.status).toBe(200);
      const html = await answer.text();
      expect(faultsOf(readPage(html))).toEqual([]);
      expect(html).not.toContain('<script');
    },
  );

  test('says state, meaning, what to do, and the trend in words', async () => {
    const { text, elements } = readPage(await (await get('/en/status?state=blocked')).text());
    expect(text).toContain('Blocked by bot protection');
    expect(text).toContain('A protection against bots answers in place of the portal.');
    expect(text).toContain('Ask the operator of the portal');
    expect(elements.map(({ attributes }) => attributes['aria-label'])).toContainEqual(
      'Records seen in the last harvests, the oldest first: 0 (Fine), 0 (Blocked by bot protection)',
    );
  });

  test('is reached from every page and without a language', async () => {
    for (const path of ['/en', '/en/search', '/en/sources', '/en/nothing']) {
      expect(await (await get(path)).text()).toContain('href="/en/status"');
    }
    expect((await get('/status?country=TW')).headers.get('location')).toBe('/en/status?country=TW');
  });
});

test('field F-09: the page of a source says which Crawl-delay is in force', async () => {
  const page = async () => readPage(await (await get(`/en/sources/${failing}`)).text()).text;
  expect(await page()).not.toContain('one request in');
  await harvestOnce(served.store, {
    at: '2026-02-02T12:00:00.000Z',
    wishes: [],
    end: {
      state: 'failed',
      complete: false,
      failure: { code: 'blocked' },
      tally: { ...noTally, pace: { refusals: 0, longestGapMs: 10_000, crawlDelayMs: 10_000 } },
    },
  });
  expect(await page()).toMatch(/Pace its robots\.txt asks for\s*one request in 10 s/);
});

describe('/status/failures.atom', () => {
  const feed = async () => {
    const answer = await get('/status/failures.atom');
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const read = readXmlTree(await answer.text());
    if (!read.ok || read.mended) throw new Error(`the feed is not well-formed: ${JSON.stringify(read)}`);
    return read.root;
  };
  const child = (element: XmlElement, name: string) => wholeText(elementAt(element, name));

  test('has an entry for the newest failing run of each portal, its hostile text escaped', async () => {
    await fail('tw-data-gangcheng-example', day(3), { code: 'timeout' });
    const root = await feed();
    expect(root).toMatchObject({ local: 'feed' });
    expect(child(root, 'updated')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const entries = childrenOf(root, 'entry');
    const titles = entries.map((entry) => child(entry, 'title'));
    expect(titles).toContainEqual(expect.stringContaining('No answer in time'));
    expect(titles).toContainEqual(expect.stringContaining('Blocked by bot protection'));
    expect(titles).toContainEqual('<script>alert("portal")</script>: Deletions held back');
    const late = entries.find((entry) => child(entry, 'title')?.includes('in time'));
    expect(late === undefined ? undefined : child(late, 'content')).toContain(attack);
    for (const entry of entries) {
      for (const name of ['id', 'title', 'updated', 'content']) expect(child(entry, name)).toBeTruthy();
    }
    expect(new Set(entries.map((entry) => child(entry, 'id'))).size).toBe(entries.length);
  });

  test('keeps its ids and dates from one request to the next; a new failure is a new entry', async () => {
    const idsOf = async () =>
      childrenOf(await feed(), 'entry').map((entry) => `${child(entry, 'id')} ${child(entry, 'updated')}`);
    const before = await idsOf();
    expect(await idsOf()).toEqual(before);
    expect(before).toContainEqual(
      expect.stringMatching(/^tag:data\.sampan\.example,2026:xx-portal-example\/runs\/\d+ /),
    );
    await fail(failing, day(4), { code: 'blocked' });
    const after = await idsOf();
    expect(after.filter((each) => !before.includes(each))).toHaveLength(1);
    expect(after).toHaveLength(before.length);
  });

  test('is named by the page and by itself', async () => {
    expect(await (await get('/en/status')).text()).toContain(
      'type="application/atom+xml" href="/status/failures.atom"',
    );
    expect(await (await get('/status/failures.atom')).text()).toContain(
      `rel="self" type="application/atom+xml" href="${baseUrl}/status/failures.atom"`,
    );
  });
});

test('a dataset whose newest version was rejected says so, with the problem and the bytes', async () => {
  const id = (await served.store.datasetId(failing, 'a')) ?? '';
  const { text, elements } = readPage(
    await (await get((await get(`/en/dataset/${id}`)).headers.get('location') ?? '')).text(),
  );
  expect(text).toContain('The portal’s newest version of this record (2) could not be used.');
  expect(text).toContain('no title');
  expect(elements.map(({ attributes }) => attributes['href'])).toContain(`/api/v1/datasets/${id}/raw?version=2`);
  const body: unknown = await (await get(`/api/v1/datasets/${id}`)).json();
  expect(body).toMatchObject({ rejectedVersion: { version: 2, problems: [{ slug: 'title-missing' }] } });
});
