/**
 * Four bounds as portals write them → a box in degrees, repaired where only one reading is left (cases `field P-17`,
 * `op F7`, `op F8`). Pure, and in constant time. A box over the antimeridian has its west greater than its east, as
 * RFC 7946 (5.2) has it.
 */
import type { Mapping } from './mapping.ts';
import { quoted } from './problem-log.ts';

export type Box = readonly [west: number, south: number, east: number, north: number];

export interface WrittenBox {
  readonly west: string | undefined;
  readonly south: string | undefined;
  readonly east: string | undefined;
  readonly north: string | undefined;
}

/** Which of two numbers of a corner comes first. */
export type AxisOrder = 'longitude-first' | 'latitude-first';

/** Rounding lets bounds stand a little beyond the pole; so much is cut off, in degrees. */
const poleTolerance = 0.01;

/** Longest number that is read, in characters. */
const longestNumber = 40;

export function boxField(written: WrittenBox, path: string, { log }: Mapping): Box | undefined {
  const shown = quoted([written.west, written.south, written.east, written.north].map((each) => each ?? '').join(' '));
  const read = repairedBox([written.west, written.south, written.east, written.north].map(degrees));
  if (read === undefined) {
    log.add('spatial-unreadable', path, `found ${shown}; expected west, south, east, north in degrees`);
    return undefined;
  }
  if (read.swapped) {
    log.add('spatial-axes-swapped', path, `found ${shown}; expected latitudes up to 90, so the axes are turned`);
  } else if (read.repaired) {
    log.add('spatial-repaired', path, `found ${shown}; expected west < east up to 180 and south < north up to 90`);
  }
  return read.box;
}

interface RepairedBox {
  readonly box: Box;
  /** Latitudes and longitudes had changed places. */
  readonly swapped: boolean;
  readonly repaired: boolean;
}

function repairedBox(bounds: readonly (number | undefined)[]): RepairedBox | undefined {
  const [a, b, c, d] = bounds;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  // All four at zero is what a form gives that nobody filled in.
  if (a === 0 && b === 0 && c === 0 && d === 0) return undefined;
  const swapped = (isBeyondPole(b) || isBeyondPole(d)) && !isBeyondPole(a) && !isBeyondPole(c);
  const [west, south, east, north] = swapped ? [b, a, d, c] : [a, b, c, d];
  if (isBeyondPole(south) || isBeyondPole(north)) return undefined;
  const longitudes = repairedLongitudes(west, east);
  if (longitudes === undefined) return undefined;
  const box: Box = [
    longitudes[0],
    withinPoles(Math.min(south, north)),
    longitudes[1],
    withinPoles(Math.max(south, north)),
  ];
  const repaired = box[0] !== west || box[1] !== south || box[2] !== east || box[3] !== north;
  return { box, swapped, repaired };
}

/** Up to 360 for those who count from 0; beyond that nobody knows what was meant. */
function repairedLongitudes(west: number, east: number): readonly [number, number] | undefined {
  if (Math.abs(west) > 360 || Math.abs(east) > 360) return undefined;
  if (Math.abs(east - west) >= 360) return [-180, 180];
  const [first, last] = [wrapped(west), wrapped(east)];
  if (first <= last) return [first, last];
  // The smaller of the two boxes that four such numbers can mean.
  return 360 - (first - last) < first - last ? [first, last] : [last, first];
}

function wrapped(longitude: number): number {
  if (longitude > 180) return longitude - 360;
  return longitude < -180 ? longitude + 360 : longitude;
}

function isBeyondPole(latitude: number): boolean {
  return Math.abs(latitude) > 90 + poleTolerance;
}

function withinPoles(latitude: number): number {
  return Math.max(-90, Math.min(90, latitude));
}

/** `121.5`, `121,5`, `121.5°`, `24.9° N`; undefined for what is no number (`118.00.0000`). */
function degrees(text: string | undefined): number | undefined {
  if (text === undefined || text.length > longestNumber) return undefined;
  const match = /^([-+]?\d+(?:[.,]\d*)?(?:e[-+]?\d{1,2})?)\s*°?\s*([NSEW])?$/iu.exec(text.trim());
  if (match?.[1] === undefined) return undefined;
  const value = Number(match[1].replace(',', '.'));
  if (!Number.isFinite(value)) return undefined;
  return /[SW]/iu.test(match[2] ?? '') ? -Math.abs(value) : value;
}

/**
 * Order of the axes by the name of the reference system; undefined for one that is not in degrees of WGS 84. The EPSG's
 * own names say latitude first (OGC 07-092r1); `CRS84` and what names nothing say longitude first.
 */
export function axisOrderOf(crs: string | undefined): AxisOrder | undefined {
  const name = crs?.trim() ?? '';
  if (name === '' || /CRS:?84/iu.test(name)) return 'longitude-first';
  if (!/(?:^|\D)(?:4326|4258|4979)$/u.test(name)) return undefined;
  return /^EPSG:4326$/iu.test(name) ? 'longitude-first' : 'latitude-first';
}
