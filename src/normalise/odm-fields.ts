/**
 * Fields that Open Development Mekong adds to CKAN packages (ckanext-odm_dataset: `odm_spatial_range`, `odm_keywords`,
 * `odm_contact` …). Pure. Old records write names where newer ones write codes (`Cambodia` for `kh`); `odm_copyright` says
 * whether there is a copyright and is no licence.
 */

import type { Place } from '../model/dataset.ts';
import type { LangString } from '../model/lang-text.ts';
import type { CkanFields } from './ckan-fields.ts';
import { splitKeywords } from './keywords.ts';
import { langLine } from './lang-texts.ts';
import { languageTag } from './language-code.ts';
import type { Mapping } from './mapping.ts';
import { isObject, listOf, parsedIfJson, scalarText, textsOf } from './native-value.ts';
import { plainLine } from './plain-text.ts';

/** ISO 3166-1 codes in small letters; `global`, `asean` and names are names. */
export function odmPlaces(fields: CkanFields): readonly Place[] {
  const written = textsOf(fields.find('odm_spatial_range')?.value).flatMap((text) => text.split(/[,;]/));
  return written.flatMap((text): readonly Place[] => {
    const name = plainLine(text);
    if (name === undefined) return [];
    return /^[a-z]{2}$/i.test(name)
      ? [{ name: [], code: name.toUpperCase() }]
      : [{ name: [{ text: name, lang: 'und' }] }];
  });
}

/** A list, one text with separators, or either by language. */
export function odmKeywords(fields: CkanFields, { source }: Mapping): readonly LangString[] {
  const written = parsedIfJson(fields.find('odm_keywords')?.value);
  const words = (value: unknown, lang: string): readonly LangString[] =>
    listOf(value)
      .flatMap((each) => splitKeywords(scalarText(each) ?? ''))
      .map((text) => ({ text, lang }));
  if (!isObject(written)) return words(written, 'und');
  return Object.entries(written).flatMap(([code, value]) => words(value, languageTag(code, source.languages) ?? 'und'));
}

/** Name in the portal's own language, and address, of whom to ask. */
export function odmContact(fields: CkanFields, mapping: Mapping) {
  const [name] = langLine(fields.find('odm_contact')?.value, 'odm_contact', mapping);
  return { name: name?.text, email: fields.text('odm_contact_email') };
}
