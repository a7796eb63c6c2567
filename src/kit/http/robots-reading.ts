/** What an answer for /robots.txt means (RFC 9309 §2.3.1). Pure. */
import { parseRobots, type RobotsRules } from '../robots-txt.ts';

export type RobotsReading =
  /** No rules: everything may be read (a 4xx; a refusal of the file is no rule about the rest). */
  | { readonly kind: 'none' }
  | { readonly kind: 'rules'; readonly rules: RobotsRules }
  /** The server failed, or asks for patience: wait, this is not "allowed". */
  | { readonly kind: 'unknown'; readonly status: number };

/** `agent`: product token of the User-Agent, as rules name it. */
export function robotsReading(status: number, text: string, agent: string): RobotsReading {
  if (status >= 500 || status === 429) return { kind: 'unknown', status };
  if (status < 200 || status >= 300) return { kind: 'none' };
  return { kind: 'rules', rules: parseRobots(text, agent) };
}
