/**
 * Looks whether the addresses that datasets publish still answer: those that are due, the longest due first, many hosts at
 * a time and each host one link at a time. What was checked is kept in small steps, so that it may be stopped at any time.
 */
import type { HttpDoor } from '../kit/http/http-door.ts';
import { type LinkState, linkStates } from '../model/link-check.ts';
import type { Source } from '../model/source.ts';
import { SourceError } from '../model/source-error.ts';
import type { CatalogueStore } from '../store/catalogue-store.ts';
import type { DueLink, DueQuery } from '../store/link-store.ts';
import type { LinkPatience } from './check-link.ts';
import { nextLinkCheck } from './link-history.ts';
import { type LinkVisit, linkHosts } from './link-hosts.ts';
import { outageWatch } from './link-outage.ts';
import { type LinkQueue, openLinkQueue } from './link-queue.ts';
import { linkRecorder } from './link-recorder.ts';
import { syncLinks } from './sync-links.ts';

export interface CheckLinksOptions {
  readonly store: CatalogueStore;
  /** All that are known: their pace and trust. */
  readonly sources: readonly Source[];
  /** Only links that these publish; all when absent. */
  readonly onlySources?: readonly string[];
  readonly http: HttpDoor;
  readonly now: () => Date;
  /** Resolves after `ms`; rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Links asked at a time, over all hosts. */
  readonly concurrency: number;
  /** Links checked at most; no bound when absent. */
  readonly limit?: number;
  readonly signal: AbortSignal;
  /** `linkPatience` unless told. */
  readonly patience?: LinkPatience;
  readonly progress?: (told: LinkProgressLine) => void;
}

export type LinkProgressLine =
  | { readonly kind: 'datasets'; readonly done: number }
  | { readonly kind: 'links'; readonly done: number; readonly of: number };

export interface LinkReport {
  readonly checked: number;
  /** What the checks of this run ended with; the sum is `checked`. */
  readonly byState: Readonly<Record<LinkState, number>>;
  /** Still due when the run ended: over the limit, or of hosts that asked to be left alone or did not answer. */
  readonly due: number;
  /** Hosts that nothing more was asked of in this run. */
  readonly hostsLeftAlone: readonly { readonly host: string; readonly why: string }[];
  readonly interrupted: boolean;
}

const leaseName = 'check-links';

/** `lease-held` when another process checks links. */
export async function checkLinks(options: CheckLinksOptions): Promise<LinkReport> {
  const { store, now } = options;
  await store.takeLease(leaseName, now().toISOString());
  try {
    return await checkDue(options);
  } finally {
    await store.releaseLease(leaseName);
  }
}

async function checkDue(options: CheckLinksOptions): Promise<LinkReport> {
  const { store, sources, onlySources, signal, now } = options;
  await syncLinks({
    store,
    sources,
    signal,
    progress: (done) => options.progress?.({ kind: 'datasets', done }),
  });
  const query: DueQuery = { at: now().toISOString(), ...(onlySources !== undefined && { sourceIds: onlySources }) };
  const due = await store.countDueLinks(query);
  const queue = await openLinkQueue(store, query);
  const recorder = linkRecorder({ store, now, keepLease: (at) => store.takeLease(leaseName, at) });
  const hosts = linkHosts(options);
  const outage = outageWatch();
  const byState = Object.fromEntries(linkStates.map((state) => [state, 0])) as Record<LinkState, number>;
  const wanted = Math.min(due, options.limit ?? due);
  let checked = 0;
  /** Checked, or waiting to be told from an outage. */
  let looked = 0;

  async function visit(link: DueLink): Promise<void> {
    const seen = await hosts.visit(link);
    if (seen.kind === 'again') return queue.putBack(link, seen.readyAtMs);
    settle(queue, link, seen);
    if (seen.kind === 'left') return;
    looked += 1;
    const check = nextLinkCheck(link.check, seen.finding, now().toISOString());
    const write = async (): Promise<void> => {
      checked += 1;
      byState[check.state] += 1;
      await recorder.add({ id: link.id, check });
      options.progress?.({ kind: 'links', done: checked, of: wanted });
    };
    if (seen.finding.reason === 'host_not_found') return outage.lost(link.host, write);
    // What nobody was asked for, or never came, says nothing about our own network.
    if (seen.finding.status !== undefined || seen.finding.state === 'unverifiable') await outage.answered();
    await write();
  }

  try {
    const room = (underWay: number): number => (outage.isOffline() ? 0 : wanted - looked - underWay);
    await drain({ ...options, queue, visit, tick: recorder.tick, room });
    await outage.close();
  } finally {
    await recorder.close();
  }
  if (outage.isOffline()) throw offline(checked);
  if (checked > 0) await store.refreshLinkFigures();
  return {
    checked,
    byState,
    due: await store.countDueLinks(query),
    hostsLeftAlone: hosts.leftAlone(),
    interrupted: signal.aborted,
  };
}

function offline(checked: number): SourceError {
  return new SourceError(
    'unreachable',
    `check-links: no host answered and the names of several do not exist; expected an answer of one: is this machine online? ${checked} links were checked, none of them is called dead for it`,
    { reason: 'offline' },
  );
}

function settle(queue: LinkQueue, link: DueLink, seen: Exclude<LinkVisit, { kind: 'again' }>): void {
  if (seen.readyAtMs === undefined) queue.drop(link.host);
  else queue.release(link, seen.readyAtMs);
}

interface Drain {
  readonly queue: LinkQueue;
  readonly visit: (link: DueLink) => Promise<void>;
  readonly tick: () => Promise<void>;
  /** How many more may begin while so many are under way. */
  readonly room: (underWay: number) => number;
  readonly concurrency: number;
  readonly now: () => Date;
  readonly sleep: CheckLinksOptions['sleep'];
  readonly signal: AbortSignal;
}

/** Starts visits as hosts get ready, until nothing is left, the limit is reached or it is stopped. */
async function drain(options: Drain): Promise<void> {
  const { queue, concurrency, now, signal } = options;
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const start = (link: DueLink): void => {
    const run = options
      .visit(link)
      .catch((failure: unknown) => {
        // A request that was cut off by a stop has found nothing.
        if (!signal.aborted) failures.push(failure);
      })
      .finally(() => underWay.delete(run));
    underWay.add(run);
  };
  while (!signal.aborted && failures.length === 0) {
    const hasRoom = underWay.size < concurrency && options.room(underWay.size) > 0;
    const link = hasRoom ? await queue.take(now().getTime()) : undefined;
    if (link !== undefined) {
      start(link);
      continue;
    }
    const readyAtMs = hasRoom ? queue.nextReadyAtMs() : undefined;
    if (underWay.size === 0 && readyAtMs === undefined) break;
    await nextEvent(underWay, readyAtMs, options);
    await options.tick();
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

/** Longest sleep between two looks around, in ms: the lease has to be renewed. */
const longestWaitMs = 20_000;

/** Resolves when a visit ends, a host gets ready or it is stopped. */
async function nextEvent(
  underWay: ReadonlySet<Promise<void>>,
  readyAtMs: number | undefined,
  { now, sleep, signal }: Drain,
): Promise<void> {
  const waking = new AbortController();
  const either = AbortSignal.any([signal, waking.signal]);
  const waits = [...underWay];
  if (readyAtMs !== undefined) {
    const waitMs = Math.min(longestWaitMs, Math.max(0, readyAtMs - now().getTime()));
    const wait = sleep(waitMs, either).catch((failure: unknown) => {
      if (!either.aborted) throw failure;
    });
    waits.push(wait);
  }
  await Promise.race(waits);
  waking.abort();
}
