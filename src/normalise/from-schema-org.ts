/**
 * schema.org `Dataset` in JSON-LD, as pages carry it → dataset. Pure. `isAccessibleForFree` says nothing of a licence;
 * `citation`, `version` and the catalogue it is included in stay in the archive. To map a new property, add a function
 * below and a line in `datasetFromSchemaOrg`.
 */
import type { Agency, ContactPoint, Dataset, Licence } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate, Period } from '../model/partial-date.ts';
import { themesOf } from './category-themes.ts';
import { dateField } from './date-field.ts';
import { frequencyField } from './frequency-field.ts';
import { keywordsOf, splitKeywords } from './keywords.ts';
import { descriptionOf, titleOrId } from './lang-texts.ts';
import { languagesOf } from './language-field.ts';
import { licenceField } from './licence-field.ts';
import type { Mapping } from './mapping.ts';
import { type NativeObject, scalarText } from './native-value.ts';
import { present } from './optional.ts';
import { periodField, periodOf } from './period-field.ts';
import { plainLine, plainText } from './plain-text.ts';
import { recordPage } from './record-page.ts';
import { distributionsFromSchemaOrg } from './schema-org-distribution.ts';
import { type NodeReader, type SchemaOrgNode, schemaOrgDataset } from './schema-org-node.ts';
import { placesFromSchemaOrg } from './schema-org-place.ts';

export function datasetFromSchemaOrg(record: NativeObject, mapping: Mapping): Dataset {
  const { source, datasetId, nativeId } = mapping;
  const { dataset, read } = schemaOrgDataset(record, mapping);
  const categories = categoriesOf(dataset, read, mapping);
  return present({
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: identifiersOf(dataset, read, nativeId),
    title: titleOf(dataset, mapping),
    description: descriptionOf(firstText(dataset, ['description', 'abstract'], plainText), 'description', mapping),
    keywords: keywords(dataset, read, mapping),
    publisher: publisherOf(dataset, read, mapping),
    contacts: contactsOf(dataset, read),
    landingPage: landingPageOf(dataset, mapping),
    licence: licenceOf(dataset.all('license'), read, mapping),
    themes: themesOf(
      categories.map((text) => ({ text })),
      'category',
      mapping,
    ),
    sourceCategories: categories,
    languages: languagesOf(languageCodes(dataset, read), 'inLanguage', mapping),
    issued: dateOf(dataset, ['datePublished', 'dateCreated'], mapping),
    modified: dateOf(dataset, ['dateModified'], mapping),
    frequency: frequencyField(dataset.text('accrualPeriodicity'), 'accrualPeriodicity', mapping),
    temporal: temporalOf(dataset, read, mapping),
    spatial: placesFromSchemaOrg(dataset, read, mapping),
    distributions: distributionsFromSchemaOrg(dataset, read, mapping),
  });
}

/** Texts, numbers and PropertyValues of `identifier`, the node's own address, and `sameAs`. */
function identifiersOf(dataset: SchemaOrgNode, read: NodeReader, nativeId: string): readonly string[] {
  const written = [...dataset.all('identifier'), ...dataset.all('sameAs')].map(
    (each) => scalarText(each) ?? read(each).text('value', '@value') ?? read(each).id,
  );
  const own = dataset.id?.startsWith('_:') === true ? undefined : dataset.id;
  const all = [...written, own].flatMap((each) => (each === undefined ? [] : [each.trim()]));
  return [...new Set(all)].filter((each) => each !== nativeId);
}

function titleOf(dataset: SchemaOrgNode, mapping: Mapping): LangText {
  return titleOrId(firstText(dataset, ['name', 'headline', 'alternateName'], plainLine), 'name', mapping);
}

function firstText(
  dataset: SchemaOrgNode,
  names: readonly string[],
  plain: (text: string) => string | undefined,
): LangText {
  return names.map((name) => dataset.lang(name, plain)).find((text) => text.length > 0) ?? [];
}

/** A list, one text with separators, or DefinedTerms. */
function keywords(dataset: SchemaOrgNode, read: NodeReader, mapping: Mapping): LangText {
  const words = dataset.all('keywords').flatMap((value) => {
    const text = scalarText(value) ?? read(value).text('name', '@value');
    return (text === undefined ? [] : splitKeywords(text)).map((word) => ({ text: word, lang: 'und' }));
  });
  return keywordsOf(words, 'keywords', mapping);
}

/** The publisher, else who made the data. Several: the first that has a name. */
function publisherOf(dataset: SchemaOrgNode, read: NodeReader, mapping: Mapping): Agency | undefined {
  for (const value of dataset.all('publisher', 'creator', 'author', 'provider', 'maintainer', 'sourceOrganization')) {
    const node = read(value);
    const plain = plainLine(scalarText(value) ?? '');
    const name = plain === undefined ? node.lang('name', plainLine) : [{ text: plain, lang: 'und' }];
    if (name.length > 0) {
      const homepage = recordPage(undefined, () => undefined, node.text('url', 'sameAs'));
      return present({ name, nativeId: node.text('identifier') ?? node.id, homepage });
    }
  }
  mapping.log.add('publisher-missing', 'publisher', 'found no publisher; expected the body that publishes');
  return undefined;
}

