/**
 * Row of the list of data.go.kr (dataset 15062804, 목록개방현황) → dataset. Pure. Columns are found by name, both the
 * names of 2022 and of 2025; a column may be absent, `-` means null, phone numbers carry a leading backtick.
 */
import type { Agency, ContactPoint, Dataset, Distribution, FormatClaim, Licence } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { PartialDate } from '../model/partial-date.ts';
import { themesOf } from './category-themes.ts';
import { dateField } from './date-field.ts';
import { distributionIds } from './distribution-id.ts';
import { formatField } from './format-field.ts';
import { frequencyField } from './frequency-field.ts';
import { keywordsOf, splitKeywords } from './keywords.ts';
import { descriptionOf, titleOrId } from './lang-texts.ts';
import { licenceField, portalLicence } from './licence-field.ts';
import { linkFields } from './link.ts';
import { type ListRow, plainTexts } from './list-row.ts';
import type { Mapping } from './mapping.ts';
import { present } from './optional.ts';
import { periodField } from './period-field.ts';
import { plainLine, plainText } from './plain-text.ts';
import { recordPage } from './record-page.ts';

/** Names of the list's columns in both years; the first is the one of 2025. */
const columns = {
  title: ['목록명'],
  fileTitle: ['파일데이터명'],
  kind: ['목록유형'],
  description: ['설명', '목록설명'],
  agency: ['제공기관', '기관명'],
  agencyCode: ['제공기관코드', '기관코드'],
  issued: ['등록일', '목록 등록일'],
  modified: ['수정일', '목록 수정일'],
  page: ['목록 URL', 'URL'],
  category: ['분류체계'],
  keywords: ['키워드'],
  format: ['확장자(데이터포맷)', '확장자'],
  licence: ['이용허락범위'],
  frequency: ['업데이트 주기'],
  period: ['시간범위'],
  place: ['공간범위'],
  office: ['관리 부서명', '관리부서명'],
  phone: ['관리부서 전화번호', '관리부서전화번호'],
} as const;

export function datasetFromDataGoKr(row: ListRow, mapping: Mapping): Dataset {
  const { cell } = row;
  const { source, datasetId, nativeId } = mapping;
  const category = cell(...columns.category);
  const line = category === undefined ? undefined : plainLine(category);
  return present({
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: [],
    title: titleOrId(plainTexts(cell(...columns.title), plainLine), columns.title[0], mapping),
    description: descriptionOf(plainTexts(cell(...columns.description), plainText), columns.description[0], mapping),
    keywords: keywords(row, mapping),
    publisher: publisher(row, mapping),
    contacts: contacts(row),
    landingPage: recordPage(source.recordPage, (name) => cell(name), cell(...columns.page)),
    licence: licence(row, mapping),
    themes: line === undefined ? [] : themesOf([{ text: line }], columns.category[0], mapping),
    sourceCategories: line === undefined ? [] : [line],
    languages: [],
    issued: date(row, columns.issued, mapping),
    modified: date(row, columns.modified, mapping),
    frequency: frequencyField(cell(...columns.frequency), columns.frequency[0], mapping),
    temporal: temporal(row, mapping),
    spatial: spatial(row),
    distributions: [distribution(row, mapping)],
  });
}

function keywords({ cell }: ListRow, mapping: Mapping): LangText {
  const words = splitKeywords(cell(...columns.keywords) ?? '').map((text) => ({ text, lang: 'und' }));
  return keywordsOf(words, columns.keywords[0], mapping);
}

function publisher({ cell }: ListRow, mapping: Mapping): Agency | undefined {
  const name = plainTexts(cell(...columns.agency), plainLine);
  if (name.length > 0) return present({ name, nativeId: cell(...columns.agencyCode) });
  mapping.log.add('publisher-missing', columns.agency[0], 'found no body; expected the body that publishes');
  return undefined;
}

function contacts({ cell }: ListRow): readonly ContactPoint[] {
  const contact = present({ name: cell(...columns.office), phone: cell(...columns.phone)?.replace(/^`/, '') });
  return Object.keys(contact).length === 0 ? [] : [contact];
}

function date({ cell }: ListRow, names: readonly string[], { dates, log }: Mapping): PartialDate | undefined {
  const text = cell(...names);
  return text === undefined ? undefined : dateField(text, names[0] ?? '', dates, log);
}

function temporal({ cell }: ListRow, { dates }: Mapping) {
  const text = cell(...columns.period);
  const period = text === undefined ? undefined : periodField(text, dates);
  return period === undefined ? [] : [period];
}

function spatial({ cell }: ListRow) {
  const name = plainTexts(cell(...columns.place), plainLine);
  return name.length === 0 ? [] : [{ name }];
}

/** The list names one file or service a row; its address is the page on data.go.kr, from which it is taken. */
function distribution({ cell, has }: ListRow, mapping: Mapping): Distribution {
  const links = linkFields(cell(...columns.page), columns.page[0], mapping.log);
  const kind = cell(...columns.kind);
  const [id = ''] = distributionIds(mapping.datasetId, [{ nativeId: kind, url: links.url }]);
  return {
    id,
    title: plainTexts(cell(...columns.fileTitle) ?? cell(...columns.title), plainLine),
    description: [],
    ...links,
    access: accessOf(kind, links.url),
    format: formatOf(cell(...columns.format), kind, has(...columns.format), mapping),
  };
}

/** A service is an API also where the list has no column of formats. */
function formatOf(
  text: string | undefined,
  kind: string | undefined,
  isListed: boolean,
  mapping: Mapping,
): FormatClaim {
  if (text === undefined && kind === 'API') return mapping.vocabulary.formats(kind, undefined)[0] ?? {};
  return text === undefined && !isListed ? {} : formatField({ format: text }, columns.format[0], mapping);
}

function licence({ cell, has }: ListRow, mapping: Mapping): Licence {
  if (!has(...columns.licence)) return portalLicence(mapping);
  return licenceField({ title: cell(...columns.licence) }, columns.licence[0], mapping);
}

function accessOf(kind: string | undefined, url: string | undefined): Distribution['access'] {
  if (url === undefined) return 'unknown';
  return kind === 'API' ? 'service' : 'page';
}
