/**
 * The text of a sitemap (sitemaps.org 0.9) → the addresses it lists, and when each changed as it says. Pure. The names of the elements count, not their
 * namespaces, which sites write wrongly; addresses of images and videos inside a page's entry are not pages. A plain
 * text with one address a line is a sitemap too.
 */
import { Parser } from 'htmlparser2';

export interface SitemapEntry {
  readonly address: string;
  /** As written. */
  readonly lastModified?: string;
}

export type SitemapText =
  | { readonly kind: 'pages' | 'index'; readonly entries: readonly SitemapEntry[]; readonly isWhole: boolean }
  /** What was found instead, as part of a sentence. */
  | { readonly kind: 'none'; readonly found: string };

export function parseSitemap(text: string): SitemapText {
  const start = text.slice(0, 2000).replace(/^[\uFEFF\s]+/u, '');
  if (start === '') return { kind: 'none', found: 'an empty body' };
  if (/^https?:\/\/\S+[^\S\n]*(?:\n|$)/u.test(start)) return { kind: 'pages', entries: lines(text), isWhole: true };
  if (!start.startsWith('<')) return { kind: 'none', found: 'text that lists no addresses' };
  return parseXml(text);
}

function lines(text: string): readonly SitemapEntry[] {
  return text
    .split('\n')
    .map((line) => line.replace('\uFEFF', '').trim())
    .filter((line) => line !== '')
    .map((address) => ({ address }));
}

/** Element of the entries, by that of the root. */
const entryOf: ReadonlyMap<string, string> = new Map([
  ['urlset', 'url'],
  ['sitemapindex', 'sitemap'],
]);

function parseXml(text: string): SitemapText {
  const entries: SitemapEntry[] = [];
  const open: string[] = [];
  let root: string | undefined;
  let isWhole = false;
  /** Of the entry that is open. */
  let parts = { loc: '', lastmod: '' };
  let field: 'loc' | 'lastmod' | undefined;
  const isInEntry = (): boolean => open[1] === entryOf.get(open[0] ?? '');
  const parser = new Parser(
    {
      onopentagname: (name) => {
        root ??= localName(name);
        open.push(localName(name));
        if (open.length === 2) parts = { loc: '', lastmod: '' };
        field = open.length === 3 && isInEntry() ? fieldOf(open[2]) : undefined;
      },
      ontext: (part) => {
        if (field !== undefined) parts[field] += part;
      },
      onclosetag: (_, isImplied) => {
        if (open.length === 3) field = undefined;
        if (open.length === 2 && isInEntry() && !isImplied) entries.push(...entryFrom(parts));
        open.pop();
        if (open.length === 0 && !isImplied) isWhole = true;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  if (root === undefined || !entryOf.has(root)) return { kind: 'none', found: `markup (${root ?? 'no element'})` };
  return { kind: root === 'urlset' ? 'pages' : 'index', entries, isWhole };
}

function fieldOf(name: string | undefined): 'loc' | 'lastmod' | undefined {
  return name === 'loc' || name === 'lastmod' ? name : undefined;
}

function entryFrom({ loc, lastmod }: Readonly<Record<'loc' | 'lastmod', string>>): SitemapEntry[] {
  const [address, lastModified] = [loc.trim(), lastmod.trim()];
  if (address === '') return [];
  return [lastModified === '' ? { address } : { address, lastModified }];
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}
