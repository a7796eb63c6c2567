/**
 * The plain part of YAML that nearly every source file keeps to: one `key: value` a line, a value being a text, a whole
 * number, true, false, `[a, b]`, `{ a: b }`, or one level of indented `- a` or `a: b`. Six hundred files are read at each
 * start, and the full parser needs nearly a millisecond for each (0.6 s together on 2 cores, 0.1 s so). What is not plain
 * beyond doubt is `undefined`: the full parser decides, and words the mistakes. Pure.
 */

/** Begins with a letter, or a number before a word; no `: `, no `#`, single spaces: one text under every schema of YAML. */
const blockText = /^(?:\p{L}|\d[\d.,]* (?=[\p{L}%]))(?:[^\s:#"\p{C}]|:(?=[^\s:])| (?=[^\s:#]))*$/u;
const flowText = /^\p{L}(?:[^\s:#"',[\]{}\p{C}]| (?=[^\s:#,[\]{}]))*$/u;
const otherWords = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const wholeNumber = /^(?:0|[1-9]\d{0,14})$/;

/** An item inside brackets, or a text in double quotes as JSON writes it. */
const flowItem = String.raw`(?:"(?:[^"\\\p{C}]|\\["\\])*"|[^",[\]{}]+)`;
const flowList = new RegExp(String.raw`^\[${flowItem}(?:, ${flowItem})*\]$`, 'u');
const flowKey = '[A-Za-z][A-Za-z-]*';
const flowMapping = new RegExp(String.raw`^\{ ${flowKey}: ${flowItem}(?:, ${flowKey}: ${flowItem})* \}$`, 'u');
const flowItems = new RegExp(flowItem, 'gu');
const flowEntries = new RegExp(String.raw`(?:^\{ |, )(${flowKey}): (${flowItem}?)(?=, ${flowKey}: | \}$)`, 'gu');

/** The mapping that the lines are, or `undefined` where they are more than plain. */
export function parsePlainLines(yaml: string): Readonly<Record<string, unknown>> | undefined {
  const entries = new Map<string, unknown>();
  const lines = yaml.split('\n').filter((line) => line !== '' && !/^# /.test(line));
  for (let at = 0; at < lines.length; at += 1) {
    const [, key, text] = /^([A-Za-z]+):(?: ([^ ].*))?$/.exec(withoutRemark(lines[at] ?? '')) ?? [];
    if (key === undefined || entries.has(key)) return undefined;
    const indented = text === undefined ? indentedAfter(lines, at) : [];
    const value = text === undefined ? blockOf(indented) : plainValue(text);
    if (value === undefined) return undefined;
    entries.set(key, value);
    at += indented.length;
  }
  return entries.size === 0 ? undefined : Object.fromEntries(entries);
}

/** Only behind a single word without quotes: `enabled: false # why`. */
function withoutRemark(line: string): string {
  return line.replace(/^([A-Za-z]+: [A-Za-z]+) # [^\p{C}]*$/u, '$1');
}

/** The lines below that are indented by two. */
function indentedAfter(lines: readonly string[], at: number): readonly string[] {
  const end = lines.findIndex((line, index) => index > at && !/^ {2}[^ ]/.test(line));
  return lines.slice(at + 1, end === -1 ? undefined : end);
}

/** `  - item` on every line, or `  key: value`, as texts and words alone. */
function blockOf(lines: readonly string[]): unknown {
  const isList = lines.every((line) => line.startsWith('  - '));
  if (lines.length === 0) return undefined;
  if (isList) {
    const items = lines.map((line) => scalarOf(line.slice(4), blockText));
    return items.includes(undefined) ? undefined : items;
  }
  const entries = new Map<string, unknown>();
  for (const line of lines) {
    const [, key = '', text = ''] = /^ {2}([^:]+): (.+)$/.exec(line) ?? [];
    const value = scalarOf(text, blockText);
    if (value === undefined || typeof scalarOf(key, blockText) !== 'string' || entries.has(key)) return undefined;
    entries.set(key, value);
  }
  return Object.fromEntries(entries);
}

function plainValue(text: string): unknown {
  if (text.startsWith('[')) return flowList.test(text) ? allRead(text.match(flowItems) ?? []) : undefined;
  if (text.startsWith('{')) return flowMapping.test(text) ? mappingOf(text) : undefined;
  return scalarOf(text, blockText);
}

function allRead(texts: readonly string[]): readonly unknown[] | undefined {
  const items = texts.map((item) => scalarOf(item.replace(/^ /, ''), flowText));
  return items.includes(undefined) ? undefined : items;
}

function mappingOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const entries = new Map<string, unknown>();
  let length = 2;
  for (const [whole, key = '', item = ''] of text.matchAll(flowEntries)) {
    const value = scalarOf(item, flowText);
    if (value === undefined || entries.has(key)) return undefined;
    entries.set(key, value);
    length += whole.length;
  }
  return length === text.length ? Object.fromEntries(entries) : undefined;
}

function scalarOf(text: string, plain: RegExp): string | number | boolean | undefined {
  if (text.startsWith('"')) return plain === flowText ? quoted(text) : undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  if (wholeNumber.test(text)) return Number(text);
  return plain.test(text) && !otherWords.test(text) ? text : undefined;
}

function quoted(text: string): string | undefined {
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' ? value : undefined;
}
