/**
 * Row of data.gov.tw's export, or the detail of one dataset → dataset. Pure. The export joins the files of a dataset
 * with semicolons, in three columns side by side: format, address, encoding. Numbers carry thousands separators.
 */
import type { Agency, ContactPoint, Dataset, FormatClaim, Licence } from '../model/dataset.ts';
import type { PartialDate } from '../model/partial-date.ts';
import { themesOf } from './category-themes.ts';
import { dateField } from './date-field.ts';
import { formatField } from './format-field.ts';
import { frequencyField } from './frequency-field.ts';
import { descriptionOf, langLine, langText, titleOrId } from './lang-texts.ts';
import { licenceField } from './licence-field.ts';
import { type ListRow, plainTexts } from './list-row.ts';
import { distributionsOf, type ListedFile } from './listed-file.ts';
import type { Mapping } from './mapping.ts';
import { fieldOf, isObject, listOf, type NativeObject, scalarText } from './native-value.ts';
import { present } from './optional.ts';
import { plainLine, plainText } from './plain-text.ts';
import { recordPage } from './record-page.ts';

export function datasetFromExportRow({ cell }: ListRow, mapping: Mapping): Dataset {
  const { source, nativeId } = mapping;
  const title = plainTexts(cell('資料集名稱'), plainLine);
  const field = (name: string) => (name === 'id' ? nativeId : cell(name));
  const licence = cell('授權方式');
  return present({
    ...sharedFields(cell('服務分類'), '服務分類', mapping),
    title: titleOrId(title, '資料集名稱', mapping),
    description: descriptionOf(plainTexts(cell('資料集描述'), plainText), '資料集描述', mapping),
    publisher: publisherOf(cell('提供機關'), '提供機關', mapping),
    contacts: contactsOf(cell('提供機關聯絡人姓名'), cell('提供機關聯絡人電話')),
    landingPage: recordPage(source.recordPage, field, undefined),
    licence: licenceOf(licence, '授權方式', mapping),
    issued: dateOf(cell('上架日期'), '上架日期', mapping),
    modified: dateOf(cell('詮釋資料更新時間'), '詮釋資料更新時間', mapping),
    frequency: frequencyField(cell('更新頻率'), '更新頻率', mapping),
    distributions: distributionsOf(exportFiles({ cell }, mapping), '資料下載網址', mapping),
  });
}

export function datasetFromTwDetail(entry: NativeObject, mapping: Mapping): Dataset {
  const { source, nativeId } = mapping;
  const text = (name: string) => scalarText(entry[name]);
  const field = (name: string) => (name === 'id' ? nativeId : text(name));
  const description = langText(entry['description'], 'description', mapping, plainText);
  return present({
    ...sharedFields(text('categoryName'), 'categoryName', mapping),
    title: titleOrId(langLine(entry['title'], 'title', mapping), 'title', mapping),
    description: descriptionOf(description, 'description', mapping),
    publisher: publisherOf(text('publisher'), 'publisher', mapping, text('publisherOID')),
    contacts: contactsOf(text('publisherContactName'), text('publisherContactPhone')),
    landingPage: recordPage(source.recordPage, field, undefined),
    licence: licenceOf(text('license'), 'license', mapping),
    modified: dateOf(text('modifiedDate'), 'modifiedDate', mapping),
    frequency: frequencyField(frequencyText(entry['updateFrequency']), 'updateFrequency', mapping),
    distributions: distributionsOf(detailFiles(entry, mapping), 'distribution', mapping),
  });
}

function sharedFields(category: string | undefined, path: string, mapping: Mapping) {
  const { source, datasetId, nativeId } = mapping;
  const line = plainLine(category ?? '');
  return {
    id: datasetId,
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: [],
    keywords: [],
    themes: line === undefined ? [] : themesOf([{ text: line }], path, mapping),
    sourceCategories: line === undefined ? [] : [line],
    languages: [],
    temporal: [],
    spatial: [],
  };
}

