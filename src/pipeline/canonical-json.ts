/**
 * Pure. JSON text in, the same JSON with members sorted and some left out as text: two records are the same when these
 * texts are. Numbers keep their digits (`1111010100100010007` is no double) and doubled keys stay doubled, which is why
 * `JSON.parse` cannot be used. Text that is no JSON, or nested absurdly, gives `undefined`: then nothing is the same.
 */

/** Deeper than any catalogue record; a hostile one must not overflow the stack. */
const deepest = 200;

const white = /[ \t\n\r]*/y;
const scalar = /(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

interface Scan {
  readonly text: string;
  readonly leftOut: ReadonlySet<string>;
  at: number;
}

/** `leftOut` names members by their path with dots; arrays on the way are not written (`resources.views`). */
export function canonicalJson(text: string, leftOut: ReadonlySet<string>): string | undefined {
  const scan: Scan = { text, leftOut, at: 0 };
  const value = canonicalValue(scan, '', 0);
  skip(scan, white);
  return scan.at === text.length ? value : undefined;
}

function canonicalValue(scan: Scan, path: string, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  skip(scan, white);
  const first = scan.text[scan.at];
  if (first === '{') return canonicalObject(scan, path, depth);
  if (first === '[') return canonicalArray(scan, path, depth);
  return canonicalScalar(scan);
}

function canonicalObject(scan: Scan, path: string, depth: number): string | undefined {
  const members: string[] = [];
  scan.at += 1;
  while (!takes(scan, '}')) {
    const key = canonicalScalar(scan);
    if (key === undefined || !key.startsWith('"') || !takes(scan, ':')) return undefined;
    const name = JSON.parse(key) as string;
    const memberPath = path === '' ? name : `${path}.${name}`;
    const value = canonicalValue(scan, memberPath, depth + 1);
    if (value === undefined) return undefined;
    if (!scan.leftOut.has(memberPath)) members.push(`${key}:${value}`);
    if (!takes(scan, ',') && scan.text[scan.at] !== '}') return undefined;
  }
  return `{${members.sort().join(',')}}`;
}

function canonicalArray(scan: Scan, path: string, depth: number): string | undefined {
  const values: string[] = [];
  scan.at += 1;
  while (!takes(scan, ']')) {
    const value = canonicalValue(scan, path, depth + 1);
    if (value === undefined) return undefined;
    values.push(value);
    if (!takes(scan, ',') && scan.text[scan.at] !== ']') return undefined;
  }
  return `[${values.join(',')}]`;
}

/** Strings in one spelling (`\u00e9` = `é`); everything else as it stands. */
function canonicalScalar(scan: Scan): string | undefined {
  skip(scan, white);
  const start = scan.at;
  if (!skip(scan, scalar)) return undefined;
  const found = scan.text.slice(start, scan.at);
  if (!found.includes('\\')) return found;
  try {
    return JSON.stringify(JSON.parse(found));
  } catch {
    // An escape that JSON does not know (`\x`): this text is no JSON.
    return undefined;
  }
}

/** Moves past `sign` (and white space before it) when it stands here. */
function takes(scan: Scan, sign: string): boolean {
  skip(scan, white);
  if (scan.text[scan.at] !== sign) return false;
  scan.at += 1;
  return true;
}

function skip(scan: Scan, what: RegExp): boolean {
  what.lastIndex = scan.at;
  if (!what.test(scan.text)) return false;
  scan.at = what.lastIndex;
  return true;
}
