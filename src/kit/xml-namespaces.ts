/** Which namespaces an element uses without declaring them: what has to be added when it is cut out of its document. */
import { escapeXml } from './xml-escape.ts';
import type { XmlTag } from './xml-parser.ts';

export interface OuterNamespaces {
  /** For the element itself and each one below it, in the order of the document. */
  opened(tag: XmlTag): void;
  closed(): void;
  /** ` xmlns:gml="…"` for each, sorted by prefix; empty when the element needs none. */
  declarations(): string;
}

/** `resolve` gives what a prefix stands for at this place, `''` being the default namespace. */
export function outerNamespaces(resolve: (prefix: string) => string | undefined): OuterNamespaces {
  const declared = new Map<string, number>();
  const scopes: (readonly string[])[] = [];
  const outer = new Map<string, string>();

  function use(prefix: string): void {
    if (prefix === 'xml' || prefix === 'xmlns' || (declared.get(prefix) ?? 0) > 0 || outer.has(prefix)) return;
    const uri = resolve(prefix);
    if (uri !== undefined && uri !== '') outer.set(prefix, uri);
  }

  return {
    opened(tag) {
      const own = Object.keys(tag.ns);
      scopes.push(own);
      for (const prefix of own) declared.set(prefix, (declared.get(prefix) ?? 0) + 1);
      use(tag.prefix);
      for (const { prefix, local, value } of Object.values(tag.attributes)) {
        if (prefix !== '') use(prefix);
        // The value is a name: `xsi:type="gml:CodeType"`.
        if (prefix !== '' && local === 'type' && value.includes(':')) use(value.split(':', 1)[0] ?? '');
      }
    },
    closed() {
      for (const prefix of scopes.pop() ?? []) declared.set(prefix, (declared.get(prefix) ?? 0) - 1);
    },
    declarations() {
      const sorted = [...outer].sort(([a], [b]) => (a < b ? -1 : 1));
      return sorted.map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeXml(uri)}"`).join('');
    },
  };
}
