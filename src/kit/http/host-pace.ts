/**
 * Politeness by host: how many requests at a time, how far apart they start, and until when a host asked to be left
 * alone. All requests of the process go through one of these, whatever source they are for.
 */

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
  nextStartMs: number;
  heldUntilMs: number;
  readonly waiting: (() => void)[];
}

export interface HostPace {
  /** Waits for a turn at `host`; the returned function gives the turn back and may be called more than once. */
  enter(host: string, rule: PaceRule, signal?: AbortSignal): Promise<() => void>;
  /** Nobody starts a request to `host` for the next `ms`. */
  hold(host: string, ms: number): void;
}

export function hostPace(effects: PaceEffects): HostPace {
  const hosts = new Map<string, Host>();

  function hostOf(name: string): Host {
    const known = hosts.get(name);
    if (known) return known;
    const made: Host = { active: 0, nextStartMs: 0, heldUntilMs: 0, waiting: [] };
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
      const start = Math.max(host.nextStartMs, host.heldUntilMs);
      if (start <= now) break;
      await effects.sleep(start - now, signal);
    }
    host.nextStartMs = effects.nowMs() + rule.minGapMs;
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
  };
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
