/**
 * What robots.txt says about the addresses of a run: asked once an origin (case `field F-09`). A file that is not there
 * allows; a server that fails means "wait", not "allowed"; where nothing answers, the link itself will tell why.
 */
import type { HttpDoor } from '../kit/http/http-door.ts';
import { parseRobots, type RobotsRules } from '../kit/robots-txt.ts';
import { isSourceError } from '../model/source-error.ts';
import { peek } from '../registry/peek.ts';

export interface LinkRobots {
  readonly state: 'allows' | 'disallows' | 'wait';
  readonly crawlDelayMs: number;
}

export interface RobotsEffects {
  readonly http: HttpDoor;
  readonly signal: AbortSignal;
}

/** Product token of our User-Agent, as rules name it. */
const agent = 'sampan';

/** Origins whose rules are kept at once; the oldest goes first. */
const keptOrigins = 2_000;

type OriginRules = RobotsRules | 'wait';

export type ReadRobots = (url: URL, certificateAuthority: string | undefined) => Promise<LinkRobots>;

export function robotsReader(effects: RobotsEffects): ReadRobots {
  const kept = new Map<string, Promise<OriginRules>>();
  return async (url, certificateAuthority) => {
    const known = kept.get(url.origin);
    const reading = known ?? readRules(url.origin, effects, certificateAuthority);
    if (known === undefined) {
      kept.set(url.origin, reading);
      const [oldest] = kept.keys();
      if (kept.size > keptOrigins && oldest !== undefined) kept.delete(oldest);
    }
    const rules = await reading;
    if (rules === 'wait') return { state: 'wait', crawlDelayMs: 0 };
    const state = rules.allows(`${url.pathname}${url.search}`) ? 'allows' : 'disallows';
    return { state, crawlDelayMs: rules.crawlDelayMs ?? 0 };
  };
}

async function readRules(
  origin: string,
  { http, signal }: RobotsEffects,
  certificateAuthority: string | undefined,
): Promise<OriginRules> {
  const nothing = parseRobots('', agent);
  try {
    const trust = certificateAuthority === undefined ? {} : { certificateAuthority };
    const answer = await peek(`${origin}/robots.txt`, { http, signal, ...trust });
    if (answer.status >= 500 || answer.status === 429) return 'wait';
    return answer.status === 200 ? parseRobots(answer.text, agent) : nothing;
  } catch (cause) {
    // A host that does not answer, or not to us: what the request of the link finds is the better account of it.
    if (isSourceError(cause)) return nothing;
    throw cause;
  }
}
