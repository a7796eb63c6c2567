/** What was observed about links, on the page of a dataset, of a portal and in the API. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LinkCheck, linkStates } from '../../src/model/link-check.ts';
import { attack, badAddresses, type ServedCatalogue, serveCatalogue } from './served-catalogue.ts';

let served: ServedCatalogue;
let id: string;

const lastOk = { at: '2026-11-20T01:00:00.000Z', status: 200, etag: '"1"', fileName: `${attack}.csv` };
const seen: LinkCheck = {
  state: 'timeout',
  reason: 'no_answer',
  checkedAt: '2026-11-25T01:00:00.000Z',
  detail: attack,
  movedTo: 'javascript:alert(1)',
  failingSince: '2026-11-25T01:00:00.000Z',
  failures: 1,
  lastOk,
  intervalDays: 1,
  nextCheckAt: '2026-11-25T21:00:00.000Z',
};

beforeAll(async () => {
  served = await serveCatalogue();
  id = await served.hostile('attack');
  const { store } = served;
  const changeNumber = await store.latestChangeNumber();
  const links = badAddresses.map((address) => ({ address, expects: 'any' as const }));
  await store.putDatasetLinks([{ datasetId: id, links }], { changeNumber, trust: {} });
  const at = seen.checkedAt ?? '';
  const [first, second] = await store.dueLinks({ at, host: '', limit: 10 });
  if (first === undefined || second === undefined) throw new Error('no link is due');
  await store.recordLinkChecks([
    { id: first.id, check: seen },
    { id: second.id, check: { ...seen, state: 'dead', reason: 'http_404', detail: 'gone' } },
  ]);
  await store.refreshLinkFigures();
});
afterAll(() => served.close());

async function text(path: string): Promise<string> {
  const answer = await served.app.request(path, { redirect: 'follow' });
  const location = answer.headers.get('location');
  return location === null ? answer.text() : text(new URL(location, 'http://x.example').pathname);
}

test('the API tells every distribution what is known of its address, and what is not', async () => {
  const body = JSON.parse(await text(`/api/v1/datasets/${id}`)) as {
    links: (LinkCheck & { distributionId: string })[];
  };
  expect(body.links).toHaveLength(badAddresses.length);
  expect(body.links[0]).toEqual({ distributionId: body.links[0]?.distributionId, ...seen });
  // Three spellings of one address (case, a blank, a tab) are one link.
  expect(body.links.map(({ state }) => state).slice(0, 5)).toEqual([
    ...Array(3).fill('timeout'),
    'dead',
    'not-checked',
  ]);
  expect(body.links[4]).toMatchObject({ state: 'not-checked', reason: 'not_yet' });
});

test('the page says it in plain words with its time; an unknown link is not a broken one; nothing of a stranger runs', async () => {
  const page = await text(`/en/dataset/${id}`);
  expect(page).toContain('No answer in time');
  expect(page).toContain('the server did not answer');
  expect(page).toContain('last seen working');
  expect(page).toContain('Link is dead');
  expect(page).toContain('status 404');
  expect(page.split('not looked at yet').length - 1).toBe(badAddresses.length - 4);
  expect(page).not.toContain('<script>alert(1)');
  expect(page).not.toMatch(/href="javascript:/i);
});

test('the page of a portal counts its links by state', async () => {
  const page = await text('/en/sources/xx-portal-hostile-example');
  expect(page).toMatch(/link-timeout">No answer in time<\/span><\/td><td class="number">1</);
  expect(page).toMatch(/link-not-checked">Link not checked<\/span><\/td><td class="number">5</);
});

test('the API describes every state', async () => {
  const { components } = JSON.parse(await text('/api/v1/openapi.json')) as {
    components: { schemas: { LinkCheck: { properties: { state: { enum: string[] } } } } };
  };
  expect(components.schemas.LinkCheck.properties.state.enum).toEqual([...linkStates]);
});
