/**
 * Where a catalogue in RDF goes on: Hydra (`hydra:next`, and `hydra:nextPage` of its first drafts, which CKAN writes), a
 * Link header, or the next page number. Links are harvested text: another host than the source's is never asked. Pure.
 */
import type { RdfTerm, Triple } from '../../kit/rdf/triple.ts';
import { hydra } from './triple-index.ts';

export interface NextPage {
  readonly url: string;
  /** `tried`: the portal did not name this page. */
  readonly by: 'named' | 'tried';
  /** What was named instead, when it was on another host (case `field P-07`). */
  readonly rewrittenFrom?: string;
}

export interface HydraFigures {
  /** Values of next-page links, once each. */
  readonly next: readonly string[];
  readonly totalItems: number | undefined;
  /** The document says of itself that it is a page. */
  readonly isPage: boolean;
}

const nextPredicates: ReadonlySet<string> = new Set([`${hydra}next`, `${hydra}nextPage`]);

export function hydraFigures(triples: readonly Triple[]): HydraFigures {
  const own = triples.filter(({ predicate }) => predicate.startsWith(hydra));
  const values = (name: (predicate: string) => boolean): readonly string[] => [
    ...new Set(own.filter(({ predicate }) => name(predicate)).map(({ object }) => object.value)),
  ];
  const totals = values((predicate) => predicate === `${hydra}totalItems`).filter((text) => /^\d{1,12}$/.test(text));
  const isPage = triples.some(({ object }) => isPageType(object)) || own.some(({ predicate }) => isPageLink(predicate));
  return {
    next: values((predicate) => nextPredicates.has(predicate)),
    totalItems: totals.length === 0 ? undefined : Math.max(...totals.map(Number)),
    isPage,
  };
}

function isPageType(object: RdfTerm): boolean {
  return object.kind === 'iri' && /hydra\/core#(?:PagedCollection|PartialCollectionView)$/.test(object.value);
}

function isPageLink(predicate: string): boolean {
  return /#(?:first|last|previous)(?:Page)?$/.test(predicate);
}

export interface PageAt {
  /** Address of the answer, behind redirects. */
  readonly answered: string;
  readonly endpoint: string;
  /** 1 for the first. */
  readonly page: number;
  readonly link: string | undefined;
  /** Whether a page that nobody named is tried. */
  readonly mayTry: boolean;
}

export function findNextPage(
  hydraNext: readonly string[],
  visited: ReadonlySet<string>,
  at: PageAt,
): NextPage | undefined {
  const named = [...hydraNext, ...linkTargets(at.link)].filter((each) => URL.canParse(each, at.endpoint));
  const links = named.map((each) => onOwnHost(new URL(each, at.endpoint), at));
  const next = links.find(({ url }) => !visited.has(url)) ?? links[0];
  if (next !== undefined) return next;
  if (!at.mayTry) return undefined;
  const tried = new URL(at.endpoint);
  tried.searchParams.set('page', String(at.page + 1));
  return { url: tried.href, by: 'tried' };
}

/** Targets of links with `rel="next"` (RFC 8288). */
function linkTargets(header: string | undefined): readonly string[] {
  return [...(header ?? '').matchAll(/<([^>]*)>([^<]*)/gu)].flatMap(([, target = '', parameters = '']) =>
    /;\s*rel\s*=\s*"?[^";,]*\bnext\b/iu.test(parameters) ? [target] : [],
  );
}

/** A proxy may leak the name of an inner host: path and query count, on the host of the source. */
function onOwnHost(target: URL, { endpoint, answered }: PageAt): NextPage {
  const own = new URL(endpoint);
  target.hash = '';
  if (target.host === own.host || target.host === new URL(answered).host) {
    // A portal behind a proxy often believes that it speaks http.
    if (own.protocol === 'https:' && target.protocol === 'http:') target.protocol = 'https:';
    return { url: target.href, by: 'named' };
  }
  const url = new URL(`${target.pathname}${target.search}`, own.origin).href;
  return { url, by: 'named', rewrittenFrom: target.href };
}
