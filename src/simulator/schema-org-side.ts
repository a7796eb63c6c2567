/** The server side of a portal with nothing but pages: sitemaps, and a page for each record with its JSON-LD. */
import { tokenValue, topLevelTokens } from '../kit/json-tokens.ts';
import {
  type PortalRecord,
  type PortalRequest,
  type Reply,
  type SchemaOrgPortal,
  textReply,
} from './simulated-portal.ts';

const xmlType = 'application/xml; charset=utf-8';

export function answerSchemaOrg(portal: SchemaOrgPortal, { path, base, query }: PortalRequest): Reply {
  const size = portal.sitemapSize ?? Number.POSITIVE_INFINITY;
  const pages = [...pagesOf(portal.records)];
  const addresses = pages.map(([address, record]) => {
    const modified = portal.tellsDates === true ? textOf(record, 'dateModified') : undefined;
    return modified === undefined ? { address } : { address, modified };
  });
  if (path === 'sitemap.xml') {
    if (addresses.length <= size) return sitemap(base, addresses);
    const count = Math.ceil(addresses.length / size);
    const parts = Array.from({ length: count }, (_, part) => ({ address: `sitemap-${part}.xml` }));
    return listing('sitemapindex', 'sitemap', base, parts);
  }
  const [, part] = /^sitemap-(\d+)\.xml$/.exec(path) ?? [];
  if (part !== undefined) return sitemap(base, addresses.slice(Number(part) * size, (Number(part) + 1) * size));
  const found = pagesOf(portal.records).get(query.size === 0 ? path : `${path}?${query}`);
  if (found === undefined) return textReply(404, 'text/html; charset=utf-8', page('', 'Not found'));
  return textReply(200, 'text/html; charset=utf-8', page(new TextDecoder().decode(found.bytes), found.id));
}

function textOf({ bytes }: PortalRecord, name: string): string | undefined {
  const value = tokenValue(topLevelTokens(bytes, [name]).get(name));
  return typeof value === 'string' ? value : undefined;
}

/** Address below the portal → record; records of one id have a page each. */
function pagesOf(records: readonly PortalRecord[]): ReadonlyMap<string, PortalRecord> {
  const pages = new Map<string, PortalRecord>();
  for (const record of records) {
    const address = `dataset/${encodeURIComponent(record.id)}`;
    let free = address;
    for (let copy = 2; pages.has(free); copy += 1) free = `${address}?copy=${copy}`;
    pages.set(free, record);
  }
  return pages;
}

interface Listed {
  readonly address: string;
  readonly modified?: string;
}

function sitemap(base: string, addresses: readonly Listed[]): Reply {
  return listing('urlset', 'url', base, addresses);
}

function listing(root: string, entry: string, base: string, addresses: readonly Listed[]): Reply {
  const entries = addresses.map(({ address, modified }) => {
    const date = modified === undefined ? '' : `<lastmod>${escaped(modified)}</lastmod>`;
    return `<${entry}><loc>${escaped(`${base}${address}`)}</loc>${date}</${entry}>`;
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('\n')}</${root}>`;
  return textReply(200, xmlType, xml);
}

function page(jsonLd: string, title: string): string {
  const head = `<!DOCTYPE html>\n<html><head><title>${escaped(title)}</title>`;
  // In a script nothing but its own end is escaped.
  const script = `<script type="application/ld+json">${jsonLd.replaceAll(/<\/(?=script)/gi, '<\\/')}</script>`;
  return `${head}\n${jsonLd === '' ? '' : script}</head><body><h1>${escaped(title)}</h1></body></html>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
