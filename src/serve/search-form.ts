/**
 * A search as a page address says it, and back. Lenient: whatever a person typed or an old link carries gives a form;
 * what cannot be meant is left out and reported by name. (The API is strict: `api/search-parameters.ts`.)
 */
import type { SortOrder } from '../search/search-contract.ts';
import type { LabelLanguage } from '../vocabulary/label-file.ts';
import { findLabelLanguage } from '../vocabulary/label-language.ts';
import { type Filters, filterNames, filterValues, maximumValues, sortOrders } from './search-filters.ts';

/** Characters of a query that are used; the rest is cut off with a notice. */
export const maximumQueryLength = 512;

/** Datasets on one page of results. */
export const pageSize = 20;

/** The last page that can be asked for: beyond any catalogue, and safe to multiply. */
export const maximumPage = 1_000_000;

export interface SearchForm {
  /** Without control characters, well-formed, at most `maximumQueryLength`. */
  readonly text: string;
  readonly filters: Filters;
  readonly sort: SortOrder;
  /** 1 = first. */
  readonly page: number;
  /** `false`: only the words themselves. */
  readonly meaning: boolean;
  /** Language of the labels when it is not that of the page. */
  readonly lang?: LabelLanguage;
}

export interface ReadForm {
  readonly form: SearchForm;
  readonly queryWasCut: boolean;
  /** Names of parameters that held something that cannot be meant. */
  readonly ignored: readonly string[];
}

/** Without words nothing matches better than anything else: then what changed lately comes first. */
export function defaultSort(text: string): SortOrder {
  return text === '' ? 'modified' : 'relevance';
}

export function readSearchForm(parameters: URLSearchParams): ReadForm {
  const ignored = new Set<string>();
  const filters: Record<string, readonly string[]> = {};
  for (const name of filterNames) {
    const given = [...new Set(parameters.getAll(name))].filter((value) => value !== '');
    const values = given.filter((value) => filterValues[name].safeParse(value).success).slice(0, maximumValues);
    if (values.length < given.length) ignored.add(name);
    if (values.length > 0) filters[name] = values;
  }
  const typed = cleanQuery(parameters.get('q') ?? '');
  const text = cutQuery(typed);
  const sort = readSort(parameters.get('sort'), ignored) ?? defaultSort(text);
  const page = readPage(parameters.get('page'), ignored);
  const meaning = readMeaning(parameters.get('meaning'), ignored);
  const lang = readLanguage(parameters.get('lang'), ignored);
  return {
    form: { text, filters, sort, page, meaning, ...(lang === undefined ? {} : { lang }) },
    queryWasCut: text.length < typed.length,
    ignored: [...ignored],
  };
}

/** Control characters, NUL among them, separate words like spaces do; a lone surrogate cannot be sent in an answer. */
export function cleanQuery(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
}

/** At most `maximumQueryLength` UTF-16 units, never half a character. */
export function cutQuery(text: string): string {
  return text.slice(0, maximumQueryLength).replace(/[\ud800-\udbff]$/, '');
}

/** The form as a query string with its `?`, parameters in one order so that equal searches have one address. */
export function searchQuery(form: Partial<SearchForm>): string {
  const parameters = new URLSearchParams();
  if (form.text !== undefined && form.text !== '') parameters.set('q', form.text);
  for (const name of filterNames) for (const value of form.filters?.[name] ?? []) parameters.append(name, value);
  if (form.sort !== undefined && form.sort !== defaultSort(form.text ?? '')) parameters.set('sort', form.sort);
  if (form.page !== undefined && form.page > 1) parameters.set('page', String(form.page));
  if (form.meaning === false) parameters.set('meaning', 'off');
  if (form.lang !== undefined) parameters.set('lang', form.lang);
  const query = parameters.toString();
  return query === '' ? '' : `?${query}`;
}

function readSort(value: string | null, ignored: Set<string>): SortOrder | undefined {
  const sort = sortOrders.find((each) => each === value);
  if (sort === undefined && value !== null && value !== '') ignored.add('sort');
  return sort;
}

function readMeaning(value: string | null, ignored: Set<string>): boolean {
  if (value !== null && !['', 'on', 'off'].includes(value)) ignored.add('meaning');
  return value !== 'off';
}

function readLanguage(value: string | null, ignored: Set<string>): LabelLanguage | undefined {
  const lang = value === null ? undefined : findLabelLanguage(value);
  if (lang === undefined && value !== null && value !== '') ignored.add('lang');
  return lang;
}

function readPage(value: string | null, ignored: Set<string>): number {
  if (value === null || value === '') return 1;
  const page = Number(value);
  if (/^\d{1,7}$/.test(value) && page >= 1 && page <= maximumPage) return page;
  ignored.add('page');
  return 1;
}
