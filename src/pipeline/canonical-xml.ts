/**
 * Pure. What an XML record says, apart from its spelling: prefixes, order of attributes, comments, and space around
 * texts. `leftOut` names elements (`dateStamp`) and attributes (`@id`) that do not count.
 */
import { readXmlTree, type XmlElement } from '../kit/xml-tree.ts';

/** Undefined for what is no XML. */
export function canonicalXml(text: string, leftOut: ReadonlySet<string>): string | undefined {
  const read = readXmlTree(text);
  return read.ok ? JSON.stringify(canonicalElement(read.root, leftOut)) : undefined;
}

function canonicalElement(
  { local, uri, attributes, children, text }: XmlElement,
  leftOut: ReadonlySet<string>,
): unknown {
  const kept = [...attributes].filter(([name]) => !leftOut.has(`@${name}`)).sort(([a], [b]) => (a < b ? -1 : 1));
  const inner = children.filter((child) => !leftOut.has(child.local)).map((child) => canonicalElement(child, leftOut));
  return [uri, local, kept, text.trim(), inner];
}
