/**
 * Bounds in any shape that portals give → four texts for `boxField`: four numbers, a shape in GeoJSON, WKT or GML, an
 * object that names its sides. Pure (cases `op F5`, `op F6`, `field P-16`).
 */
import type { WrittenBox } from './bounding-box.ts';
import { fieldOf, isObject, scalarText } from './native-value.ts';
import { pointsOfShape } from './wkt-box.ts';

type Point = readonly [number, number];

/** Most points of a shape that are looked at for its box. */
const maxPoints = 100_000;

/** Longest text that can be a few numbers, in characters. */
const longestNumbers = 200;

/** Undefined for what is no bounds at all. */
export function writtenBounds(value: unknown): WrittenBox | undefined {
  if (typeof value === 'string') return boundsOfText(value);
  if (Array.isArray(value)) return value.length === 4 ? boundsOfNumbers(value.map(scalarText)) : undefined;
  if (!isObject(value)) return undefined;
  const points = pointsOf(value);
  if (points.length > 0) return boundsOfPoints(points);
  return boundsByName(value) ?? (Array.isArray(value['bbox']) ? writtenBounds(value['bbox']) : undefined);
}

/** Whether a text is made of numbers only, so that it is no name of a place. */
export function isNumbersOnly(text: string): boolean {
  return text.length <= longestNumbers && /^[\s()[\]{}]*[-+]?\d[-+\d.,;/|°\s()[\]NSEW]*$/u.test(text);
}

function boundsOfText(text: string): WrittenBox | undefined {
  const points = pointsOfShape(text);
  if (points !== undefined) return points.length === 0 ? undefined : boundsOfPoints(points);
  if (!isNumbersOnly(text)) return undefined;
  const numbers = text.split(/[\s,;/|()[\]{}]+/u).filter((part) => part !== '');
  if (numbers.length === 4) return boundsOfNumbers(numbers);
  // A point says its order only where one of the two cannot be a latitude.
  const isTold = numbers.length === 2 && numbers.some((part) => Math.abs(Number.parseFloat(part)) > 90);
  return isTold ? boundsOfNumbers([...numbers, ...numbers]) : undefined;
}

function boundsOfNumbers([west, south, east, north]: readonly (string | undefined)[]): WrittenBox {
  return { west, south, east, north };
}

/** Names of the sides in GeoNetwork, ArcGIS, DCAT-US 3 and schema.org-like objects. */
const sides = {
  west: [
    'west',
    'westBoundLongitude',
    'westBoundingLongitude',
    'westlimit',
    'xmin',
    'minx',
    'minLon',
    'lonMin',
    'left',
  ],
  south: [
    'south',
    'southBoundLatitude',
    'southBoundingLatitude',
    'southlimit',
    'ymin',
    'miny',
    'minLat',
    'latMin',
    'bottom',
  ],
  east: [
    'east',
    'eastBoundLongitude',
    'eastBoundingLongitude',
    'eastlimit',
    'xmax',
    'maxx',
    'maxLon',
    'lonMax',
    'right',
  ],
  north: [
    'north',
    'northBoundLatitude',
    'northBoundingLatitude',
    'northlimit',
    'ymax',
    'maxy',
    'maxLat',
    'latMax',
    'top',
  ],
} as const;

function boundsByName(value: unknown): WrittenBox | undefined {
  const side = (names: readonly string[]) =>
    names.map((name) => scalarText(fieldOf(value, name))).find((each) => each !== undefined);
  const bounds = { west: side(sides.west), south: side(sides.south), east: side(sides.east), north: side(sides.north) };
  return Object.values(bounds).includes(undefined) ? undefined : bounds;
}

function boundsOfPoints(points: readonly Point[]): WrittenBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return boundsOfNumbers([west, south, east, north].map(String));
}

/** Pairs of numbers however deep they lie; without recursion, because depth is the portal's choice. */
function pointsOf(shape: unknown): readonly Point[] {
  const points: Point[] = [];
  const waiting: unknown[] = innerOf(shape);
  while (waiting.length > 0 && points.length < maxPoints) {
    const item = waiting.pop();
    const point = pointOf(item);
    if (point !== undefined) points.push(point);
    else waiting.push(...innerOf(item));
  }
  return points;
}

function pointOf(item: unknown): Point | undefined {
  if (!Array.isArray(item)) return undefined;
  const [x, y] = item as unknown[];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : undefined;
}

/** Members of a list, or what a geometry, a Feature or a collection of them holds. */
function innerOf(item: unknown): unknown[] {
  if (Array.isArray(item)) return item.slice(0, maxPoints).filter((each) => typeof each === 'object');
  if (!isObject(item)) return [];
  return [item['coordinates'] ?? item['geometries'] ?? item['geometry'] ?? item['features']];
}
