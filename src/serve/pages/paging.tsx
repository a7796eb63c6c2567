/** Links to the pages of a result: the first, the last, and those around. */
import type { VNode } from 'preact';
import { searchAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { maximumPage, pageSize, type SearchForm } from '../search-form.ts';

/** Pages on either side of the one shown. */
const reach = 2;

export function Paging({ page, form, total }: { page: PageContext; form: SearchForm; total: number }): VNode | null {
  const { texts, names, lang } = page;
  const last = Math.min(maximumPage, Math.ceil(total / pageSize));
  if (last <= 1) return null;
  const at = Math.min(form.page, last);
  const href = (to: number): string => searchAddress(lang, { ...form, page: to });
  return (
    <nav class="paging" aria-label={texts.paging}>
      {form.page > 1 && (
        <a class="paging-step" rel="prev" href={href(Math.min(form.page - 1, last))}>
          ← {texts.previous}
        </a>
      )}
      <ol>
        {pagesAround(at, last).map((each) => (
          <li key={each}>
            <a
              href={href(each)}
              aria-label={texts.page(names.number(each))}
              {...(each === form.page ? { 'aria-current': 'page' as const } : {})}
            >
              {names.number(each)}
            </a>
          </li>
        ))}
      </ol>
      {form.page < last && (
        <a class="paging-step" rel="next" href={href(form.page + 1)}>
          {texts.next} →
        </a>
      )}
    </nav>
  );
}

function pagesAround(at: number, last: number): number[] {
  const pages = new Set([1, last]);
  for (let page = Math.max(1, at - reach); page <= Math.min(last, at + reach); page += 1) pages.add(page);
  return [...pages].sort((a, b) => a - b);
}
