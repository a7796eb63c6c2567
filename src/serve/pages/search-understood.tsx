/** How a query was read: what was recognised, what was let go, and the ways to ask otherwise. */
import type { VNode } from 'preact';
import type { QueryReading } from '../../search/search-contract.ts';
import { searchAddress } from '../addresses.ts';
import type { MeaningWords, ReadPart } from '../meaning-words.ts';
import type { PageContext } from '../page-context.ts';
import type { SearchForm } from '../search-form.ts';

export interface UnderstoodProps {
  readonly page: PageContext;
  readonly form: SearchForm;
  readonly reading: QueryReading;
  readonly words: MeaningWords;
}

export function Understood(props: UnderstoodProps): VNode | null {
  const { page, form, reading, words } = props;
  const { texts, lang } = page;
  const parts = words.parts(reading);
  const isRead = parts.some(({ meanings }) => meanings.length > 0) || reading.letGo.length > 0;
  if (form.text === '' || (form.meaning && !isRead)) return null;
  const other = searchAddress(lang, { ...form, page: 1, meaning: !form.meaning });
  return (
    <div class="understood">
      {form.meaning ? <Parts {...props} parts={parts} /> : <p>{texts.meaning.wordsOnly}</p>}
      {reading.letGo.length > 0 && <p>{texts.meaning.letGo(quoted(reading.letGo))}</p>}
      {reading.relaxed.length > 0 && <p class="relaxed">{texts.meaning.relaxed(quoted(reading.relaxed))}</p>}
      <p class="ask-otherwise">
        {placeSuggestions(props, parts).map(({ href, text }) => (
          <a key={href} href={href}>
            {text}
          </a>
        ))}
        <a href={other} rel="nofollow">
          {form.meaning ? texts.meaning.onlyMyWords : texts.meaning.withMeaning}
        </a>
      </p>
    </div>
  );
}

function Parts({ page, words, parts }: UnderstoodProps & { readonly parts: readonly ReadPart[] }): VNode {
  const { meaning } = page.texts;
  return (
    <p class="read-parts">
      <span class="quiet">{meaning.understood}</span>
      {parts.map(({ source, kind, meanings }) => (
        <span key={source} class={`read-part read-${kind}`}>
          <span dir="auto">{source}</span>{' '}
          <span class="quiet">
            {meanings.length === 0 ? (
              meaning.asWords
            ) : (
              <>
                = <span lang={words.language}>{[...new Set(meanings.map(({ label }) => label))].join(' / ')}</span>
              </>
            )}
          </span>
        </span>
      ))}
    </p>
  );
}

interface Suggested {
  readonly href: string;
  readonly text: string;
}

/** A place that is named without doubt can become a filter; its words then leave the query. */
function placeSuggestions({ page, form }: UnderstoodProps, parts: readonly ReadPart[]): readonly Suggested[] {
  const { texts, lang } = page;
  return parts.flatMap(({ source, kind, meanings: [place, ...others] }) => {
    if (kind !== 'place' || place === undefined || others.length > 0 || !form.text.includes(source)) return [];
    const text = form.text.replace(source, ' ').replace(/\s+/gu, ' ').trim();
    const country = page.countryOfPlace(place.id);
    const [name, value] = country === undefined ? (['place', place.id] as const) : (['country', country] as const);
    const filters = { ...form.filters, [name]: [value] };
    const suggested = country === undefined ? texts.meaning.about(place.label) : texts.meaning.from(place.label);
    return [{ href: searchAddress(lang, { ...form, text, filters, page: 1 }), text: suggested }];
  });
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(', ');
}
