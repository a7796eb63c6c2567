/**
 * A link visited as its host wants it: robots.txt first, then the pace of the sources that publish it, then the request.
 */
import { encodingCandidates } from '../kit/decoded-body.ts';
import type { HttpDoor } from '../kit/http/http-door.ts';
import type { Source } from '../model/source.ts';
import type { DueLink } from '../store/link-store.ts';
import { checkLink, type LinkQuestion } from './check-link.ts';
import type { LinkFinding } from './link-history.ts';
import { type LeftHost, type LinkManners, linkManners, longestHoldMs } from './link-manners.ts';
import { type ReadRobots, robotsReader } from './link-robots.ts';

export interface LinkHostsOptions {
  readonly sources: readonly Source[];
  readonly http: HttpDoor;
  readonly now: () => Date;
  readonly signal: AbortSignal;
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
  const visitor: Visitor = { ...options, nowMs, manners, byId, readRobots: robotsReader(options) };
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
  readonly readRobots: ReadRobots;
}

async function visit(visitor: Visitor, link: DueLink): Promise<LinkVisit> {
  const { manners, nowMs } = visitor;
  const { host } = link;
  const url = new URL(link.address);
  const publishers = link.sourceIds.flatMap((id) => visitor.byId.get(id) ?? []);
  const { origins, skipsHead } = manners.of(host);
  const isFirst = !origins.has(url.origin);
  const robots = await visitor.readRobots(url, trustOf(publishers));
  origins.add(url.origin);
  if (robots.state === 'wait') {
    manners.leave(host, 'the server fails when asked for its robots.txt, which means to wait');
    return { kind: 'left', readyAtMs: undefined };
  }
  if (robots.state === 'disallows') {
    return { kind: 'checked', finding: { state: 'not-checked', reason: 'robots' }, readyAtMs: nowMs() };
  }
  const minGapMs = Math.max(robots.crawlDelayMs, gapOf(publishers));
  if (minGapMs > longestHoldMs) {
    manners.leave(host, `one request in ${Math.ceil(minGapMs / 1000)} s is asked for, which is too slow for a run`);
    return { kind: 'left', readyAtMs: undefined };
  }
  // robots.txt was a request too: the delay that it asks for holds from then on.
  if (isFirst && robots.crawlDelayMs > 0) return { kind: 'again', readyAtMs: nowMs() + minGapMs };
  const startedMs = nowMs();
  const answer = await checkLink({ ...questionOf(link, publishers), minGapMs, skipsHead }, visitor);
  const readyAtMs = manners.readyAtMs(host, answer, startedMs + minGapMs);
  return { kind: 'checked', finding: answer.finding, readyAtMs };
}

function questionOf(link: DueLink, publishers: readonly Source[]): Omit<LinkQuestion, 'minGapMs' | 'skipsHead'> {
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
