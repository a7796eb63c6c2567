/**
 * `csw:Record` (Dublin Core, OGC 07-006r1 table 4) → dataset. Pure. Files are what `dct:references`, `dc:URI`,
 * `dc:source` and `dc:relation` give as addresses; a licence is what `dct:license`, `dct:accessRights` and `dc:rights`
 * say, unless it is known to be none.
 */
import { childrenOf, type XmlElement } from '../kit/xml-tree.ts';
import type { Dataset, Distribution, Place } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate } from '../model/partial-date.ts';
import { axisOrderOf, type Box, boxField } from './bounding-box.ts';
import { themesOf } from './category-themes.ts';
import { dateField } from './date-field.ts';
import { isoDate } from './iso-dates.ts';
import { keywordsOf } from './keywords.ts';
import { descriptionOf, titleOrId } from './lang-texts.ts';
import { languageTag } from './language-code.ts';
import { languagesOf } from './language-field.ts';
import { licenceField } from './licence-field.ts';
import { distributionsOf, type ListedFile } from './listed-file.ts';
import type { Mapping } from './mapping.ts';
import { accessOf, resourceFormat } from './online-protocol.ts';
import { present } from './optional.ts';
import { periodField } from './period-field.ts';
import { placesOf } from './place-field.ts';
import { plainLine, plainText } from './plain-text.ts';
import { recordPage } from './record-page.ts';

export function datasetFromCswDc(record: XmlElement, mapping: Mapping): Dataset {
  const { source, datasetId, nativeId, dates } = mapping;
  const categories = linesOf(record, 'subject').filter((text) => Object.hasOwn(source.themes, text));
  return present({
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: [...new Set([...linesOf(record, 'identifier'), ...linesOf(record, 'alternative')])].filter(
      (id) => id !== nativeId,
    ),
    title: titleOrId(textsOf(record, ['title'], plainLine, mapping), 'title', mapping),
    description: descriptionOf(textsOf(record, ['abstract', 'description'], plainText, mapping), 'abstract', mapping),
    keywords: keywordsOf(
      elementsOf(record, 'subject').map((each) => ({ text: each.text, lang: langOf(each, mapping) })),
      'subject',
      mapping,
    ),
    publisher: publisherOf(record, mapping),
    contacts: [],
    landingPage: recordPage(source.recordPage, (name) => (name === 'id' ? nativeId : undefined), undefined),
    licence: licenceOf(record, mapping),
    themes: themesOf(
      categories.map((text) => ({ text })),
      'subject',
      mapping,
    ),
    sourceCategories: categories,
    languages: languagesOf(linesOf(record, 'language'), 'language', mapping),
    issued: dateOf(record, ['issued', 'created', 'date'], mapping),
    modified: dateOf(record, ['modified'], mapping),
    temporal: linesOf(record, 'temporal').flatMap((text) => periodField(text, dates) ?? []),
    spatial: placesOfRecord(record, mapping),
    distributions: distributions(record, mapping),
  });
}

function elementsOf(record: XmlElement, name: string): readonly XmlElement[] {
  return childrenOf(record, name).filter(({ text }) => text.trim() !== '');
}

function linesOf(record: XmlElement, name: string): readonly string[] {
  return elementsOf(record, name).flatMap(({ text }) => plainLine(text) ?? []);
}

/** The first of the fields that says anything, one entry a language. */
function textsOf(
  record: XmlElement,
  names: readonly string[],
  plain: (text: string) => string | undefined,
  mapping: Mapping,
): LangText {
  const found = names.map((name) => elementsOf(record, name)).find((each) => each.length > 0) ?? [];
  const texts = new Map<string, string>();
  for (const element of found) {
    const text = plain(element.text);
    const lang = langOf(element, mapping);
    if (text !== undefined && !texts.has(lang)) texts.set(lang, text);
  }
  return [...texts].map(([lang, text]) => ({ text, lang }));
}

function langOf(element: XmlElement, { source }: Mapping): string {
  return languageTag(element.attributes.get('xml:lang') ?? '', source.languages) ?? 'und';
}

