/**
 * Text elements of ISO 19139 → texts with their language. Pure. The plain text is in the language that the record says
 * it is written in; `PT_FreeText` adds one a locale.
 */
import { childrenOf, elementAt, elementsAt, wholeText, type XmlElement } from '../kit/xml-tree.ts';
import type { LangString, LangText } from '../model/lang-text.ts';
import { languageTag } from './language-code.ts';
import type { Mapping } from './mapping.ts';

type Plain = (text: string) => string | undefined;

/** Which language a locale of the record stands for. */
export interface IsoLanguages {
  /** BCP 47 tag of the plain texts; `und` when the record does not say. */
  readonly main: string;
  /** Tag of `#id`. */
  readonly ofLocale: (reference: string) => string;
}

export function isoLanguages(record: XmlElement, { source }: Mapping): IsoLanguages {
  const tagOf = (element: XmlElement | undefined) => languageTag(languageCode(element) ?? '', source.languages);
  const locales = new Map(
    elementsAt(record, 'locale/PT_Locale').map((locale) => [
      locale.attributes.get('id') ?? '',
      tagOf(elementAt(locale, 'languageCode')),
    ]),
  );
  return {
    main: tagOf(childrenOf(record, 'language')[0]) ?? 'und',
    ofLocale: (reference) => {
      const id = reference.replace(/^.*#/u, '');
      // An id that nothing explains is often the code itself: `#ZH`, `#locale-eng`.
      return locales.get(id) ?? languageTag(id.replace(/^locale[-_]?/iu, ''), source.languages) ?? 'und';
    },
  };
}

/** `fre`, from `codeListValue` or the text; `eng; USA` names the country too. */
export function languageCode(element: XmlElement | undefined): string | undefined {
  return codeOf(element)?.split(';', 1)[0]?.trim();
}

/** One entry a language, the plain text first. */
export function isoText(element: XmlElement | undefined, languages: IsoLanguages, plain: Plain): LangText {
  if (element === undefined) return [];
  const free = elementsAt(element, 'PT_FreeText/textGroup/LocalisedCharacterString');
  const written = [
    { text: plainTextOf(element), lang: languages.main },
    ...free.map((each) => ({ text: each.text, lang: languages.ofLocale(each.attributes.get('locale') ?? '') })),
  ];
  const texts = new Map<string, LangString>();
  for (const { text, lang } of written) {
    const clean = text === undefined ? undefined : plain(text);
    if (clean !== undefined && !texts.has(lang)) texts.set(lang, { text: clean, lang });
  }
  return [...texts.values()];
}

/** Text of `gco:CharacterString`, `gmx:Anchor`, `gmd:URL` …, without the translations; or of the element itself. */
export function plainTextOf(element: XmlElement | undefined): string | undefined {
  const value = element?.children.find(({ local }) => local !== 'PT_FreeText');
  const text = value === undefined ? element?.text : wholeText(value);
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** Value of a code list: `codeListValue`, else the text of the code or of the field. */
export function codeOf(element: XmlElement | undefined): string | undefined {
  const code = element?.children[0];
  const value = code?.attributes.get('codeListValue')?.trim();
  return value === undefined || value === '' ? plainTextOf(element)?.trim() : value;
}

/** Address that an anchor points at. */
export function anchorOf(element: XmlElement | undefined): string | undefined {
  const href = childrenOf(element, 'Anchor')[0]?.attributes.get('href')?.trim();
  return href === '' ? undefined : href;
}
