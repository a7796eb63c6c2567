/** What has to hold of every page: read as a parser reads it, not as a pattern does. */
import { Parser } from 'htmlparser2';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ReadPage {
  readonly elements: readonly Element[];
  readonly text: string;
  /** Elements that were closed in another order than opened, or not at all. */
  readonly unbalanced: readonly string[];
}

const voidElements = new Set(['meta', 'link', 'input', 'br', 'img', 'hr']);

export function readPage(html: string): ReadPage {
  const elements: Element[] = [];
  const unbalanced: string[] = [];
  const open: string[] = [];
  let text = '';
  const parser = new Parser({
    onopentag(name, attributes) {
      elements.push({ name, attributes });
      if (!voidElements.has(name)) open.push(name);
    },
    ontext(data) {
      text += data;
    },
    onclosetag(name, implied) {
      if (voidElements.has(name)) return;
      if (open.pop() !== name || implied) unbalanced.push(name);
    },
  });
  parser.end(html);
  return { elements, text, unbalanced: [...unbalanced, ...open] };
}

export function faultsOf(page: ReadPage): string[] {
  const faults = page.unbalanced.map((name) => `<${name}> is not closed where it was opened`);
  const ids = page.elements.flatMap(({ attributes }) => (attributes['id'] === undefined ? [] : [attributes['id']]));
  const repeated = ids.filter((id, at) => ids.indexOf(id) !== at);
  faults.push(...repeated.map((id) => `id ${id} stands twice`));
  const labelled = new Set(
    page.elements.flatMap(({ name, attributes }) => (name === 'label' ? [attributes['for']] : [])),
  );
  for (const { name, attributes } of page.elements) {
    if (name === 'input' && attributes['type'] !== 'hidden' && !labelled.has(attributes['id'])) {
      faults.push(`input ${attributes['name']} has no label`);
    }
    for (const key of ['aria-labelledby', 'for', 'form']) {
      const to = attributes[key];
      if (to !== undefined && !ids.includes(to)) faults.push(`<${name} ${key}="${to}"> names nothing on the page`);
    }
    const lang = attributes['lang'];
    if (lang !== undefined && !/^([a-z]{2,3}(-[a-z0-9]{2,8})*)?$/i.test(lang)) faults.push(`lang="${lang}"`);
    if (['script', 'style', 'iframe', 'object', 'base'].includes(name)) faults.push(`<${name}>`);
    for (const key of Object.keys(attributes)) if (/^on|^style$/.test(key)) faults.push(`<${name} ${key}>`);
    const address = attributes['href'] ?? attributes['src'] ?? attributes['action'];
    if (address !== undefined && !/^(https?:\/\/|\/|#)/.test(address)) faults.push(`<${name}> leads to ${address}`);
  }
  return faults;
}

/** Same-origin addresses that a page names, without fragments. */
export function internalLinks(page: ReadPage, baseUrl: string): string[] {
  return page.elements
    .flatMap(({ attributes }) => [attributes['href'], attributes['src'], attributes['action']])
    .flatMap((address) => {
      if (address === undefined || address.startsWith('#')) return [];
      const url = new URL(address, baseUrl);
      return url.origin === new URL(baseUrl).origin ? [`${url.pathname}${url.search}`] : [];
    });
}
