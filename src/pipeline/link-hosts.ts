/**
 * A link visited as its host wants it: by the pace of the sources that publish it and by its robots.txt, which the door
 * reads (case `field F-09`).
 */
import { encodingCandidates } from '../kit/decoded-body.ts';
import type { HttpDoor, PaceEvent } from '../kit/http/http-door.ts';
import type { Source } from '../model/source.ts';
import { isSourceError, SourceError } from '../model/source-error.ts';
import type { DueLink } from '../store/link-store.ts';
import { checkLink, type LinkPatience, type LinkQuestion, linkPatience } from './check-link.ts';
import type { LinkFinding } from './link-history.ts';
import { type LeftHost, type LinkManners, linkManners, longestHoldMs } from './link-manners.ts';

export interface LinkHostsOptions {
  readonly sources: readonly Source[];
  readonly http: HttpDoor;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly patience?: LinkPatience;
}

/** `readyAtMs`: when the host may be asked again; undefined when it is to be left alone in this run. */
export type LinkVisit =
  | { readonly kind: 'checked'; readonly finding: LinkFinding; readonly readyAtMs: number | undefined }
  /** Not looked at: it stays due. */
  | { readonly kind: 'left'; readonly readyAtMs: undefined }
  | { readonly kind: 'again'; readonly readyAtMs: number };

export interface LinkHosts {
  visit(link: DueLink): Promise<LinkVisit>;
  leftAlone(): readonly LeftHost[];
}

/** Gap between two requests to a host whose source is not known any more, in ms. */
const defaultGapMs = 1_000;

export function linkHosts(options: LinkHostsOptions): LinkHosts {
  const nowMs = (): number => options.now().getTime();
  const manners = linkManners(nowMs);
  const byId = new Map(options.sources.map((source) => [source.id, source]));
  const visitor: Visitor = { ...options, nowMs, manners, byId };
  return {
    visit: async (link) => {
      if (link.host !== '') return visit(visitor, link);
      return { kind: 'checked', finding: notHttp(link.address), readyAtMs: nowMs() };
    },
    leftAlone: manners.leftAlone,
  };
}

interface Visitor extends LinkHostsOptions {
  readonly nowMs: () => number;
  readonly manners: LinkManners;
  readonly byId: ReadonlyMap<string, Source>;
}

async function visit(visitor: Visitor, link: DueLink): Promise<LinkVisit> {
  const { manners, nowMs, byId } = visitor;
  const { host } = link;
  const publishers = link.sourceIds.flatMap((id) => byId.get(id) ?? []);
  const { skipsHead, crawlDelayMs } = manners.of(host);
  const minGapMs = Math.max(crawlDelayMs, gapOf(publishers));
  const startedMs = nowMs();
  const delay = new AbortController();
  const signal = AbortSignal.any([visitor.signal, delay.signal]);
  const paced = (event: PaceEvent): void => {
    // Met for the first time: the delay is waited out here, not by a worker in the door.
    if (event.kind !== 'crawl-delay' || event.host !== host || event.gapMs <= minGapMs) return;
    manners.of(host).crawlDelayMs = event.gapMs;
    delay.abort(new SourceError('refused', `${host}: one request in ${event.gapMs} ms is asked for`));
  };
  try {
    const question = { ...questionOf(link, publishers), minGapMs, skipsHead, paced };
    const answer = await checkLink(question, { patience: linkPatience, ...visitor, signal });
    const readyAtMs = manners.readyAtMs(host, answer, startedMs + minGapMs);
    return { kind: 'checked', finding: answer.finding, readyAtMs };
  } catch (cause) {
    visitor.signal.throwIfAborted();
    if (delay.signal.aborted) return later(visitor, host);
    if (isSourceError(cause) && cause.reason === 'robots_unknown') {
      manners.leave(host, 'the server fails when asked for its robots.txt, which means to wait');
      return { kind: 'left', readyAtMs: undefined };
    }
    throw cause;
  }
}

/** robots.txt was a request too: the delay that it asks for holds from then on. */
function later({ manners, nowMs }: Visitor, host: string): LinkVisit {
  const { crawlDelayMs } = manners.of(host);
  if (crawlDelayMs <= longestHoldMs) return { kind: 'again', readyAtMs: nowMs() + crawlDelayMs };
  manners.leave(host, `its robots.txt asks for one request in ${Math.ceil(crawlDelayMs / 1000)} s`);
  return { kind: 'left', readyAtMs: undefined };
}

function questionOf(
  link: DueLink,
  publishers: readonly Source[],
): Omit<LinkQuestion, 'minGapMs' | 'skipsHead' | 'paced'> {
  const { address, expects, check } = link;
  const authority = trustOf(publishers);
  const legacyHosts = publishers.filter(({ tls }) => tls === 'legacy').map(({ endpoint }) => new URL(endpoint).host);
  return {
    address,
    expects,
    ...(check.lastOk !== undefined && { lastOk: check.lastOk }),
    encodings: publishers.flatMap(({ encodings = [], languages }) => [...encodings, ...encodingCandidates(languages)]),
    ...(authority !== undefined && { certificateAuthority: authority }),
    ...(legacyHosts.includes(link.host) && { legacyTlsHost: link.host }),
  };
}

/** The store keeps one link a trust, so that all who publish it have the same authority or none. */
function trustOf(publishers: readonly Source[]): string | undefined {
  return publishers.find((source) => source.certificateAuthority !== undefined)?.certificateAuthority;
}

/** The slowest of their paces, in ms. */
function gapOf(publishers: readonly Source[]): number {
  return publishers.length === 0 ? defaultGapMs : Math.max(...publishers.map(({ pace }) => pace.minGapMs));
}

/** What stood in the address field is no address of the web: nothing is asked, and why is said. */
function notHttp(address: string): LinkFinding {
  const isAddress = /^[a-z][a-z0-9+.-]*:/iu.test(address.trim());
  return { state: 'not-checked', reason: isAddress ? 'scheme' : 'not_an_address' };
}
