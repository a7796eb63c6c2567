/**
 * A small XML document as a tree, for those who read many fields of one record. Bounded in depth and size; nothing is
 * expanded. Names are read without their prefixes: what a prefix stands for is in `uri`.
 */
import { mostDepth, openXmlParser, refuseDoctypeOf, type XmlAttribute, XmlRefused, type XmlTag } from './xml-parser.ts';
import { maskedXml, unmasked } from './xml-text.ts';

/** A record with 2,000 keywords has 20,000 elements; a tree of more is not held. */
const mostElements = 500_000;

export interface XmlElement {
  readonly local: string;
  readonly uri: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own characters, without those of its children. */
  readonly text: string;
}

export type XmlTreeRead =
  | { readonly ok: true; readonly root: XmlElement; readonly mended: boolean }
  /** `found`: the end of a sentence that begins with "XML". */
  | { readonly ok: false; readonly found: string };

export function readXmlTree(text: string): XmlTreeRead {
  try {
    refuseDoctypeOf(text);
    const clean = maskedXml(text);
    return treeOf(clean, clean !== text);
  } catch (failure) {
    if (failure instanceof XmlRefused) return { ok: false, found: failure.message };
    throw failure;
  }
}

interface OpenElement {
  readonly local: string;
  readonly uri: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

function treeOf(text: string, hadForbidden: boolean): XmlTreeRead {
  let mended = hadForbidden;
  let broken: string | undefined;
  const parser = openXmlParser({
    mended: () => {
      mended = true;
    },
    broken: (message) => {
      broken ??= message;
    },
  });
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  let count = 0;
  parser.on('opentag', (tag) => {
    count += 1;
    if (open.length >= mostDepth) throw new XmlRefused(`of more than ${mostDepth} levels`);
    if (count > mostElements) throw new XmlRefused(`of more than ${mostElements} elements`);
    const element = elementOf(tag);
    if (open.length === 0) root ??= element;
    else open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const addText = (part: string) => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.text += unmasked(part);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  if (broken !== undefined || root === undefined)
    return { ok: false, found: `that is broken (${broken ?? 'no root'})` };
  return { ok: true, root, mended };
}

function elementOf({ local, uri, attributes }: XmlTag): OpenElement {
  const kept = Object.values<XmlAttribute>(attributes).filter(
    ({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns',
  );
  const byName = new Map(kept.map((each) => [each.prefix === 'xml' ? each.name : each.local, unmasked(each.value)]));
  return { local, uri, attributes: byName, children: [], text: '' };
}

/** Children of one name. */
export function childrenOf(element: XmlElement | undefined, local: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.local === local) ?? [];
}

/** All elements at the end of a path of names below the element; `*` is any name. */
export function elementsAt(element: XmlElement | undefined, path: string): readonly XmlElement[] {
  let found: readonly XmlElement[] = element === undefined ? [] : [element];
  for (const name of path.split('/')) {
    found = found.flatMap((each) => (name === '*' ? each.children : childrenOf(each, name)));
  }
  return found;
}

export function elementAt(element: XmlElement | undefined, path: string): XmlElement | undefined {
  return elementsAt(element, path)[0];
}

/** Characters of the element and all below it; undefined when there are none but spaces. */
export function wholeText(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  const parts: string[] = [];
  const waiting = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    parts.push(next.text);
    waiting.push(...next.children.toReversed());
  }
  const text = parts.filter((part) => part.trim() !== '').join(' ');
  return text.trim() === '' ? undefined : text;
}
