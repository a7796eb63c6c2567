/** The start page: the search box, what is here, and how it is kept. */
import type { VNode } from 'preact';
import type { CatalogueRecord } from '../../model/dataset.ts';
import { displayText } from '../../model/lang-text.ts';
import { datasetAddress, homeAddress, searchAddress, sourcesAddress } from '../addresses.ts';
import type { Overview } from '../overview.ts';
import type { PageContext } from '../page-context.ts';
import { PageFrame } from './page-frame.tsx';
import { PortalText } from './portal-text.tsx';
import { SearchBox } from './search-box.tsx';
import { ThemeIcon } from './theme-icon.tsx';

interface HomeProps {
  readonly page: PageContext;
  readonly overview: Overview;
}

export function HomePage({ page, overview }: HomeProps): VNode {
  const { texts, lang } = page;
  return (
    <PageFrame page={page} title={texts.siteName} canonicalPath={homeAddress(lang)} description={texts.lead}>
      <section class="hero">
        <div class="hero-inner">
          <h1>{texts.tagline}</h1>
          <p class="lead">{texts.lead}</p>
          <SearchBox page={page} text="" formId="search" autofocus>
            <p class="tips">{texts.searchTips}</p>
          </SearchBox>
        </div>
      </section>
      <Counts page={page} overview={overview} />
      <Themes page={page} overview={overview} />
      <div class="columns">
        <Newest page={page} overview={overview} />
        <Countries page={page} overview={overview} />
      </div>
      <Keeping page={page} />
    </PageFrame>
  );
}

function Counts({ page, overview }: HomeProps): VNode {
  const { texts, names, lang } = page;
  const { totals, shown } = overview;
  const rows = [
    [
      'datasets',
      shown,
      shown === totals.datasets ? texts.datasets : texts.copies.fromRecords(names.number(totals.datasets)),
      searchAddress(lang, {}),
    ],
    ['distributions', totals.distributions, texts.distributions, undefined],
    ['sources', totals.sources, texts.sourcesCount, sourcesAddress(lang)],
    ['countries', totals.countries, texts.countriesCount, '#countries'],
  ] as const;
  return (
    <section class="counts" aria-label={texts.counts}>
      {rows.map(([key, count, label, href]) => {
        const figure = (
          <>
            <strong>{names.number(count)}</strong> {label}
          </>
        );
        return <p key={key}>{href === undefined ? figure : <a href={href}>{figure}</a>}</p>;
      })}
    </section>
  );
}

function Themes({ page, overview }: HomeProps): VNode {
  const { texts, names, lang } = page;
  const counts = new Map(overview.themes.map(({ value, count }) => [value, count]));
  return (
    <section class="band" aria-labelledby="themes">
      <h2 id="themes">{texts.themes}</h2>
      <ul class="tiles">
        {page.themeIds.map((id) => (
          <li key={id}>
            <a
              href={searchAddress(lang, { filters: { theme: [id] } })}
              class={counts.has(id) ? 'tile' : 'tile tile-empty'}
            >
              <ThemeIcon theme={id} />
              <span class="tile-name">{names.theme(id)}</span>
              <span class="tile-count">{names.number(counts.get(id) ?? 0)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Countries({ page, overview }: HomeProps): VNode {
  const { texts, names, lang } = page;
  const most = Math.max(1, ...overview.countries.map(({ count }) => count));
  return (
    <section aria-labelledby="countries">
      <h2 id="countries">{texts.countries}</h2>
      <ul class="bars">
        {overview.countries.map(({ value, count }) => (
          <li key={value}>
            <a href={searchAddress(lang, { filters: { country: [value] } })}>
              <span>{names.country(value)}</span>
              <span class="bar-count">{names.number(count)}</span>
              <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect width={Math.max(1, Math.round((count / most) * 100))} height="4" rx="2" />
              </svg>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Newest({ page, overview }: HomeProps): VNode {
  const { texts } = page;
  return (
    <section aria-labelledby="newest">
      <h2 id="newest">{texts.newest}</h2>
      {overview.newest.length === 0 ? (
        <p>{texts.newestEmpty}</p>
      ) : (
        <ul class="newest">
          {overview.newest.map((record) => (
            <NewestItem key={record.dataset.id} page={page} record={record} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NewestItem({ page, record }: { page: PageContext; record: CatalogueRecord }): VNode {
  const { lang, names, texts } = page;
  const { dataset } = record;
  const title = displayText(dataset.title, lang) ?? { text: texts.untitled, lang };
  const agency = displayText(dataset.publisher?.name ?? [], lang);
  const portalLanguage = page.portalLanguage(dataset.sourceId);
  return (
    <li>
      <a href={datasetAddress(lang, dataset.id, title.text)}>
        <PortalText text={title} portalLanguage={portalLanguage} />
      </a>
      <span class="quiet">
        {agency !== undefined && (
          <>
            <PortalText text={agency} portalLanguage={portalLanguage} /> ·{' '}
          </>
        )}
        {names.country(dataset.country)} · <time dateTime={record.lastChanged}>{record.lastChanged.slice(0, 10)}</time>
      </span>
    </li>
  );
}

function Keeping({ page }: { page: PageContext }): VNode {
  return (
    <section class="band keeping" aria-labelledby="keeping">
      <h2 id="keeping">{page.texts.keeping}</h2>
      <dl>
        {page.texts.keepingPoints.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
