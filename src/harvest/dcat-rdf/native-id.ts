/**
 * What a dataset in RDF is known by, run after run: the text of its dct:identifier when it has exactly one, else its
 * IRI, else (a blank node with several identifiers) the first of them in alphabetical order. The option `nativeId: iri`
 * is for catalogues that give one identifier to several datasets. Undefined for what nobody can name. Pure.
 */
import type { Source } from '../../model/source.ts';
import type { DatasetPart } from './dataset-parts.ts';
import { dcat, dct } from './triple-index.ts';

/** `dcat:identifier` is what the context of CKAN's first JSON-LD made of `identifier`. */
const identifierPredicates = [`${dct}identifier`, 'http://purl.org/dc/elements/1.1/identifier', `${dcat}identifier`];

export function nativeIdOf({ node, triples }: DatasetPart, source: Source): string | undefined {
  const iri = node.kind === 'iri' ? node.value : undefined;
  if (source.options['nativeId'] === 'iri' && iri !== undefined) return iri;
  for (const predicate of identifierPredicates) {
    const written = triples.filter(
      (each) => each.predicate === predicate && each.subject.kind === node.kind && each.subject.value === node.value,
    );
    const texts = [...new Set(written.map(({ object }) => (object.kind === 'blank' ? '' : object.value)))];
    const ids = texts.filter((text) => text.trim() !== '').sort();
    if (ids.length === 1 || (ids.length > 1 && iri === undefined)) return ids[0];
    if (ids.length > 1) return iri;
  }
  return iri;
}
