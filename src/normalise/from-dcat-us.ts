/**
 * Dataset of a DCAT-US 1.1 or 3.0 `data.json` (DKAN, GeoNode, ArcGIS Hub, custom portals) → dataset. Pure. Noise such as
 * `@type`, `bureauCode` is left in the archive. To map a new field, add a function below and a line in
 * `datasetFromDcatUs`.
 */
import type { Agency, ContactPoint, Dataset, Frequency } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate, Period } from '../model/partial-date.ts';
import { themesOf } from './category-themes.ts';
import { dateField } from './date-field.ts';
import { distributionsFromDcatUs, licenceText, writtenLicence } from './dcat-us-distribution.ts';
import { languageTexts, mappedText, placesOfEntry, textOrMember } from './dcat-us-three.ts';
import { frequencyField } from './frequency-field.ts';
import { keywordsOf, splitKeywords } from './keywords.ts';
import { descriptionOf, langLine, titleOrId } from './lang-texts.ts';
import { languageTag } from './language-code.ts';
import { languagesOf } from './language-field.ts';
import { licenceField } from './licence-field.ts';
import type { Mapping } from './mapping.ts';
import { fieldOf, isObject, listOf, type NativeObject, scalarText, textsOf } from './native-value.ts';
import { present } from './optional.ts';
import { periodField, periodOf } from './period-field.ts';
import { plainLine, plainText } from './plain-text.ts';
import { recordPage } from './record-page.ts';

export function datasetFromDcatUs(entry: NativeObject, mapping: Mapping): Dataset {
  const { source, datasetId, nativeId } = mapping;
  const categories = categoriesOf(entry, mapping);
  return present({
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: identifiersOf(entry, nativeId),
    title: titleOf(entry, mapping),
    description: descriptionOf(mappedText(entry, 'description', mapping, plainText), 'description', mapping),
    keywords: keywords(entry, mapping),
    publisher: publisherOf(entry, mapping),
    contacts: contactsOf(entry),
    landingPage: recordPage(source.recordPage, (name) => scalarText(entry[name]), landingPageOf(entry)),
    licence: licenceOf(entry, mapping),
    themes: themesOf(
      categories.map((text) => ({ text })),
      'theme',
      mapping,
    ),
    sourceCategories: categories,
    languages: languagesOf(languageTexts(entry['language']), 'language', mapping),
    issued: dateOf(entry, 'issued', mapping) ?? dateOf(entry, 'created', mapping),
    modified: dateOf(entry, 'modified', mapping),
    frequency: frequencyOf(entry, mapping),
    temporal: temporalOf(entry, mapping),
    spatial: placesOfEntry(entry, mapping),
    distributions: distributionsFromDcatUs(entry, mapping),
  });
}

/** Texts, Identifiers of 3.0 by `@id` or `notation`, and other identifiers. */
function identifiersOf(entry: NativeObject, nativeId: string): readonly string[] {
  const written = [...listOf(entry['identifier'] ?? entry['@id']), ...listOf(entry['otherIdentifier'])];
  const texts = written.flatMap((each) => [textOrMember(each, 'notation'), scalarText(fieldOf(each, '@id'))]);
  return [...new Set(texts.filter((text) => text !== undefined && text !== nativeId))] as string[];
}

/** An address, or a Document. */
function landingPageOf(entry: NativeObject): string | undefined {
  const pages = [...listOf(entry['landingPage']), ...listOf(entry['page'])];
  return pages.map((page) => scalarText(page) ?? scalarText(fieldOf(page, '@id'))).find((page) => page !== undefined);
}

/** A title that is a number is shown as its digits, with a note. */
function titleOf(entry: NativeObject, mapping: Mapping): LangText {
  const { title } = entry;
  if (typeof title === 'number' || typeof title === 'boolean') {
    mapping.log.add('title-not-text', 'title', `found the ${typeof title} ${title}; expected a text`);
  }
  return titleOrId(mappedText(entry, 'title', mapping, plainLine), 'title', mapping);
}

