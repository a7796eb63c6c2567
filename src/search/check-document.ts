/** Whether a document can be indexed at all: what one record of one portal does must not stop the index of all others. */
import type { Problem } from '../model/problem.ts';
import { textFields } from './index-schema.ts';
import { facetNames, type IndexDocument } from './search-contract.ts';

/** Ids are 16 characters; a longer text in their place is a mistake. UTF-16 units. */
const maxIdLength = 256;

/** `undefined` when all is well. Types promise most of this; a record that came through JSON may break the promise. */
export function documentProblem(document: IndexDocument): Problem | undefined {
  const { id } = document;
  if (typeof id !== 'string' || id === '' || id.length > maxIdLength) {
    return rejected('id', `found ${describe(id)}, expected a text of 1 to ${maxIdLength} characters`);
  }
  for (const name of [...textFields, 'identifiers'] as const) {
    if (!isTextList(document[name]))
      return rejected(name, `found ${describe(document[name])}, expected a list of texts`);
  }
  for (const name of facetNames) {
    const values = document.facets?.[name];
    if (!isTextList(values)) return rejected(`facets.${name}`, `found ${describe(values)}, expected a list of texts`);
  }
  if (typeof document.sourceId !== 'string') return rejected('sourceId', 'found none, expected the id of a source');
  if (typeof document.stored?.title !== 'string' || typeof document.stored.description !== 'string') {
    return rejected('stored', 'found no title and description to show, expected texts');
  }
  return undefined;
}

/** The problem of a document whose analysis failed. */
export function analysisProblem(document: IndexDocument, cause: unknown): Problem {
  return rejected('', `${document.id}: the text analysis failed (${String(cause)}), expected terms`);
}

function rejected(path: string, message: string): Problem {
  return { slug: 'index-document-rejected', severity: 'error', path, message: `search index: ${message}` };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 80) ?? typeof value);
}
