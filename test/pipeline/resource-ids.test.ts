import { expect, test } from 'vitest';
import { loopbackServer } from '../support/loopback-server.ts';
import { linkRig } from './link-rig.ts';

test('op C6: resource ids change at each harvest; what was observed of a file stays with its address', async () => {
  const server = await loopbackServer((_, response) => response.end('a,b\n1,2\n'));
  const rig = await linkRig();
  try {
    const url = `${server.origin}/table.csv`;
    const id = await rig.publish('n', [{ id: 'aaaaaaaaaaaaaaaa', url }]);
    await rig.check();
    expect((await rig.store.linkChecks(id)).get('aaaaaaaaaaaaaaaa')).toMatchObject({ state: 'ok' });
    await rig.publish('n', [{ id: 'bbbbbbbbbbbbbbbb', url }]);
    const after = await rig.store.linkChecks(id);
    expect([...after.keys()]).toEqual(['bbbbbbbbbbbbbbbb']);
    expect(after.get('bbbbbbbbbbbbbbbb')).toMatchObject({ state: 'ok' });
  } finally {
    await rig.close();
    await server.close();
  }
});
