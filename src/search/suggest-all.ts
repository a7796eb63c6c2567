/** Completions from what the catalogue says and from what the vocabulary knows, in one list. */
import { typingKey } from '../text/typing-key.ts';
import type { Generation } from './generation.ts';
import type { QueryEngine } from './query-engine.ts';
import type { Suggestion } from './search-contract.ts';
import type { TermSuggester } from './suggest-terms.ts';

/** Most that one call gives. */
const maxSuggestions = 100;

/** Concepts and places lead with this part of the list; what is left over at its end is theirs too. */
const termShare = 1 / 3;

export interface SuggestionSources {
  readonly engine: Pick<QueryEngine, 'suggest'>;
  readonly generation: Generation;
  /** Absent: only what the catalogue says. */
  readonly terms: TermSuggester | undefined;
}

/** Nothing for a prefix that holds nothing to look up. A text that a concept or place has too is suggested as that. */
export async function suggestAll(
  { engine, generation, terms }: SuggestionSources,
  prefix: string,
  limit: number,
): Promise<readonly Suggestion[]> {
  const { key } = typingKey(prefix);
  const wanted = Math.min(maxSuggestions, Math.max(0, Math.trunc(limit)));
  if (key === '' || wanted === 0) return [];
  const known = terms?.suggest(generation, key, wanted) ?? [];
  const written = await engine.suggest(key, wanted);
  const lead = known.slice(0, Math.max(Math.ceil(wanted * termShare), wanted - written.length));
  const byText = new Map<string, Suggestion>();
  for (const each of [...lead, ...written, ...known]) {
    const text = typingKey(each.text).key;
    if (!byText.has(text) && byText.size < wanted) byText.set(text, each);
  }
  return [...byText.values()];
}
