/** One sitemap over HTTP, gzip or not, asked for again while what comes is something that may pass. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { charsetOf } from '../../kit/decoded-body.ts';
import { SourceError } from '../../model/source-error.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { sourceRequest } from '../source-request.ts';
import { textOfBody } from '../text-of-body.ts';
import { parseSitemap, type SitemapEntry, type SitemapText } from './sitemap-text.ts';

const unzipped = promisify(gunzip);

export interface Sitemap {
  readonly kind: 'pages' | 'index';
  /** Absolute addresses as the sitemap has them; what is none is left out. */
  readonly entries: readonly ListedAddress[];
}

export interface ListedAddress {
  readonly url: URL;
  /** When it changed, as the sitemap writes it. */
  readonly lastModified?: string | undefined;
}

/** Throws `SourceError` for what is no whole sitemap: `http-status`, `soft-error`, `truncated`, `too-large`. */
export async function fetchSitemap(run: AdapterRun, url: string): Promise<Sitemap> {
  for (let attempt = 1; ; attempt += 1) {
    const read = await fetchOnce(run, url);
    if (read.kind !== 'none' && read.isWhole) return { kind: read.kind, entries: absolute(read.entries, url) };
    if (attempt < run.source.pace.attempts) continue;
    const who = `${run.source.id}: ${url}`;
    if (read.kind !== 'none') throw new SourceError('truncated', `${who} ends early; expected a whole sitemap`);
    const reason = read.found === 'an empty body' ? 'answer-empty' : 'answer-html';
    throw new SourceError('soft-error', `${who} answered ${read.found}; expected a sitemap`, { reason });
  }
}

async function fetchOnce({ source, effects, signal }: AdapterRun, url: string): Promise<SitemapText> {
  const request = sourceRequest(source, url, 'application/xml, text/xml, text/plain;q=0.5, */*;q=0.1', signal);
  const { answer, bytes } = await effects.http.fetchWhole(request);
  if (answer.status !== 200) {
    const message = `${source.id}: ${url} answered status ${answer.status}; expected 200 and a sitemap`;
    throw new SourceError('http-status', message, { status: answer.status });
  }
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await gunzipped(bytes, source.pace.maxBodyBytes, url) : bytes;
  if (plain === undefined) return { kind: 'pages', entries: [], isWhole: false };
  return parseSitemap(await textOfBody(plain, charsetOf(answer.headers['content-type']), source.languages));
}

/** Undefined for a file that breaks off or is damaged. */
async function gunzipped(bytes: Uint8Array, maxBytes: number, url: string): Promise<Uint8Array | undefined> {
  try {
    return await unzipped(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new SourceError('too-large', `${url} unpacks to more than ${maxBytes} bytes; expected less`, { cause });
    }
    if (code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR') return undefined;
    throw cause;
  }
}

function absolute(entries: readonly SitemapEntry[], base: string): readonly ListedAddress[] {
  return entries.flatMap(({ address, lastModified }) =>
    URL.canParse(address, base) ? [{ url: new URL(address, base), lastModified }] : [],
  );
}
