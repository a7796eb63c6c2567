/** The addresses of pages and of the API: made here, nowhere else. All begin with `/`; `absolute` puts the portal before. */
import type { PageLanguage } from './page-languages.ts';
import { type SearchForm, searchQuery } from './search-form.ts';
import { slugOf } from './slug.ts';
import type { StatusFilter } from './source-status.ts';

export const homeAddress = (lang: PageLanguage): string => `/${lang}`;

export const searchAddress = (lang: PageLanguage, form: Partial<SearchForm>): string =>
  `/${lang}/search${searchQuery(form)}`;

export const sourcesAddress = (lang: PageLanguage): string => `/${lang}/sources`;

export const sourceAddress = (lang: PageLanguage, sourceId: string): string =>
  `/${lang}/sources/${encodeURIComponent(sourceId)}`;

export const statusAddress = (lang: PageLanguage, filter: StatusFilter): string =>
  `/${lang}/status${statusQuery(filter)}`;

export const statusApiAddress = (filter: StatusFilter): string => `/api/v1/status${statusQuery(filter)}`;

/** One for all languages: an Atom feed has one. */
export const failuresFeedPath = '/status/failures.atom';

function statusQuery({ country, state }: StatusFilter): string {
  const query = new URLSearchParams({
    ...(country !== undefined && { country }),
    ...(state !== undefined && { state }),
  });
  return query.size === 0 ? '' : `?${query}`;
}

export const developersAddress = (lang: PageLanguage): string => `/${lang}/api`;

/** `title` as shown to readers of `lang`. */
export const datasetAddress = (lang: PageLanguage, id: string, title: string): string =>
  `/${lang}/dataset/${id}/${encodeURIComponent(slugOf(title))}`;

/** Holds for ever: no language, no title. */
export const permanentAddress = (id: string): string => `/dataset/${id}`;

export const datasetApiAddress = (id: string): string => `/api/v1/datasets/${id}`;

export const rawAddress = (id: string, version?: number): string =>
  `${datasetApiAddress(id)}/raw${version === undefined ? '' : `?version=${version}`}`;

/** An id as minted in `kit/hash.ts`; anything else was never a dataset and needs no look-up. */
export function isDatasetId(text: string): boolean {
  return /^[a-z2-7]{16}$/.test(text);
}
