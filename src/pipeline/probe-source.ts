/**
 * A source tried once, politely: its robots.txt, then its real adapter until the first records, then the count where
 * the protocol has one. Nothing is stored. A portal that fails is a report, not an error: that is what was asked.
 */
import type { Harvest, HarvestEffects } from '../harvest/harvest-contract.ts';
import { sourceDoor } from '../harvest/source-door.ts';
import type { SecretKey } from '../kit/service-key.ts';
import type { Source } from '../model/source.ts';
import { isSourceError, type SourceErrorCode } from '../model/source-error.ts';
import { fetchRobots, type RobotsState } from '../registry/fetch-robots.ts';
import { peek } from '../registry/peek.ts';
import { readCkanCount } from '../registry/protocol-signs.ts';

export interface ProbeReport {
  readonly sourceId: string;
  readonly protocol: Source['protocol'];
  /** ISO 8601. */
  readonly probedAt: string;
  /** `ok`: the adapter read records. `empty`: it answered as the protocol asks, with none. Else what stood in the way. */
  readonly state: 'ok' | 'empty' | 'unreadable' | SourceErrorCode;
  /** Finer than `state`, such as `tls_incomplete_chain`. */
  readonly reason?: string;
  readonly message?: string;
  /** `plain`: http without TLS. A broken one is in `reason`. */
  readonly tls: 'ok' | 'plain' | 'broken' | 'unknown';
  readonly robots: RobotsState;
  /** Records that the portal claims. */
  readonly records?: number;
}

export interface ProbeOptions {
  readonly harvest: Harvest;
  readonly effects: HarvestEffects;
  readonly signal: AbortSignal;
  /** The value that `source.serviceKey` names. */
  readonly serviceKey?: SecretKey;
}

/** Rows a page where the protocol has pages; events read before giving up. */
const probeRows = 5;

/** Pages that are looked at where a portal has nothing but pages. */
const probePages = 20;

type Outcome = Pick<ProbeReport, 'state' | 'reason' | 'message'>;

export async function probeSource(
  source: Source,
  { harvest, effects, signal, serviceKey }: ProbeOptions,
): Promise<ProbeReport> {
  const report = { sourceId: source.id, protocol: source.protocol, probedAt: effects.now().toISOString() };
  const { certificateAuthority, endpoint } = source;
  const trust = {
    ...(certificateAuthority !== undefined && { certificateAuthority }),
    ...(source.tls === 'legacy' && { legacyTlsHost: new URL(endpoint).host }),
  };
  const http = sourceDoor(source, effects.http, serviceKey);
  const options = { http, signal, ...trust };
  const tls = endpoint.startsWith('https:') ? 'ok' : 'plain';
  let robots: RobotsState = { state: 'unknown' };
  try {
    // Nobody needs a key for the rules of a robots.txt.
    robots = await fetchRobots(endpoint, { ...options, http: effects.http });
    const minGapMs = Math.max(source.pace.minGapMs, robots.crawlDelayMs ?? 0);
    const gentle = {
      ...source,
      pace: { ...source.pace, minGapMs },
      options: { ...source.options, pageSize: probeRows, mostPages: probePages },
    };
    const outcome = await firstRecord(harvest(gentle, undefined, { ...effects, http }, signal));
    const records = source.protocol === 'ckan' ? await countCkan(source, { ...options, minGapMs }) : undefined;
    return { ...report, ...outcome, tls, robots, ...(records !== undefined && { records }) };
  } catch (failure) {
    if (!isSourceError(failure)) throw failure;
    const { code, reason, message } = failure;
    const outcome = { state: code, message, ...(reason !== undefined && { reason }) };
    return { ...report, ...outcome, tls: code === 'tls' ? 'broken' : noAnswer.has(code) ? 'unknown' : tls, robots };
  }
}

/** Failures before anything is known of the portal's TLS. */
const noAnswer: ReadonlySet<SourceErrorCode> = new Set(['unreachable', 'timeout', 'not-allowed-address']);

async function firstRecord(events: ReturnType<Harvest>): Promise<Outcome> {
  let rejected: string | undefined;
  let read = 0;
  for await (const event of events) {
    if (event.kind === 'record') return { state: 'ok' };
    if (event.kind === 'rejected') rejected ??= event.problem.message;
    read += 1;
    if (read > probeRows) break;
  }
  return rejected === undefined ? { state: 'empty' } : { state: 'unreadable', message: rejected };
}

async function countCkan(source: Source, options: Parameters<typeof peek>[1]): Promise<number | undefined> {
  const { query } = source.options;
  const parameters = new URLSearchParams({ rows: '0', ...(typeof query === 'string' && { q: query }) });
  const folder = source.endpoint.replace(/\/*$/, '/');
  return readCkanCount(await peek(`${folder}package_search?${parameters}`, options))?.records;
}
