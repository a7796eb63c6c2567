/** The filters of a search, the same in page addresses, in the API and in its description. */
import { z } from 'zod';
import { themeIds, unclassified } from '../model/theme.ts';
import { type FacetName, facetNames, type SearchRequest } from '../search/search-contract.ts';

export type FilterName = FacetName | 'place' | 'source';

/** In the order a reader meets them. */
export const filterNames: readonly FilterName[] = [...facetNames, 'place', 'source'];

/** Values of one filter at most; there are twelve countries and twelve themes. */
export const maximumValues = 50;

export const sortOrders = ['relevance', 'modified', 'title'] as const;

/** What a value of each filter may be. */
export const filterValues = {
  country: z.string().regex(/^[A-Z]{2}$/),
  theme: z.enum([...themeIds, unclassified]),
  format: z.string().min(1).max(100),
  licence: z.enum(['open', 'not-open', 'unknown']),
  publisher: z.string().min(1).max(500),
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/),
  place: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(100),
  source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/),
} as const satisfies Readonly<Record<FilterName, z.ZodType<string>>>;

export type Filters = SearchRequest['filters'];

export function filterSelects(filters: Filters, name: FilterName, value: string): boolean {
  return filters[name]?.includes(value) ?? false;
}

export function countFilters(filters: Filters): number {
  return filterNames.reduce((sum, name) => sum + (filters[name]?.length ?? 0), 0);
}

export function withoutFilter(filters: Filters, name: FilterName, value: string): Filters {
  return { ...filters, [name]: filters[name]?.filter((each) => each !== value) ?? [] };
}
