/** What every page of one language is rendered with; made once for each language. */

import type { LabelLanguage } from '../vocabulary/label-file.ts';
import type { Assets } from './assets.ts';
import { type DisplayNames, displayNames } from './display-names.ts';
import { type MeaningWords, meaningWords } from './meaning-words.ts';
import type { PageLanguage } from './page-languages.ts';
import type { ServeOptions } from './serve-options.ts';
import { type Texts, textsOf } from './texts/texts.ts';

export interface PageContext {
  readonly lang: PageLanguage;
  readonly texts: Texts;
  readonly names: DisplayNames;
  /** Labels in the page's language, or in another one that the reader asked for. */
  readonly meaning: (lang?: LabelLanguage) => MeaningWords;
  /** ISO 3166-1 code of a place that is a country; undefined for what lies in one. */
  readonly countryOfPlace: (placeId: string) => string | undefined;
  readonly assets: Assets;
  readonly baseUrl: string;
  readonly themeIds: readonly string[];
  /** Main language of a portal's texts, a hint for glyphs; empty when the registry does not know the portal. */
  readonly portalLanguage: (sourceId: string) => string;
}

export function pageContext(options: ServeOptions, assets: Assets, lang: PageLanguage): PageContext {
  const texts = textsOf[lang];
  const languages = new Map(options.sources.map((source) => [source.id, source.languages[0] ?? '']));
  return {
    lang,
    texts,
    names: displayNames(options, lang, texts),
    meaning: (other) => meaningWords(options.terminology, other ?? lang),
    countryOfPlace: (placeId) => {
      const place = options.terminology.gazetteer.places.get(placeId);
      return place?.kind === 'country' ? place.country : undefined;
    },
    assets,
    baseUrl: options.baseUrl,
    themeIds: options.themes.map((theme) => theme.id),
    portalLanguage: (sourceId) => languages.get(sourceId) ?? '',
  };
}
