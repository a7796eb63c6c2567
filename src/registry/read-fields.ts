/** A mapping of a source file, field by field, each with its reader; a key that has none is a mistake. Pure. */
import { themeIds } from '../model/theme.ts';
import { type FieldReader, isMapping } from './field-readers.ts';
import { SourceFileError } from './source-file-error.ts';

export type ReadFields<F extends Record<string, FieldReader<unknown>>> = {
  [K in keyof F]?: F[K] extends FieldReader<infer T> ? T : never;
};

export function readFields<F extends Record<string, FieldReader<unknown>>>(
  spec: Readonly<Record<string, unknown>>,
  readers: F,
  fileName: string,
  prefix: string,
): ReadFields<F> {
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(spec)) {
    const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (reader === undefined) {
      throw mistake(fileName, `found the unknown key "${prefix}${key}"`, `one of ${Object.keys(readers).join(', ')}`);
    }
    const typed = reader.read(value);
    if (typed === undefined) {
      throw mistake(fileName, `found ${prefix}${key}: ${faultyPart(key, value)}`, reader.expects);
    }
    read[key] = typed;
  }
  return read as ReadFields<F>;
}

/** For a long mapping of themes only the entry at fault is shown. */
function faultyPart(key: string, value: unknown): string {
  // Somebody may have put the key itself here.
  if (key === 'serviceKey') return '(not shown)';
  if (key !== 'themes' || !isMapping(value)) return shown(value);
  const entry = Object.entries(value).find(([, theme]) => !(themeIds as readonly unknown[]).includes(theme));
  return entry === undefined ? shown(value) : `{ ${entry[0]}: ${shown(entry[1])} }`;
}

export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 80 ? `${json.slice(0, 79)}…` : json;
}

export function mistake(fileName: string, found: string, expected: string, cause?: unknown): SourceFileError {
  return new SourceFileError(`sources/${fileName}: ${found}; expected ${expected}`, { cause });
}
