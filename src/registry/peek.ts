/** The beginning of what an address answers, asked politely: enough to recognise a protocol, never a whole catalogue. */
import type { HttpDoor } from '../kit/http/http-door.ts';

export interface Peek {
  readonly status: number;
  /** Address of the last hop. */
  readonly url: string;
  /** The first `peekBytes` of the body, as UTF-8 with faults replaced. */
  readonly text: string;
  readonly isWhole: boolean;
}

/** Read of a body, in bytes: the head of a `data.json` and all of a `package_search` without rows. */
const peekBytes = 65_536;

/** One request a second, one at a time, two tries: this is a knock at a stranger's door. */
const limits = { minGapMs: 1000, concurrency: 1, timeoutMs: 20_000, attempts: 2, maxBodyBytes: 64 * 1024 * 1024 };

export interface PeekOptions {
  readonly http: HttpDoor;
  readonly signal: AbortSignal;
  readonly minGapMs?: number;
  readonly certificateAuthority?: string;
  readonly legacyTlsHost?: string;
}

/** Throws `SourceError` where nothing answers. */
export async function peek(url: string, options: PeekOptions): Promise<Peek> {
  const { http, signal, minGapMs, certificateAuthority, legacyTlsHost } = options;
  const answer = await http.request({
    ...{ url, signal, headers: { accept: '*/*' } },
    ...limits,
    ...(minGapMs !== undefined && { minGapMs: Math.max(minGapMs, limits.minGapMs) }),
    ...(certificateAuthority !== undefined && { certificateAuthority }),
    ...(legacyTlsHost !== undefined && { legacyTlsHost }),
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop ends the transfer.
    if (length >= peekBytes) break;
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, peekBytes));
  return { status: answer.status, url: answer.url, text, isWhole: length < peekBytes };
}
