/** The request that a source's pace, trust and robots.txt allow. */
import type { HttpRequest } from '../kit/http/http-door.ts';
import { heedsRobots, type Source } from '../model/source.ts';

export function sourceRequest(source: Source, url: string, accept: string, signal: AbortSignal): HttpRequest {
  const { minGapMs, concurrency, maxBodyBytes, timeoutMs, attempts } = source.pace;
  const request = { url, headers: { accept }, signal, minGapMs, concurrency, maxBodyBytes, timeoutMs, attempts };
  const { certificateAuthority } = source;
  return {
    ...request,
    ...(certificateAuthority !== undefined && { certificateAuthority }),
    ...(source.robots !== 'ignore' && { robots: heedsRobots(source) ? 'heed' : 'pace' }),
    ...(source.tls === 'legacy' && { legacyTlsHost: new URL(source.endpoint).host }),
  };
}
