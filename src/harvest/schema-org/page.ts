/** One page of a portal → the records in it, as events. */
import { charsetOf } from '../../kit/decoded-body.ts';
import { SourceError } from '../../model/source-error.ts';
import type { HarvestEvent } from '../../model/source-record.ts';
import type { AdapterRun } from '../adapter-run.ts';
import type { Shown } from '../listed-records.ts';
import { rejection } from '../rejection.ts';
import { sourceRequest } from '../source-request.ts';
import { textOfBody } from '../text-of-body.ts';
import { datasetsOfPage, type PageDataset, type PageDatasets } from './page-datasets.ts';
import { isSameSite } from './page-list.ts';

/** What became of the pages, for the account at the end. */
export interface PageTally {
  datasets: number;
  /** Answered, but no Dataset in them. */
  without: number;
  /** 404, 410, or on another site now. */
  gone: number;
}

export interface PageReading {
  readonly run: AdapterRun;
  readonly tally: PageTally;
  /** Whether an address is one of the pages that are read. */
  readonly isListed: (address: string) => boolean;
}

/** A page that is gone or tells no Dataset gives nothing; one that cannot be read is rejected under its address. */
export async function showPage(reading: PageReading, url: string): Promise<Shown> {
  const { source } = reading.run;
  for (let attempt = 1; ; attempt += 1) {
    const page = await fetchPage(reading.run, url);
    if (page.kind === 'gone') {
      reading.tally.gone += 1;
      return { event: undefined };
    }
    if (page.kind === 'read') return events(reading, url, page);
    if (page.kind === 'passing' && attempt < source.pace.attempts) continue;
    const message = `${source.id}: ${url} answered ${page.found}; expected the page`;
    const event = rejection({ slug: page.slug, message, nativeId: url });
    return page.isOurs ? { event } : { event, failure: new SourceError(page.code, message, { reason: page.slug }) };
  }
}

interface Unread {
  /** `passing`: worth asking again. */
  readonly kind: 'passing' | 'refused';
  readonly slug: 'answer-status' | 'answer-empty' | 'answer-malformed';
  readonly code: 'http-status' | 'soft-error' | 'truncated';
  readonly found: string;
  /** The matter of this page alone, which says nothing of the portal. */
  readonly isOurs: boolean;
}

type ReadPage = PageDatasets & { readonly kind: 'read'; readonly fetchedAt: string };

async function fetchPage(run: AdapterRun, url: string): Promise<ReadPage | Unread | { readonly kind: 'gone' }> {
  const { source, effects, signal } = run;
  const { answer, bytes } = await effects.http.fetchWhole(sourceRequest(source, url, 'text/html, */*;q=0.1', signal));
  const { status } = answer;
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status !== 200) {
    const isOurs = status < 500 && status !== 429;
    return { kind: 'refused', slug: 'answer-status', code: 'http-status', found: `status ${status}`, isOurs };
  }
  if (!isSameSite(new URL(answer.url), new URL(url))) return { kind: 'gone' };
  const label = charsetOf(answer.headers['content-type']) ?? metaCharset(bytes);
  const text = await textOfBody(bytes, label, source.languages);
  const passing = { kind: 'passing', isOurs: false } as const;
  if (text.trim() === '') return { ...passing, slug: 'answer-empty', code: 'soft-error', found: 'an empty body' };
  const read = datasetsOfPage(text, url);
  if (!read.isBrokenOff) return { ...read, kind: 'read', fetchedAt: effects.now().toISOString() };
  const found = `a page that ends after ${bytes.length} bytes without its end`;
  return { ...passing, slug: 'answer-malformed', code: 'truncated', found };
}

/** The encoding that the page names itself, in its first 1,024 bytes (HTML Standard, 4.2.5.4). */
function metaCharset(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  return /<meta\s[^>]*charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1]?.toLowerCase();
}

function events({ run, tally, isListed }: PageReading, url: string, page: ReadPage): Shown {
  const { source } = run;
  const datasets = page.datasets.filter((each) => !isTeaser(each, url, isListed));
  tally.datasets += datasets.length;
  if (datasets.length === 0 && page.faults.length === 0) tally.without += 1;
  const bad = page.faults.map(({ text, found }) => {
    const message = `${source.id}: ${url} describes a Dataset in text that is no JSON (${found}); expected JSON-LD`;
    return rejection({ slug: 'answer-malformed', message, raw: Buffer.from(text) });
  });
  const good = datasets.map((dataset) => recordOf(dataset, { sourceId: source.id, url, fetchedAt: page.fetchedAt }));
  // The first tells whether the page was read: a rejection says no.
  const [event, ...others] = [...bad, ...good].sort(
    (a, b) => Number(a.kind === 'record') - Number(b.kind === 'record'),
  );
  return { event, others };
}

/** One of a list whose own page is read too: that page says more, and two of one id would be one too many. */
function isTeaser({ ownPage }: PageDataset, url: string, isListed: PageReading['isListed']): boolean {
  return ownPage !== undefined && ownPage !== url && isListed(ownPage);
}

interface Origin {
  readonly sourceId: string;
  readonly url: string;
  readonly fetchedAt: string;
}

function recordOf({ nativeId, raw: text, mended }: PageDataset, { sourceId, url, fetchedAt }: Origin): HarvestEvent {
  const raw = Buffer.from(text);
  if (nativeId === undefined) {
    const message = `${sourceId}: ${url} has several Datasets, one without identifier, @id and url; expected one of them`;
    return rejection({ slug: 'record-without-id', message, raw });
  }
  const record = { nativeId, form: 'schema-org-dataset', raw, url, fetchedAt } as const;
  if (mended === undefined) return { kind: 'record', record };
  const message = `found ${mended} around the JSON-LD; expected one JSON value alone in its element`;
  const problem = { slug: 'record-mended', severity: 'note', path: '', message } as const;
  return { kind: 'record', record: { ...record, problems: [problem] } };
}
