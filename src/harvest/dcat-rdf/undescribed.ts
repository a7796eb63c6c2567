/**
 * Datasets that a catalogue lists and does not describe: asked for at their own address (a catalogue that describes none
 * at all, or the option `details`), else told as records that could not be read, so that nothing is taken for gone.
 */
import { isSourceError } from '../../model/source-error.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { isOfWholePortal } from '../fetch-json.ts';
import { inOrder } from '../in-order.ts';
import { rejection } from '../rejection.ts';
import { catalogueParts } from './dataset-parts.ts';
import { fetchDocument, isDocument } from './document.ts';
import type { Pass } from './pass.ts';
import { type Row, rowsOf } from './rows.ts';

/** Those of all pages, when the pages are read. */
export async function* undescribedRows(run: AdapterRun, { listed, described }: Pass): AsyncGenerator<Row> {
  const missing = [...listed].filter((iri) => !described.has(iri));
  // As many described as listed: GeoNetwork lists datasets by another IRI than it describes them by.
  if (missing.length === 0 || described.size >= missing.length) return;
  const asks = run.source.options['details'] === true || described.size === 0;
  for await (const found of inOrder(missing, run.source.pace.concurrency, (iri) => rowsAt(run, iri, asks))) {
    run.signal.throwIfAborted();
    yield* found;
  }
}

async function rowsAt(run: AdapterRun, iri: string, asks: boolean): Promise<readonly Row[]> {
  if (!asks || !isOnOwnHost(iri, run.source.endpoint)) return [unread(run, iri, 'it is listed and not described')];
  try {
    const answer = await fetchDocument(run, iri);
    if (!isDocument(answer)) {
      const isGone = answer.status === 404 || answer.status === 410;
      return isGone ? [] : [unread(run, iri, `its address answered status ${answer.status}`)];
    }
    const { datasets } = catalogueParts(answer.index);
    const own = datasets.filter(({ node }) => node.kind === 'iri' && node.value === iri);
    const rows = rowsOf(run.source, answer, own.length === 0 ? datasets.slice(0, 1) : own);
    return rows.length === 0 ? [unread(run, iri, 'its address describes no dataset')] : rows;
  } catch (failure) {
    if (!isSourceError(failure) || isOfWholePortal(failure)) throw failure;
    return [unread(run, iri, failure.message)];
  }
}

function isOnOwnHost(iri: string, endpoint: string): boolean {
  return URL.canParse(iri) && /^https?:/.test(iri) && new URL(iri).host === new URL(endpoint).host;
}

/** Without a native id: under which id the dataset was known is what cannot be read. */
function unread({ source }: AdapterRun, iri: string, found: string): Row {
  const message = `${source.id}: dataset ${iri}: ${found}; expected its description`;
  return { key: `listed ${iri}`, event: rejection({ slug: 'record-not-described', message }) };
}