function publisherOf(
  written: string | undefined,
  path: string,
  { log }: Mapping,
  nativeId?: string | undefined,
): Agency | undefined {
  const name = plainTexts(written, plainLine);
  if (name.length > 0) return present({ name, nativeId });
  log.add('publisher-missing', path, 'found no body; expected the body that publishes');
  return undefined;
}

function contactsOf(written: string | undefined, phone: string | undefined): readonly ContactPoint[] {
  const contact = present({ name: plainLine(written ?? ''), phone: plainLine(phone ?? '') });
  return Object.keys(contact).length === 0 ? [] : [contact];
}

/** Licence `1` of the portal is its 政府資料開放授權條款-第1版 (https://data.gov.tw/license; details of 2026). */
function licenceOf(text: string | undefined, path: string, mapping: Mapping): Licence {
  if (text?.trim() !== '1') return licenceField({ title: text }, path, mapping);
  return { ...mapping.vocabulary.licence({ title: '政府資料開放授權條款-第1版' }), original: { id: '1' } };
}

function dateOf(text: string | undefined, path: string, { dates, log }: Mapping): PartialDate | undefined {
  return text === undefined ? undefined : dateField(text, path, dates, log);
}

/** `{"regularupdate": "1", "Frequency": "1", "unittime": "日"}` → 每1日; not regular is 不定期. */
function frequencyText(value: unknown): string | undefined {
  if (!isObject(value)) return scalarText(value);
  const unit = scalarText(value['unittime']);
  if (scalarText(value['regularupdate']) === '0') return '不定期';
  return unit === undefined ? undefined : `每${scalarText(value['Frequency']) ?? ''}${unit}`;
}

/** A semicolon separates addresses only where another one follows: it may also stand inside of one. */
function exportFiles({ cell }: Pick<ListRow, 'cell'>, mapping: Mapping): readonly ListedFile[] {
  const urls = (cell('資料下載網址') ?? '').split(/;(?=\s*(?:https?:|ftp:|$))/i).map((each) => each.trim());
  const formats = (cell('檔案格式') ?? '').split(';').map((each) => each.trim());
  const encodings = (cell('編碼格式') ?? '').split(';').map((each) => each.trim());
  return urls.flatMap((url, index): readonly ListedFile[] => {
    const written = formats[index] ?? '';
    if (url === '' && written === '') return [];
    const format = claimOf(written, encodings[index], '檔案格式', mapping);
    return [{ url: url === '' ? undefined : url, path: '資料下載網址', access: 'download', format }];
  });
}

/** `resource` is the name of an older form of the answer. */
function detailFiles(entry: NativeObject, mapping: Mapping): readonly ListedFile[] {
  const written = listOf(entry['distribution'] ?? entry['resource']);
  return written.map((resource, index): ListedFile => {
    const text = (name: string) => scalarText(fieldOf(resource, name));
    const path = `distribution[${index}]`;
    return {
      url: text('resourceDownloadUrl'),
      path: `${path}.resourceDownloadUrl`,
      access: 'download',
      title: langLine(text('resourceDescription'), `${path}.resourceDescription`, mapping),
      description: langText(text('resourceNotes'), `${path}.resourceNotes`, mapping, plainText),
      format: claimOf(
        text('resourceFormat') ?? '',
        text('resourceCharacterEncoding'),
        `${path}.resourceFormat`,
        mapping,
      ),
    };
  });
}

/** The encoding goes along with the media type of a text (RFC 2046), unless it is UTF-8, which is expected. */
function claimOf(format: string, encoding: string | undefined, path: string, mapping: Mapping): ListedFile['format'] {
  return (url): FormatClaim => {
    const claim = formatField({ format: format === '' ? undefined : format, url }, path, mapping);
    const charset = encoding?.trim().toLowerCase() ?? '';
    const isPlain = charset === '' || /^utf-?8/.test(charset) || !/^[a-z][\w.:-]{1,30}$/.test(charset);
    if (isPlain || claim.mediaType?.startsWith('text/') !== true) return claim;
    return { ...claim, mediaType: `${claim.mediaType};charset=${charset}` };
  };
}