function publisherOf(record: XmlElement, mapping: Mapping): Dataset['publisher'] {
  const name = textsOf(record, ['publisher', 'creator', 'contributor'], plainLine, mapping);
  if (name.length > 0) return { name };
  mapping.log.add('publisher-missing', 'publisher', 'found no publisher; expected the body that publishes');
  return undefined;
}

function licenceOf(record: XmlElement, mapping: Mapping) {
  const written = ['license', 'rights', 'accessRights'].flatMap((name) => linesOf(record, name).map(licenceText));
  const known = written.find((each) => mapping.vocabulary.licence(each).id !== 'unknown');
  return licenceField(known ?? written[0] ?? {}, 'rights', mapping);
}

function licenceText(text: string): { readonly title: string } | { readonly url: string } {
  return /^https?:\/\/\S+$/iu.test(text) ? { url: text } : { title: text };
}

function dateOf(record: XmlElement, names: readonly string[], { dates, log }: Mapping): PartialDate | undefined {
  const [name] = names.filter((each) => linesOf(record, each).length > 0);
  const [text] = name === undefined ? [] : linesOf(record, name);
  return text === undefined ? undefined : dateField(isoDate(text), name ?? '', dates, log);
}

/** `ows:BoundingBox` by the axes of its reference system; `ows:WGS84BoundingBox` has longitude first (OGC 06-121r3, 10.2). */
function placesOfRecord(record: XmlElement, mapping: Mapping): readonly Place[] {
  const boxes = [...childrenOf(record, 'WGS84BoundingBox'), ...childrenOf(record, 'BoundingBox')];
  const read = boxes.map((element) => boxOf(element, mapping)).filter((each) => each !== undefined);
  const once = [...new Map(read.map((box) => [box.join(' '), box])).values()];
  const named = [...linesOf(record, 'spatial'), ...linesOf(record, 'coverage')];
  return [...once.map((bbox) => ({ name: [], bbox })), ...named.flatMap((text) => placesOf(text, 'spatial', mapping))];
}

function boxOf(element: XmlElement, mapping: Mapping): Box | undefined {
  const corner = (name: string) => childrenOf(element, name)[0]?.text.trim().split(/\s+/u, 3) ?? [];
  const [low, high] = [corner('LowerCorner'), corner('UpperCorner')];
  const isLatitudeFirst =
    element.local === 'BoundingBox' && axisOrderOf(element.attributes.get('crs')) === 'latitude-first';
  const [x, y] = isLatitudeFirst ? [1, 0] : [0, 1];
  return boxField({ west: low[x], south: low[y], east: high[x], north: high[y] }, 'BoundingBox', mapping);
}

function distributions(record: XmlElement, mapping: Mapping): readonly Distribution[] {
  const format = linesOf(record, 'format');
  const files = ['references', 'URI', 'source', 'relation'].flatMap((name) =>
    elementsOf(record, name)
      // Sources and relations may be names of other records.
      .filter(({ text }) => name === 'references' || name === 'URI' || /^\s*https?:/iu.test(text))
      .map((element, at) => fileOf(element, `${name}[${at}]`, format.length === 1 ? format[0] : undefined, mapping)),
  );
  const once = new Map(files.map((file) => [`${file.url} ${file.access}`, file]));
  return distributionsOf([...once.values()], 'references', mapping);
}

function fileOf(element: XmlElement, path: string, format: string | undefined, mapping: Mapping): ListedFile {
  const url = element.text.trim();
  const attribute = (name: string) => element.attributes.get(name)?.trim();
  const written = { url, protocol: attribute('scheme') ?? attribute('protocol'), format };
  const line = (text: string | undefined) => {
    const plain = plainLine(text ?? '');
    return plain === undefined ? [] : [{ text: plain, lang: 'und' }];
  };
  return {
    url,
    path,
    access: accessOf(written, mapping),
    format: (link) => resourceFormat({ ...written, url: link }, path, mapping),
    title: line(attribute('name')),
    description: line(attribute('description')),
  };
}
