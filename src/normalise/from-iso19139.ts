/**
 * ISO 19139 record (`gmd:MD_Metadata`, `gmi:MI_Metadata`) → dataset. Pure. Alternate titles without a space are names
 * and become identifiers, others keywords. Quality, lineage, reference systems and the like stay in the archive. To map
 * a new field, add a function below and a line in `datasetFromIso19139`.
 */
import { childrenOf, elementAt, elementsAt, type XmlElement } from '../kit/xml-tree.ts';
import type { Dataset } from '../model/dataset.ts';
import type { LangString, LangText } from '../model/lang-text.ts';
import { frequencyField } from './frequency-field.ts';
import { isoIssued, isoModified } from './iso-dates.ts';
import { isoPeriods, isoPlaces } from './iso-extent.ts';
import { isoLicence } from './iso-licence.ts';
import { informationPage, isoDistributions } from './iso-online.ts';
import { isoContacts, isoPublisher } from './iso-parties.ts';
import { codeOf, type IsoLanguages, isoLanguages, isoText, languageCode, plainTextOf } from './iso-text.ts';
import { topicThemes } from './iso-topics.ts';
import { keywordsOf } from './keywords.ts';
import { descriptionOf, titleOrId } from './lang-texts.ts';
import { languagesOf } from './language-field.ts';
import type { Mapping } from './mapping.ts';
import { present } from './optional.ts';
import { plainLine, plainText } from './plain-text.ts';
import { recordPage } from './record-page.ts';

const citation = 'identificationInfo/*/citation/CI_Citation';

export function datasetFromIso19139(record: XmlElement, mapping: Mapping): Dataset {
  const { source, datasetId, nativeId } = mapping;
  const languages = isoLanguages(record, mapping);
  const topics = topicsOf(record);
  const title = isoText(elementAt(record, `${citation}/title`), languages, plainLine);
  const abstract = isoText(elementAt(record, 'identificationInfo/*/abstract'), languages, plainText);
  const alternates = alternatesOf(record, languages, title);
  return present({
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: identifiersOf(record, alternates, nativeId),
    title: titleOrId(title, 'citation.title', mapping),
    description: descriptionOf(abstract, 'abstract', mapping),
    keywords: keywords(record, alternates, languages, mapping),
    publisher: isoPublisher(record, languages, mapping),
    contacts: isoContacts(record, languages),
    landingPage: recordPage(source.recordPage, (name) => nameField(name, nativeId), pageOf(record)),
    licence: isoLicence(record, languages, mapping),
    themes: topicThemes(topics, 'topicCategory', mapping),
    sourceCategories: topics,
    languages: dataLanguages(record, mapping),
    issued: isoIssued(record, mapping),
    modified: isoModified(record, mapping),
    frequency: frequencyOf(record, mapping),
    temporal: isoPeriods(record, mapping),
    spatial: isoPlaces(record, languages, mapping),
    distributions: isoDistributions(record, languages, mapping),
  });
}

function alternatesOf(record: XmlElement, languages: IsoLanguages, title: LangText): readonly LangString[] {
  const shown = new Set(title.map(({ text }) => text));
  const alternates = elementsAt(record, `${citation}/alternateTitle`).flatMap((each) =>
    isoText(each, languages, plainLine),
  );
  return alternates.filter(({ text }) => !shown.has(text));
}

function identifiersOf(record: XmlElement, alternates: readonly LangString[], nativeId: string): readonly string[] {
  const written = [
    elementAt(record, 'fileIdentifier'),
    ...elementsAt(record, `${citation}/identifier/*/code`),
    elementAt(record, 'dataSetURI'),
  ];
  const codes = written.map((each) => plainLine(plainTextOf(each) ?? ''));
  const names = alternates.map(({ text }) => text).filter((text) => !/\s/u.test(text));
  const all = [...codes, ...names].filter((each) => each !== undefined && each !== nativeId) as string[];
  return [...new Set(all)];
}

function keywords(
  record: XmlElement,
  alternates: readonly LangString[],
  languages: IsoLanguages,
  mapping: Mapping,
): LangText {
  const written = elementsAt(record, 'identificationInfo/*/descriptiveKeywords/MD_Keywords/keyword');
  const words = written.flatMap((each) => isoText(each, languages, plainLine));
  return keywordsOf([...words, ...alternates.filter(({ text }) => /\s/u.test(text))], 'descriptiveKeywords', mapping);
}

function topicsOf(record: XmlElement): readonly string[] {
  const fields = elementsAt(record, 'identificationInfo/*/topicCategory');
  const codes = fields.flatMap((field) => (field.children.length === 0 ? [field] : field.children));
  return [...new Set(codes.flatMap((code) => plainLine(code.attributes.get('codeListValue') ?? code.text) ?? []))];
}

/** Of the data; `gmd:language` of the record is the language of its texts. */
function dataLanguages(record: XmlElement, mapping: Mapping): readonly string[] {
  const codes = elementsAt(record, 'identificationInfo/*/language').flatMap((each) => languageCode(each) ?? []);
  return languagesOf(codes, 'language', mapping);
}

function frequencyOf(record: XmlElement, mapping: Mapping) {
  const maintenance = 'identificationInfo/*/resourceMaintenance/MD_MaintenanceInformation';
  const code = codeOf(elementAt(record, `${maintenance}/maintenanceAndUpdateFrequency`));
  const period = plainTextOf(elementAt(record, `${maintenance}/userDefinedMaintenanceFrequency`))?.trim();
  return frequencyField(code ?? period, 'maintenanceAndUpdateFrequency', mapping);
}

function nameField(name: string, nativeId: string): string | undefined {
  return name === 'id' || name === 'fileIdentifier' ? nativeId : undefined;
}

function pageOf(record: XmlElement): string | undefined {
  const own = plainTextOf(childrenOf(record, 'dataSetURI')[0])?.trim();
  return own !== undefined && /^https?:/iu.test(own) ? own : informationPage(record);
}
