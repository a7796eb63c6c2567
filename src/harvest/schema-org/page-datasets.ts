/**
 * The schema.org Datasets that the JSON-LD of a page describes, each as the verbatim text that tells it. Pure. Found
 * wherever they stand: alone, in a list, in `@graph`, in `DataCatalog.dataset`, as `mainEntity`; a Dataset inside a
 * Dataset is a part of it.
 *
 * Native id, the first that there is: `identifier` (a text, a number, the `value` of a PropertyValue, the first of a
 * list), `@id` unless it is a blank node, `url`, the address of the page when it tells one Dataset. Ids are kept as they
 * are written; an `@id` or `url` that is no whole address is resolved against the page.
 */
import {
  isLocatedList,
  isLocatedObject,
  type LocatedObject,
  type LocatedValue,
  locatedJson,
} from '../../kit/located-json.ts';
import { blocksOfPage, type JsonLdBlock } from './json-ld-blocks.ts';

export interface PageDataset {
  /** Undefined where nothing tells several of a page apart. */
  readonly nativeId: string | undefined;
  /** The Dataset as it stands, or all that stands with it where it refers to it by `@id`. */
  readonly raw: string;
  /** Where it is described, when it is one of a list: its own page may say more. */
  readonly ownPage: string | undefined;
  /** How it differed from one JSON value in its element, as part of a sentence. */
  readonly mended: string | undefined;
}

export interface PageDatasets {
  readonly datasets: readonly PageDataset[];
  /** Blocks that speak of a Dataset and cannot be read: their text and what is wrong with it. */
  readonly faults: readonly { readonly text: string; readonly found: string }[];
  readonly isBrokenOff: boolean;
}

/** `text` may be a page, or JSON-LD by itself. */
export function datasetsOfPage(text: string, pageUrl: string): PageDatasets {
  const isJson = /^[\s\uFEFF]*[[{]/.test(text);
  const { blocks, isBrokenOff } = isJson ? { blocks: [{ text }], isBrokenOff: false } : blocksOfPage(text);
  const found: FoundDataset[] = [];
  const faults: { text: string; found: string }[] = [];
  for (const block of blocks) {
    const { values, fault } = locatedJson(block.text);
    if (fault !== undefined && /"(?:[^"]*[:/])?Dataset"/.test(block.text)) {
      faults.push({ text: block.text, found: fault });
      continue;
    }
    found.push(...values.flatMap((value) => datasetsIn(value, block, values.length)));
  }
  const isAlone = found.length === 1;
  return { datasets: found.map((each) => pageDataset(each, pageUrl, isAlone)), faults, isBrokenOff };
}

interface FoundDataset {
  readonly node: LocatedObject;
  readonly raw: string;
  readonly isListed: boolean;
  readonly mended: string | undefined;
}

function pageDataset({ node, raw, isListed, mended }: FoundDataset, pageUrl: string, isAlone: boolean): PageDataset {
  const url = addressOf(node, 'url', pageUrl);
  return {
    nativeId: nativeIdOf(node, pageUrl) ?? (isAlone ? pageUrl : undefined),
    raw,
    ownPage: isListed ? (url ?? addressOf(node, '@id', pageUrl)) : undefined,
    mended,
  };
}

function nativeIdOf(node: LocatedObject, pageUrl: string): string | undefined {
  const identifier = identifierText(member(node, 'identifier'));
  return identifier ?? addressOf(node, '@id', pageUrl) ?? addressOf(node, 'url', pageUrl);
}

