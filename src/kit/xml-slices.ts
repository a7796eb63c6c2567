/**
 * Cuts elements out of an XML document as it comes in, verbatim: what lies at a path is given as the text that stood
 * there. Where its names need namespaces that only an element around it declares, those declarations are written into
 * its start tag, so that the slice is a document of its own; everything else stays byte for byte. Enters: text in
 * pieces. Never expands anything, holds one slice at a time, and stops at a document type.
 */
import { outerNamespaces } from './xml-namespaces.ts';
import {
  mostDepth,
  openXmlParser,
  refuseDoctypeOf,
  type XmlAttribute,
  type XmlParser,
  XmlRefused,
  type XmlTag,
} from './xml-parser.ts';
import { maskedXml, unmasked, wholeLength } from './xml-text.ts';

export interface XmlSliceOptions {
  /** Names (without prefix) of the elements around the slices, the root first; their element children are the slices. */
  readonly path: readonly string[];
  /** Paths of names below a slice (`fileIdentifier/CharacterString`) whose first text is given along. */
  readonly texts?: readonly string[];
  /** Longest slice, in characters. */
  readonly maxSliceLength: number;
}

export interface XmlSlice {
  /** Root element of the slice. */
  readonly local: string;
  readonly uri: string;
  /** Undefined for a slice that is too long. */
  readonly text: string | undefined;
  /** The wanted texts by their path, trimmed; `codeListValue` of the element where it has no text. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is broken in it, so that it cannot be trusted; undefined when it is whole. */
  readonly broken: string | undefined;
}

export interface XmlSlicesEnd {
  /** The document ended where its root does. */
  readonly complete: boolean;
  /** What is broken outside of the slices, or why reading was refused: the end of a sentence that begins with "XML". */
  readonly fault: string | undefined;
  readonly root: { readonly local: string; readonly uri: string } | undefined;
  /** Attributes of the innermost element of the path, by name; undefined when there is no such element. */
  readonly attributes: ReadonlyMap<string, string> | undefined;
}

interface OpenSlice {
  readonly tag: XmlTag;
  readonly start: number;
  /** Place behind the name in the start tag, where declarations can be put. */
  readonly nameEnd: number;
  readonly depth: number;
  broken: string | undefined;
  readonly texts: Map<string, string>;
  readonly namespaces: ReturnType<typeof outerNamespaces>;
}

interface Gathered {
  readonly path: string;
  readonly depth: number;
  readonly code: string;
  text: string;
}

const noText: Gathered = { path: '', depth: -1, code: '', text: '' };

/** Text kept while no slice is open: a start tag's name may lie across two pieces. */
const keptTail = 4_096;

export class XmlSliceScanner {
  readonly #options: XmlSliceOptions;
  readonly #parser: XmlParser;
  readonly #wanted: ReadonlySet<string>;
  readonly #wantedDepth: number;
  readonly #names: string[] = [];
  #slices: XmlSlice[] = [];
  #slice: OpenSlice | undefined;
  #gathered: Gathered | undefined;
  #held = '';
  #text = '';
  #textStart = 0;
  #tagStart = 0;
  #refused: string | undefined;
  #broken: string | undefined;
  #root: XmlSlicesEnd['root'];
  #attributes: XmlSlicesEnd['attributes'];

