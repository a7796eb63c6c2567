import { expect, test } from 'vitest';
import { harvestCkan } from '../../src/harvest/ckan/adapter.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { quickDoor } from '../support/quick-door.ts';
import { testSource } from '../support/test-source.ts';

test('a source of one organisation asks for that organisation alone, by search, on every page', async () => {
  const records = ['a', 'b', 'c'].map((id) => ({
    id,
    bytes: Buffer.from(JSON.stringify({ id, name: id, title: id })),
  }));
  const simulator = await startSimulator({ portals: [{ id: 'bodik', protocol: 'ckan', records }] });
  const http = quickDoor();
  const options = { query: 'organization:090000', listing: 'list', pageSize: 2 };
  const source = testSource('ckan', simulator.urlOf('bodik'), { options });
  const effects = { now: () => new Date(), http, log: () => undefined };
  const kinds: string[] = [];
  for await (const event of harvestCkan(source, undefined, effects, new AbortController().signal))
    kinds.push(event.kind);
  await http.close();
  await simulator.close();
  expect(kinds.filter((kind) => kind === 'record')).toHaveLength(3);
  const asked = simulator.requests.map(({ pathAndQuery }) => new URL(pathAndQuery, 'http://x'));
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.map((url) => [url.pathname.split('/').at(-1), url.searchParams.get('q')])).toEqual(
    asked.map(() => ['package_search', 'organization:090000']),
  );
});
