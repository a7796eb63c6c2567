/** Filters as checkboxes of the search form, with how many datasets each would give. */
import type { VNode } from 'preact';
import { facetNames, type SearchAnswer } from '../../search/search-contract.ts';
import type { PageContext } from '../page-context.ts';
import { type FilterName, filterSelects } from '../search-filters.ts';
import type { SearchForm } from '../search-form.ts';

/** Values shown before "more". */
const shownValues = 8;

interface FacetsProps {
  readonly page: PageContext;
  readonly form: SearchForm;
  readonly answer: SearchAnswer;
  readonly formId: string;
}

interface FacetValue {
  readonly value: string;
  /** Absent when the index did not list the value. */
  readonly count?: number;
}

export function Facets(props: FacetsProps): VNode {
  const { page, form, answer, formId } = props;
  const { texts } = page;
  return (
    <aside class="facets" id="filters" aria-labelledby="filters-title">
      <h2 id="filters-title">{texts.filterTitle}</h2>
      <a class="to-results" href="#results">
        {texts.filterClose}
      </a>
      {facetNames.map((name) => (
        <Facet key={name} {...props} name={name} values={withSelected(answer.facets[name] ?? [], form.filters[name])} />
      ))}
      {(['place', 'source'] as const).map((name) => (
        <Facet key={name} {...props} name={name} values={withSelected([], form.filters[name])} />
      ))}
      <p class="apply-row">
        <button type="submit" form={formId} class="apply">
          {texts.filterApply}
        </button>
      </p>
    </aside>
  );
}

function Facet(props: FacetsProps & { name: FilterName; values: readonly FacetValue[] }): VNode | null {
  const { page, name, values } = props;
  if (values.length === 0) return null;
  const rest = values.slice(shownValues);
  return (
    <fieldset class="facet">
      <legend>{page.texts.filters[name]}</legend>
      {values.slice(0, shownValues).map((each, at) => (
        <FacetOption key={each.value} {...props} option={each} at={at} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary>{page.texts.filterMore(page.names.number(rest.length))}</summary>
          {rest.map((each, at) => (
            <FacetOption key={each.value} {...props} option={each} at={shownValues + at} />
          ))}
        </details>
      )}
    </fieldset>
  );
}

function FacetOption(props: FacetsProps & { name: FilterName; option: FacetValue; at: number }): VNode {
  const { page, form, formId, name, option, at } = props;
  const id = `filter-${name}-${at}`;
  return (
    <div class="option">
      <input
        type="checkbox"
        id={id}
        name={name}
        value={option.value}
        form={formId}
        checked={filterSelects(form.filters, name, option.value)}
      />
      <label for={id}>
        <span class="option-name" dir="auto">
          {page.names.filterValue(name, option.value)}
        </span>
        {option.count !== undefined && <span class="option-count">{page.names.number(option.count)}</span>}
      </label>
    </div>
  );
}

/** What is chosen stands first and never disappears from the form, even when nothing has it any more. */
function withSelected(counts: readonly FacetValue[], selected: readonly string[] = []): FacetValue[] {
  const chosen = selected.map((value) => counts.find((each) => each.value === value) ?? { value });
  return [...chosen, ...counts.filter(({ value }) => !selected.includes(value))];
}
