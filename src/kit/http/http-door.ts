/**
 * The one egress door: what a request is and what an answer is. `openHttpDoor` in `open-http-door.ts` makes the real
 * one (undici), which checks every address at connect time on every hop, paces by host and caps bytes and time.
 */

/** A host that makes us slower: it refused (429, 503), or its robots.txt has a Crawl-delay. */
export interface PaceEvent {
  readonly kind: 'refusal' | 'crawl-delay';
  readonly host: string;
  /** Gap between the starts of two requests that is in force now, in ms. */
  readonly gapMs: number;
  /** Of the refusal. */
  readonly status?: number;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Shortest gap between two requests to one host, in ms. */
  readonly minGapMs: number;
  /** Requests to one host at a time. */
  readonly concurrency: number;
  /** Longest body after decompression, in bytes. */
  readonly maxBodyBytes: number;
  /** Until the first byte of the answer, and between two chunks, in ms. */
  readonly timeoutMs: number;
  /** Tries, the first included; only for what may pass (connection errors, 429, 5xx, truncated bodies when read whole). */
  readonly attempts: number;
  /** PEM of additional authorities, for this request only. */
  readonly certificateAuthority?: string;
  /**
   * The robots.txt of each host on the way. `heed`, for pages: it decides; a closed address is a `SourceError` `refused`
   * (`robots`). `pace`, for an interface made for programs: its Crawl-delay holds, and only rules that name us close.
   */
  readonly robots?: 'heed' | 'pace';
  /** Told when a host makes us slower. */
  readonly paced?: (event: PaceEvent) => void;
  /** The one host (`host:port` as in the address) from which outdated TLS is accepted; its certificate is verified. */
  readonly legacyTlsHost?: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** Address of the last hop. */
  readonly url: string;
  /** Addresses passed through, the first one first; empty without a redirect. */
  readonly redirects: readonly string[];
  /** Where the first address moved for good: as far as all redirects from it on were 301 or 308. */
  readonly movedTo?: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, decompressed, in chunks; throws `SourceError` `too-large`, `timeout` or `truncated`. Read it or call `discard`. */
  readonly body: AsyncIterable<Uint8Array>;
  discard(): Promise<void>;
}

export interface HttpDoor {
  /** Any status is an answer (after retries); no answer at all is a `SourceError`. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Request plus whole body, with the body's truncation retried too. */
  fetchWhole(
    request: HttpRequest,
  ): Promise<{ readonly answer: Omit<HttpAnswer, 'body' | 'discard'>; readonly bytes: Uint8Array }>;
  close(): Promise<void>;
}
