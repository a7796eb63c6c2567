import { setTimeout as delay } from 'node:timers/promises';
import type { HttpDoor, HttpRequest } from '../../src/kit/http/http-door.ts';
import { type HttpDoorOptions, openHttpDoor } from '../../src/kit/http/open-http-door.ts';

export const testUserAgent = 'Sampan-Tests/0.1 (+https://sampan.example/about-the-harvester)';

/** The real door with loopback open and pauses that are recorded instead of waited out. */
export function quickDoor(options: Partial<HttpDoorOptions> = {}): HttpDoor & { readonly pausesMs: number[] } {
  const pausesMs: number[] = [];
  let skippedMs = 0;
  const door = openHttpDoor({
    userAgent: testUserAgent,
    now: () => new Date(Date.now() + skippedMs),
    sleep: async (ms, signal) => {
      pausesMs.push(ms);
      skippedMs += ms;
      await delay(0, undefined, signal ? { signal } : {});
    },
    random: () => 0.5,
    allowLoopback: true,
    ...options,
  });
  return { ...door, pausesMs };
}

/** A request with the limits of a hurried test. */
export function getOf(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { url, minGapMs: 0, concurrency: 8, maxBodyBytes: 1_000_000, timeoutMs: 2_000, attempts: 1, ...more };
}
