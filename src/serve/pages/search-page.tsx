/** Results of a search: filters in one GET form, chips, order, hits, pages. Everything is a link or a form field. */
import type { VNode } from 'preact';
import type { SearchAnswer } from '../../search/search-contract.ts';
import { searchAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { countFilters, filterNames, sortOrders, withoutFilter } from '../search-filters.ts';
import { defaultSort, maximumQueryLength, pageSize, type ReadForm, type SearchForm } from '../search-form.ts';
import { PageFrame } from './page-frame.tsx';
import { Paging } from './paging.tsx';
import { SearchBox } from './search-box.tsx';
import { Facets } from './search-facets.tsx';
import { SearchHitItem } from './search-hit.tsx';
import { Understood } from './search-understood.tsx';

export interface SearchPageProps {
  readonly page: PageContext;
  readonly read: ReadForm;
  readonly answer: SearchAnswer;
}

const formId = 'search';

export function SearchPage({ page, read, answer }: SearchPageProps): VNode {
  const { texts } = page;
  const { form } = read;
  const words = page.meaning(form.lang);
  const title = texts.resultsTitle(form.text);
  return (
    <PageFrame page={page} title={title} current="search">
      <div class="search-head">
        <SearchBox page={page} text={form.text} formId={formId}>
          {form.sort !== defaultSort(form.text) && <input type="hidden" name="sort" value={form.sort} />}
          {!form.meaning && <input type="hidden" name="meaning" value="off" />}
          {form.lang !== undefined && <input type="hidden" name="lang" value={form.lang} />}
        </SearchBox>
      </div>
      <div class="search-body">
        <Facets page={page} form={form} answer={answer} formId={formId} />
        <section class="results" id="results" aria-labelledby="results-title">
          <ResultsHead page={page} form={form} answer={answer} />
          <Chips page={page} form={form} />
          <Understood page={page} form={form} reading={answer.reading} words={words} />
          <Notices page={page} read={read} answer={answer} />
          <DidYouMean page={page} form={form} text={answer.didYouMean} />
          {answer.hits.length > 0 ? (
            <ol class="hits" start={(form.page - 1) * pageSize + 1}>
              {answer.hits.map((hit) => (
                <SearchHitItem key={hit.id} page={page} hit={hit} reading={answer.reading} words={words} />
              ))}
            </ol>
          ) : (
            <NoHits page={page} form={form} total={answer.total} />
          )}
          <Paging page={page} form={form} total={answer.total} />
        </section>
      </div>
    </PageFrame>
  );
}

type PartProps = { readonly page: PageContext; readonly form: SearchForm };

function ResultsHead({ page, form, answer }: PartProps & { answer: SearchAnswer }): VNode {
  const { texts, names, lang } = page;
  return (
    <header class="results-head">
      <h1 id="results-title">{texts.resultsTitle(form.text)}</h1>
      <p class="total" role="status">
        <strong>{texts.resultCount(names.number(answer.total), answer.total === 1)}</strong>
      </p>
      <nav class="sorts" aria-label={texts.sort}>
        {sortOrders
          .filter((sort) => sort !== 'relevance' || form.text !== '')
          .map((sort) => (
            <a
              key={sort}
              href={searchAddress(lang, { ...form, sort, page: 1 })}
              {...(sort === form.sort ? { 'aria-current': 'true' as const } : {})}
            >
              {texts.sorts[sort]}
            </a>
          ))}
      </nav>
      <a class="to-filters" href="#filters">
        {texts.filterShow}
        {countFilters(form.filters) > 0 && ` (${countFilters(form.filters)})`}
      </a>
    </header>
  );
}

function Chips({ page, form }: PartProps): VNode | null {
  const { texts, names, lang } = page;
  if (countFilters(form.filters) === 0) return null;
  return (
    <ul class="chips" aria-label={texts.activeFilters}>
      {filterNames.flatMap((name) =>
        (form.filters[name] ?? []).map((value) => (
          <li key={`${name} ${value}`}>
            <a
              class="chip"
              href={searchAddress(lang, { ...form, page: 1, filters: withoutFilter(form.filters, name, value) })}
              aria-label={texts.filterRemove(texts.filters[name], names.filterValue(name, value))}
            >
              <span dir="auto">{names.filterValue(name, value)}</span>
              <span class="chip-x" aria-hidden="true">
                ×
              </span>
            </a>
          </li>
        )),
      )}
      <li>
        <a class="chip chip-clear" href={searchAddress(lang, { ...form, page: 1, filters: {} })}>
          {texts.filterClear}
        </a>
      </li>
    </ul>
  );
}

function Notices({ page, read, answer }: { page: PageContext; read: ReadForm; answer: SearchAnswer }): VNode | null {
  const { texts, names } = page;
  const ignored = read.ignored.map(
    (name) =>
      filterNames.map((each) => (each === name ? texts.filters[each] : '')).join('') || texts.parameterNames[name],
  );
  const notices = [
    ...(read.queryWasCut ? [texts.noticeCut(names.number(maximumQueryLength))] : []),
    ...(ignored.length > 0 ? [texts.noticeIgnored(ignored.join(', '))] : []),
    ...answer.notices,
  ];
  if (notices.length === 0) return null;
  return (
    <ul class="notices">
      {notices.map((notice) => (
        <li key={notice}>{notice}</li>
      ))}
    </ul>
  );
}

/** The same search in another spelling. */
function DidYouMean({ page, form, text }: PartProps & { readonly text: string | undefined }): VNode | null {
  const { texts, lang } = page;
  if (text === undefined) return null;
  return (
    <p class="did-you-mean" role="status">
      {texts.didYouMean}{' '}
      <a href={searchAddress(lang, { ...form, text, page: 1 })}>
        <bdi>{text}</bdi>
      </a>
      ?
    </p>
  );
}

function NoHits({ page, form, total }: PartProps & { total: number }): VNode {
  const { texts, lang } = page;
  if (total > 0) {
    return (
      <div class="no-hits">
        <p>{texts.pastTheEnd}</p>
        <p>
          <a href={searchAddress(lang, { ...form, page: Math.ceil(total / pageSize) })}>{texts.pastTheEndLink}</a>
        </p>
      </div>
    );
  }
  return (
    <div class="no-hits">
      <h2>{texts.emptyTitle}</h2>
      <ul>
        {texts.emptyHints.map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ul>
      <p>
        {countFilters(form.filters) > 0 && (
          <>
            <a href={searchAddress(lang, { ...form, page: 1, filters: {} })}>{texts.emptyWithoutFilters}</a> ·{' '}
          </>
        )}
        <a href={searchAddress(lang, {})}>{texts.emptyAll}</a>
      </p>
    </div>
  );
}
