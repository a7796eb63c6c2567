/** Where the next page of a data.json is (cases `op D2`, `field P-06…P-08`). Pure. */

/** Where reading goes on, and whether the portal said so or we only try. */
export interface NextPage {
  readonly url: string;
  readonly isAnnounced: boolean;
}

/** The page that a Link header names; else, when `probes`, the same address with the next `page`. */
export function findNextPage(
  url: string,
  headers: Readonly<Record<string, string>>,
  page: number,
  probes: boolean,
): NextPage | undefined {
  const linked = parseNextLink(headers['link']);
  if (linked !== undefined && URL.canParse(linked, url)) return { url: onSameHost(linked, url), isAnnounced: true };
  if (!probes) return undefined;
  const probe = new URL(url);
  probe.searchParams.set('page', String(page + 1));
  return { url: probe.href, isAnnounced: false };
}

/** Target of the link with `rel="next"` (RFC 8288). */
function parseNextLink(header: string | undefined): string | undefined {
  for (const [, target, parameters = ''] of (header ?? '').matchAll(/<([^>]*)>([^<]*)/gu)) {
    if (/;\s*rel\s*=\s*"?[^";,]*\bnext\b/iu.test(parameters)) return target;
  }
  return undefined;
}

/** A proxy may leak the name of an inner host into the link: path and query count, on the host that answered. */
function onSameHost(link: string, url: string): string {
  const target = new URL(link, url);
  const here = new URL(url);
  return target.host === here.host ? target.href : new URL(`${target.pathname}${target.search}`, here.origin).href;
}
