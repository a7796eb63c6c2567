import { request } from 'node:http';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { startServer } from '../../src/serve/start-server.ts';

const app = new Hono().get('/', (c) => c.text(String((c.req.query('q') ?? '').length)));

test('a port in use is one sentence that says what to do', async () => {
  const first = await startServer({ app, port: 0, host: '127.0.0.1' });
  try {
    await expect(startServer({ app, port: first.port, host: '127.0.0.1' })).rejects.toMatchObject({
      name: 'ServeError',
      code: 'port-in-use',
      message: expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1:${first.port}: another program .*SAMPAN_PORT`)),
    });
  } finally {
    await first.close();
  }
});

test('an address that is not of this machine is one sentence that says what to do', async () => {
  await expect(startServer({ app, port: 0, host: '192.0.2.1' })).rejects.toMatchObject({
    name: 'ServeError',
    code: 'address-unavailable',
    message: expect.stringContaining('SAMPAN_HOST'),
  });
});

test('10,000 Han characters in a query come through, and closing lets the port go', async () => {
  const server = await startServer({ app, port: 0, host: '127.0.0.1' });
  const path = `/?q=${encodeURIComponent('界'.repeat(10_000))}`;
  const body = await new Promise<string>((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, agent: false }, (answer) => {
      answer.setEncoding('utf8').on('data', resolve);
    })
      .on('error', reject)
      .end();
  });
  expect(body).toBe('10000');
  await server.close();
  const again = await startServer({ app, port: server.port, host: '127.0.0.1' });
  await again.close();
});
