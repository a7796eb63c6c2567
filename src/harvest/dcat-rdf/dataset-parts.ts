/**
 * The datasets of a document, each with everything that belongs to it: what is reachable from it (distributions, agents,
 * periods, places …) and its catalogue record. Other datasets and catalogues are only pointed at. Pure.
 */
import { termText } from '../../kit/rdf/n-triples.ts';
import { type RdfNode, rdfType, type Triple } from '../../kit/rdf/triple.ts';
import { dcat, dct, foaf, hasType, objectsOf, type TripleIndex } from './triple-index.ts';

/** `qb:DataSet`: what the linked data of data.go.id (2014) calls a dataset. */
const datasetTypes: ReadonlySet<string> = new Set([`${dcat}Dataset`, 'http://purl.org/linked-data/cube#DataSet']);
const otherTypes: ReadonlySet<string> = new Set([`${dcat}Catalog`, `${dcat}DataService`, `${dcat}CatalogRecord`]);

/** What is described for itself and not as a part of a dataset. */
const standsAlone: ReadonlySet<string> = new Set([...datasetTypes, ...otherTypes, `${dcat}DatasetSeries`]);

/** Links from a part back to everything it serves or holds: with them each dataset would carry the whole catalogue. */
const backLinks: ReadonlySet<string> = new Set([
  ...['servesDataset', 'dataset', 'record', 'service', 'catalog', 'seriesMember'].map((name) => `${dcat}${name}`),
  ...['hasPart', 'isReferencedBy', 'isPartOf'].map((name) => `${dct}${name}`),
  ...['made', 'publications'].map((name) => `${foaf}${name}`),
  ...['hasTopConcept', 'topConceptOf', 'narrower', 'broader', 'inScheme', 'member'].map(
    (name) => `http://www.w3.org/2004/02/skos/core#${name}`,
  ),
]);

/** Steps from a dataset: distribution → service → contact → address is four. */
const mostSteps = 8;

/** Statements of one dataset: 502 resources with 20 each are known of CKAN; more is a graph that is all one. */
const mostTriples = 50_000;

export interface DatasetPart {
  readonly node: RdfNode;
  readonly triples: readonly Triple[];
  /** `<iri>` or `_:label` of all that is described in it. */
  readonly nodes: ReadonlySet<string>;
  /** More belongs to it than `mostTriples`. */
  readonly isCut: boolean;
}

export interface CatalogueParts {
  readonly datasets: readonly DatasetPart[];
  /** Addresses of datasets that a catalogue lists and this document does not describe. */
  readonly undescribed: readonly string[];
  readonly hasCatalogue: boolean;
}

export function catalogueParts(index: TripleIndex): CatalogueParts {
  const listed = index.triples.filter(({ predicate }) => predicate === `${dcat}dataset`).map(({ object }) => object);
  const nodes = new Map<string, RdfNode>();
  for (const { subject, predicate, object } of index.triples) {
    const isType = predicate === rdfType && object.kind === 'iri' && datasetTypes.has(object.value);
    if (isType && isDescribed(index, subject)) nodes.set(termText(subject), subject);
  }
  for (const node of listed) {
    if (node.kind === 'literal' || !isDescribed(index, node) || hasType(index, node, otherTypes)) continue;
    nodes.set(termText(node), node);
  }
  const undescribed = listed.flatMap((node) =>
    node.kind === 'iri' && !isDescribed(index, node) && !nodes.has(termText(node)) ? [node.value] : [],
  );
  const records = recordsByTopic(index);
  const hasCatalogue = index.triples.some(
    ({ predicate, object }) => predicate === rdfType && object.kind === 'iri' && object.value === `${dcat}Catalog`,
  );
  return {
    datasets: [...nodes.values()].map((node) => partOf(index, node, records.get(termText(node)) ?? [])),
    undescribed: [...new Set(undescribed)],
    hasCatalogue,
  };
}

/** More is said of it than its type. */
function isDescribed(index: TripleIndex, node: RdfNode): boolean {
  return (index.bySubject.get(termText(node)) ?? []).some(({ predicate }) => predicate !== rdfType);
}

function recordsByTopic(index: TripleIndex): ReadonlyMap<string, readonly RdfNode[]> {
  const records = new Map<string, RdfNode[]>();
  for (const { subject, predicate, object } of index.triples) {
    if (predicate !== `${foaf}primaryTopic` || object.kind === 'literal') continue;
    const key = termText(object);
    records.set(key, [...(records.get(key) ?? []), subject]);
  }
  return records;
}

function partOf(index: TripleIndex, root: RdfNode, records: readonly RdfNode[]): DatasetPart {
  const triples: Triple[] = [];
  const nodes = new Set([root, ...records].map((node) => termText(node)));
  let front = [root, ...records];
  for (let step = 0; step < mostSteps && front.length > 0; step += 1) {
    const found = front.flatMap((node) => ownTriples(index, node, root));
    if (triples.length + found.length > mostTriples) return { node: root, triples, nodes, isCut: true };
    triples.push(...found);
    front = found.flatMap((triple) =>
      triple.object.kind !== 'literal' && follows(index, triple, nodes) ? [triple.object] : [],
    );
  }
  return { node: root, triples, nodes, isCut: false };
}

function ownTriples(index: TripleIndex, node: RdfNode, root: RdfNode): readonly Triple[] {
  const own = index.bySubject.get(termText(node)) ?? [];
  return termText(node) === termText(root) ? own : own.filter(({ predicate }) => !backLinks.has(predicate));
}

/** Notes the object as met; false for one that was met, is not described, or stands for itself. */
function follows(index: TripleIndex, { predicate, object }: Triple, nodes: Set<string>): boolean {
  if (object.kind === 'literal') return false;
  const key = termText(object);
  if (nodes.has(key) || !index.bySubject.has(key)) return false;
  const isService = predicate === `${dcat}accessService`;
  if (hasType(index, object, standsAlone) && !isService && predicate !== `${dcat}distribution`) return false;
  nodes.add(key);
  return true;
}

/** Whether something that the dataset consists of is only pointed at: the document was cut off before it. */
export function hasLooseEnds(index: TripleIndex, { node, triples }: DatasetPart): boolean {
  const isLoose = (end: RdfNode): boolean => !index.bySubject.has(termText(end));
  const files = objectsOf(index, node, `${dcat}distribution`);
  return (
    files.some((file) => file.kind !== 'literal' && isLoose(file)) ||
    triples.some(({ object }) => object.kind === 'blank' && isLoose(object))
  );
}
