/**
 * Text that knows its language. One entry a language, the portal's main language first; the language is the one the
 * portal *declared* (BCP 47), or `und` when it declared none: never a guess.
 */
export type LangText = readonly LangString[];

export interface LangString {
  readonly text: string;
  /** BCP 47 tag as declared, `und` when unknown. */
  readonly lang: string;
}

/**
 * The text to show a reader of `preferred` (BCP 47). Exact tag, then same primary language, then English,
 * then the first there is; deterministic, so that a page never changes its language between two requests.
 */
export function displayText(text: LangText, preferred: string): LangString | undefined {
  const primary = primaryLanguage(preferred);
  return (
    text.find((each) => each.lang === preferred) ??
    text.find((each) => primaryLanguage(each.lang) === primary) ??
    text.find((each) => primaryLanguage(each.lang) === 'en') ??
    text[0]
  );
}

function primaryLanguage(tag: string): string {
  return tag.split('-', 1)[0] ?? tag;
}
