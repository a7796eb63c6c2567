/**
 * MiniSearch on the same terms. It keeps no positions, so that only queries whose clauses are one term each mean the same
 * there; the others are not put to it. Facets from typed arrays, highlights with our own functions.
 */
import MiniSearch from 'minisearch';
import { matchRanges } from '../../src/search/match-ranges.ts';
import type { IndexDocument, SearchRequest } from '../../src/search/search-contract.ts';
import { snippetOf } from '../../src/search/snippet.ts';
import { analyseInto } from '../../src/text/analyse.ts';
import { parseQuery } from '../../src/text/parse-query.ts';
import { FacetArrays } from './facet-arrays.ts';
import type { BaselineAnswer } from './fts5.ts';

interface Row {
  readonly id: number;
  readonly document: IndexDocument;
}

export class MiniSearchBaseline {
  readonly #documents: readonly IndexDocument[];
  readonly #facets = new FacetArrays();
  readonly #index = new MiniSearch<Row>({
    fields: ['titles', 'keywords', 'publisher', 'descriptions'],
    extractField: (row, field) => (field === 'id' ? row.id : row.document[field as 'titles'].join('\n')) as string,
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: { boost: { titles: 4, keywords: 2, publisher: 1.5 }, combineWith: 'AND' },
  });

  constructor(documents: readonly IndexDocument[]) {
    this.#documents = documents;
    for (const [id, document] of documents.entries()) {
      this.#index.add({ id, document });
      this.#facets.add(document);
    }
    this.#facets.seal();
  }

  static understands(request: SearchRequest): boolean {
    return parseQuery(request.text).clauses.every((clause) => clause.terms.length === 1);
  }

  search(request: SearchRequest): BaselineAnswer {
    const { clauses } = parseQuery(request.text);
    const found = this.#index.search({
      combineWith: 'AND',
      queries: clauses.map(({ terms, prefix }) => ({
        queries: [terms[0] ?? ''],
        tokenize: (term: string) => [term],
        prefix,
      })),
    });
    const { total, facets, passes } = this.#facets.count(
      Int32Array.from(found, (hit) => hit.id as number),
      request.filters,
      request.facetLimit,
    );
    const hits: unknown[] = [];
    for (const { id } of found) {
      if (hits.length === request.limit) break;
      const document = this.#documents[id as number];
      if (document === undefined || !passes(id as number)) continue;
      const { stored } = document;
      hits.push({ stored, title: matchRanges(stored.title, clauses), snippet: snippetOf(stored.description, clauses) });
    }
    return { total, hits, facets };
  }
}

function termsOf(text: string): string[] {
  const terms: string[] = [];
  analyseInto(text, (term, _position, _start, _end, kind) => {
    if (kind !== 'word') terms.push(term);
  });
  return terms;
}