function keywords(entry: NativeObject, mapping: Mapping): LangText {
  const written = entry['keyword'] ?? entry['keywords'];
  const words = typeof written === 'string' ? splitKeywords(written) : textsOf(written);
  const byLanguage = Object.entries(isObject(entry['keywordMap']) ? entry['keywordMap'] : {}).flatMap(
    ([code, list]) => {
      const lang = languageTag(code, mapping.source.languages) ?? 'und';
      return textsOf(list).flatMap((text) => splitKeywords(text).map((word) => ({ text: word, lang })));
    },
  );
  const all = byLanguage.length > 0 ? byLanguage : words.map((text) => ({ text, lang: 'und' }));
  return keywordsOf(all, 'keyword', mapping);
}

/** A name, or a body with a name; in 3.0 an Organization has `prefLabel` where an Agent has `name`. */
function publisherOf(entry: NativeObject, mapping: Mapping): Agency | undefined {
  const [publisher] = listOf(entry['publisher']);
  const name = isObject(publisher)
    ? ['name', 'prefLabel', 'altLabel']
        .map((member) => mappedText(publisher, member, mapping, plainLine))
        .find((text) => text.length > 0)
    : langLine(publisher, 'publisher.name', mapping);
  if (name !== undefined && name.length > 0) return present({ name, nativeId: scalarText(fieldOf(publisher, '@id')) });
  mapping.log.add('publisher-missing', 'publisher', 'found no publisher; expected the body that publishes');
  return undefined;
}

function contactsOf(entry: NativeObject): readonly ContactPoint[] {
  const contacts = listOf(entry['contactPoint']).map((contact) => {
    const line = (text: string | undefined) => plainLine(text ?? '');
    return present({
      name: line(textOrMember(contact, 'fn', 'organization-name', 'title')),
      email: line(textOrMember(fieldOf(contact, 'hasEmail')))?.replace(/^mailto:/i, ''),
      phone: line(textOrMember(fieldOf(contact, 'hasTelephone') ?? fieldOf(contact, 'tel')))?.replace(/^tel:/i, ''),
    });
  });
  return contacts.filter((contact) => Object.keys(contact).length > 0);
}

/** In 3.0 a dataset has no licence of its own: its files have, and count for it where they agree. */
function licenceOf(entry: NativeObject, mapping: Mapping) {
  const own = licenceText(entry['license']);
  const ofFiles = listOf(entry['distribution']).map((file) => licenceText(fieldOf(file, 'license')));
  const [first] = ofFiles;
  const shared = ofFiles.every((text) => text === first) ? first : undefined;
  const text = own ?? shared;
  return licenceField(text === undefined ? {} : writtenLicence(text), 'license', mapping);
}

/** `theme`, or the field that the source names in `options.categoryField` (Aceh: `kategori`). */
function categoriesOf(entry: NativeObject, { source }: Mapping): readonly string[] {
  const named = source.options['categoryField'];
  const written = typeof named === 'string' ? fieldOf(entry, named) : conceptsOf(entry);
  return [...new Set(textsOf(written).flatMap((text) => plainLine(text) ?? []))];
}

/** Texts, or Concepts with a `prefLabel`. */
function conceptsOf(entry: NativeObject): unknown {
  const { theme } = entry;
  return listOf(theme).some(isObject) ? listOf(theme).map((each) => textOrMember(each, 'prefLabel')) : theme;
}

function dateOf(entry: NativeObject, name: string, { dates, log }: Mapping): PartialDate | undefined {
  const text = scalarText(entry[name]);
  return text === undefined ? undefined : dateField(text, name, dates, log);
}

function frequencyOf(entry: NativeObject, mapping: Mapping): Frequency | undefined {
  return frequencyField(textOrMember(entry['accrualPeriodicity'], 'prefLabel'), 'accrualPeriodicity', mapping);
}

/** `a/b`, or `{startDate, endDate}` as DCAT 3 has it. */
function temporalOf(entry: NativeObject, { dates }: Mapping): readonly Period[] {
  return listOf(entry['temporal']).flatMap((written) => {
    const text = scalarText(written);
    const ends = [scalarText(fieldOf(written, 'startDate')), scalarText(fieldOf(written, 'endDate'))] as const;
    return (text === undefined ? periodOf(...ends, dates) : periodField(text, dates)) ?? [];
  });
}
