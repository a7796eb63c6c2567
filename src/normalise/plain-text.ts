/**
 * What a portal wrote as text, HTML or half of both → plain text. Pure. Entities and tags are resolved, scripts
 * dropped, blocks become lines; nothing is folded, no letter changes except to NFC.
 */
import { Parser } from 'htmlparser2';

const blockTags = new Set(
  'address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody thead tr ul'.split(
    ' ',
  ),
);
const inlineTags = new Set(
  'a abbr acronym area audio b base bdi bdo big body br button canvas caption center cite code col colgroup del details dfn dir em embed font head html i img input ins kbd label legend link map mark meta o:p option picture q rp rt ruby s samp select small source span strike strong sub summary sup svg td textarea tfoot th time title tt u var video wbr'.split(
    ' ',
  ),
);
/** Tags whose content is not for readers. */
const droppedTags = new Set(['script', 'style', 'iframe', 'noscript', 'object', 'template', 'applet']);

/**
 * Attributes need their `=`: in `a <b and c> d` nothing is a tag. No part can match the same text in two ways, so that
 * broken markup of any length is read in linear time (case W-03).
 */
const tagLike = /<\/?([a-z][a-z0-9:]*)(?:\s[^<>=]*=[^<>]*|\s?\/?)>|<!--(?:(?!<!--)[\s\S])*?-->|<!doctype[^<>]*>/gi;
const entityLike = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i;

/** `A &amp;amp; B` is met, `&amp;lt;br&amp;gt;` too; deeper nesting is left as it is. */
const maxPasses = 3;

/** Several lines; undefined when nothing is left. */
export function plainText(text: string): string | undefined {
  const cleaned = tidyLines(withoutControls(resolved(text)));
  return cleaned === '' ? undefined : cleaned;
}

/** The same on one line, for titles, names and keywords. */
export function plainLine(text: string): string | undefined {
  const plain = withoutControls(resolved(text));
  const line = /[\r\n\t]/.test(plain) ? joinedLines(plain) : plain.trim();
  return line === '' ? undefined : line;
}

function joinedLines(text: string): string {
  const parts = text.split(/[\r\n\t]+/).map((part) => part.trim());
  return parts.filter((part) => part !== '').join(' ');
}

function resolved(text: string): string {
  let current = text;
  for (let pass = 0; pass < maxPasses && isMarkedUp(current); pass += 1) current = oncePlain(current);
  return current;
}

function isMarkedUp(text: string): boolean {
  if (!text.includes('<') && !text.includes('&')) return false;
  return entityLike.test(text) || [...text.matchAll(tagLike)].some(isKnownTag);
}

function isKnownTag(match: RegExpMatchArray): boolean {
  const name = match[1]?.toLowerCase();
  return name === undefined || blockTags.has(name) || inlineTags.has(name) || droppedTags.has(name);
}

function oncePlain(text: string): string {
  const parts: string[] = [];
  let dropping = 0;
  const parser = new Parser(
    {
      ontext: (part) => {
        if (dropping === 0) parts.push(part);
      },
      onopentagname: (name) => {
        if (droppedTags.has(name)) dropping += 1;
        else if (name === 'br' || blockTags.has(name)) parts.push('\n');
        else if (name === 'td' || name === 'th') parts.push(' ');
      },
      onclosetag: (name) => {
        if (droppedTags.has(name)) dropping = Math.max(0, dropping - 1);
        else if (blockTags.has(name)) parts.push('\n');
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  const hasTags = [...text.matchAll(tagLike)].some(isKnownTag);
  parser.end(withOnlyRealMarkup(hasTags ? text.replace(/[\r\n]+/g, keptBreak) : text));
  const joined = parts.join('');
  return hasTags ? joined.replace(/\n[ \t]+/g, '\n') : joined;
}

/** Authors mix lines and tags (`text\r\n<br/>`): a line break of the source stays one unless a tag makes it already. */
function keptBreak(breaks: string, at: number, whole: string): string {
  const before = whole.slice(Math.max(0, at - 8), at).trimEnd();
  const after = whole.slice(at + breaks.length, at + breaks.length + 8).trimStart();
  return before.endsWith('>') || after.startsWith('<') ? ' ' : '\n';
}

/** A `<` that opens no known tag and a `&` that starts no closed entity are text (`a <b`, `AT&T`, `?a=1&copy=2`). */
function withOnlyRealMarkup(text: string): string {
  const ampersands = text.replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});)/gi, '&amp;');
  let result = '';
  let from = 0;
  for (const match of ampersands.matchAll(tagLike)) {
    if (!isKnownTag(match)) continue;
    result += ampersands.slice(from, match.index).replaceAll('<', '&lt;') + match[0];
    from = match.index + match[0].length;
  }
  return result + ampersands.slice(from).replaceAll('<', '&lt;');
}

/** Control characters, byte order marks, direction overrides and lone surrogates show nothing and break outputs. */
function withoutControls(text: string): string {
  const plain = text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g,
    '',
  );
  return wellFormed(plain).normalize('NFC');
}

/** Half a surrogate pair (a text cut inside a character) as U+FFFD; UTF-8 and addresses cannot hold it. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

function tidyLines(text: string): string {
  if (!/[\r\n\u2028\u2029]/.test(text)) return text.trim();
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
