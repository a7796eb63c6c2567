/**
 * Reads JSON text as people write it by hand into pages, as a tree that knows where each value stands, so that one of
 * them can be cut out verbatim. Pure. Lenient: trailing commas, `//` comments, `NaN`, line breaks inside texts and several
 * values in a row are read; what was tolerated is for the reader of the slice to judge. Anything else gives a fault.
 */

/** Values inside values that are read; deeper ones are an attack or a mistake. */
const maxDepth = 200;

export interface LocatedValue {
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
  readonly value: LocatedObject | readonly LocatedValue[] | string | number | boolean | null;
}

/** The last of a repeated member counts, as it does for `JSON.parse`. */
export type LocatedObject = ReadonlyMap<string, LocatedValue>;

export interface LocatedText {
  readonly values: readonly LocatedValue[];
  /** What is no JSON, as `character 12: "x"`; the values before it are read. */
  readonly fault: string | undefined;
}

/** All values of the text, one behind the other, with or without commas between them. */
export function locatedJson(text: string): LocatedText {
  const reader = { text, at: 0 };
  const values: LocatedValue[] = [];
  for (;;) {
    skipBlank(reader);
    while (text[reader.at] === ',' || text[reader.at] === ';') {
      reader.at += 1;
      skipBlank(reader);
    }
    if (reader.at >= text.length) return { values, fault: undefined };
    const value = readValue(reader, 0);
    if (value === undefined) {
      const found = JSON.stringify(text.slice(reader.at, reader.at + 20));
      return { values, fault: reader.at >= text.length ? 'the text ends early' : `character ${reader.at}: ${found}` };
    }
    values.push(value);
  }
}

export function isLocatedObject(value: LocatedValue['value'] | undefined): value is LocatedObject {
  return value instanceof Map;
}

export function isLocatedList(value: LocatedValue['value'] | undefined): value is readonly LocatedValue[] {
  return Array.isArray(value);
}

interface Reader {
  readonly text: string;
  at: number;
}

/** Undefined where none stands; `at` is then the place of the fault. */
function readValue(reader: Reader, depth: number): LocatedValue | undefined {
  if (depth > maxDepth) return undefined;
  const start = reader.at;
  const value = readAny(reader, depth);
  return value === undefined ? undefined : { start, end: reader.at, value };
}

function readAny(reader: Reader, depth: number): LocatedValue['value'] | undefined {
  switch (reader.text[reader.at]) {
    case '{':
      return readObject(reader, depth);
    case '[':
      return readList(reader, depth);
    case '"':
      return readText(reader);
    default:
      return readWord(reader);
  }
}

function readObject(reader: Reader, depth: number): LocatedObject | undefined {
  const members = new Map<string, LocatedValue>();
  reader.at += 1;
  for (;;) {
    if (endsWith(reader, '}')) return members;
    const name = reader.text[reader.at] === '"' ? readText(reader) : undefined;
    skipBlank(reader);
    if (name === undefined || reader.text[reader.at] !== ':') return undefined;
    reader.at += 1;
    skipBlank(reader);
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    members.set(name, value);
    if (!isSeparated(reader, '}')) return undefined;
  }
}

function readList(reader: Reader, depth: number): readonly LocatedValue[] | undefined {
  const elements: LocatedValue[] = [];
  reader.at += 1;
  for (;;) {
    if (endsWith(reader, ']')) return elements;
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    elements.push(value);
    if (!isSeparated(reader, ']')) return undefined;
  }
}

/** Goes to what stands next; behind `close` when that is it. */
function endsWith(reader: Reader, close: string): boolean {
  skipBlank(reader);
  if (reader.text[reader.at] !== close) return false;
  reader.at += 1;
  return true;
}

/** Behind a comma, or before the end of the container. */
function isSeparated(reader: Reader, close: string): boolean {
  skipBlank(reader);
  if (reader.text[reader.at] === close) return true;
  if (reader.text[reader.at] !== ',') return false;
  reader.at += 1;
  return true;
}

/** A control character inside stands for itself; a broken escape is kept as it is written. */
function readText(reader: Reader): string | undefined {
  const { text, at } = reader;
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) {
    reader.at = text.length;
    return undefined;
  }
  reader.at = end + 1;
  const inside = text.slice(at + 1, end);
  return inside.includes('\\') ? unescaped(inside) : inside;
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescaped(inside: string): string {
  return inside.replace(/\\(?:u([\da-fA-F]{4})|(.))/gsu, (_, code: string | undefined, plain: string | undefined) =>
    code === undefined ? (escapes[plain ?? ''] ?? plain ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const word = /true|false|null|NaN|-?Infinity|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readWord(reader: Reader): number | boolean | null | undefined {
  word.lastIndex = reader.at;
  const [found] = word.exec(reader.text) ?? [];
  if (found === undefined) return undefined;
  reader.at += found.length;
  if (found === 'true' || found === 'false') return found === 'true';
  const number = Number(found);
  return found === 'null' || !Number.isFinite(number) ? null : number;
}

const blank = /(?:[\s\uFEFF\u0000]|\/\/[^\n]*)+/y;

function skipBlank(reader: Reader): void {
  blank.lastIndex = reader.at;
  reader.at += blank.exec(reader.text)?.[0].length ?? 0;
}
