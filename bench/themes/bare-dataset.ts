/** A record of a captured list as a dataset that says nothing else: what a theme or a language can be read from. */
import { base32Id } from '../../src/kit/hash.ts';
import type { CatalogueRecord, Dataset } from '../../src/model/dataset.ts';
import type { LangText } from '../../src/model/lang-text.ts';
import { plainLine, plainText } from '../../src/normalise/plain-text.ts';

export interface BareText {
  readonly sourceId: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly nativeId: string;
  readonly titles: readonly unknown[];
  readonly descriptions?: readonly unknown[];
  readonly keywords?: readonly unknown[];
  readonly publisher?: unknown;
}

export function bareDataset(text: BareText): Dataset {
  const publisher = langText([text.publisher], plainLine);
  return {
    id: base32Id(text.sourceId, text.nativeId),
    sourceId: text.sourceId,
    nativeId: text.nativeId,
    country: text.country,
    identifiers: [],
    title: langText(text.titles, plainLine),
    description: langText(text.descriptions ?? [], plainText),
    keywords: langText(text.keywords ?? [], plainLine),
    ...(publisher.length === 0 ? {} : { publisher: { name: publisher } }),
    contacts: [],
    licence: { id: 'unknown', openness: 'unknown', original: {} },
    themes: [],
    sourceCategories: [],
    languages: [],
    temporal: [],
    spatial: [],
    distributions: [],
  };
}

/** As the store would give it back before anybody has said anything about it. */
export function bareRecord(dataset: Dataset): CatalogueRecord {
  const never = '1970-01-01T00:00:00Z';
  return {
    dataset,
    changeNumber: 1,
    state: 'live',
    firstSeen: never,
    lastSeen: never,
    lastChanged: never,
    theme: { value: 'unclassified', by: 'rule', rule: 'no-evidence', confidence: 1 },
    problems: [],
  };
}

function langText(values: readonly unknown[], plain: (text: string) => string | undefined): LangText {
  return values.flatMap((value) => {
    const text = typeof value === 'string' ? plain(value) : undefined;
    return text === undefined || text === '' ? [] : [{ text, lang: 'und' }];
  });
}
