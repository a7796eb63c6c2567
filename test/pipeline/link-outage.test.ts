import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HttpDoor } from '../../src/kit/http/http-door.ts';
import { SourceError } from '../../src/model/source-error.ts';
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts';
import { quickDoor } from '../support/quick-door.ts';
import { type LinkRig, linkRig } from './link-rig.ts';

let rig: LinkRig;
let server: LoopbackServer;
let http: HttpDoor;
beforeEach(async () => {
  rig = await linkRig();
  server = await loopbackServer((_, response) => response.writeHead(404).end());
  const real = quickDoor();
  // The resolver of whoever runs the tests may be missing, which is another failure: names under .invalid (RFC 6761) are unknown.
  http = {
    ...real,
    request: async (request) => {
      if (!new URL(request.url).hostname.endsWith('.invalid')) return real.request(request);
      throw new SourceError('unreachable', `${request.url}: its host name does not exist`, {
        reason: 'host_not_found',
      });
    },
  };
});
afterEach(async () => {
  await http.close();
  await server.close();
  await rig.close();
});

const lost = (count: number): string[] => Array.from({ length: count }, (_, n) => `http://gone${n}.invalid/d.csv`);

describe('names that do not exist', () => {
  test('field F-04: in a run in which somebody answered, twice in two nights, are dead', async () => {
    await rig.publish('a', [...lost(6), `${server.origin}/d.csv`]);
    expect((await rig.check({ http })).byState.failing).toBe(7);
    rig.pass(24);
    expect((await rig.check({ http })).byState.dead).toBe(7);
  });

  test('when nobody answers at all it is our own network: nothing is written, nothing dies, it is said', async () => {
    await rig.publish('a', lost(20));
    for (let night = 0; night < 3; night += 1) {
      await expect(rig.check({ http })).rejects.toMatchObject({ code: 'unreachable', reason: 'offline' });
      rig.pass(24);
    }
    expect(await rig.stateOf('a')).toEqual({ state: 'not-checked', reason: 'not_yet' });
  });

  test('a few of them alone may well be gone; the limit counts them', async () => {
    await rig.publish('a', [...lost(2), 'http://gone0.invalid/2.csv', 'http://gone0.invalid/3.csv']);
    const report = await rig.check({ http, limit: 3 });
    expect([report.checked, report.byState.failing, report.due]).toEqual([3, 3, 1]);
  });
});
