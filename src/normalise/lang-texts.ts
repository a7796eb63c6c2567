/** Text fields → `LangText`. A plain string has no declared language (`und`); a dictionary by language declares it. */
import type { LangString, LangText } from '../model/lang-text.ts';
import { languageTag } from './language-code.ts';
import type { Mapping } from './mapping.ts';
import { isObject, parsedIfJson, scalarText } from './native-value.ts';
import { plainLine } from './plain-text.ts';
import { quoted } from './problem-log.ts';

type Plain = (text: string) => string | undefined;

/** One text or a dictionary of texts by language (fluent fields of CKAN, also as JSON in a string). */
export function langText(value: unknown, path: string, mapping: Mapping, plain: Plain): LangText {
  const content = isDictionary(value) ? parsedIfJson(value) : value;
  if (!isObject(content)) {
    const text = scalarText(content);
    return text === undefined ? [] : withoutEmpty([{ text: plain(text), lang: 'und' }]);
  }
  const texts = withoutEmpty(
    Object.entries(content).map(([code, each]) => {
      const text = scalarText(each);
      return { text: text === undefined ? undefined : plain(text), lang: declaredLanguage(code, path, mapping) };
    }),
  );
  return ownLanguageFirst(texts, mapping.source.languages);
}

/** A dictionary has no order of its own: the portal's languages come first, in the order of its source file. */
export function ownLanguageFirst(texts: LangText, languages: readonly string[]): LangText {
  const rank = (each: LangString): number => {
    const at = languages.findIndex((language) => each.lang === language || each.lang.startsWith(`${language}-`));
    return at < 0 ? languages.length : at;
  };
  return texts.toSorted((a, b) => rank(a) - rank(b));
}

export function langLine(value: unknown, path: string, mapping: Mapping): LangText {
  return langText(value, path, mapping, plainLine);
}

/** The first of the fields that says anything. */
export function firstLangText(
  fields: readonly (readonly [string, unknown])[],
  mapping: Mapping,
  plain: Plain,
): LangText {
  for (const [path, value] of fields) {
    const text = langText(value, path, mapping, plain);
    if (text.length > 0) return text;
  }
  return [];
}

/** The title; when there is none the record is kept under its id (case N-13). */
export function titleOrId(title: LangText, path: string, mapping: Mapping): LangText {
  if (title.length > 0) return title;
  mapping.log.add('title-missing', path, `found no title; expected one, so the record is shown by its id`);
  return [{ text: `(untitled) ${mapping.nativeId}`, lang: 'und' }];
}

export function descriptionOf(text: LangText, path: string, mapping: Mapping): LangText {
  if (text.length === 0) mapping.log.add('description-missing', path, 'found no description; expected a text');
  return text;
}

/** A BCP 47 tag, or `und` with a note for a code that is none. */
function declaredLanguage(code: string, path: string, { source, log }: Mapping): string {
  const tag = languageTag(code, source.languages);
  if (tag === undefined)
    log.add('language-unknown-code', path, `found ${quoted(code)}; expected a language tag such as ja`);
  return tag ?? 'und';
}

function isDictionary(value: unknown): boolean {
  return isObject(value) || (typeof value === 'string' && /^\s*\{\s*"[a-zA-Z_-]{2,12}"\s*:\s*"/.test(value));
}

function withoutEmpty(texts: readonly { readonly text: string | undefined; readonly lang: string }[]): LangString[] {
  return texts.flatMap(({ text, lang }) => (text === undefined ? [] : [{ text, lang }]));
}
