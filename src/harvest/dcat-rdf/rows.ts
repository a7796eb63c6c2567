/** The datasets of one document as harvest events, each known by its id. Pure. */
import { sha256Hex } from '../../kit/hash.ts';
import { canonicalTriples } from '../../kit/rdf/canonical-triples.ts';
import type { RdfFlaw } from '../../kit/rdf/rdf-sink.ts';
import type { Problem } from '../../model/problem.ts';
import type { Source } from '../../model/source.ts';
import type { HarvestEvent, SourceRecord } from '../../model/source-record.ts';
import { rejection } from '../rejection.ts';
import { type DatasetPart, hasLooseEnds } from './dataset-parts.ts';
import type { RdfDocument } from './document.ts';
import { nativeIdOf } from './native-id.ts';

export interface Row {
  /** Native id, or the hash of what nobody can name. */
  readonly key: string;
  readonly event: HarvestEvent;
}

/** Broken IRIs that are told of one record. */
const mostFlaws = 10;

export function rowsOf(source: Source, document: RdfDocument, parts: readonly DatasetPart[]): readonly Row[] {
  const flaws = flawsBySubject(document.reading.flaws);
  const suspects = suspectsOf(document, parts);
  return parts.map((part): Row => {
    const raw = new TextEncoder().encode(canonicalTriples(part.node, part.triples));
    const id = nativeIdOf(part, source);
    const who = `${source.id}: a dataset of ${document.url}`;
    if (id === undefined) {
      const message = `${who} has neither an IRI nor a dct:identifier; expected one of them`;
      return { key: sha256Hex(raw), event: rejection({ slug: 'record-without-id', message, raw }) };
    }
    if (part.isCut) {
      const message = `${who} has more than ${part.triples.length} statements; expected the description of one dataset`;
      return { key: id, event: rejection({ slug: 'record-too-large', message, nativeId: id }) };
    }
    if (suspects.has(part)) {
      const message = `${who} breaks off, because ${document.reading.failure?.found ?? 'the document does'}; expected all of it`;
      return { key: id, event: rejection({ slug: 'record-cut-off', message, nativeId: id }) };
    }
    const problems = [...part.nodes].flatMap((node) => flaws.get(node) ?? []).slice(0, mostFlaws);
    const { url, fetchedAt } = document;
    const record: SourceRecord = { nativeId: id, form: 'dcat-rdf-dataset', raw, url, fetchedAt };
    return { key: id, event: { kind: 'record', record: problems.length === 0 ? record : { ...record, problems } } };
  });
}

function brokenIri(message: string): Problem {
  return { slug: 'rdf-iri-broken', severity: 'warning', path: '', message };
}

/** IRIs kept as texts are in the record itself and are told when it is normalised. */
function flawsBySubject(flaws: readonly RdfFlaw[]): ReadonlyMap<string, readonly Problem[]> {
  const problems = new Map<string, Problem[]>();
  for (const { kind, subject, found } of flaws) {
    if (kind === 'character-dropped' || subject === undefined) continue;
    const what = `"${found.replace(/\s+/g, ' ').slice(0, 80)}"`;
    const problem: Problem =
      kind === 'iri-mended'
        ? brokenIri(`found ${what}; expected an IRI, its illegal characters are percent-encoded`)
        : brokenIri(`found ${what} as a property; expected an IRI, the statement is left out`);
    problems.set(subject, [...(problems.get(subject) ?? []), problem]);
  }
  return problems;
}

/**
 * After a syntax error: the datasets that may be half there. A half description must never take the place of a whole
 * one, so they count as listed and are not read.
 */
function suspectsOf(document: RdfDocument, parts: readonly DatasetPart[]): ReadonlySet<DatasetPart> {
  const { index, reading } = document;
  if (reading.failure === undefined) return new Set();
  const suspects = new Set(parts.filter((part) => hasLooseEnds(index, part)));
  for (const { subject } of reading.triples.toReversed()) {
    const name = subject.kind === 'iri' ? `<${subject.value}>` : `_:${subject.value}`;
    const around = parts.filter(({ nodes }) => nodes.has(name));
    for (const part of around) suspects.add(part);
    // Nodes that nothing points at yet belong to what was being read before them.
    if (around.length > 0 || subject.kind === 'iri') break;
  }
  return suspects;
}