/** ContactPoints of the dataset, of its publisher, and what the publisher says of itself. */
function contactsOf(dataset: SchemaOrgNode, read: NodeReader): readonly ContactPoint[] {
  const bodies = dataset
    .all('publisher', 'creator')
    .map(read)
    .filter((node) => !node.is('Person'));
  const points = [...dataset.all('contactPoint'), ...bodies.flatMap((node) => node.all('contactPoint'))].map(read);
  const line = (text: string | undefined) => plainLine(text ?? '');
  const contacts = [...points, ...bodies].map((node) =>
    present({
      name: line(node.text('name', 'contactType')),
      email: line(node.text('email'))?.replace(/^mailto:/i, ''),
      phone: line(node.text('telephone'))?.replace(/^tel:/i, ''),
    }),
  );
  const reachable = contacts.filter(({ email, phone }) => email !== undefined || phone !== undefined);
  return [...new Map(reachable.map((each) => [JSON.stringify([each.email, each.phone]), each])).values()];
}

/** The source's template, else `url`, else an id that is an address. */
function landingPageOf(dataset: SchemaOrgNode, { source, nativeId }: Mapping): string | undefined {
  const field = (name: string) => (name === 'id' ? nativeId : dataset.text(name));
  const addresses = [dataset.text('url', 'mainEntityOfPage'), dataset.id, nativeId];
  return recordPage(
    source.recordPage,
    field,
    addresses.find((each) => /^https?:/i.test(each ?? '')),
  );
}

/** An address, a name, or a CreativeWork with either. */
function licenceOf(values: readonly unknown[], read: NodeReader, mapping: Mapping): Licence {
  for (const value of values) {
    const node = read(value);
    const text = scalarText(value);
    const url = text ?? node.text('url', 'sameAs') ?? node.id;
    const written = {
      ...(/^\s*https?:/i.test(url ?? '') ? { url } : { title: text }),
      ...(text === undefined && { title: node.text('name') }),
      ...(text === undefined && { id: node.text('identifier') }),
    };
    if (Object.values(written).some((each) => each !== undefined)) return licenceField(written, 'license', mapping);
  }
  return licenceField({}, 'license', mapping);
}

/** The property that the source names in `options.categoryField`, else `category` and `genre`. */
function categoriesOf(dataset: SchemaOrgNode, read: NodeReader, { source }: Mapping): readonly string[] {
  const named = source.options['categoryField'];
  const values = typeof named === 'string' ? dataset.all(named) : dataset.all('category', 'genre');
  const texts = values.flatMap((value) => plainLine(scalarText(value) ?? read(value).text('name') ?? '') ?? []);
  return [...new Set(texts)];
}

/** Codes, or Languages with a code in `alternateName`. */
function languageCodes(dataset: SchemaOrgNode, read: NodeReader): readonly string[] {
  return dataset.all('inLanguage').flatMap((value) => {
    return scalarText(value) ?? read(value).text('alternateName', 'identifier', 'name') ?? read(value).id ?? [];
  });
}

function dateOf(dataset: SchemaOrgNode, names: readonly string[], { dates, log }: Mapping): PartialDate | undefined {
  const name = names.find((each) => dataset.text(each) !== undefined);
  const text = name === undefined ? undefined : dataset.text(name);
  return name === undefined || text === undefined ? undefined : dateField(text, name, dates, log);
}

/** ISO 8601 intervals with either end open (`2012/..`, `../2015`), any other text, or objects with two dates. */
function temporalOf(dataset: SchemaOrgNode, read: NodeReader, { dates }: Mapping): readonly Period[] {
  return dataset.all('temporalCoverage', 'temporal').flatMap((value) => {
    const text = scalarText(value) ?? read(value).text('@value');
    if (text === undefined) return periodOf(read(value).text('startDate'), read(value).text('endDate'), dates) ?? [];
    return isoInterval(text, dates) ?? periodField(text, dates) ?? [];
  });
}

function isoInterval(text: string, dates: Mapping['dates']): Period | undefined {
  const [, start = '', end = ''] = /^\s*(\d{4}[\dT:.Z+-]*|\.\.|)\/(\d{4}[\dT:.Z+-]*|\.\.|)\s*$/.exec(text) ?? [];
  const given = (written: string) => (written === '' || written === '..' ? undefined : written);
  const period = periodOf(given(start), given(end), dates);
  return period === undefined ? undefined : { ...period, original: text };
}
