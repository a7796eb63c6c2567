/** An HTML page → the texts of its `<script type="application/ld+json">` elements. Pure; nothing is ever run. */
import { Parser } from 'htmlparser2';

export interface JsonLdBlock {
  /** The JSON text, without what is wrapped around it. */
  readonly text: string;
  /** What was taken off or resolved, as part of a sentence; absent for plain JSON. */
  readonly mended?: string;
}

export interface PageBlocks {
  readonly blocks: readonly JsonLdBlock[];
  /** The page was cut off: a block or the document does not end. */
  readonly isBrokenOff: boolean;
}

const jsonLdType = /^\s*application\/ld\+json\s*(?:;|$)/i;

export function blocksOfPage(html: string): PageBlocks {
  const blocks: JsonLdBlock[] = [];
  let text: string | undefined;
  let isOpenAtEnd = false;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'script' && jsonLdType.test(attributes['type'] ?? '')) text = '';
    },
    ontext: (part) => {
      if (text !== undefined) text += part;
    },
    oncomment: (part) => {
      // In XHTML a script may hold a comment in place of its text.
      if (text !== undefined) text += part;
    },
    onclosetag: (name, isImplied) => {
      if (name !== 'script' || text === undefined) return;
      if (isImplied) isOpenAtEnd = true;
      else blocks.push(unwrapped(text));
      text = undefined;
    },
  });
  parser.end(html);
  return { blocks, isBrokenOff: isOpenAtEnd || !isEnded(html) };
}

/** Pages close `body` or `html`, though they need not; a page with neither and with a start was cut off, most likely. */
function isEnded(html: string): boolean {
  return !/<(?:!doctype html|html|head|body)[\s>]/i.test(html.slice(0, 2000)) || /<\/(?:html|body)\s*>/i.test(html);
}

/** What pages put around the JSON for the sake of old browsers; the marks themselves may stand in comments. */
const wrappers = [
  { start: '<![CDATA[', end: ']]>', found: 'a CDATA section' },
  { start: '<!--', end: '-->', found: 'an HTML comment' },
] as const;

/** Longest mark with its comment signs and blanks around it, in characters. */
const markLength = 40;

function unwrapped(text: string): JsonLdBlock {
  const trimmed = text.trim();
  for (const { start, end, found } of wrappers) {
    const from = trimmed.slice(0, markLength).indexOf(start);
    const to = trimmed.lastIndexOf(end);
    if (from < 0 || to < from || to < trimmed.length - markLength) continue;
    const inside = trimmed.slice(from + start.length, to);
    return { text: inside.replace(/^\s{0,9}\*\//, '').replace(/(?:\/\/|\/\*)\s{0,9}$/, ''), mended: found };
  }
  if (/^[\s\uFEFF]*[[{]\s*&(?:quot|#34);/.test(text)) return { text: withoutEntities(text), mended: 'HTML entities' };
  return /^\s*\uFEFF/.test(text) ? { text, mended: 'a byte order mark' } : { text };
}

const entities: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

function withoutEntities(text: string): string {
  return text.replace(/&(?:quot|#34|#39|apos|lt|gt|amp);/g, (entity) => entities[entity] ?? entity);
}
