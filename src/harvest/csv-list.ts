/**
 * A catalogue that is one CSV, streamed, a record a row: the row's bytes are kept as they are, the header line goes
 * along as context. A list that breaks off is read on from where it broke.
 */
import { isUtf8 } from 'node:buffer';
import { type CsvEvent, type CsvRow, CsvRowScanner, csvField } from '../kit/csv-rows.ts';
import { charsetOf, type DecodedBody, decodedBody, encodingCandidates } from '../kit/decoded-body.ts';
import type { HttpAnswer } from '../kit/http/http-door.ts';
import type { Problem } from '../model/problem.ts';
import { isSourceError, SourceError } from '../model/source-error.ts';
import type { HarvestEvent, NativeForm } from '../model/source-record.ts';
import type { AdapterRun } from './adapter-run.ts';
import { type ListHeader, parseHeader } from './csv-list-header.ts';
import { rejection } from './rejection.ts';
import { resumeStream } from './resume-stream.ts';
import { sourceRequest } from './source-request.ts';

/** Longest row, in bytes; the longest of Korea's 61,359 has 12 kB. A longer one is a quote that nobody closed. */
const maxRowBytes = 1_048_576;

const checkpointEvery = 1_000;

export interface CsvList {
  readonly form: NativeForm;
  /** Column of the key. */
  readonly key: string;
  /** Another column that every such list has: without both it is another table. */
  readonly name: string;
  /** What the portal says in place of the list, from the start of the body; undefined when it is no such message. */
  readonly refusal: (who: string, bodyStart: string, status: number) => SourceError | undefined;
}

export function harvestCsvList(run: AdapterRun, list: CsvList, from: string | undefined): AsyncGenerator<HarvestEvent> {
  const { source, effects } = run;
  return resumeStream({ from, attempts: source.pace.attempts, log: effects.log }, (cursor) =>
    readList(run, list, parseCursor(cursor)),
  );
}

/** Where reading goes on: behind a row, when that row still is where it was. */
interface ListCursor {
  /** Rows read so far, the header not counted. */
  readonly rows: number;
  /** Key of the last of them. */
  readonly last: string;
}

/** Undefined for a text that is no cursor of ours: reading then starts over. */
function parseCursor(text: string | undefined): ListCursor | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const { rows, last }: Readonly<Record<string, unknown>> = JSON.parse(text);
  return typeof rows === 'number' && typeof last === 'string' ? { rows, last } : undefined;
}

async function* readList(run: AdapterRun, list: CsvList, from: ListCursor | undefined): AsyncGenerator<HarvestEvent> {
  const answer = await fetchList(run, list);
  const body = decodedBody(
    answer.body,
    charsetOf(answer.headers['content-type']),
    encodingCandidates(run.source.languages),
  );
  const reader = new ListReader(run, list, body, from);
  try {
    for await (const event of csvEvents(run, body, reader)) {
      yield* reader.take(event);
      if (reader.lostItsPlace) break;
    }
  } catch (failure) {
    if (isSourceError(failure) && reader.rows > (from?.rows ?? 0)) yield reader.checkpoint();
    throw failure;
  }
  reader.finish();
  if (reader.lostItsPlace) {
    run.effects.log(`${run.source.id}: the list has changed since the last checkpoint; reading it from the beginning`);
    yield* readList(run, list, undefined);
    return;
  }
  yield reader.end();
}

async function fetchList({ source, effects, signal }: AdapterRun, list: CsvList): Promise<HttpAnswer> {
  const answer = await effects.http.request(sourceRequest(source, source.endpoint, 'text/csv', signal));
  if (answer.status === 200) return answer;
  let text = '';
  for await (const chunk of answer.body) if (text.length < 4_096) text += new TextDecoder().decode(chunk);
  const refusal = list.refusal(source.id, text, answer.status);
  if (refusal !== undefined) throw refusal;
  const message = `${source.id}: ${source.endpoint} answered status ${answer.status}; expected 200 and the list as CSV`;
  throw new SourceError('http-status', message, { status: answer.status });
}

async function* csvEvents(run: AdapterRun, body: DecodedBody, reader: ListReader): AsyncGenerator<CsvEvent> {
  const scanner = new CsvRowScanner({ maxRowBytes });
  for await (const chunk of body.chunks) {
    run.signal.throwIfAborted();
    reader.see(chunk);
    yield* scanner.push(chunk);
  }
  const end = scanner.end();
  if (end.unclosed || end.events.some((event) => reader.isCutOff(event))) throw reader.brokenOff();
  reader.hasOpenEnd = end.events.length > 0;
  yield* end.events;
}

/** Turns rows into events; knows how far the list is read. */
class ListReader {
  rows = 0;
  /** The last row has no line break: it may be cut in its last field, which nothing could tell. */
  hasOpenEnd = false;
  /** The row that the cursor names is not where it was. */
  lostItsPlace = false;
  readonly #run: AdapterRun;
  readonly #list: CsvList;
  readonly #body: DecodedBody;
  readonly #from: ListCursor | undefined;
  readonly #fetchedAt: string;
  #header: ListHeader | undefined;
  #last = '';
  #tooLong = 0;
  #start = '';

