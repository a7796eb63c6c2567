/** Places: a box as four numbers, a shape in GeoJSON, WKT or GML, or a name as text. Pure (cases F5, F6, field P-16). */
import type { Place } from '../model/dataset.ts';
import type { Mapping } from './mapping.ts';
import { isObject, parsedIfJson } from './native-value.ts';
import { plainLine } from './plain-text.ts';
import { quoted } from './problem-log.ts';
import { isShapeText, pointsOfShape } from './wkt-box.ts';

type Box = readonly [number, number, number, number];

/** Most points of a shape that are looked at for its box. */
const maxPoints = 100_000;

/** A list of names or shapes gives several places; a list inside a list is a structure of another kind (case F5). */
export function placesOf(value: unknown, path: string, mapping: Mapping): Place[] {
  const content = parsedIfJson(value);
  const isList = Array.isArray(content) && content.every((each) => typeof each === 'string' || isObject(each));
  const parts: readonly unknown[] = isList ? content : [content];
  return parts.flatMap((part) => placeOf(part, path, mapping) ?? []);
}

function placeOf(value: unknown, path: string, { log }: Mapping): Place | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const box = boxOf(value);
  if (box !== undefined) return { name: [], bbox: box };
  const text = typeof value === 'string' ? value : undefined;
  const name = text === undefined || /^[[{]/.test(text.trim()) || isShapeText(text) ? undefined : plainLine(text);
  if (name !== undefined) return { name: [{ text: name, lang: 'und' }] };
  const shown = text === undefined ? 'a value of another shape' : quoted(text);
  log.add('spatial-unreadable', path, `found ${shown}; expected a name, four numbers or a GeoJSON shape`);
  return undefined;
}

function boxOf(value: unknown): Box | undefined {
  if (typeof value === 'string') {
    const points = pointsOfShape(value);
    if (points !== undefined) return boxOfPoints(points);
    const numbers = value
      .trim()
      .split(/\s*,\s*|\s+/)
      .map((part) => (/^-?\d+(?:\.\d+)?$/.test(part) ? Number(part) : Number.NaN));
    return numbers.length === 4 ? validBox(numbers) : undefined;
  }
  if (Array.isArray(value)) return value.length === 4 ? validBox(value) : undefined;
  if (!isObject(value)) return undefined;
  return boxOfPoints(pointsOf(value['coordinates'] ?? value['geometries']));
}

function boxOfPoints(points: readonly (readonly [number, number])[]): Box | undefined {
  if (points.length === 0) return undefined;
  const [first] = points;
  let [west, south] = first ?? [0, 0];
  let [east, north] = [west, south];
  for (const [x, y] of points) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return validBox([west, south, east, north]);
}

/** Pairs of numbers however deep they lie; without recursion, because depth is the portal's choice. */
function pointsOf(coordinates: unknown): readonly (readonly [number, number])[] {
  const points: [number, number][] = [];
  const waiting: unknown[] = [coordinates];
  while (waiting.length > 0 && points.length < maxPoints) {
    const item = waiting.pop();
    const point = pointOf(item);
    if (point !== undefined) points.push(point);
    else waiting.push(...innerOf(item));
  }
  return points;
}

function pointOf(item: unknown): [number, number] | undefined {
  if (!Array.isArray(item)) return undefined;
  const [x, y] = item as unknown[];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : undefined;
}

function innerOf(item: unknown): readonly unknown[] {
  if (isObject(item)) return [item['coordinates']];
  return Array.isArray(item) ? item.slice(0, maxPoints).filter((each) => typeof each === 'object') : [];
}

/** west, south, east, north in degrees; undefined when the numbers are no such box. */
function validBox(numbers: readonly unknown[]): Box | undefined {
  const [west, south, east, north] = numbers;
  if (![west, south, east, north].every((each) => typeof each === 'number' && Number.isFinite(each))) return undefined;
  const box = [Number(west), Number(south), Number(east), Number(north)] as const;
  const inRange = box.every((degrees, index) => Math.abs(degrees) <= (index % 2 === 0 ? 180 : 90));
  return inRange && box[1] <= box[3] ? box : undefined;
}
