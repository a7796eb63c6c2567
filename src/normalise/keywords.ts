/** Keywords: trimmed, once each, at most as many as a reader and an index can bear (cases F1 to F3). */
import type { LangString, LangText } from '../model/lang-text.ts';
import type { Mapping } from './mapping.ts';
import { plainLine } from './plain-text.ts';

/** data.gov#4965 met 34,866 keywords on one record; 200 are more than any honest record here has. */
const maxKeywords = 200;

/** Longest keyword, in characters: beyond it is a sentence or a broken separator. */
const maxKeywordLength = 200;

export function keywordsOf(words: readonly LangString[], path: string, { log }: Mapping): LangText {
  const seen = new Set<string>();
  const kept: LangString[] = [];
  for (const { text, lang } of words) {
    const word = plainLine(text);
    if (word === undefined || seen.has(`${lang} ${word}`)) continue;
    seen.add(`${lang} ${word}`);
    if (word.length > maxKeywordLength) {
      log.add(
        'keyword-dropped',
        path,
        `found a keyword of ${word.length} characters; expected at most ${maxKeywordLength}`,
      );
    } else if (kept.length < maxKeywords) kept.push({ text: word, lang });
  }
  if (seen.size > maxKeywords) {
    log.add(
      'keywords-capped',
      path,
      `found ${seen.size} keywords; expected at most ${maxKeywords}, the first are kept`,
    );
  }
  return kept;
}

/** One string of keywords, with the separators that portals use. */
export function splitKeywords(text: string): string[] {
  return text.split(/[,;、，；|\n]/);
}
