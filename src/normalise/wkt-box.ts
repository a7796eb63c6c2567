/**
 * Shapes as text (WKT with or without a coordinate system, GML envelopes) → the points in them as longitude, latitude.
 * Pure. GeoSPARQL: without a system longitude comes first (CRS 84); EPSG 4326 has latitude first (case field P-17).
 */
import { axisOrderOf } from './bounding-box.ts';

type LonLat = readonly [number, number];

/** Most characters of a shape that are looked at for its box. */
const longestShape = 2_000_000;

const shape =
  /^\s*(?:<([^<>]*)>\s*)?(?:SRID=4326;\s*)?(?:POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION|BOX)\s*(?:Z|M|ZM)?\s*\(/i;
const envelope = /^\s*(?:ENVELOPE|BBOX)\s*\(([^()]*)\)\s*$/i;
const number = /[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi;

/** Undefined for text that is no shape, or one in a system other than WGS 84. */
export function pointsOfShape(text: string): readonly LonLat[] | undefined {
  if (text.length > longestShape) return undefined;
  const corners = envelope.exec(text)?.[1];
  if (corners !== undefined) return envelopePoints(corners);
  const match = shape.exec(text);
  if (match !== null) return inOrder(positions(text.slice(match[0].length - 1)), match[1] ?? '');
  return gmlPoints(text);
}

/** CQL has west, east, north, south. */
function envelopePoints(corners: string): readonly LonLat[] | undefined {
  const [west, east, north, south, ...rest] = (corners.match(number) ?? []).map(Number);
  if (west === undefined || east === undefined || north === undefined || south === undefined || rest.length > 0) {
    return undefined;
  }
  return [
    [west, Math.min(north, south)],
    [east, Math.max(north, south)],
  ];
}

/** The first two numbers of each position. */
function positions(text: string): readonly LonLat[] {
  return text.split(/[(),]/).flatMap((part): LonLat[] => {
    const [x, y] = (part.match(number) ?? []).map(Number);
    return x === undefined || y === undefined ? [] : [[x, y]];
  });
}

function gmlPoints(text: string): readonly LonLat[] | undefined {
  const lower = /<(?:\w+:)?lowerCorner[^<>]*>([^<>]*)</i.exec(text)?.[1];
  const upper = /<(?:\w+:)?upperCorner[^<>]*>([^<>]*)</i.exec(text)?.[1];
  if (lower === undefined || upper === undefined) return undefined;
  const system = /srsName\s*=\s*["']([^"']*)["']/i.exec(text)?.[1] ?? '';
  return inOrder([...positions(lower), ...positions(upper)], system);
}

function inOrder(points: readonly LonLat[], system: string): readonly LonLat[] | undefined {
  const order = axisOrderOf(system);
  return order === 'latitude-first' ? points.map(([y, x]): LonLat => [x, y]) : order && points;
}

/** Whether a text is meant as a shape, readable or not. */
export function isShapeText(text: string): boolean {
  return shape.test(text) || envelope.test(text) || /^\s*<(?:gml:|\w+:)?Envelope[\s>]/.test(text);
}
