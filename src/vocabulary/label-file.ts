/**
 * Reads the files of `vocab/lexicon/` and `vocab/places/`: a plain subset of YAML that people edit and review, two levels
 * deep, every value one line (`docs/lexicon.md`). Any YAML reader takes them too; this one names the line of whatever it
 * does not take, and does not build a tree of nodes for 25,000 lines at each start.
 */
import { VocabularyError } from './vocabulary-error.ts';

/** The thirteen languages, in the order in which files list them. */
export const labelLanguages = [
  'en',
  'zh-Hant',
  'zh-Hans',
  'ja',
  'ko',
  'th',
  'vi',
  'id',
  'ms',
  'hi',
  'km',
  'my',
  'fil',
] as const;
export type LabelLanguage = (typeof labelLanguages)[number];

export interface LabelEntry {
  readonly id: string;
  /** 1 = first line of the file. */
  readonly line: number;
  /** Field → its text, verbatim. */
  readonly fields: ReadonlyMap<string, string>;
}

const idLine = /^([a-z0-9]+(?:-[a-z0-9]+)*):\s*$/;
const fieldLine = /^ {2}([A-Za-z-]+): +(\S.*?)\s*$/;

/** Entries in the order of the file; a `VocabularyError` names file, line, what was found and what was expected. */
export function readLabelFile(text: string, path: string): readonly LabelEntry[] {
  const entries: (LabelEntry & { readonly fields: Map<string, string> })[] = [];
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const id = idLine.exec(line)?.[1];
    if (id !== undefined) {
      entries.push({ id, line: index + 1, fields: new Map() });
      continue;
    }
    const [, field, value] = fieldLine.exec(line) ?? [];
    const entry = entries.at(-1);
    if (entry === undefined || field === undefined || value === undefined) {
      throw wrongLine(path, index + 1, line, 'an id ("air-quality:") or an indented field ("  en: air quality | AQI")');
    }
    if (entry.fields.has(field)) throw wrongLine(path, index + 1, line, `the field ${field} once`);
    entry.fields.set(field, value);
  }
  return entries;
}

/** The labels of a field, `preferred | alternative …`; empty when the field is not there. */
export function labelsOf(entry: LabelEntry, field: string): readonly string[] {
  const text = entry.fields.get(field);
  return text === undefined
    ? []
    : text
        .split('|')
        .map((label) => label.trim())
        .filter((label) => label !== '');
}

function wrongLine(path: string, line: number, found: string, expected: string): VocabularyError {
  return new VocabularyError(`${path}:${line}: found "${found.slice(0, 80)}"; expected ${expected}`);
}
