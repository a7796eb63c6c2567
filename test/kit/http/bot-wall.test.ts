import { afterEach, describe, expect, test } from 'vitest';
import { loopbackServer } from '../../support/loopback-server.ts';
import { getOf, quickDoor, testUserAgent } from '../../support/quick-door.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function asked(status: number, headers: Record<string, string>, body: string) {
  const server = await loopbackServer((_request, response) => response.writeHead(status, headers).end(body));
  const door = quickDoor();
  opened.push(server, door);
  const outcome = await door.fetchWhole(getOf(server.origin)).then(
    ({ answer, bytes }) => ({ status: answer.status, body: Buffer.from(bytes).toString() }),
    ({ code, reason }: { code: string; reason: string }) => ({ code, reason }),
  );
  return { outcome, userAgent: server.requests[0]?.headers['user-agent'] };
}

const html = { 'content-type': 'text/html; charset=UTF-8' };

describe('a protection against bots is told from a portal that is down', () => {
  test.each<[string, number, Record<string, string>, string, string]>([
    ['field F-05: Cloudflare, 403', 403, { ...html, 'cf-mitigated': 'challenge' }, '<html>', 'waf_challenge'],
    ['field F-05: Cloudflare, by its header alone', 200, { 'cf-mitigated': 'challenge' }, '', 'waf_challenge'],
    ['op D7: Cloudflare, 503', 503, html, '<title>Just a moment...</title>', 'waf_challenge'],
    ['op D7: Cloudflare, 429', 429, html, '<script src="/cdn-cgi/challenge-platform/h/b/x.js">', 'waf_challenge'],
    ['AWS WAF', 202, { ...html, 'x-amzn-waf-action': 'challenge' }, '', 'waf_challenge'],
    ['Imperva', 403, html, '<iframe src="/_Incapsula_Resource?x">', 'waf_challenge'],
    ['field F-05: a plain refusal in HTML', 403, html, '<h1>Forbidden</h1>', 'forbidden'],
  ])('%s', async (_title, status, headers, body, reason) => {
    const { outcome, userAgent } = await asked(status, headers, body);
    expect(outcome).toEqual({ code: 'blocked', reason });
    // No disguise, and an address to reach us.
    expect(userAgent).toBe(testUserAgent);
    expect(userAgent).toMatch(/^Sampan\S* \(\+https:/);
  });

  test.each<[number, Record<string, string>, string]>([
    [503, html, '<h1>Service Unavailable</h1>'],
    [403, { 'content-type': 'application/json' }, '{"success":false}'],
    [200, html, '<title>Just a moment...</title>'],
    [429, { 'content-type': 'application/json' }, '{"error":"slow down"}'],
  ])('%i %j %s is an answer, its body whole', async (status, headers, body) => {
    expect((await asked(status, headers, body)).outcome).toEqual({ status, body });
  });
});
