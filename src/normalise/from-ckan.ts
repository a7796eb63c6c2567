/**
 * CKAN package (`package_show` result, `package_search` row) → dataset. Pure. Also reads what extensions add where it
 * maps clearly: fluent (`title_translated`), ckanext-dcat (extras and scheming), thai_gdc (`data_language`,
 * `update_frequency_unit` …), Open Development Mekong (`odm_…`, `taxonomy`), and harvesters (`harvest_…`). To map a new field, add a function below and a line in `datasetFromCkan`.
 */
import type { Agency, ContactPoint, Dataset, Frequency } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate, Period } from '../model/partial-date.ts';
import { themesOf, type WrittenCategory } from './category-themes.ts';
import { type CkanFields, ckanFields } from './ckan-fields.ts';
import { ckanOrigin } from './ckan-origin.ts';
import { distributionsFromCkan } from './ckan-resource.ts';
import { dateField } from './date-field.ts';
import { frequencyField } from './frequency-field.ts';
import { keywordsOf, splitKeywords } from './keywords.ts';
import { descriptionOf, firstLangText, langLine, titleOrId } from './lang-texts.ts';
import { languageTag } from './language-code.ts';
import { languagesOf } from './language-field.ts';
import { licenceField } from './licence-field.ts';
import type { Mapping } from './mapping.ts';
import { fieldOf, isObject, listOf, type NativeObject, parsedIfJson, scalarText, textsOf } from './native-value.ts';
import { odmContact, odmKeywords, odmPlaces } from './odm-fields.ts';
import { present } from './optional.ts';
import { periodField, periodOf } from './period-field.ts';
import { placesOf } from './place-field.ts';
import { plainLine, plainText } from './plain-text.ts';
import { recordPage } from './record-page.ts';
import { isRepeatInterval } from './repeat-interval.ts';

export function datasetFromCkan(pkg: NativeObject, mapping: Mapping): Dataset {
  const fields = ckanFields(pkg);
  const { source, datasetId, nativeId } = mapping;
  const categories = categoriesOf(pkg, fields, mapping);
  return present({
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: identifiersOf(pkg, fields, nativeId),
    title: titleOf(pkg, mapping),
    description: descriptionOfPackage(pkg, mapping),
    keywords: keywordsOfPackage(pkg, fields, mapping),
    publisher: publisherOf(pkg, fields, mapping),
    contacts: contactsOf(pkg, fields, mapping),
    harvestedFrom: ckanOrigin(fields),
    landingPage: recordPage(source.recordPage, (name) => scalarText(pkg[name]), scalarText(pkg['url'])),
    licence: licenceOf(fields, mapping),
    themes: themesOf(categories, 'groups', mapping),
    sourceCategories: [...new Set(categories.map(({ text }) => text))],
    languages: languagesOf(
      fields.find('language', 'data_language', 'inLanguage', 'odm_language')?.value,
      'language',
      mapping,
    ),
    issued: issuedOf(fields, mapping),
    modified: modifiedOf(fields, mapping),
    frequency: frequencyOf(fields, mapping),
    temporal: temporalOf(fields, mapping),
    spatial: spatialOf(fields, mapping),
    distributions: distributionsFromCkan(pkg['resources'], mapping),
  });
}

function identifiersOf(pkg: NativeObject, fields: CkanFields, nativeId: string): readonly string[] {
  const all = [scalarText(pkg['id']), scalarText(pkg['name']), fields.text('identifier', 'guid', 'doi')];
  return [...new Set(all.filter((each) => each !== undefined && each !== nativeId))] as string[];
}

function titleOf(pkg: NativeObject, mapping: Mapping): LangText {
  const fields = ['title_translated', 'title'].map((name) => [name, pkg[name]] as const);
  return titleOrId(firstLangText(fields, mapping, plainLine), 'title', mapping);
}

