/**
 * Dataset of a DCAT-US 1.1 `data.json` (DKAN, GeoNode, ArcGIS Hub, custom portals) → dataset. Pure. Noise such as
 * `@type`, `bureauCode` is left in the archive. To map a new field, add a function below and a line in
 * `datasetFromDcatUs`.
 */
import type { Agency, ContactPoint, Dataset, Frequency } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate, Period } from '../model/partial-date.ts';
import { themesOf } from './category-themes.ts';
import { dateField } from './date-field.ts';
import { distributionsFromDcatUs, writtenLicence } from './dcat-us-distribution.ts';
import { frequencyField, isRepeatInterval } from './frequency-field.ts';
import { keywordsOf, splitKeywords } from './keywords.ts';
import { descriptionOf, langLine, langText, titleOrId } from './lang-texts.ts';
import { languagesOf } from './language-field.ts';
import { licenceField } from './licence-field.ts';
import type { Mapping } from './mapping.ts';
import { fieldOf, isObject, listOf, type NativeObject, scalarText, textsOf } from './native-value.ts';
import { present } from './optional.ts';
import { periodField, periodOf } from './period-field.ts';
import { placesOf } from './place-field.ts';
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
    description: descriptionOf(
      langText(entry['description'], 'description', mapping, plainText),
      'description',
      mapping,
    ),
    keywords: keywords(entry, mapping),
    publisher: publisherOf(entry, mapping),
    contacts: contactsOf(entry),
    landingPage: recordPage(source.recordPage, (name) => scalarText(entry[name]), scalarText(entry['landingPage'])),
    licence: licenceOf(entry, mapping),
    themes: themesOf(
      categories.map((text) => ({ text })),
      'theme',
      mapping,
    ),
    sourceCategories: categories,
    languages: languagesOf(entry['language'], 'language', mapping),
    issued: dateOf(entry, 'issued', mapping),
    modified: dateOf(entry, 'modified', mapping),
    frequency: frequencyOf(entry, mapping),
    temporal: temporalOf(entry, mapping),
    spatial: placesOf(entry['spatial'], 'spatial', mapping),
    distributions: distributionsFromDcatUs(entry, mapping),
  });
}

function identifiersOf(entry: NativeObject, nativeId: string): readonly string[] {
  const identifier = scalarText(entry['identifier'] ?? entry['@id']);
  return identifier === undefined || identifier === nativeId ? [] : [identifier];
}

/** A title that is a number is shown as its digits, with a note. */
function titleOf(entry: NativeObject, mapping: Mapping): LangText {
  const { title } = entry;
  if (typeof title === 'number' || typeof title === 'boolean') {
    mapping.log.add('title-not-text', 'title', `found the ${typeof title} ${title}; expected a text`);
  }
  return titleOrId(langLine(title, 'title', mapping), 'title', mapping);
}

function keywords(entry: NativeObject, mapping: Mapping): LangText {
  const written = entry['keyword'] ?? entry['keywords'];
  const words = typeof written === 'string' ? splitKeywords(written) : textsOf(written);
  return keywordsOf(
    words.map((text) => ({ text, lang: 'und' })),
    'keyword',
    mapping,
  );
}

function publisherOf(entry: NativeObject, mapping: Mapping): Agency | undefined {
  const { publisher } = entry;
  const name = langLine(isObject(publisher) ? publisher['name'] : publisher, 'publisher.name', mapping);
  if (name.length > 0) return present({ name, nativeId: scalarText(fieldOf(publisher, '@id')) });
  mapping.log.add('publisher-missing', 'publisher', 'found no publisher; expected the body that publishes');
  return undefined;
}

function contactsOf(entry: NativeObject): readonly ContactPoint[] {
  const contacts = listOf(entry['contactPoint']).map((contact) => {
    const line = (value: unknown) => plainLine(scalarText(value) ?? '');
    return present({
      name: line(isObject(contact) ? contact['fn'] : contact),
      email: line(fieldOf(contact, 'hasEmail'))?.replace(/^mailto:/i, ''),
      phone: line(fieldOf(contact, 'hasTelephone'))?.replace(/^tel:/i, ''),
    });
  });
  return contacts.filter((contact) => Object.keys(contact).length > 0);
}

function licenceOf(entry: NativeObject, mapping: Mapping) {
  const text = scalarText(entry['license']);
  return licenceField(text === undefined ? {} : writtenLicence(text), 'license', mapping);
}

/** `theme`, or the field that the source names in `options.categoryField` (Aceh: `kategori`). */
function categoriesOf(entry: NativeObject, { source }: Mapping): readonly string[] {
  const named = source.options['categoryField'];
  const written = typeof named === 'string' ? fieldOf(entry, named) : entry['theme'];
  return [...new Set(textsOf(written).flatMap((text) => plainLine(text) ?? []))];
}

/** `R/P1Y` in `modified` is a frequency (DCAT-US 1.1 allows it), noted and read there. */
function dateOf(entry: NativeObject, name: string, { dates, log }: Mapping): PartialDate | undefined {
  const text = scalarText(entry[name]);
  if (text === undefined) return undefined;
  if (!isRepeatInterval(text)) return dateField(text, name, dates, log);
  log.add('date-is-interval', name, `found ${text.trim()}; expected a date, it is taken as the frequency`);
  return undefined;
}

function frequencyOf(entry: NativeObject, mapping: Mapping): Frequency | undefined {
  const declared = scalarText(entry['accrualPeriodicity']);
  const modified = scalarText(entry['modified']);
  const repeat = modified !== undefined && isRepeatInterval(modified) ? modified : undefined;
  return declared === undefined
    ? frequencyField(repeat, 'modified', mapping)
    : frequencyField(declared, 'accrualPeriodicity', mapping);
}

/** `a/b`, or `{startDate, endDate}` as DCAT 3 has it. */
function temporalOf(entry: NativeObject, { dates }: Mapping): readonly Period[] {
  return listOf(entry['temporal']).flatMap((written) => {
    const text = scalarText(written);
    const ends = [scalarText(fieldOf(written, 'startDate')), scalarText(fieldOf(written, 'endDate'))] as const;
    return (text === undefined ? periodOf(...ends, dates) : periodField(text, dates)) ?? [];
  });
}
