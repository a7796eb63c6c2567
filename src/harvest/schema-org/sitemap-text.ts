/**
 * The text of a sitemap (sitemaps.org 0.9) → the addresses it lists. Pure. The names of the elements count, not their
 * namespaces, which sites write wrongly; addresses of images and videos inside a page's entry are not pages. A plain
 * text with one address a line is a sitemap too.
 */
import { Parser } from 'htmlparser2';

export type SitemapText =
  | { readonly kind: 'pages' | 'index'; readonly addresses: readonly string[]; readonly isWhole: boolean }
  /** What was found instead, as part of a sentence. */
  | { readonly kind: 'none'; readonly found: string };

export function parseSitemap(text: string): SitemapText {
  const start = text.slice(0, 2000).replace(/^[\uFEFF\s]+/u, '');
  if (start === '') return { kind: 'none', found: 'an empty body' };
  if (/^https?:\/\/\S+[^\S\n]*(?:\n|$)/u.test(start)) return { kind: 'pages', addresses: lines(text), isWhole: true };
  if (!start.startsWith('<')) return { kind: 'none', found: 'text that lists no addresses' };
  return parseXml(text);
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace('\uFEFF', '').trim())
    .filter((line) => line !== '');
}

/** Element of the entries, by that of the root. */
const entryOf: ReadonlyMap<string, string> = new Map([
  ['urlset', 'url'],
  ['sitemapindex', 'sitemap'],
]);

function parseXml(text: string): SitemapText {
  const addresses: string[] = [];
  const open: string[] = [];
  let root: string | undefined;
  let isWhole = false;
  let address: string | undefined;
  const isLoc = (): boolean => {
    return open.length === 3 && open[2] === 'loc' && open[1] === entryOf.get(open[0] ?? '');
  };
  const parser = new Parser(
    {
      onopentagname: (name) => {
        root ??= localName(name);
        open.push(localName(name));
        if (isLoc()) address = '';
      },
      ontext: (part) => {
        if (address !== undefined) address += part;
      },
      onclosetag: (_, isImplied) => {
        if (isLoc() && address !== undefined && !isImplied) addresses.push(address.trim());
        address = undefined;
        open.pop();
        if (open.length === 0 && !isImplied) isWhole = true;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  if (root === undefined || !entryOf.has(root)) return { kind: 'none', found: `markup (${root ?? 'no element'})` };
  const kind = root === 'urlset' ? 'pages' : 'index';
  return { kind, addresses: addresses.filter((each) => each !== ''), isWhole };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}
