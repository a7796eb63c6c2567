/** Address fields: what may become a link and what stays text. Pure. Only http and https become links (case W-02). */
import { type ProblemLog, quoted } from './problem-log.ts';
import type { ProblemSlug } from './problem-slugs.ts';

/** Longest address that becomes a link, in characters: the limit that browsers and proxies agree on is lower. */
const maxLinkLength = 8192;

export type ReadLink =
  | { readonly url: string }
  | { readonly urlText: string; readonly slug: ProblemSlug; readonly why: string };

/** An address as a link, or as text with the reason. Undefined for an empty field. */
export function readLink(raw: string): ReadLink | undefined {
  const text = raw.replace(/[\u0000-\u001f\u007f-\u009f\ufeff\u200b\u200e\u200f]/g, '').trim();
  if (text === '') return undefined;
  if (text.length > maxLinkLength) {
    return { urlText: text.slice(0, maxLinkLength), slug: 'url-malformed', why: `${text.length} characters` };
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return webLink(text);
  if (scheme !== undefined && !/^[^:]+\.[^:]+:\d+/.test(text)) {
    return { urlText: text, slug: 'url-scheme-not-allowed', why: `the scheme ${scheme}` };
  }
  if (/^\/\/|^(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/.test(text)) {
    return { urlText: text, slug: 'url-without-scheme', why: 'an address without http or https' };
  }
  if (/^[./]/.test(text)) return { urlText: text, slug: 'url-without-scheme', why: 'a path without a host' };
  return { urlText: text, slug: 'url-is-text', why: 'a text' };
}

/** Given as it is, but with `\` as the `/` that browsers take it for; it must parse and name a host. */
function webLink(text: string): ReadLink {
  const slashed = text.replaceAll('\\', '/');
  if (!/^https?:\/\/[^/]/i.test(slashed) || !URL.canParse(slashed)) {
    return { urlText: text, slug: 'url-malformed', why: 'an address that does not parse' };
  }
  if (/^https?:\/\/[^/?#]*@/i.test(slashed)) {
    return { urlText: text, slug: 'url-has-credentials', why: 'a user name or password in the address' };
  }
  return { url: slashed };
}

/** The link fields of a distribution, with the problem of an address that cannot be a link. */
export function linkFields(
  raw: string | undefined,
  path: string,
  log: ProblemLog,
): { readonly url?: string; readonly urlText?: string } {
  const link = raw === undefined ? undefined : readLink(raw);
  if (link === undefined) {
    log.add('url-missing', path, 'found no address; expected the http or https address of the file');
    return {};
  }
  if ('url' in link) return link;
  log.add(link.slug, path, `found ${link.why}, ${quoted(link.urlText)}; expected an http or https address`);
  return { urlText: link.urlText };
}
