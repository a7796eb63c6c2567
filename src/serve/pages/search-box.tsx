/** The one search box, on the home page and above results. `hidden` carries what else the search keeps. */
import type { ComponentChildren, VNode } from 'preact';
import { searchAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { maximumQueryLength } from '../search-form.ts';

export interface SearchBoxProps {
  readonly page: PageContext;
  readonly text: string;
  /** Lets fields elsewhere on the page belong to this form. */
  readonly formId: string;
  readonly autofocus?: boolean;
  readonly children?: ComponentChildren;
}

export function SearchBox({ page, text, formId, autofocus = false, children }: SearchBoxProps): VNode {
  const { lang, texts } = page;
  return (
    <search>
      <form id={formId} class="search-box" action={searchAddress(lang, {})} method="get">
        <label for={`${formId}-text`}>{texts.searchLabel}</label>
        <div class="search-row">
          <input
            id={`${formId}-text`}
            type="search"
            name="q"
            value={text}
            dir="auto"
            lang=""
            autocomplete="off"
            spellcheck={false}
            enterkeyhint="search"
            maxLength={maximumQueryLength}
            placeholder={texts.searchPlaceholder}
            autofocus={autofocus}
          />
          <button type="submit">{texts.searchButton}</button>
        </div>
        {children}
      </form>
    </search>
  );
}
