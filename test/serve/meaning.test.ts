import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedCatalogue, serveCatalogue } from './served-catalogue.ts';

let served: ServedCatalogue;
beforeAll(async () => {
  served = await serveCatalogue();
});
afterAll(() => served.close());

interface Hit {
  readonly id: string;
  readonly title: string;
  readonly country: string;
  readonly gloss?: { readonly lang: string; readonly text: string };
  readonly why: readonly Readonly<Record<string, string>>[];
}

interface Answer {
  readonly total: number;
  readonly hits: readonly Hit[];
  readonly reading: {
    readonly lang: string;
    readonly meaning: string;
    readonly parts: readonly {
      readonly source: string;
      readonly kind: string;
      readonly meanings: readonly { readonly id: string; readonly label: string }[];
    }[];
    readonly letGo: readonly string[];
    readonly relaxed: readonly string[];
  };
}

async function search(parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await served.app.request(`/api/v1/search?${new URLSearchParams({ facets: '0', ...parameters })}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

async function page(path: string): Promise<string> {
  const response = await served.app.request(path, { redirect: 'follow' });
  const location = response.headers.get('Location');
  if (location !== null) return page(location);
  expect(response.status).toBe(200);
  return response.text();
}

const searchPage = (parameters: Readonly<Record<string, string>>): Promise<string> =>
  page(`/en/search?${new URLSearchParams(parameters)}`);

/** Text as a reader sees it. */
const plain = (html: string): string =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');

async function foreignBus(): Promise<Hit> {
  const { hits } = await search({ q: 'bus', country: 'JP' });
  const hit = hits.find(({ why }) => why.some(({ words }) => words === 'バス'));
  if (hit === undefined) throw new Error('found no Japanese dataset about バス; the sample portals have one');
  return hit;
}

describe('a search tells what it understood', () => {
  test('the same question in two languages finds the same, and each result says why in the reader’s language', async () => {
    const [english, chinese] = await Promise.all([search({ q: 'bus' }), search({ q: '公車', lang: 'ja' })]);
    expect(chinese.hits.map(({ id }) => id).sort()).toEqual(english.hits.map(({ id }) => id).sort());
    expect(english.reading.parts).toEqual([
      { source: 'bus', kind: 'concept', meanings: [{ kind: 'concept', id: 'bus', label: 'bus' }] },
    ]);
    expect(chinese.reading.lang).toBe('ja');
    expect(chinese.reading.parts[0]?.meanings[0]?.label).toBe('バス');
    const { why } = await foreignBus();
    expect(why).toEqual([
      { source: 'bus', kind: 'concept', id: 'bus', label: 'bus', field: 'titles', words: 'バス', relation: 'same' },
    ]);
  });

  test('what is narrower than the question is called so', async () => {
    const { hits } = await search({ q: 'public transport' });
    const relations = new Set(hits.flatMap(({ why }) => why.map(({ id, relation }) => `${id} ${relation}`)));
    expect(relations).toContain('bus narrower');
  });

  test('meaning=off looks for the words alone, and says so', async () => {
    const [on, off] = await Promise.all([search({ q: '公車' }), search({ q: '公車', meaning: 'off' })]);
    expect(off.total).toBeLessThan(on.total);
    expect(off.hits.every(({ country }) => country === 'TW')).toBe(true);
    expect(off.hits.flatMap(({ why }) => why)).toEqual([]);
    expect(off.reading.meaning).toBe('off');
    const html = await searchPage({ q: '公車', meaning: 'off' });
    expect(plain(html)).toContain('Only your own words were looked for.');
    expect(html).toContain('<input type="hidden" name="meaning" value="off"');
  });

  test('lang decides labels, never which datasets there are', async () => {
    const languages = ['en', 'zh-Hant', 'zh-TW', 'ja', 'km', 'fil'];
    const answers = await Promise.all(languages.map((lang) => search({ q: 'bus', lang })));
    expect(new Set(answers.map(({ total }) => total)).size).toBe(1);
    expect(answers.map(({ reading }) => reading.lang)).toEqual(['en', 'zh-Hant', 'zh-Hant', 'ja', 'km', 'fil']);
    const refused = await served.app.request('/api/v1/search?q=bus&lang=xx');
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { detail: string }).detail).toContain('lang: found "xx"');
  });

  test('the page shows how the query was read, what was let go, and the way to the words alone', async () => {
    const html = await searchPage({ q: '타이베이 버스 자료' });
    const text = plain(html);
    expect(text).toContain('타이베이 = Taipei');
    expect(text).toContain('버스 = bus');
    expect(html).toMatch(/href="\/en\/search\?[^"]*meaning=off"/);
  });

  test('the place of a query is offered as a filter, and its words leave the query', async () => {
    const html = await searchPage({ q: 'bus Taipei' });
    expect(html).toContain('href="/en/search?q=bus&amp;place=tw-taipei"');
    expect(plain(html)).toContain('Only about Taipei');
    const country = await searchPage({ q: 'bus Taiwan' });
    expect(country).toContain('href="/en/search?q=bus&amp;country=TW"');
  });

  test('what is typed is text on the page, whatever it is', async () => {
    const html = await searchPage({ q: 'bus <script>alert(1)</script> Taipei', lang: '"><b>' });
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('"><b>');
  });
});

describe('a foreign title', () => {
  test('has a gloss in the reader’s language, none in its own', async () => {
    const { id, title } = await foreignBus();
    const { gloss } = (await search({ q: id })).hits[0] ?? {};
    expect(gloss).toMatchObject({ lang: 'en' });
    expect(gloss?.text.split(' · ')).toContain('bus');
    expect((await search({ q: id, lang: 'ja' })).hits[0]?.gloss).toBeUndefined();
    const text = plain(await page(`/en/dataset/${id}`));
    expect(text).toContain(title);
    expect(text).toContain(`Automatic gloss: ${gloss?.text}`);
  });

  test('an English title has none in English', async () => {
    const { hits } = await search({ q: 'Night Bus Timetable' });
    expect(hits[0]).toMatchObject({ title: 'Night Bus Timetable' });
    expect(hits[0]?.gloss).toBeUndefined();
  });
});

describe('the same topic in other countries', () => {
  test('API and page list the best of each, none of the own country among them', async () => {
    const { id } = await foreignBus();
    const response = await served.app.request(`/api/v1/datasets/${id}?lang=ja`);
    const { sameTopic, related } = (await response.json()) as {
      sameTopic: { country: string; datasets: { id: string; country: string; concepts: { label: string }[] }[] }[];
      related: { id: string; country: string }[];
    };
    const countries = sameTopic.map(({ country }) => country);
    expect(countries.length).toBeGreaterThan(3);
    expect(new Set(countries).size).toBe(countries.length);
    expect(countries).not.toContain('JP');
    for (const { country, datasets } of sameTopic) {
      expect(datasets.length).toBeLessThanOrEqual(3);
      expect(datasets.every((each) => each.country === country)).toBe(true);
    }
    expect(sameTopic[0]?.datasets[0]?.concepts.map(({ label }) => label)).toContain('バス');
    expect(related.every((each) => each.country === 'JP' && each.id !== id)).toBe(true);
    const html = await page(`/en/dataset/${id}`);
    expect(html).toContain('The same topic in other countries');
    for (const { datasets } of sameTopic) expect(html).toContain(`/en/dataset/${datasets[0]?.id}/`);
  });

  test('a dataset in which nothing was recognised has none', async () => {
    const id = await served.hostile('attack');
    const body = (await (await served.app.request(`/api/v1/datasets/${id}`)).json()) as Record<string, unknown>;
    expect(body).toMatchObject({ sameTopic: [], related: [] });
    expect(await page(`/en/dataset/${id}`)).not.toContain('The same topic in other countries');
  });
});
