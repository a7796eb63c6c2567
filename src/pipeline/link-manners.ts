/** What a run learns about each host, and when the host may be asked again. */
import type { LinkAnswer } from './check-link.ts';

export interface HostManners {
  /** It refuses HEAD, or lets it hang, where it answers GET. */
  skipsHead: boolean;
  /** Visits in a row that nothing answered, and answers in a row that asked for peace. */
  silences: number;
  holdOffs: number;
  /** Crawl-delay of its robots.txt, in ms. */
  crawlDelayMs: number;
}

export interface LeftHost {
  readonly host: string;
  readonly why: string;
}

export interface LinkManners {
  of(host: string): HostManners;
  /** The host is left alone for the rest of the run. */
  leave(host: string, why: string): void;
  leftAlone(): readonly LeftHost[];
  /** When the next request may start, in ms since the epoch, after what this one met with; undefined: in another run. */
  readyAtMs(host: string, answer: LinkAnswer, afterGapMs: number): number | undefined;
}

/** Longest time that a run waits for one host, in ms: as long as the door waits out a Retry-After. */
export const longestHoldMs = 300_000;

/** First pause after a 429 or 503 without Retry-After, in ms; doubles each time. Our own choice. */
const firstHoldMs = 30_000;

/** Visits in a row without any answer after which a host is left to another run. Our own choice. */
const mostSilences = 4;

export function linkManners(nowMs: () => number): LinkManners {
  const hosts = new Map<string, HostManners>();
  const left = new Map<string, string>();

  function mannersOf(host: string): HostManners {
    const known = hosts.get(host);
    if (known !== undefined) return known;
    const made: HostManners = { skipsHead: false, silences: 0, holdOffs: 0, crawlDelayMs: 0 };
    hosts.set(host, made);
    return made;
  }

  return {
    of: mannersOf,
    leave: (host, why) => void left.set(host, why),
    leftAlone: () => [...left].map(([host, why]) => ({ host, why })),
    readyAtMs(host, answer, afterGapMs) {
      const manners = mannersOf(host);
      manners.silences = answer.silent ? manners.silences + 1 : 0;
      manners.holdOffs = answer.holdOff === undefined ? 0 : manners.holdOffs + 1;
      if (answer.refusesHead) manners.skipsHead = true;
      if (manners.silences >= mostSilences) {
        left.set(host, `${mostSilences} links in a row were not answered`);
        return undefined;
      }
      if (answer.holdOff === undefined) return afterGapMs;
      const holdMs = answer.holdOff.askedMs ?? firstHoldMs * 2 ** (manners.holdOffs - 1);
      if (holdMs <= longestHoldMs) return Math.max(afterGapMs, nowMs() + holdMs);
      left.set(host, `it asks to be left alone for ${Math.ceil(holdMs / 1000)} s`);
      return undefined;
    },
  };
}
