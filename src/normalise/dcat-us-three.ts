/**
 * What DCAT-US 3.0 writes as objects where 1.1 has texts (schemas of DOI-DO/dcat-us), as the texts that the readers of 1.1
 * take. Pure: Agents, Concepts, Documents, MediaTypes, LicenseDocuments, Locations, language maps (`titleMap`).
 */

import type { Place } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import { langText } from './lang-texts.ts';
import type { Mapping } from './mapping.ts';
import { fieldOf, isObject, listOf, type NativeObject, scalarText } from './native-value.ts';
import { placesOf } from './place-field.ts';
import { plainLine } from './plain-text.ts';

/** A text, or of an object the first of the members that says anything, and its `@id` when none does. */
export function textOrMember(value: unknown, ...members: readonly string[]): string | undefined {
  if (!isObject(value)) return scalarText(value);
  return [...members, '@id'].map((name) => scalarText(value[name])).find((text) => text !== undefined);
}

/** The texts by language of `titleMap` where it is there, else `title`. A text that the map lacks comes first. */
export function mappedText(
  entry: NativeObject,
  name: string,
  mapping: Mapping,
  plain: (text: string) => string | undefined,
): LangText {
  const plainOne = langText(entry[name], name, mapping, plain);
  const byLanguage = isObject(entry[`${name}Map`]) ? langText(entry[`${name}Map`], `${name}Map`, mapping, plain) : [];
  const missing = plainOne.filter(({ text }) => !byLanguage.some((each) => each.text === text));
  return byLanguage.length === 0 ? plainOne : [...missing, ...byLanguage];
}

/** Languages of a list of tags, addresses and LinguisticSystems. */
export function languageTexts(value: unknown): readonly string[] {
  return listOf(value).flatMap((each) => textOrMember(each, 'prefLabel', 'label') ?? []);
}

/** `geographicBoundingBox`, and Locations with a name, a box or a geometry as WKT or GeoJSON; the rest as in 1.1. */
export function placesOfEntry(entry: NativeObject, mapping: Mapping): readonly Place[] {
  const { spatial } = entry;
  const hasLocations = listOf(spatial).some(
    (each) => isObject(each) && !('coordinates' in each || 'geometries' in each),
  );
  const written = hasLocations
    ? listOf(spatial).flatMap((each, index) => locationOf(each, `spatial[${index}]`, mapping))
    : placesOf(spatial, 'spatial', mapping);
  const boxes = listOf(entry['geographicBoundingBox']).flatMap((box) => {
    const sides = ['westBoundingLongitude', 'southBoundingLatitude', 'eastBoundingLongitude', 'northBoundingLatitude'];
    const numbers = sides.map((side) => scalarText(fieldOf(box, side)) ?? '');
    return placesOf(numbers.join(','), 'geographicBoundingBox', mapping);
  });
  return [...written, ...boxes];
}

function locationOf(value: unknown, path: string, mapping: Mapping): readonly Place[] {
  if (!isObject(value) || 'coordinates' in value) return placesOf(value, path, mapping);
  const label = plainLine(textOrMember(value, 'prefLabel', 'altLabel', 'name') ?? '');
  const name = label === undefined ? [] : [{ text: label, lang: 'und' }];
  const shape = ['bbox', 'geometry', 'centroid'].find(
    (member) => value[member] !== undefined && value[member] !== null,
  );
  const [found] = shape === undefined ? [] : placesOf(value[shape], `${path}.${shape}`, mapping);
  if (found?.bbox !== undefined) return [{ name, bbox: found.bbox }];
  if (name.length > 0) return [{ name }];
  // Neither name nor shape: said as in 1.1, unless the shape said it.
  return shape === undefined ? placesOf(value, path, mapping) : [];
}