function descriptionOfPackage(pkg: NativeObject, mapping: Mapping): LangText {
  const fields = ['notes_translated', 'notes', 'description'].map((name) => [name, pkg[name]] as const);
  return descriptionOf(firstLangText(fields, mapping, plainText), 'notes', mapping);
}

function keywordsOfPackage(pkg: NativeObject, fields: CkanFields, mapping: Mapping): LangText {
  const translated = parsedIfJson(pkg['tags_translated'] ?? pkg['keywords']);
  if (isObject(translated)) {
    const words = Object.entries(translated).flatMap(([code, list]) =>
      textsOf(list).map((text) => ({ text, lang: languageTag(code, mapping.source.languages) ?? 'und' })),
    );
    if (words.length > 0) return keywordsOf(words, 'tags_translated', mapping);
  }
  const tags = typeof pkg['tags'] === 'string' ? splitKeywords(pkg['tags']) : listOf(pkg['tags']);
  const names = tags.map(
    (tag) => scalarText(fieldOf(tag, 'display_name')) ?? scalarText(fieldOf(tag, 'name')) ?? scalarText(tag),
  );
  const words = names.filter((text) => text !== undefined).map((text) => ({ text, lang: 'und' }));
  return keywordsOf([...words, ...odmKeywords(fields, mapping)], 'tags', mapping);
}

function publisherOf(pkg: NativeObject, fields: CkanFields, mapping: Mapping): Agency | undefined {
  const organization = pkg['organization'];
  const written = ['title_translated', 'title', 'display_name', 'name'].map(
    (name) => [`organization.${name}`, fieldOf(organization, name)] as const,
  );
  const ofOrganization = firstLangText(written, mapping, plainLine);
  const name = ofOrganization.length > 0 ? ofOrganization : langLine(fields.text('publisher_name'), 'extras', mapping);
  if (name.length > 0) return present({ name, nativeId: scalarText(fieldOf(organization, 'id')) });
  mapping.log.add('publisher-missing', 'organization', 'found no organisation; expected the body that publishes');
  return undefined;
}

function contactsOf(pkg: NativeObject, fields: CkanFields, mapping: Mapping): readonly ContactPoint[] {
  const scheming = listOf(parsedIfJson(fields.find('contact')?.value)).map((contact) =>
    contactOf(fieldOf(contact, 'name'), fieldOf(contact, 'email'), fieldOf(contact, 'phone')),
  );
  const phone = fields.text('maintainer_phone', 'telephone_number', 'contact_phone');
  const maintainer = contactOf(pkg['maintainer'], pkg['maintainer_email'], phone);
  const author = contactOf(pkg['author'], pkg['author_email'], undefined);
  const odm = odmContact(fields, mapping);
  const all = [...scheming, maintainer ?? author ?? contactOf(odm.name, odm.email, undefined)].filter(
    (each) => each !== undefined,
  );
  return all;
}

function contactOf(name: unknown, email: unknown, phone: unknown): ContactPoint | undefined {
  const line = (value: unknown) => plainLine(scalarText(value) ?? '');
  const contact = present({ name: line(name), email: line(email), phone: line(phone) });
  return Object.keys(contact).length === 0 ? undefined : contact;
}

function licenceOf(fields: CkanFields, mapping: Mapping) {
  const written = {
    id: fields.text('license_id'),
    title: fields.text('license_title', 'license'),
    url: fields.text('license_url'),
  };
  return licenceField(written, 'license_id', mapping);
}

/** Groups, the category field that the source names (`options.categoryField`), and themes of ckanext-dcat. */
function categoriesOf(pkg: NativeObject, fields: CkanFields, { source }: Mapping): readonly WrittenCategory[] {
  const groups = listOf(pkg['groups']).flatMap(categoryOf);
  const named = source.options['categoryField'];
  const field = typeof named === 'string' ? fields.find(named)?.value : undefined;
  const others = listOf(parsedIfJson(field ?? fields.find('theme', 'categories', 'category', 'taxonomy')?.value));
  return [...groups, ...others.flatMap(categoryOf)];
}