  constructor(options: XmlSliceOptions) {
    this.#options = options;
    const wanted = options.texts ?? [];
    this.#wanted = new Set(wanted);
    this.#wantedDepth = Math.max(0, ...wanted.map((path) => path.split('/').length));
    const parser = openXmlParser({ mended: () => undefined, broken: (message) => this.#broke(message) });
    this.#parser = parser;
    parser.on('opentagstart', () => {
      // The name and the character behind it are read; neither holds a `<`.
      this.#tagStart = this.#textStart + this.#text.lastIndexOf('<', parser.position - this.#textStart - 1);
    });
    parser.on('opentag', (tag) => this.#opened(tag));
    parser.on('closetag', () => this.#closed());
    parser.on('text', (text) => this.#characters(text));
    parser.on('cdata', (text) => this.#characters(text));
  }

  /** The slices that this piece completes. */
  push(text: string): readonly XmlSlice[] {
    const all = this.#held + text;
    const whole = all.slice(0, wholeLength(all));
    this.#held = all.slice(whole.length);
    return this.#read(whole);
  }

  /** Call it once, at the end; slices that only the end completes are lost with it. */
  end(): XmlSlicesEnd {
    this.#read(this.#held);
    // What is still open here is cut off, not broken.
    const complete = this.#refused === undefined && this.#root !== undefined && this.#names.length === 0;
    const outside = this.#broken;
    const fault = this.#refused ?? (outside === undefined ? undefined : `that is broken (${outside})`);
    return { complete, fault, root: this.#root, attributes: this.#attributes };
  }

  #read(text: string): readonly XmlSlice[] {
    if (this.#refused !== undefined) return [];
    const isFirst = this.#textStart === 0 && this.#text === '';
    this.#text += text;
    this.#attempt(() => {
      if (isFirst) refuseDoctypeOf(text);
      this.#parser.write(maskedXml(text));
    });
    this.#forget();
    const slices = this.#slices;
    this.#slices = [];
    return slices;
  }

  #broke(message: string): void {
    if (this.#slice === undefined) this.#broken ??= message;
    else this.#slice.broken ??= message;
  }

  #attempt(read: () => void): void {
    try {
      read();
    } catch (failure) {
      if (!(failure instanceof XmlRefused)) throw failure;
      this.#refused = failure.message;
    }
  }

  #opened(tag: XmlTag): void {
    const { path } = this.#options;
    const depth = this.#names.push(tag.local);
    if (depth > mostDepth) throw new XmlRefused(`of more than ${mostDepth} levels`);
    this.#root ??= { local: tag.local, uri: tag.uri };
    if (this.#slice !== undefined) {
      this.#slice.namespaces.opened(tag);
      this.#gather(tag, this.#slice);
    } else if (depth === path.length && this.#isOnPath(depth)) {
      this.#attributes = new Map(Object.values<XmlAttribute>(tag.attributes).map(({ local, value }) => [local, value]));
    } else if (depth === path.length + 1 && this.#isOnPath(path.length)) {
      this.#slice = {
        tag,
        start: this.#tagStart,
        nameEnd: this.#tagStart + 1 + tag.name.length,
        depth,
        broken: undefined,
        texts: new Map(),
        namespaces: outerNamespaces((prefix) => this.#parser.resolve(prefix)),
      };
      this.#slice.namespaces.opened(tag);
    }
  }

  #isOnPath(length: number): boolean {
    return this.#options.path.every((name, at) => at >= length || this.#names[at] === name);
  }

  #closed(): void {
    const depth = this.#names.length;
    const slice = this.#slice;
    this.#names.pop();
    if (slice === undefined) return;
    slice.namespaces.closed();
    this.#keepGathered(slice, depth);
    if (depth > slice.depth) return;
    this.#slice = undefined;
    this.#slices.push({
      local: slice.tag.local,
      uri: slice.tag.uri,
      text: this.#cut(slice, this.#parser.position),
      texts: slice.texts,
      broken: slice.broken,
    });
  }

  #keepGathered(slice: OpenSlice, depth: number): void {
    const { path, depth: gatheredAt, text, code } = this.#gathered ?? noText;
    if (gatheredAt !== depth) return;
    const value = text.trim() === '' ? code : text.trim();
    if (value !== '') slice.texts.set(path, value);
    this.#gathered = undefined;
  }

  #cut({ start, nameEnd, namespaces }: OpenSlice, end: number): string | undefined {
    if (end - start > this.#options.maxSliceLength) return undefined;
    const at = (place: number) => place - this.#textStart;
    const head = this.#text.slice(at(start), at(nameEnd));
    return head + namespaces.declarations() + this.#text.slice(at(nameEnd), at(end));
  }

  /** Begins to gather the text of an element that is wanted and has not been met. */
  #gather(tag: XmlTag, slice: OpenSlice): void {
    const depth = this.#names.length;
    if (depth - slice.depth > this.#wantedDepth) return;
    const path = this.#names.slice(slice.depth).join('/');
    if (!this.#wanted.has(path) || slice.texts.has(path)) return;
    this.#gathered = { path, depth, code: tag.attributes['codeListValue']?.value.trim() ?? '', text: '' };
  }

  #characters(text: string): void {
    if (this.#gathered?.depth === this.#names.length) this.#gathered.text += unmasked(text);
  }

  /** Lets go of the text that no slice needs any more. */
  #forget(): void {
    const keep = this.#slice?.start ?? this.#textStart + Math.max(0, this.#text.length - keptTail);
    this.#text = this.#text.slice(keep - this.#textStart);
    this.#textStart = keep;
  }
}
