/**
 * DCAT-US 1.1 (Project Open Data `data.json`) and 3.0, streamed: each element of `dataset` is a record, its bytes kept as
 * they are; in 3.0 those of catalogues inside the catalogue, of series and of services too. Further pages are followed by Link header or tried with `?page=`. Option of the source: `paging` (`auto`, the
 * default; `none` for a portal that answers a huge file to any `page`).
 */
import { charsetOf, decodedBody, encodingCandidates } from '../../kit/decoded-body.ts';
import type { HttpAnswer } from '../../kit/http/http-door.ts';
import { withoutCallIn } from '../../kit/json-call.ts';
import { type JsonSlice, JsonSliceScanner } from '../../kit/json-slices.ts';
import { isSourceError, SourceError } from '../../model/source-error.ts';
import type { HarvestEvent } from '../../model/source-record.ts';
import type { Harvest } from '../harvest-contract.ts';
import { resumeStream } from '../resume-stream.ts';
import { sourceRequest } from '../source-request.ts';
import { type PageCursor, parseCursor } from './cursor.ts';
import { findNextPage, type NextPage } from './next-page.ts';
import { PageReader, type Reading } from './page-reader.ts';

/** More pages than any catalogue has. */
const mostPages = 10_000;

/** Where DCAT-US 3.0 has datasets besides `dataset`; catalogues in catalogues to this depth. */
const mostDepth = 4;
const otherPlaces = Array.from({ length: mostDepth + 1 }, (_, depth) => {
  const catalogue = 'catalog[*].'.repeat(depth);
  const places = ['dataset[*]', 'datasetSeries[*].seriesMember[*]', 'service[*].servesDataset[*]'];
  return places.map((place) => `${catalogue}${place}`);
})
  .flat()
  .slice(1);

/** Members of a catalogue of DCAT-US 3.0 that need not have a dataset. */
const otherMembers: ReadonlySet<string> = new Set(['catalog', 'datasetSeries', 'service', 'record']);

export const harvestDcatUs: Harvest = (source, from, effects, signal) => {
  const reading: Reading = { source, effects, signal, seen: new Set(), firstKey: undefined };
  return resumeStream({ from, attempts: source.pace.attempts, log: effects.log }, (cursor) =>
    readPages(reading, cursor),
  );
};

async function* readPages(reading: Reading, from: string | undefined): AsyncGenerator<HarvestEvent> {
  let cursor = parseCursor(from);
  const visited = new Set<string>();
  let next = startPage(reading, cursor);
  for (let page = cursor?.page ?? 1; page <= mostPages; page += 1) {
    visited.add(next.url);
    const reader = new PageReader(reading, { url: next.url, page, isProbe: !next.isAnnounced, from: cursor });
    cursor = undefined;
    const answer = yield* readPage(reading, reader);
    if (reader.lostItsPlace) {
      reading.effects.log(`${reading.source.id}: the pages have changed since the last checkpoint; reading all again`);
      reading.seen.clear();
      reading.firstKey = undefined;
      return yield* readPages(reading, undefined);
    }
    const following = reader.isLast ? undefined : followingPage(reading, next.url, answer, page);
    if (following === undefined) return yield { kind: 'end', complete: true };
    if (visited.has(following.url)) {
      return yield unfinished(reading, `page ${page} names ${following.url} as next, which was read before`);
    }
    yield reader.checkpoint();
    next = following;
  }
  yield unfinished(reading, `there are more than ${mostPages} pages`);
}

function startPage(reading: Reading, cursor: PageCursor | undefined): NextPage {
  return { url: cursor?.url ?? reading.source.endpoint, isAnnounced: !(cursor?.isProbe ?? false) };
}

function followingPage(reading: Reading, url: string, answer: HttpAnswer, page: number): NextPage | undefined {
  return findNextPage(url, answer.headers, page, reading.source.options['paging'] !== 'none');
}

function unfinished(reading: Reading, found: string): HarvestEvent {
  return { kind: 'end', complete: false, why: `${reading.source.id}: ${found}; expected the pages to end` };
}

async function* readPage(reading: Reading, reader: PageReader): AsyncGenerator<HarvestEvent, HttpAnswer> {
  const { source, effects, signal } = reading;
  const answer = await effects.http.request(sourceRequest(source, reader.url, 'application/json', signal));
  if (answer.status !== 200) {
    await answer.discard();
    if (!reader.endsWith(answer.status)) throw statusError(source.id, reader.url, answer.status);
    return answer;
  }
  try {
    for await (const slice of slicesOf(reading, answer, reader)) {
      yield* reader.take(slice);
      if (reader.isLast || reader.lostItsPlace) break;
    }
  } catch (failure) {
    if (isSourceError(failure) && reader.hasNews) yield reader.checkpoint();
    throw failure;
  }
  reader.finish();
  return answer;
}

async function* slicesOf(reading: Reading, answer: HttpAnswer, reader: PageReader): AsyncGenerator<JsonSlice> {
  const { source, signal } = reading;
  const label = charsetOf(answer.headers['content-type']);
  const body = decodedBody(answer.body, label, encodingCandidates(source.languages));
  const scanner = new JsonSliceScanner({ path: 'dataset[*]', also: otherPlaces });
  let start = '';
  for await (const chunk of withoutCallIn(body.chunks)) {
    signal.throwIfAborted();
    if (start.length < 80) start += new TextDecoder().decode(chunk.subarray(0, 80));
    yield* scanner.push(chunk);
  }
  const end = scanner.end();
  if (start.trim() === '') throw softError(source.id, reader.url, 'an empty body', 'answer-empty');
  if (/^[\uFEFF\s]*</u.test(start)) throw softError(source.id, reader.url, 'markup', 'answer-html');
  if (end.fault === undefined && !end.complete) {
    const message = `${source.id}: ${reader.url} ends in the middle of its JSON; expected all of it`;
    throw new SourceError('truncated', message);
  }
  if (end.fault === undefined && (end.found || end.topKeys.some((key) => otherMembers.has(key)))) return;
  const found = end.fault === undefined ? `has the keys ${end.topKeys.join(', ')}` : `is not JSON (${end.fault})`;
  throw new SourceError('malformed', `${source.id}: ${reader.url} ${found}; expected an object with the array dataset`);
}

function statusError(sourceId: string, url: string, status: number): SourceError {
  return new SourceError('http-status', `${sourceId}: ${url} answered status ${status}; expected 200 and a data.json`, {
    status,
  });
}

function softError(sourceId: string, url: string, found: string, reason: string): SourceError {
  return new SourceError('soft-error', `${sourceId}: ${url} answered ${found}; expected a data.json`, { reason });
}
