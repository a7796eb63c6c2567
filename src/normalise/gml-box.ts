/** The box around a shape in GML. Pure; looks at a bounded number of points. */
import { wholeText, type XmlElement } from '../kit/xml-tree.ts';
import { axisOrderOf, type Box, boxField } from './bounding-box.ts';
import type { Mapping } from './mapping.ts';

/** Most numbers of a shape that are looked at. */
const mostNumbers = 200_000;

/** Elements that hold coordinates: GML 3.2, 3.1 and 2. */
const coordinateNames: ReadonlySet<string> = new Set(['posList', 'pos', 'coordinates', 'lowerCorner', 'upperCorner']);

export function boxOfGml(shape: XmlElement, path: string, mapping: Mapping): Box | undefined {
  const numbers: number[] = [];
  let crs: string | undefined;
  const waiting: XmlElement[] = [shape];
  for (let next = waiting.pop(); next !== undefined && numbers.length < mostNumbers; next = waiting.pop()) {
    crs ??= next.attributes.get('srsName');
    if (coordinateNames.has(next.local)) addNumbers(numbers, wholeText(next) ?? '');
    else waiting.push(...next.children);
  }
  if (numbers.length < 2) return undefined;
  const order = axisOrderOf(crs);
  const [first, second] = [numbers.filter((_, at) => at % 2 === 0), numbers.filter((_, at) => at % 2 === 1)];
  const [x, y] = order === 'latitude-first' ? [second, first] : [first, second];
  // A shape in metres of a grid is no extent in degrees: reported as what it is.
  return boxField({ west: least(x), south: least(y), east: most(x), north: most(y) }, path, mapping);
}

function addNumbers(numbers: number[], text: string): void {
  for (const part of text.trim().split(/[\s,]+/u, mostNumbers - numbers.length)) {
    const value = Number(part);
    if (part !== '' && Number.isFinite(value)) numbers.push(value);
  }
}

function least(values: readonly number[]): string {
  return String(values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));
}

function most(values: readonly number[]): string {
  return String(values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
}