function identifierText(value: LocatedValue['value'] | undefined): string | undefined {
  if (isLocatedList(value)) return value.map((each) => identifierText(each.value)).find((each) => each !== undefined);
  if (isLocatedObject(value)) return identifierText(member(value, 'value') ?? value.get('@value')?.value);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A whole address as it is written, any other resolved; a blank node is none. */
function addressOf(node: LocatedObject, name: string, pageUrl: string): string | undefined {
  const written = member(node, name);
  const value = isLocatedObject(written) ? written.get('@id')?.value : written;
  if (typeof value !== 'string' || value.trim() === '' || value.startsWith('_:')) return undefined;
  if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return value;
  return URL.canParse(value, pageUrl) ? new URL(value, pageUrl).href : undefined;
}

/** Outermost Datasets of a value of the block. */
function datasetsIn(top: LocatedValue, block: JsonLdBlock, valueCount: number): readonly FoundDataset[] {
  const nodes = new Map<string, LocatedObject>();
  const found: Place[] = [];
  for (const place of objectsIn(top)) {
    const { node } = place;
    const id = node.get('@id')?.value;
    if (typeof id === 'string' && node.size > 1) nodes.set(id, node);
    if (isDataset(node) && saysAnything(node)) found.push(place);
  }
  const mended = block.mended ?? (valueCount > 1 ? `${valueCount} values in one element` : undefined);
  return found.map(({ node, located, isListed }) => {
    const { start, end } = refersTo(node, nodes) ? top : located;
    return { node, isListed, mended, raw: block.text.slice(start, end) };
  });
}

interface Place {
  readonly node: LocatedObject;
  readonly located: LocatedValue;
  /** Somewhere inside a list of what stands elsewhere. */
  readonly isListed: boolean;
}

/** All objects in the order of the text, but nothing inside a Dataset; without recursion, whatever the depth. */
function* objectsIn(top: LocatedValue): Generator<Place> {
  const waiting: { readonly located: LocatedValue; readonly isListed: boolean }[] = [{ located: top, isListed: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { located, isListed } = next;
    const { value } = located;
    if (isLocatedList(value)) {
      // Turned round: what is put last is looked at first.
      for (const each of value.toReversed()) waiting.push({ located: each, isListed });
    } else if (isLocatedObject(value)) {
      yield { node: value, located, isListed };
      if (!isDataset(value)) waiting.push(...membersOf(value, isListed).toReversed());
    }
  }
}

/** Members that list what stands elsewhere. */
const listMembers: ReadonlySet<string> = new Set(['dataset', 'itemListElement']);

function membersOf(node: LocatedObject, isListed: boolean) {
  return [...node].map(([name, located]) => ({ located, isListed: isListed || listMembers.has(plainName(name)) }));
}

function isDataset(node: LocatedObject): boolean {
  const types = node.get('@type')?.value;
  const names = isLocatedList(types) ? types.map((each) => each.value) : [types];
  return names.some((name) => typeof name === 'string' && plainName(name) === 'Dataset');
}

/** A node with neither name nor text nor file only refers to a Dataset. */
function saysAnything(node: LocatedObject): boolean {
  return ['name', 'description', 'distribution'].some((name) => member(node, name) !== undefined);
}

/** Members whose value may stand elsewhere in the block, under its `@id` (flattened JSON-LD, as ckanext-dcat writes it). */
const referring = [
  'distribution',
  'publisher',
  'creator',
  'license',
  'spatialCoverage',
  'temporalCoverage',
  'provider',
];

function refersTo(node: LocatedObject, nodes: ReadonlyMap<string, LocatedObject>): boolean {
  return referring.some((name) => {
    const value = member(node, name);
    const values = isLocatedList(value) ? value.map((each) => each.value) : [value];
    return values.some((each) => {
      const id = isLocatedObject(each) && each.size === 1 ? each.get('@id')?.value : undefined;
      return typeof id === 'string' && nodes.has(id);
    });
  });
}

/** A member by its name, plain or as `schema:name` or `https://schema.org/name`. */
function member(node: LocatedObject, name: string): LocatedValue['value'] | undefined {
  const plain = node.get(name)?.value;
  if (plain !== undefined) return plain;
  for (const [written, { value }] of node) if (plainName(written) === name) return value;
  return undefined;
}

function plainName(name: string): string {
  return name.replace(/^(?:https?:\/\/(?:www\.)?schema\.org\/|schema:|sdo:|so:)/, '');
}
