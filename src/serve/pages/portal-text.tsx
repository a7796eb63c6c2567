/** Harvested text on a page: escaped by Preact, with its language and direction, matches marked. */
import type { VNode } from 'preact';
import type { LangString } from '../../model/lang-text.ts';
import type { Highlighted, MatchRange } from '../../search/search-contract.ts';
import { safeHref } from '../safe-href.ts';
import { textAttributes } from '../written-language.ts';

export function PortalText({ text, portalLanguage }: { text: LangString; portalLanguage?: string }): VNode {
  return <span {...textAttributes(text.lang, text.text, portalLanguage)}>{text.text}</span>;
}

export interface HighlightedTextProps {
  readonly highlighted: Highlighted;
  readonly lang: string;
  readonly portalLanguage: string;
}

export function HighlightedText({ highlighted, lang, portalLanguage }: HighlightedTextProps): VNode {
  const { text, ranges } = highlighted;
  return <span {...textAttributes(lang, text, portalLanguage)}>{markedPieces(text, ranges)}</span>;
}

/** Pieces of the text in their order; ranges that overlap what was already shown are cut to what is left. */
function markedPieces(text: string, ranges: readonly MatchRange[]): (string | VNode)[] {
  const pieces: (string | VNode)[] = [];
  let shown = 0;
  for (const [start, end] of ranges) {
    const from = Math.max(start, shown);
    if (end <= from) continue;
    if (from > shown) pieces.push(text.slice(shown, from));
    pieces.push(<mark key={from}>{text.slice(from, end)}</mark>);
    shown = end;
  }
  if (shown < text.length) pieces.push(text.slice(shown));
  return pieces;
}

/** A link when the address may be one, else the same text as it is. */
export function PortalLink({ address, children }: { address: string; children?: string }): VNode {
  const href = safeHref(address);
  const text = children ?? address;
  if (href === undefined) return <span class="address">{text}</span>;
  return (
    <a class="address" href={href} rel="external noopener noreferrer nofollow ugc" dir="ltr">
      {text}
    </a>
  );
}
