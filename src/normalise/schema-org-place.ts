/**
 * schema.org `spatialCoverage` → places. Pure. A GeoShape writes latitude before longitude; numbers that can only be the
 * other way round are turned (cases field P-16, P-17).
 */
import type { Place } from '../model/dataset.ts';
import type { Mapping } from './mapping.ts';
import { isObject, parsedIfJson } from './native-value.ts';
import { placesOf } from './place-field.ts';
import { plainLine } from './plain-text.ts';
import { quoted } from './problem-log.ts';
import type { NodeReader, SchemaOrgNode } from './schema-org-node.ts';

type Box = readonly [number, number, number, number];
type Point = readonly [latitude: number, longitude: number];

/** Metres of a degree of latitude. */
const metresPerDegree = 111_320;

export function placesFromSchemaOrg(dataset: SchemaOrgNode, read: NodeReader, mapping: Mapping): readonly Place[] {
  return dataset.all('spatialCoverage', 'spatial').flatMap((value, index): readonly Place[] => {
    const path = `spatialCoverage[${index}]`;
    const content = parsedIfJson(value);
    if (!isObject(content) || 'coordinates' in content) return placesOf(content, path, mapping);
    const place = placeOf(read(content), read, path, mapping);
    return place === undefined ? [] : [place];
  });
}

function placeOf(node: SchemaOrgNode, read: NodeReader, path: string, mapping: Mapping): Place | undefined {
  const name = nameOf(node, read);
  const shapes = isShape(node) ? [node] : node.all('geo', 'polygon').map(read);
  const bbox = shapes.map((shape) => boxOf(shape, path, mapping)).find((box) => box !== undefined);
  if (bbox !== undefined) return { name, bbox };
  return name.length === 0 ? undefined : { name };
}

/** The name, else the address of the place. */
function nameOf(node: SchemaOrgNode, read: NodeReader): Place['name'] {
  const name = node.lang('name', plainLine);
  if (name.length > 0) return name;
  const address = node.text('address');
  const parts = read(node.all('address')[0]);
  const words = ['addressLocality', 'addressRegion', 'addressCountry'].map((part) => parts.text(part));
  const text = plainLine(address ?? words.filter((word) => word !== undefined).join(', '));
  return text === undefined ? [] : [{ text, lang: 'und' }];
}

function isShape(node: SchemaOrgNode): boolean {
  return node.is('GeoShape') || node.is('GeoCoordinates') || node.text('box', 'polygon', 'latitude') !== undefined;
}

function boxOf(shape: SchemaOrgNode, path: string, mapping: Mapping): Box | undefined {
  const points = pointsOf(shape);
  if (points === undefined) return undefined;
  const straight = boxOfPoints(points);
  if (straight !== undefined) return straight;
  const turned = boxOfPoints(points.map(([latitude, longitude]): Point => [longitude, latitude]));
  const slug = turned === undefined ? 'spatial-unreadable' : 'spatial-axes-swapped';
  const found = shape.text('box', 'polygon', 'line', 'circle') ?? points.flat().join(' ');
  mapping.log.add(slug, path, `found ${quoted(found)}; expected latitudes before longitudes, in degrees`);
  return turned;
}

/** Undefined for a shape that says nothing; no point for one that cannot be read. */
function pointsOf(shape: SchemaOrgNode): readonly Point[] | undefined {
  const written = shape.text('box', 'polygon', 'line');
  if (written !== undefined) return pairs(numbersOf(written));
  const circle = shape.text('circle');
  if (circle !== undefined) return circlePoints(numbersOf(circle));
  const [latitude, longitude] = [shape.text('latitude'), shape.text('longitude')];
  if (latitude === undefined && longitude === undefined) return undefined;
  return pairs(numbersOf(`${latitude} ${longitude}`));
}

function numbersOf(text: string): readonly number[] {
  return text
    .trim()
    .split(/[\s,]+/)
    .map((part) => (/^[-+]?\d+(?:\.\d+)?$/.test(part) ? Number(part) : Number.NaN));
}

function pairs(numbers: readonly number[]): readonly Point[] {
  if (numbers.length % 2 === 1) return [];
  return numbers.flatMap((number, index): Point[] => (index % 2 === 0 ? [[number, numbers[index + 1] ?? 0]] : []));
}

/** Centre and radius in metres. */
function circlePoints([latitude, longitude, radius, ...rest]: readonly number[]): readonly Point[] {
  if (latitude === undefined || longitude === undefined || radius === undefined || rest.length > 0) return [];
  const high = radius / metresPerDegree;
  const wide = high / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
  return [
    [latitude - high, longitude - wide],
    [latitude + high, longitude + wide],
  ];
}

function boxOfPoints(points: readonly Point[]): Box | undefined {
  const isValid = ([latitude, longitude]: Point): boolean => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (points.length === 0 || !points.every(isValid)) return undefined;
  let [south, west] = points[0] ?? [0, 0];
  let [north, east] = [south, west];
  for (const [latitude, longitude] of points) {
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
  }
  return [west, south, east, north];
}