/** A name, or an object with names beside an id that only the portal knows (case `field C-01`). */
function categoryOf(written: unknown): readonly WrittenCategory[] {
  const names = ['title', 'display_name', 'label', 'name'].map((name) => scalarText(fieldOf(written, name)));
  const [text, ...aliases] = [scalarText(written), ...names].flatMap((name) => plainLine(name ?? '') ?? []);
  return text === undefined ? [] : [{ text, aliases }];
}

function issuedOf(fields: CkanFields, mapping: Mapping): PartialDate | undefined {
  return (
    dateOf(fields, ['issued', 'created_date', 'release_date', 'odm_date_created', 'odm_date_uploaded'], mapping) ??
    dateOf(fields, ['metadata_created'], inUtc(mapping))
  );
}

function modifiedOf(fields: CkanFields, mapping: Mapping): PartialDate | undefined {
  return (
    dateOf(fields, ['modified', 'last_updated_date', 'last_update', 'odm_date_modified'], mapping) ??
    dateOf(fields, ['metadata_modified'], inUtc(mapping))
  );
}

/** CKAN's own stamps are UTC without saying so (case N-06), and Gregorian whatever the portal writes. */
function inUtc(mapping: Mapping): Mapping {
  return { ...mapping, dates: { ...mapping.dates, timeZone: 'UTC', calendar: 'gregorian' } };
}

function dateOf(fields: CkanFields, names: readonly string[], { dates, log }: Mapping): PartialDate | undefined {
  const found = fields.find(...names);
  const text = scalarText(found?.value);
  return found === undefined || text === undefined || isRepeatInterval(text)
    ? undefined
    : dateField(text, found.path, dates, log);
}

/** In the order of trust: DCAT fields, the portals' own words for it (ja, zh-Hant), thai_gdc's unit and interval. */
function frequencyOf(fields: CkanFields, mapping: Mapping): Frequency | undefined {
  const found = fields.find(
    'frequency',
    'accrual_periodicity',
    'update_frequency',
    '更新頻度',
    '更新頻率',
    'maintain_frequent',
  );
  const text = scalarText(found?.value) ?? repeatIn(fields);
  if (text === undefined) return thaiFrequency(fields, mapping);
  return frequencyField(text, found?.path ?? 'modified', mapping);
}

/** thai_gdc: a unit (`เดือน`, `ครึ่งปี`) and how many of it (`3`), one unless told. */
function thaiFrequency(fields: CkanFields, mapping: Mapping): Frequency | undefined {
  const unit = fields.text('update_frequency_unit');
  if (unit === undefined) return undefined;
  const interval = fields.text('update_frequency_interval')?.trim() ?? '1';
  const isWhole = interval === '1' && mapping.vocabulary.frequency(unit).id !== undefined;
  return frequencyField(isWhole ? unit : `${interval} ${unit}`, 'update_frequency_unit', mapping);
}

function repeatIn(fields: CkanFields): string | undefined {
  const modified = fields.text('modified');
  return modified !== undefined && isRepeatInterval(modified) ? modified : undefined;
}

function temporalOf(fields: CkanFields, { dates }: Mapping): readonly Period[] {
  const start = fields.text('temporal_start', 'temporal_from', 'start_date');
  const end = fields.text('temporal_end', 'temporal_to', 'end_date');
  const written = fields.text('temporal', 'temporal_coverage', 'odm_temporal_range');
  const period = periodOf(start, end, dates) ?? (written === undefined ? undefined : periodField(written, dates));
  return period === undefined ? [] : [period];
}

function spatialOf(fields: CkanFields, mapping: Mapping) {
  const shape = fields.find('spatial', 'spatial_bbox');
  const name = fields.find('spatial_text', 'geo_coverage', 'spatial_coverage', 'geographic_coverage');
  const said = [shape, name].flatMap((found) =>
    found === undefined ? [] : placesOf(found.value, found.path, mapping),
  );
  return [...said, ...odmPlaces(fields)];
}
