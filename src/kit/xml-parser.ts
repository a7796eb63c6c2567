/**
 * The one set-up of the XML parser (saxes): namespaces on, nothing ever expanded, faults sorted into those that leave
 * the tree whole (an entity without a definition, a control character) and those that do not. A document type is
 * refused before it is read: there is no way to define an entity here (billion laughs, external entities).
 */
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from '@rubensworks/saxes';

export type XmlTag = SaxesTagNS;
export type XmlAttribute = SaxesAttributeNS;

/** Why reading stopped: as the end of a sentence that begins with "XML". */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
}

/** Records of ISO 19139 lie 20 levels deep; a deeper document is no record of anything. */
export const mostDepth = 256;

/** Where a document type may stand: before the root, behind a declaration and comments. In characters. */
const prologLength = 4_096;

/** Faults of characters: the tree is what it would be without them. */
const ofCharacters =
  /entity|entity name|disallowed character\.$|unbound namespace prefix|\]\]>|duplicate attribute|XML declaration|xml prefix|namespace|whitespace required|must be bound|version number|encoding value/u;

export type XmlParser = SaxesParser<{ xmlns: true; position: true }>;

export interface XmlFaultHandlers {
  /** A fault that leaves the tree whole. */
  readonly mended: () => void;
  /** A fault that does not, with its line and column. */
  readonly broken: (message: string) => void;
}

export function openXmlParser({ mended, broken }: XmlFaultHandlers): XmlParser {
  const parser: XmlParser = new SaxesParser({ xmlns: true, position: true });
  parser.on('error', ({ message }) => {
    if (ofCharacters.test(message)) mended();
    else broken(message);
  });
  parser.on('doctype', refuseDoctype);
  return parser;
}

/** Throws `XmlRefused` when the text begins with a document type. */
export function refuseDoctypeOf(text: string): void {
  if (
    /<!doctype/iu.test(
      text
        .slice(0, prologLength)
        .replace(/<!--[\s\S]*?-->/gu, '')
        .split(/<[A-Za-z_]/u, 1)[0] ?? '',
    )
  ) {
    refuseDoctype();
  }
}

function refuseDoctype(): never {
  throw new XmlRefused('with a document type (DTD)');
}
