/**
 * An adapter whose list is a few documents, asked on condition: when each of those that the last whole list was read from
 * says 304, the list is that one, and nothing is read. At the first that does not, the list is read as ever; the answer that
 * told goes to the adapter, so that nothing is asked for twice. The adapter knows nothing of it.
 */
import type { HttpAnswer, HttpDoor, HttpRequest } from '../kit/http/http-door.ts';
import { isSourceError } from '../model/source-error.ts';
import type { HarvestEnd, HarvestEvent, ListDocument } from '../model/source-record.ts';
import type { AdapterRun } from './adapter-run.ts';
import type { Harvest } from './harvest-contract.ts';
import { conditionOf, type DocumentBook, documentBook, isUnchanged } from './list-documents.ts';
import { sourceRequest } from './source-request.ts';

export function unlessNotModified(harvest: Harvest): Harvest {
  return async function* harvestUnlessNotModified(source, from, effects, signal) {
    // What an interrupted run has read of the list is not in this one's books.
    const documents = from === undefined ? (effects.documents ?? []) : [];
    const changed = await findChanged({ source, effects, signal }, documents);
    if (documents.length === 0 || changed !== undefined) {
      yield* readNoting(harvest, { source, effects, signal }, { from, changed });
      return;
    }
    effects.log(`${source.id}: not modified since the last whole run (${documents.length} documents asked)`);
    yield { kind: 'end', complete: true, notModified: true };
  };
}

async function* readNoting(
  harvest: Harvest,
  { source, effects, signal }: AdapterRun,
  { from, changed }: { readonly from: string | undefined; readonly changed: Changed | undefined },
): AsyncGenerator<HarvestEvent> {
  const book = documentBook();
  const door = notingDoor(effects.http, { book, now: effects.now, given: changed });
  try {
    for await (const event of harvest(source, from, { ...effects, http: door.http }, signal)) {
      yield event.kind === 'end' ? withDocuments(event, from === undefined ? book : undefined) : event;
    }
  } finally {
    await door.discard();
  }
}

interface Changed {
  readonly document: ListDocument;
  readonly answer: HttpAnswer;
}

async function findChanged(
  { source, effects, signal }: AdapterRun,
  documents: readonly ListDocument[],
): Promise<Changed | undefined> {
  for (const document of documents) {
    const request = sourceRequest(source, document.url, document.accept, signal);
    const headers = { ...request.headers, ...conditionOf(document) };
    const answer = await effects.http.request({ ...request, headers });
    if (!isUnchanged(document, answer.status)) return { document, answer };
    await answer.discard();
  }
  return undefined;
}

function withDocuments({ decidedBy, ...end }: HarvestEnd, book: DocumentBook | undefined): HarvestEnd {
  const documents = end.complete ? book?.documents(decidedBy) : undefined;
  return documents === undefined ? end : { ...end, documents };
}

interface NotingDoor {
  readonly http: HttpDoor;
  /** Of an answer that the adapter did not ask for. */
  readonly discard: () => Promise<void>;
}

interface Noting {
  readonly book: DocumentBook;
  readonly now: () => Date;
  readonly given: Changed | undefined;
}

function notingDoor(http: HttpDoor, { book, now, given }: Noting): NotingDoor {
  let waiting = given;
  const discard = async (): Promise<void> => {
    const unwanted = waiting;
    waiting = undefined;
    await unwanted?.answer.discard();
  };
  const takeGiven = async (request: HttpRequest): Promise<HttpAnswer | undefined> => {
    const found = waiting;
    if (found?.document.url !== request.url || found.document.accept !== request.headers?.['accept']) {
      // An answer that is not read keeps its host busy.
      await discard();
      return undefined;
    }
    waiting = undefined;
    return found.answer;
  };
  const door: HttpDoor = {
    request: async (request) => {
      const answer = (await takeGiven(request)) ?? (await http.request(request));
      book.note(request, answer, now());
      return answer;
    },
    fetchWhole: async (request) => {
      const answer = await takeGiven(request);
      const fetched = (answer && (await wholeOf(answer))) ?? (await http.fetchWhole(request));
      book.note(request, fetched.answer, now());
      return fetched;
    },
    close: () => http.close(),
  };
  return { http: door, discard };
}

/** Undefined for a body that breaks off: it is asked for again. */
async function wholeOf({
  body,
  discard,
  ...answer
}: HttpAnswer): Promise<Awaited<ReturnType<HttpDoor['fetchWhole']>> | undefined> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch (failure) {
    if (isSourceError(failure) && failure.code === 'truncated') return undefined;
    throw failure;
  }
  return { answer, bytes: Buffer.concat(chunks) };
}
