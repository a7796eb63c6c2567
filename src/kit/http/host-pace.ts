/**
 * Politeness by host: how many requests at a time, how far apart they start, and until when a host asked to be left
 * alone. All requests of the process go through one of these, whatever source they are for. The gap is the largest of
 * what the request, the host's robots.txt (`askGap`) and its refusals (`slowDown`, `ease`) want.
 */
import { adaptiveGap } from './adaptive-gap.ts';

export interface PaceEffects {
  readonly nowMs: () => number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface PaceRule {
  readonly concurrency: number;
  readonly minGapMs: number;
}

interface Host {
  active: number;
  /** Start of the last request and the gap that it asked for; `undefined` before the first. */
  last: { readonly startMs: number; readonly minGapMs: number } | undefined;
  heldUntilMs: number;
  /** Crawl-delay of its robots.txt. */
  askedGapMs: number;
  readonly learnt: ReturnType<typeof adaptiveGap>;
  readonly waiting: (() => void)[];
}

export interface HostPace {
  /** Waits for a turn at `host`; the returned function gives the turn back and may be called more than once. */
  enter(host: string, rule: PaceRule, signal?: AbortSignal): Promise<() => void>;
  /** Nobody starts a request to `host` for the next `ms`. */
  hold(host: string, ms: number): void;
  /** From now on requests to `host` start at least `ms` apart, whatever they ask for themselves. */
  askGap(host: string, ms: number): void;
  /** `host` said that it is asked too often. Answers the gap in force now, in ms, or undefined when it had grown already. */
  slowDown(host: string, rule: PaceRule): number | undefined;
  /** `host` answered well. */
  ease(host: string): void;
}

export function hostPace(effects: PaceEffects): HostPace {
  const hosts = new Map<string, Host>();

  function hostOf(name: string): Host {
    const known = hosts.get(name);
    if (known) return known;
    const learnt = adaptiveGap(effects.nowMs);
    const made: Host = { active: 0, last: undefined, heldUntilMs: 0, askedGapMs: 0, learnt, waiting: [] };
    hosts.set(name, made);
    return made;
  }

  async function waitForTurn(host: Host, rule: PaceRule, signal?: AbortSignal): Promise<void> {
    while (host.active >= Math.max(1, rule.concurrency)) {
      await nextLeave(host, signal);
    }
    host.active += 1;
  }

  async function waitForStart(host: Host, rule: PaceRule, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const now = effects.nowMs();
      // Reckoned anew after each pause: the host may have asked for more meanwhile.
      const start = Math.max(nextStartMs(host, rule), host.heldUntilMs);
      if (start <= now) break;
      await effects.sleep(start - now, signal);
    }
    host.last = { startMs: effects.nowMs(), minGapMs: rule.minGapMs };
  }

  return {
    async enter(name, rule, signal) {
      const host = hostOf(name);
      await waitForTurn(host, rule, signal);
      let left = false;
      const leave = () => {
        if (left) return;
        left = true;
        host.active -= 1;
        host.waiting.shift()?.();
      };
      try {
        await waitForStart(host, rule, signal);
      } catch (cause) {
        leave();
        throw cause;
      }
      return leave;
    },
    hold(name, ms) {
      const host = hostOf(name);
      host.heldUntilMs = Math.max(host.heldUntilMs, effects.nowMs() + ms);
    },
    askGap(name, ms) {
      hostOf(name).askedGapMs = ms;
    },
    slowDown(name, rule) {
      const host = hostOf(name);
      return host.learnt.slowDown(Math.max(rule.minGapMs, host.askedGapMs));
    },
    ease(name) {
      hostOf(name).learnt.ease();
    },
  };
}

function nextStartMs({ last, askedGapMs, learnt }: Host, rule: PaceRule): number {
  if (last === undefined) return 0;
  return last.startMs + Math.max(last.minGapMs, rule.minGapMs, askedGapMs, learnt.ms());
}

/** Resolves when somebody leaves; a caller that is cancelled gives its place in the queue away. */
function nextLeave(host: Host, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = () => {
      signal?.removeEventListener('abort', cancel);
      resolve();
    };
    const cancel = () => {
      const place = host.waiting.indexOf(wake);
      if (place >= 0) host.waiting.splice(place, 1);
      reject(signal?.reason);
    };
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    host.waiting.push(wake);
  });
}
