/** Whether a portal that lists its pages describes datasets in them: a few pages are looked at. Only one host is asked. */
import type { Peek } from './peek.ts';

/** Pages looked at; the likelier ones first. */
const mostPages = 3;

/** A sitemap or an index of them, as peeked at. The beginning of a page is enough: descriptions stand in its head. */
export async function pagesTellDatasets(sitemap: Peek, ask: (url: string) => Promise<Peek>): Promise<boolean> {
  const isIndex = /<(?:\w+:)?sitemapindex[\s>]/.test(sitemap.text);
  const [first] = addressesIn(sitemap);
  if (isIndex && first === undefined) return false;
  const pages = likeliest(isIndex && first !== undefined ? addressesIn(await ask(first)) : addressesIn(sitemap));
  for (const page of pages) {
    const { status, text } = await ask(page);
    if (status === 200 && tellsDataset(text)) return true;
  }
  return false;
}

function addressesIn({ text, url }: Peek): readonly string[] {
  const written = [...text.matchAll(/<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?([^<\s]+?)(?:\]\]>)?\s*</g)];
  const addresses = written.map(([, address = '']) => address.replaceAll('&amp;', '&'));
  return addresses.filter((address) => URL.canParse(address) && new URL(address).host === new URL(url).host);
}

/** Those whose path speaks of data, from the middle of the list, where one is like the other. */
function likeliest(addresses: readonly string[]): readonly string[] {
  const speaking = addresses.filter((address) => /data|catalog|resource|detail|view/i.test(new URL(address).pathname));
  const chosen = speaking.length > 0 ? speaking : addresses;
  const middle = Math.max(0, Math.floor((chosen.length - mostPages) / 2));
  return chosen.slice(middle, middle + mostPages);
}

function tellsDataset(html: string): boolean {
  return (
    /application\/ld\+json/i.test(html) &&
    /"@type"\s*:\s*(?:\[[^\]]{0,200})?"(?:https?:\/\/schema\.org\/|schema:)?Dataset"/.test(html)
  );
}
