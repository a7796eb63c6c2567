/** The shapes of the files in `vocab/`, checked when they are read. Pure. */
import { z } from 'zod';
import { themeIds } from '../model/theme.ts';
import { VocabularyError } from './vocabulary-error.ts';

const words = z.array(z.string().min(1));
const about = z.object({ title: z.string(), date: z.iso.date(), sources: words, rules: words.optional() });

export const themesFile = z.strictObject({
  about,
  themes: z.array(
    z.strictObject({
      id: z.enum(themeIds),
      labels: z.record(z.string(), z.string().min(1)),
      euThemes: z.array(z.url()),
      match: z.enum(['exact', 'close']),
    }),
  ),
});

export const licencesFile = z.strictObject({
  about,
  notSpecified: words,
  creativeCommons: z.strictObject({
    brands: words,
    elements: z.strictObject({ BY: words, NC: words, ND: words, SA: words }),
    noise: words,
  }),
  licences: z.array(
    z.strictObject({
      id: z.string().min(1),
      openness: z.enum(['open', 'not-open', 'unknown']),
      label: z.string().min(1),
      urls: words,
      spellings: words,
    }),
  ),
});

export const formatsFile = z.strictObject({
  about,
  formats: z.array(
    z.strictObject({
      id: z.string().min(1),
      mediaType: z.string().includes('/'),
      euFileType: z.url().optional(),
      kind: z.enum(['file', 'container', 'page', 'service']),
      endings: words,
      spellings: words,
    }),
  ),
});

export const frequenciesFile = z.strictObject({
  about,
  units: z.strictObject({
    minute: words,
    hour: words,
    day: words,
    week: words,
    month: words,
    quarter: words,
    year: words,
  }),
  every: words,
  times: words,
  noise: words,
  frequencies: z.array(z.strictObject({ id: z.string().min(1), spellings: words })),
});

export const governmentsFile = z.strictObject({
  about,
  governments: z.array(
    z.strictObject({
      subdivision: z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/u),
      names: words.min(1),
      places: words.min(1),
    }),
  ),
});

export type LicencesFile = z.infer<typeof licencesFile>;
export type FormatsFile = z.infer<typeof formatsFile>;
export type FrequenciesFile = z.infer<typeof frequenciesFile>;

/** The checked content of a vocabulary file; a `VocabularyError` of one sentence when it is not what `shape` says. */
export function parseVocabularyFile<T>(text: string, path: string, shape: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new VocabularyError(
      `${path}: found text that is not JSON; expected the table that the repository has there`,
      {
        cause,
      },
    );
  }
  const checked = shape.safeParse(json);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw new VocabularyError(`${path}: at "${place}": ${issue?.message ?? 'found another shape than expected'}`);
}

/** One entry a key; two entries that claim one key are a mistake in the file. */
export function addOnce<T extends { readonly id: string }>(
  table: Map<string, T>,
  key: string,
  entry: T,
  path: string,
): void {
  const other = table.get(key);
  if (other !== undefined && other.id !== entry.id) {
    throw new VocabularyError(
      `${path}: found the spelling "${key}" at ${other.id} and at ${entry.id}; expected it once`,
    );
  }
  table.set(key, entry);
}
