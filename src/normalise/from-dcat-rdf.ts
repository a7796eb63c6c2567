/**
 * A dcat:Dataset in RDF (canonical N-Triples with all that belongs to it) → dataset. Pure. To map a new property, add a
 * function below and a line in `datasetFromDcatRdf`.
 */
import type { RdfTerm } from '../kit/rdf/triple.ts';
import type { Agency, ContactPoint, Dataset, Distribution, Frequency, Licence } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import { distributionsFromRdf, type LicensedDistribution } from './dcat-rdf-distribution.ts';
import { frequencyField } from './frequency-field.ts';
import { keywordsOf, splitKeywords } from './keywords.ts';
import { descriptionOf, titleOrId } from './lang-texts.ts';
import { languagesOf } from './language-field.ts';
import { licenceField, portalLicence } from './licence-field.ts';
import { readLink } from './link.ts';
import type { Mapping } from './mapping.ts';
import { present } from './optional.ts';
import { plainLine, plainText } from './plain-text.ts';
import { quoted } from './problem-log.ts';
import { periodsFromRdf, placesFromRdf } from './rdf-coverage.ts';
import { dateOfNode, licenceOfNode } from './rdf-fields.ts';
import { frequencyText } from './rdf-frequency.ts';
import { brokenIris, predicates, type RdfRecord, writtenText } from './rdf-record.ts';
import { langStrings, langTextOf, namesOf, textOf } from './rdf-text.ts';
import { categoriesFromRdf } from './rdf-theme.ts';
import { recordPage } from './record-page.ts';

const dcat = 'http://www.w3.org/ns/dcat#';
const dct = 'http://purl.org/dc/terms/';
const dc = 'http://purl.org/dc/elements/1.1/';
const foaf = 'http://xmlns.com/foaf/0.1/';
const vcard = 'http://www.w3.org/2006/vcard/ns#';

export function datasetFromDcatRdf(record: RdfRecord, mapping: Mapping): Dataset {
  const { source, datasetId, nativeId } = mapping;
  const own = (names: readonly string[]) => record.all(record.root, names);
  const description = langTextOf(own(predicates.description), 'description', mapping, plainText);
  const { categories, themes } = categoriesFromRdf(record, mapping);
  const files = distributionsFromRdf(record, mapping);
  const licence = licenceOf(record, files, mapping);
  reportBroken(record, mapping);
  return present({
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: identifiersOf(record, nativeId),
    title: titleOrId(langTextOf(own(predicates.title), 'title', mapping, plainLine), 'title', mapping),
    description: descriptionOf(description, 'description', mapping),
    keywords: keywords(record, mapping),
    publisher: publisherOf(record, mapping),
    contacts: contactsOf(record),
    landingPage: landingPageOf(record, mapping),
    licence,
    themes,
    sourceCategories: categories,
    languages: languagesOf(
      own([`${dct}language`, `${dc}language`, 'http://schema.org/inLanguage']).map(writtenText),
      'language',
      mapping,
    ),
    issued: dateOfNode(own(predicates.issued), 'first', 'issued', mapping),
    modified: dateOfNode(own(predicates.modified), 'last', 'modified', mapping),
    frequency: frequencyOf(record, mapping),
    temporal: periodsFromRdf(record, mapping),
    spatial: placesFromRdf(record, mapping),
    distributions: files.map((file) => withOwnLicence(file, licence)),
  });
}

function reportBroken(record: RdfRecord, { log }: Mapping): void {
  for (const { path, text } of brokenIris(record)) {
    log.add('rdf-iri-broken', path, `found ${quoted(text)}; expected an IRI, it is kept as a text`);
  }
}

/** As printed, the IRI too; adms:identifier has its text one step further. */
function identifiersOf(record: RdfRecord, nativeId: string): readonly string[] {
  const { root } = record;
  const coded = record.all(root, ['http://www.w3.org/ns/adms#identifier']);
  const notations = coded.flatMap((term) => record.all(term, ['http://www.w3.org/2004/02/skos/core#notation']));
  const written = [...record.all(root, predicates.identifier), ...notations, root];
  const texts = written.flatMap((term) => writtenText(term) ?? []);
  return [...new Set(texts)].filter((text) => text !== nativeId);
}

