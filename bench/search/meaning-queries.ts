/** Queries with meanings: what the records of the search bench name, so that concepts and places are as wide as in reality. */
import { recogniseRecord } from '../../src/enrich/recognise-record.ts';
import type { CatalogueRecord } from '../../src/model/dataset.ts';
import type { IndexDocument, SearchRequest } from '../../src/search/search-contract.ts';
import { labelLanguages } from '../../src/vocabulary/label-file.ts';
import type { Terminology } from '../../src/vocabulary/terminology.ts';
import type { Random } from './random.ts';

const queriesWanted = 210;

/** The documents with their concepts and places, as a record with the same texts would have them. */
export function withTerms(documents: readonly IndexDocument[], terminology: Terminology): readonly IndexDocument[] {
  return documents.map((document) => {
    const terms = recogniseRecord(recordOf(document), terminology);
    const shown = terms.filter(({ field }) => field === 'titles').slice(0, 24);
    return { ...document, terms, stored: { ...document.stored, terms: shown } };
  });
}

function recordOf({ id, sourceId, facets, ...texts }: IndexDocument): CatalogueRecord {
  const langText = (values: readonly string[]) => values.map((text) => ({ text, lang: 'und' }));
  return {
    dataset: {
      id,
      sourceId,
      nativeId: id,
      country: facets.country[0] ?? '',
      identifiers: [],
      title: langText(texts.titles),
      description: langText(texts.descriptions),
      keywords: langText(texts.keywords),
      publisher: { name: langText(texts.publisher) },
      contacts: [],
      licence: { id: 'unknown', openness: 'unknown', original: {} },
      themes: [],
      sourceCategories: [],
      languages: [],
      temporal: [],
      spatial: [],
      distributions: [],
    },
    changeNumber: 1,
    state: 'live',
    firstSeen: '',
    lastSeen: '',
    lastChanged: '',
    theme: { value: 'unclassified', by: 'rule', confidence: 0 },
    problems: [],
  };
}

/** One to three terms that a record has together, each said in any of the thirteen languages; a third with a filter. */
export function meaningQueries(
  documents: readonly IndexDocument[],
  { lexicon, gazetteer }: Terminology,
  random: Random,
): readonly SearchRequest[] {
  const named = documents.filter(({ terms }) => terms.length > 0);
  const texts = new Set<string>();
  while (texts.size < queriesWanted) {
    const { terms } = random.pick(named);
    const asked = Array.from({ length: 1 + random.below(3) }, () => random.pick(terms));
    const language = random.pick(labelLanguages);
    const labels = asked.map(
      ({ kind, id }) => (kind === 'place' ? gazetteer.places : lexicon.concepts).get(id)?.labels,
    );
    const said = labels.flatMap((each) => each?.[language]?.[0] ?? []);
    if (said.length > 0) texts.add([...new Set(said)].join(' '));
  }
  return [...texts].map((text, number) => {
    const filters = number % 3 === 0 ? { country: random.pick(documents).facets.country } : {};
    return { text, filters, sort: 'relevance', offset: 0, limit: 20, facetLimit: 10 };
  });
}
