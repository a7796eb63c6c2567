/** What `/api/v1/search` and `/api/v1/suggest` take: strict, so that a misspelt filter is not silently everything. */
import { z } from 'zod';
import type { FilterName } from '../search-filters.ts';
import { filterValues, maximumValues, sortOrders } from '../search-filters.ts';
import { labelLanguage } from './meaning-schema.ts';

/** UTF-8 bytes of `q` that are accepted (field case S-10); what is over 512 characters is cut with a notice. */
export const maximumQueryBytes = 8_192;

/** Datasets of one answer at most. */
const maximumLimit = 100;

/** The deepest dataset that can be asked for; beyond any catalogue. */
const maximumOffset = 20_000_000;

/** Digits only: what `Number` would also take (`1e3`, ` 5`, nothing) is a mistake of the caller. */
const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `expected a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum));

const many = (name: FilterName, description: string) =>
  z.array(filterValues[name]).max(maximumValues).optional().describe(description);

export const searchParameters = z.strictObject({
  q: z
    .string()
    .default('')
    .describe(
      'A question or words, in any language; all parts have to be found, as text or by what they mean. "…" is a phrase, a last word ending in * a prefix. Empty = all.',
    ),
  country: many('country', 'ISO 3166-1 alpha-2; several = any of them'),
  theme: many('theme', 'Theme id, or unclassified'),
  format: many('format', 'Canonical format id, e.g. CSV'),
  licence: many('licence', 'Openness of the licence'),
  publisher: many('publisher', 'Name of the agency as the portal writes it'),
  language: many('language', 'BCP 47 language of the texts'),
  place: many('place', 'Id of a place of the vocabulary: datasets about it, or about what lies in it'),
  source: many('source', 'Source id'),
  meaning: z.enum(['on', 'off']).default('on').describe('off: only the words themselves, not what they mean'),
  lang: labelLanguage,
  sort: z.enum(sortOrders).default('relevance'),
  page: wholeNumber(1, 1_000_000).optional().describe('1 = first; not together with offset'),
  offset: wholeNumber(0, maximumOffset).optional().describe('Datasets to pass over; not together with page'),
  limit: wholeNumber(1, maximumLimit).default(20),
  facets: wholeNumber(0, 100).default(20).describe('Values each facet lists at most; 0 leaves the facets out'),
});

export const datasetParameters = z.strictObject({ lang: labelLanguage });

export const suggestParameters = z.strictObject({
  q: z.string().max(200).describe('What is being typed'),
  limit: wholeNumber(1, 20).default(8),
});

export const rawParameters = z.strictObject({
  version: wholeNumber(1, 1_000_000).optional().describe('1 = first; the newest when absent'),
  part: z
    .enum(['record', 'context'])
    .default('record')
    .describe('context = what records share and need to be read, e.g. the header line of a CSV'),
});

export type ReadParameters<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly detail: string };

/** Checks a query string against a schema; the detail names the parameter, what was found and what was expected. */
export function readParameters<S extends z.ZodObject>(schema: S, given: URLSearchParams): ReadParameters<z.infer<S>> {
  const values: Record<string, string | string[]> = {};
  for (const name of new Set(given.keys())) {
    if (!Object.hasOwn(schema.shape, name)) {
      return {
        ok: false,
        detail: `${shown(name)}: no such parameter; expected ${Object.keys(schema.shape).join(', ')}`,
      };
    }
    const all = given.getAll(name);
    if (isMany(schema.shape[name])) values[name] = all;
    else if (all.length > 1) return { ok: false, detail: `${name}: given ${all.length} times; expected once` };
    else values[name] = all[0] ?? '';
  }
  const result = schema.safeParse(values);
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const found = given.getAll(name).map(shown).join(', ');
  return {
    ok: false,
    detail: `${name}: found ${found === '' ? 'nothing' : found}; ${issue?.message ?? 'expected another value'}`,
  };
}

function isMany(schema: z.core.$ZodType | undefined): boolean {
  return schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodArray;
}

/** A value of a request inside a sentence: short, one line. */
function shown(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(short);
}
