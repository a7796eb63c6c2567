/**
 * Due links by host: one link of a host at a time, the longest due first, so that a slow host holds nobody but itself.
 * Enters: the store and what was due when the run began. Leaves: links, one at a time, and how long to wait for one.
 */
import type { DueLink, DueQuery, LinkStore } from '../store/link-store.ts';

interface HostQueue {
  readonly host: string;
  /** Of the next link. */
  oldestDueAt: string;
  readonly links: DueLink[];
  last: DueLink | undefined;
  isExhausted: boolean;
  isBusy: boolean;
  readyAtMs: number;
}

export interface LinkQueue {
  /** The longest due link of a host that is free and ready; undefined when there is none at the moment. */
  take(nowMs: number): Promise<DueLink | undefined>;
  /** The link is done; its host is ready again at `readyAtMs`. */
  release(link: DueLink, readyAtMs: number): void;
  /** Like `release`, but the link was not done and is the next one of its host. */
  putBack(link: DueLink, readyAtMs: number): void;
  /** Nothing more of this host in this run. */
  drop(host: string): void;
  /** When the next host that is not busy will be ready, in ms since the epoch; undefined when all are busy or done. */
  nextReadyAtMs(): number | undefined;
}

/** Links of a host held at once: with thousands of hosts the sum must stay small. */
const pageLinks = 16;

export async function openLinkQueue(
  store: Pick<LinkStore, 'dueLinkHosts' | 'dueLinks'>,
  query: DueQuery,
): Promise<LinkQueue> {
  const hosts = new Map<string, HostQueue>();
  for (const { host, oldestDueAt } of await store.dueLinkHosts(query)) {
    const fresh = { links: [], last: undefined, isExhausted: false, isBusy: false, readyAtMs: 0 };
    hosts.set(host, { host, oldestDueAt, ...fresh });
  }

  async function fill(queue: HostQueue): Promise<void> {
    if (queue.links.length > 0 || queue.isExhausted) return;
    const { host, last } = queue;
    const page = await store.dueLinks({ ...query, host, limit: pageLinks, ...(last && { after: last }) });
    queue.links.push(...page);
    queue.last = page.at(-1) ?? last;
    queue.isExhausted = page.length < pageLinks;
  }

  function release({ host }: DueLink, readyAtMs: number): HostQueue | undefined {
    const queue = hosts.get(host);
    if (queue === undefined) return undefined;
    queue.isBusy = false;
    queue.readyAtMs = readyAtMs;
    return queue;
  }

  return {
    async take(nowMs) {
      for (;;) {
        const queue = longestDue(hosts.values(), nowMs);
        if (queue === undefined) return undefined;
        await fill(queue);
        const link = queue.links.shift();
        if (link === undefined) {
          hosts.delete(queue.host);
          continue;
        }
        queue.isBusy = true;
        queue.oldestDueAt = queue.links[0]?.dueAt ?? link.dueAt;
        return link;
      }
    },
    release: (link, readyAtMs) => void release(link, readyAtMs),
    putBack: (link, readyAtMs) => {
      const queue = release(link, readyAtMs);
      queue?.links.unshift(link);
    },
    drop: (host) => void hosts.delete(host),
    nextReadyAtMs() {
      let next: number | undefined;
      for (const { isBusy, readyAtMs } of hosts.values()) {
        if (!isBusy && (next === undefined || readyAtMs < next)) next = readyAtMs;
      }
      return next;
    },
  };
}

/** Of equals the one that has been ready longest, so that all hosts get their turn. */
function longestDue(hosts: Iterable<HostQueue>, nowMs: number): HostQueue | undefined {
  let best: HostQueue | undefined;
  for (const queue of hosts) {
    if (queue.isBusy || queue.readyAtMs > nowMs) continue;
    if (best === undefined || isBefore(queue, best)) best = queue;
  }
  return best;
}

function isBefore(a: HostQueue, b: HostQueue): boolean {
  if (a.oldestDueAt !== b.oldestDueAt) return a.oldestDueAt < b.oldestDueAt;
  return a.readyAtMs < b.readyAtMs;
}
