/**
 * What can be suggested, as one sortable string: `key NUL kind text`. The key is the folded text that a prefix is looked
 * up by; sorting by the whole brings all that begins alike together and tells kinds and spellings apart.
 */
import { foldCharacter } from '../text/fold-character.ts';
import { identifierKey } from '../text/identifier-key.ts';
import { suggestionKinds } from './index-schema.ts';
import type { IndexDocument, Suggestion } from './search-contract.ts';

/** Longer texts make no useful completion; UTF-16 units. */
const maxSuggestionLength = 200;

type SuggestionKind = Suggestion['kind'];

export function suggestionEntries(document: IndexDocument): readonly string[] {
  return [
    ...document.titles.map((text) => entryOf('title', text)),
    ...document.facets.publisher.map((text) => entryOf('publisher', text)),
    ...document.keywords.map((text) => entryOf('keyword', text)),
  ].filter((entry) => entry !== undefined);
}

/** The folded form by which suggestions are found (`duong` finds đường, `台` finds 臺); holds no NUL. */
export function suggestionKey(text: string): string {
  let key = '';
  for (const character of identifierKey(text)) key += foldCharacter(character.codePointAt(0) ?? 0);
  return key.replaceAll('\0', '');
}

export function suggestionFromEntry(entry: string): { readonly text: string; readonly kind: SuggestionKind } {
  const end = entry.indexOf('\0');
  return { text: entry.slice(end + 2), kind: suggestionKinds[Number(entry[end + 1])] ?? 'title' };
}

function entryOf(kind: SuggestionKind, text: string): string | undefined {
  const key = suggestionKey(text);
  if (key === '' || text.length > maxSuggestionLength) return undefined;
  return `${key}\0${suggestionKinds.indexOf(kind)}${text}`;
}