/** One literal a keyword; a single one with separators is a list. */
function keywords(record: RdfRecord, mapping: Mapping): LangText {
  const terms = record.all(record.root, [`${dcat}keyword`, 'http://schema.org/keywords', `${dc}subject`]);
  const words = langStrings(terms, 'keyword', mapping, plainLine);
  const [only, ...others] = words;
  const split = only !== undefined && others.length === 0 ? splitKeywords(only.text) : [];
  return keywordsOf(
    only !== undefined && split.length > 1 ? split.map((text) => ({ ...only, text })) : words,
    'keyword',
    mapping,
  );
}

function publisherOf(record: RdfRecord, mapping: Mapping): Agency | undefined {
  const names = [
    `${dct}publisher`,
    `${dc}publisher`,
    'http://schema.org/publisher',
    `${dct}creator`,
    `${dct}rightsHolder`,
  ];
  const [publisher] = record.all(record.root, names);
  const name = publisher === undefined ? [] : namesOf(record, publisher, 'publisher', mapping);
  if (publisher === undefined || name.length === 0) {
    mapping.log.add('publisher-missing', 'publisher', 'found no publisher; expected the body that publishes');
    return undefined;
  }
  const identifier = writtenText(record.all(publisher, predicates.identifier)[0]);
  const homepage = record
    .all(publisher, [`${foaf}homepage`, `${vcard}hasURL`])
    .flatMap((term) => linkOf(record, term))[0];
  return present({ name, nativeId: identifier ?? (publisher.kind === 'iri' ? publisher.value : undefined), homepage });
}

function contactsOf(record: RdfRecord): readonly ContactPoint[] {
  const contacts = record.all(record.root, [`${dcat}contactPoint`, 'http://www.w3.org/ns/adms#contactPoint']);
  const found = contacts.map((contact) => {
    const line = (names: readonly string[]) => plainLine(textOf(record, record.all(contact, names)[0]) ?? '');
    const name = line([`${vcard}fn`, `${vcard}organization-name`, `${foaf}name`, `${vcard}hasFN`]);
    return present({
      name: name ?? (contact.kind === 'literal' ? plainLine(contact.value) : undefined),
      email: line([`${vcard}hasEmail`, `${vcard}email`, `${foaf}mbox`])?.replace(/^mailto:/i, ''),
      phone: line([`${vcard}hasTelephone`, `${vcard}tel`, `${foaf}phone`])?.replace(/^tel:/i, ''),
    });
  });
  return found.filter((contact) => Object.keys(contact).length > 0);
}

/** Its landing page; else its IRI, which in CKAN is the page. */
function landingPageOf(record: RdfRecord, { source, nativeId }: Mapping): string | undefined {
  const { root } = record;
  const named = record.all(root, [`${dcat}landingPage`, `${foaf}page`, `${foaf}homepage`, 'http://schema.org/url']);
  const links = [
    ...named.flatMap((term) => linkOf(record, term)),
    ...(root.kind === 'iri' ? linkOf(record, root) : []),
  ];
  const fields: Readonly<Record<string, string | undefined>> = {
    identifier: nativeId,
    id: nativeId,
    iri: root.kind === 'iri' ? root.value : undefined,
  };
  return recordPage(source.recordPage, (name) => fields[name], links[0]);
}

function linkOf(record: RdfRecord, term: RdfTerm): readonly string[] {
  const text = textOf(record, term) ?? writtenText(record.all(term, [`${foaf}homepage`])[0]);
  const link = text === undefined ? undefined : readLink(text);
  return link !== undefined && 'url' in link ? [link.url] : [];
}

/** The dataset's own; else what all its distributions name, which is where DCAT-AP has it. */
function licenceOf(record: RdfRecord, files: readonly LicensedDistribution[], mapping: Mapping): Licence {
  const own = licenceOfNode(record, record.root, 'license', mapping);
  if (own !== undefined) return own;
  const named = files.flatMap(({ licence }) => licence ?? []);
  const [first] = named;
  if (first === undefined) return licenceField({}, 'license', mapping);
  return named.length === files.length && named.every(({ id }) => id === first.id) ? first : portalLicence(mapping);
}

function withOwnLicence({ distribution, licence }: LicensedDistribution, ofDataset: Licence): Distribution {
  return licence === undefined || JSON.stringify(licence) === JSON.stringify(ofDataset)
    ? distribution
    : { ...distribution, licence };
}

function frequencyOf(record: RdfRecord, mapping: Mapping): Frequency | undefined {
  const [term] = record.all(record.root, [`${dct}accrualPeriodicity`]);
  return term === undefined ? undefined : frequencyField(frequencyText(record, term), 'accrualPeriodicity', mapping);
}
