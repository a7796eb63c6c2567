/**
 * Places that data is about: countries, their first-level divisions, cities and districts, with native and other names.
 * One file a country in `vocab/places/`. A name that is a common word, or the name of several places, is marked ambiguous
 * there and needs context.
 */
import { join } from 'node:path';
import { sha256Hex } from '../kit/hash.ts';
import { type LabelEntry, type LabelLanguage, labelLanguages, labelsOf, readLabelFile } from './label-file.ts';
import type { Label } from './label-patterns.ts';
import { labelFiles, readVocabularyFile } from './load-vocabulary.ts';
import { VocabularyError } from './vocabulary-error.ts';

export const placeKinds = ['country', 'division', 'city', 'district'] as const;
export type PlaceKind = (typeof placeKinds)[number];

export interface Place {
  readonly id: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  readonly kind: PlaceKind;
  /** ISO 3166-1 for a country, ISO 3166-2 for a first-level division that has a code. */
  readonly iso?: string;
  /** The place it is part of; absent for a country. */
  readonly within?: string;
  /** Longitude, latitude (WGS 84). */
  readonly point?: readonly [number, number];
  /** West, south, east, north (WGS 84). */
  readonly bbox?: readonly [number, number, number, number];
  readonly labels: Readonly<Partial<Record<LabelLanguage, readonly string[]>>>;
  /** Names of this place that name it only where the context says so. */
  readonly ambiguous: ReadonlySet<string>;
  /** `vocab/places/tw.yaml:12`. */
  readonly from: string;
}

export interface Gazetteer {
  readonly version: string;
  readonly places: ReadonlyMap<string, Place>;
  /** The place and all it lies in, innermost first. */
  within(id: string): readonly string[];
}

/** Hexadecimal digits of the files' hash that name their version. */
const versionLength = 12;

/** Reads all files of `folder`; a `VocabularyError` names file and line of what is wrong. */
export async function loadPlaces(folder: string): Promise<Gazetteer> {
  const names = await labelFiles(folder);
  const texts = await Promise.all(names.map((name) => readVocabularyFile(join(folder, name))));
  const places = new Map<string, Place>();
  for (const [index, name] of names.entries()) {
    const path = `vocab/places/${name}`;
    for (const entry of readLabelFile(texts[index] ?? '', path)) {
      const place = placeOf(entry, name.replace(/\.yaml$/, ''), path);
      const other = places.get(place.id);
      if (other !== undefined) throw wrong(place.from, `the id ${place.id}`, `an id that ${other.from} does not have`);
      places.set(place.id, place);
    }
  }
  checkParents(places);
  const version = sha256Hex(texts.join('\0')).slice(0, versionLength);
  return { version, places, within: (id) => chainOf(places, id) };
}

/** Every name of every place, for the matcher. */
export function* labelsOfPlaces(gazetteer: Gazetteer): Iterable<Label> {
  for (const { id, labels } of gazetteer.places.values()) {
    for (const lang of labelLanguages) for (const text of labels[lang] ?? []) yield { text, lang, target: id };
  }
}

function placeOf(entry: LabelEntry, country: string, path: string): Place {
  const from = `${path}:${entry.line}`;
  const { fields } = entry;
  for (const field of fields.keys()) {
    if (!knownFields.has(field)) throw wrong(from, `the field ${field}`, `one of ${[...knownFields].join(', ')}`);
  }
  const kind = placeKinds.find((known) => known === fields.get('kind'));
  if (kind === undefined) throw wrong(from, `the kind ${fields.get('kind')}`, `one of ${placeKinds.join(', ')}`);
  const iso = kind === 'country' ? country.toUpperCase() : fields.get('iso');
  const within = fields.get('within');
  const point = numbersOf(fields.get('point'), 2, from);
  const bbox = numbersOf(fields.get('bbox'), 4, from);
  return {
    id: entry.id,
    country: country.toUpperCase(),
    kind,
    ...(iso === undefined ? {} : { iso }),
    ...(within === undefined ? {} : { within }),
    ...(point === undefined ? {} : { point: [point[0] ?? 0, point[1] ?? 0] as const }),
    ...(bbox === undefined ? {} : { bbox: [bbox[0] ?? 0, bbox[1] ?? 0, bbox[2] ?? 0, bbox[3] ?? 0] as const }),
    labels: Object.fromEntries(
      labelLanguages.map((lang) => [lang, labelsOf(entry, lang)] as const).filter(([, labels]) => labels.length > 0),
    ),
    ambiguous: new Set(labelsOf(entry, 'ambiguous')),
    from,
  };
}

const knownFields: ReadonlySet<string> = new Set([
  'iso',
  'kind',
  'within',
  'point',
  'bbox',
  'ambiguous',
  'note',
  ...labelLanguages,
]);

/** Degrees: longitude and latitude in turn. */
function numbersOf(text: string | undefined, count: number, from: string): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(/\s+/).map(Number);
  const inRange = numbers.every((value, i) => Math.abs(value) <= (i % 2 === 0 ? 180 : 90));
  if (numbers.length !== count || !inRange)
    throw wrong(from, `"${text}"`, `${count} numbers: longitude, latitude in degrees`);
  return numbers;
}

function checkParents(places: ReadonlyMap<string, Place>): void {
  for (const { id, kind, within, from } of places.values()) {
    if (kind === 'country' ? within !== undefined : within === undefined || !places.has(within)) {
      throw wrong(
        from,
        `${id} within ${within ?? 'nothing'}`,
        'the id of the place that holds it (none for a country)',
      );
    }
  }
}

/** Ends at a loop, which a mistyped `within` can make. */
function chainOf(places: ReadonlyMap<string, Place>, id: string): readonly string[] {
  const chain: string[] = [];
  for (let at = places.get(id); at !== undefined && !chain.includes(at.id); at = places.get(at.within ?? ''))
    chain.push(at.id);
  return chain;
}

function wrong(from: string, found: string, expected: string): VocabularyError {
  return new VocabularyError(`${from}: found ${found}; expected ${expected}`);
}
