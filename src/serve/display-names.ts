/** Names of countries, languages, themes, portals and licences in the language of a page, made once and kept. */

import type { LangString } from '../model/lang-text.ts';
import { displayText } from '../model/lang-text.ts';
import { unclassified } from '../model/theme.ts';
import { termLabel } from '../vocabulary/term-label.ts';
import type { PageLanguage } from './page-languages.ts';
import type { FilterName } from './search-filters.ts';
import type { ServeOptions } from './serve-options.ts';
import type { Texts } from './texts/texts.ts';

export interface DisplayNames {
  readonly country: (code: string) => string;
  readonly language: (tag: string) => string;
  readonly theme: (id: string) => string;
  /** The portal's own name in the page's language when it has one; the id when the registry does not know it. */
  readonly source: (id: string) => LangString;
  readonly licence: (id: string) => string;
  /** What a person reads for a value of a filter. */
  readonly filterValue: (name: FilterName, value: string) => string;
  readonly number: (value: number) => string;
  readonly instant: (iso: string) => string;
}

export function displayNames(options: ServeOptions, lang: PageLanguage, texts: Texts): DisplayNames {
  const regions = new Intl.DisplayNames([lang], { type: 'region' });
  const languages = new Intl.DisplayNames([lang], { type: 'language' });
  const numbers = new Intl.NumberFormat(lang);
  const themes = new Map(options.themes.map(({ id, labels }) => [id as string, labels[lang] ?? labels['en'] ?? id]));
  const sources = new Map(options.sources.map(({ id, name }) => [id, sourceName(name, id, lang)]));
  const names: Omit<DisplayNames, 'filterValue'> = {
    country: (code) => orItself(regions, code),
    language: (tag) => (tag === 'und' ? texts.languageUnknown : orItself(languages, tag)),
    theme: (id) => (id === unclassified ? texts.unclassified : (themes.get(id) ?? id)),
    source: (id) => sources.get(id) ?? { text: id, lang: '' },
    licence: (id) => (id === 'unknown' ? texts.licenceUnknown : (options.licenceLabels.get(id) ?? id)),
    number: (value) => numbers.format(value),
    instant: instantText,
  };
  const filterValue = (name: FilterName, value: string): string => {
    switch (name) {
      case 'country':
      case 'language':
      case 'theme':
        return names[name](value);
      case 'source':
        return names.source(value).text;
      case 'place':
        return termLabel({ kind: 'place', id: value }, options.terminology, lang) ?? value;
      case 'licence':
        return value === 'open' || value === 'not-open' ? texts.openness[value] : texts.openness.unknown;
      case 'format':
      case 'publisher':
        return value;
    }
  };
  return { ...names, filterValue };
}

/** ISO 8601 to the minute, in UTC: one form for every reader and no clock of the server's place in it. */
function instantText(iso: string): string {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(Number.isNaN(Date.parse(iso)) ? '' : new Date(iso).toISOString());
  return found === null ? iso : `${found[1]} ${found[2]} UTC`;
}

function sourceName(name: Readonly<Record<string, string>>, id: string, lang: PageLanguage): LangString {
  const entries = Object.entries(name).map(([tag, text]) => ({ text, lang: tag }));
  return displayText(entries, lang) ?? { text: id, lang: '' };
}

/** Intl throws for what is not a code at all; then the code is the name. */
function orItself(names: Intl.DisplayNames, code: string): string {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code) ? (names.of(code) ?? code) : code;
}
