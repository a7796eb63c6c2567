/**
 * What can be suggested, as one sortable string: `key NUL kind text`. The key is the text's typing key, which a prefix is
 * looked up by; sorting by the whole brings all that begins alike together and tells kinds and spellings apart.
 */
import { typingKey } from '../text/typing-key.ts';
import { suggestionKinds } from './index-schema.ts';
import type { IndexDocument } from './search-contract.ts';

/** Longer texts make no useful completion; UTF-16 units. */
const maxSuggestionLength = 200;

type SuggestionKind = (typeof suggestionKinds)[number];

export function suggestionEntries(document: IndexDocument): readonly string[] {
  return [
    ...document.titles.map((text) => entryOf('title', text)),
    ...document.facets.publisher.map((text) => entryOf('publisher', text)),
    ...document.keywords.map((text) => entryOf('keyword', text)),
  ].filter((entry) => entry !== undefined);
}

export function suggestionFromEntry(entry: string): { readonly text: string; readonly kind: SuggestionKind } {
  const end = entry.indexOf('\0');
  return { text: entry.slice(end + 2), kind: suggestionKinds[Number(entry[end + 1])] ?? 'title' };
}

function entryOf(kind: SuggestionKind, text: string): string | undefined {
  const { key } = typingKey(text);
  if (key === '' || text.length > maxSuggestionLength) return undefined;
  return `${key}\0${suggestionKinds.indexOf(kind)}${text}`;
}
