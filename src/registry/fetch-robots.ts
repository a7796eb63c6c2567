/** What a portal's robots.txt asks of us. */
import { robotsReading } from '../kit/http/robots-reading.ts';
import { type PeekOptions, peek } from './peek.ts';

export interface RobotsState {
  /** `none`: no rules, everything may be read. `unknown`: the server failed, which means "wait", not "allowed". */
  readonly state: 'none' | 'allows' | 'disallows' | 'unknown';
  readonly crawlDelayMs?: number;
  /** The rules that disallow name Sampan. */
  readonly namesUs?: true;
}

/** Product token of our User-Agent, as rules name it. */
const agent = 'sampan';

/** Whether `url` may be fetched. Throws `SourceError` where the portal does not answer at all. */
export async function fetchRobots(url: string, options: PeekOptions): Promise<RobotsState> {
  const { origin, pathname, search } = new URL(url);
  const answer = await peek(`${origin}/robots.txt`, options);
  const reading = robotsReading(answer.status, answer.text, agent);
  if (reading.kind !== 'rules') return { state: reading.kind };
  const { crawlDelayMs, namesAgent } = reading.rules;
  const allows = reading.rules.allows(`${pathname}${search}`);
  return {
    state: allows ? 'allows' : 'disallows',
    ...(!allows && namesAgent && { namesUs: true as const }),
    ...(crawlDelayMs !== undefined && { crawlDelayMs }),
  };
}
