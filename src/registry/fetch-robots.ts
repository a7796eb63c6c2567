/** What a portal's robots.txt asks of us. */
import { parseRobots } from '../kit/robots-txt.ts';
import { type PeekOptions, peek } from './peek.ts';

export interface RobotsState {
  /** `none`: no rules, everything may be read. `unknown`: the server failed, which means "wait", not "allowed". */
  readonly state: 'none' | 'allows' | 'disallows' | 'unknown';
  readonly crawlDelayMs?: number;
}

/** Product token of our User-Agent, as rules name it. */
const agent = 'sampan';

/** Whether `url` may be fetched. Throws `SourceError` where the portal does not answer at all. */
export async function fetchRobots(url: string, options: PeekOptions): Promise<RobotsState> {
  const { origin, pathname, search } = new URL(url);
  const answer = await peek(`${origin}/robots.txt`, options);
  if (answer.status >= 500 || answer.status === 429) return { state: 'unknown' };
  if (answer.status !== 200) return { state: 'none' };
  const rules = parseRobots(answer.text, agent);
  const { crawlDelayMs } = rules;
  return {
    state: rules.allows(`${pathname}${search}`) ? 'allows' : 'disallows',
    ...(crawlDelayMs !== undefined && { crawlDelayMs }),
  };
}
