/**
 * JSON-LD of schema.org as plain objects: names without `schema:` or `https://schema.org/`, references by `@id` followed
 * inside the record, `{"@value"}` as texts. Pure; no context is fetched, schema.org's own is taken for granted.
 */
import type { LangString, LangText } from '../model/lang-text.ts';
import { languageTag } from './language-code.ts';
import type { Mapping } from './mapping.ts';
import { fieldOf, isObject, listOf, type NativeObject, scalarText } from './native-value.ts';

export interface SchemaOrgNode {
  /** Values of a property: a list, one by one, references followed. */
  readonly all: (...names: readonly string[]) => readonly unknown[];
  /** The first text of the properties, in the order of the names. */
  readonly text: (...names: readonly string[]) => string | undefined;
  /** The property with its languages. */
  readonly lang: (name: string, plain: (text: string) => string | undefined) => LangText;
  readonly is: (type: string) => boolean;
  readonly id: string | undefined;
}

const prefix = /^(?:https?:\/\/(?:www\.)?schema\.org\/|schema:|sdo:|so:)/;

/** Nodes of a record that are looked at, and how deep. */
const maxNodes = 20_000;

export type NodeReader = (value: unknown) => SchemaOrgNode;

/** The Dataset that a record is about, and the reader of the values in it. */
export function schemaOrgDataset(
  record: NativeObject,
  mapping: Mapping,
): { readonly dataset: SchemaOrgNode; readonly read: NodeReader } {
  const objects = objectsOf(record);
  const byId = new Map<string, NativeObject>();
  for (const object of objects) {
    const id = object['@id'];
    if (typeof id === 'string' && Object.keys(object).length > 1 && !byId.has(id)) byId.set(id, object);
  }
  const language = contextLanguage(record['@context'], mapping);
  const read: NodeReader = (value) => nodeOf(followed(value, byId), byId, { mapping, language });
  const datasets = objects.filter((object) => isType(object, 'Dataset'));
  const wanted = datasets.find((object) => isNamed(read(object), mapping.nativeId));
  return { dataset: read(wanted ?? datasets[0] ?? record), read };
}

/** The id is one that the record has written, or an `@id` resolved against its page. */
function isNamed(node: SchemaOrgNode, nativeId: string): boolean {
  const written = [...node.all('identifier').map((each) => scalarText(each)), node.text('identifier', 'url'), node.id];
  return written.some(
    (each) => each !== undefined && (each === nativeId || (each.length > 1 && nativeId.endsWith(each))),
  );
}

/** All objects in the order of the text; without recursion, because depth is the portal's choice. */
function objectsOf(record: NativeObject): readonly NativeObject[] {
  const found: NativeObject[] = [];
  const waiting: unknown[] = [record];
  while (waiting.length > 0 && found.length < maxNodes) {
    const next = waiting.pop();
    if (isObject(next)) found.push(next);
    const inner = isObject(next) ? Object.values(next) : Array.isArray(next) ? next : [];
    for (const each of inner.slice(0, maxNodes).toReversed()) if (typeof each === 'object') waiting.push(each);
  }
  return found;
}

function followed(value: unknown, byId: ReadonlyMap<string, NativeObject>): unknown {
  const id = isObject(value) && Object.keys(value).length === 1 ? value['@id'] : undefined;
  return typeof id === 'string' ? (byId.get(id) ?? value) : value;
}

interface TextContext {
  readonly mapping: Mapping;
  readonly language: string | undefined;
}

function nodeOf(value: unknown, byId: ReadonlyMap<string, NativeObject>, context: TextContext): SchemaOrgNode {
  const object = isObject(value) ? value : {};
  const all: SchemaOrgNode['all'] = (...names) =>
    names.flatMap((name) => listOf(property(object, name)).map((each) => followed(each, byId)));
  return {
    all,
    text: (...names) =>
      all(...names)
        .map((each) => scalarText(scalarOf(each)))
        .find((each) => each !== undefined),
    lang: (name, plain) => langTexts(all(name), plain, context),
    is: (type) => isType(object, type),
    id: scalarText(object['@id']),
  };
}

/** `{"@value": "…"}`, or `{"@id": "…"}` of something that is not told here. */
function scalarOf(value: unknown): unknown {
  return fieldOf(value, '@value') ?? (isObject(value) && Object.keys(value).length === 1 ? value['@id'] : value);
}

/** One text a language; of several without one the first. */
function langTexts(
  values: readonly unknown[],
  plain: (text: string) => string | undefined,
  { mapping, language }: TextContext,
): LangText {
  const texts = new Map<string, LangString>();
  for (const value of values) {
    const text = plain(scalarText(fieldOf(value, '@value') ?? value) ?? '');
    const code = scalarText(fieldOf(value, '@language'));
    const lang = (code === undefined ? language : languageTag(code, mapping.source.languages)) ?? 'und';
    if (text !== undefined && !texts.has(lang)) texts.set(lang, { text, lang });
  }
  return [...texts.values()];
}

/** `@language` of the context: what its texts without a language are in. */
function contextLanguage(context: unknown, { source }: Mapping): string | undefined {
  const code = listOf(context)
    .map((each) => scalarText(fieldOf(each, '@language')))
    .find((each) => each !== undefined);
  return code === undefined ? undefined : languageTag(code, source.languages);
}

function property(object: NativeObject, name: string): unknown {
  const plain = fieldOf(object, name);
  if (plain !== undefined) return plain;
  const written = Object.keys(object).find((key) => key.endsWith(name) && key.replace(prefix, '') === name);
  return written === undefined ? undefined : object[written];
}

function isType(object: NativeObject, type: string): boolean {
  return listOf(object['@type']).some((each) => typeof each === 'string' && each.replace(prefix, '') === type);
}
