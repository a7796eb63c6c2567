/**
 * The plain part of YAML that nearly every source file keeps to: one `key: value` a line, a value being a word, a whole
 * number, true, false, `[a, b]` or `{ a: b }`. Six hundred files are read at each start, and the full parser needs
 * nearly a millisecond for each (450 ms together on 2 cores, 40 so). What is not plain beyond doubt is `undefined`: the
 * full parser decides, and words the mistakes. Pure.
 */

/** Begins with a letter, has no `: `, no `#`, no quotes, single spaces: one text under every schema of YAML. */
const blockText = /^\p{L}(?:[^\s:#"'\p{C}]|:(?=[^\s:])| (?=[^\s:#]))*$/u;
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
  for (const line of yaml.split('\n')) {
    if (line === '' || /^# /.test(line)) continue;
    const [, key, text] = /^([A-Za-z]+): (.+)$/.exec(line) ?? [];
    if (key === undefined || text === undefined || entries.has(key)) return undefined;
    const value = plainValue(text);
    if (value === undefined) return undefined;
    entries.set(key, value);
  }
  return entries.size === 0 ? undefined : Object.fromEntries(entries);
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
