/** The one door to the world, as the command line opens it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpDoor } from '../kit/http/http-door.ts';
import { openHttpDoor } from '../kit/http/open-http-door.ts';
import type { CliContext } from './cli-context.ts';

/** `allowLoopback` only for the sample portals of the demo: nothing else may reach loopback. */
export function openDoor(context: CliContext, allowLoopback: boolean): HttpDoor {
  return openHttpDoor({
    userAgent: `Sampan/${context.version} (+${context.settings().contact})`,
    now: context.now,
    sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
    random: Math.random,
    allowLoopback,
  });
}