  constructor(run: AdapterRun, list: CsvList, body: DecodedBody, from: ListCursor | undefined) {
    this.#run = run;
    this.#list = list;
    this.#body = body;
    this.#from = from;
    this.#fetchedAt = run.effects.now().toISOString();
  }

  /** Keeps the start of the body, to say what came instead of a list. */
  see(chunk: Uint8Array): void {
    if (this.#header === undefined) this.#start += new TextDecoder().decode(chunk.subarray(0, 4_096));
  }

  *take(event: CsvEvent): Generator<HarvestEvent> {
    if (event.kind === 'too-long') {
      this.#tooLong += 1;
      yield this.#reject('record-too-large', `is ${event.bytes} bytes long; expected at most ${maxRowBytes}`);
    } else if (event.row.bytes.length > 0) {
      yield* this.#takeRow(event.row);
    }
  }

  /** No more rows come: a list that ends before the row that the cursor names is another one. */
  finish(): void {
    if (this.rows < (this.#from?.rows ?? 0)) this.lostItsPlace = true;
  }

  checkpoint(): HarvestEvent {
    return { kind: 'checkpoint', cursor: JSON.stringify({ rows: this.rows, last: this.#last } satisfies ListCursor) };
  }

  end(): HarvestEvent {
    const { id } = this.#run.source;
    if (this.#header === undefined) {
      throw new SourceError('soft-error', `${id}: the list is empty; expected a CSV with a header line`, {
        reason: 'answer-empty',
      });
    }
    const found = this.#doubt();
    return found === undefined
      ? { kind: 'end', complete: true }
      : { kind: 'end', complete: false, why: `${id}: ${found}; expected whole rows, each with its line break` };
  }

  /** Why the list may hold more than was read. */
  #doubt(): string | undefined {
    if (this.#tooLong > 0)
      return `${this.#tooLong} rows were longer than ${maxRowBytes} bytes and may have swallowed others`;
    return this.hasOpenEnd ? `the list ends after ${this.rows} rows without a line break` : undefined;
  }

  /** Whether the last row, which no line break ends, is shorter than the others. */
  isCutOff(event: CsvEvent): boolean {
    return event.kind === 'row' && this.#header !== undefined && event.row.fieldStarts.length < this.#header.columns;
  }

  brokenOff(): SourceError {
    const found = `ends in the middle of a row, after ${this.rows} whole ones`;
    return new SourceError('truncated', `${this.#run.source.id}: the list ${found}; expected a line break at its end`);
  }

  *#takeRow(row: CsvRow): Generator<HarvestEvent> {
    const header = this.#header;
    if (header === undefined) {
      this.#header = parseHeader({ who: this.#run.source.id, list: this.#list, row, bodyStart: this.#start });
      return;
    }
    this.rows += 1;
    this.#last = csvField(row, header.keyIndex).trim();
    const from = this.#from;
    if (from !== undefined && this.rows <= from.rows) {
      this.lostItsPlace = this.rows === from.rows && this.#last !== from.last;
      return;
    }
    yield this.#eventOf(header, row);
    if (this.rows % checkpointEvery === 0) yield this.checkpoint();
  }

  #eventOf(header: ListHeader, row: CsvRow): HarvestEvent {
    const fields = row.fieldStarts.length;
    if (fields !== header.columns) {
      return this.#reject('row-field-count', `has ${fields} fields; expected the ${header.columns} of the header`, row);
    }
    if (this.#last === '') return this.#reject('record-without-id', `has no ${this.#list.key}; expected a number`, row);
    if (!isUtf8(row.bytes)) return this.#reject('record-not-utf8', 'holds bytes that are not UTF-8', row);
    const { endpoint } = this.#run.source;
    const lost = this.#lostCharacters(row);
    const record = {
      nativeId: this.#last,
      form: this.#list.form,
      raw: row.bytes,
      context: header.bytes,
      url: endpoint,
      fetchedAt: this.#fetchedAt,
    };
    return { kind: 'record', record: lost === undefined ? record : { ...record, problems: [lost] } };
  }

  /** U+FFFD in a row that had to be decoded is a loss of ours; in UTF-8 it is the portal's own text. */
  #lostCharacters(row: CsvRow): Problem | undefined {
    const encoding = this.#body.encoding();
    if (encoding === 'utf-8' || !Buffer.from(row.bytes).includes('\uFFFD')) return undefined;
    const message = `${this.#run.source.id}: row ${this.rows} has characters that ${encoding} does not know; expected a list in UTF-8`;
    return { slug: 'characters-lost', severity: 'warning', path: '', message };
  }

  #reject(slug: string, found: string, row?: CsvRow): HarvestEvent {
    const message = `${this.#run.source.id}: row ${this.rows} of the list ${found}`;
    const nativeId = row !== undefined && /^\d+$/u.test(this.#last) ? this.#last : undefined;
    return rejection({ slug, message, nativeId, raw: row?.bytes });
  }
}
