/** The XML of a native record as a tree. Pure; never throws on data. */
import { readXmlTree, type XmlElement } from '../kit/xml-tree.ts';
import type { Mapping } from './mapping.ts';
import { decodeUtf8 } from './native-json.ts';

/** Undefined, with a problem, for what is no XML of the expected root. */
export function nativeXml(raw: Uint8Array, roots: ReadonlySet<string>, { log }: Mapping): XmlElement | undefined {
  const text = decodeUtf8(raw);
  const read = readXmlTree(text);
  const expected = [...roots].join(' or ');
  if (!read.ok) {
    log.add('record-unreadable', '', `found XML ${read.found}, ${raw.length} bytes; expected ${expected}`);
    return undefined;
  }
  if (!roots.has(read.root.local)) {
    log.add('record-unreadable', '', `found the element ${read.root.local}; expected ${expected}`);
    return undefined;
  }
  if (text.includes('\ufffd')) {
    log.add('record-encoding', '', 'found characters that are lost (U+FFFD); expected whole text in UTF-8');
  }
  if (read.mended) {
    log.add('record-mended', '', 'found a control character, an undefined entity or a bare &; expected XML 1.0');
  }
  return read.root;
}
