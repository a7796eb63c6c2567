/** Everything that is known about one dataset, and where each thing comes from. */
import type { VNode } from 'preact';
import type { CatalogueRecord } from '../../model/dataset.ts';
import { displayText, type LangString } from '../../model/lang-text.ts';
import type { LinkCheck } from '../../model/link-check.ts';
import type { RecordVersion } from '../../store/catalogue-reader.ts';
import { datasetAddress, datasetApiAddress, searchAddress, sourceAddress } from '../addresses.ts';
import type { MeaningWords } from '../meaning-words.ts';
import type { PageContext } from '../page-context.ts';
import type { SameTopic } from '../same-topic.ts';
import { DatasetCopies } from './dataset-copies.tsx';
import { Distributions } from './dataset-distributions.tsx';
import { DatasetFacts } from './dataset-facts.tsx';
import { Problems, RejectedVersionNotice } from './dataset-problems.tsx';
import { Cite, Provenance } from './dataset-provenance.tsx';
import { Gloss } from './gloss.tsx';
import { PageFrame } from './page-frame.tsx';
import { PortalText } from './portal-text.tsx';
import { SameTopicElsewhere } from './same-topic.tsx';

export interface DatasetPageProps {
  readonly page: PageContext;
  readonly record: CatalogueRecord;
  readonly history: readonly RecordVersion[];
  /** What was observed about the addresses, by distribution id. */
  readonly links: ReadonlyMap<string, LinkCheck>;
  readonly topic: SameTopic;
  readonly words: MeaningWords;
}

export function DatasetPage(props: DatasetPageProps): VNode {
  const { page, record } = props;
  const { dataset } = record;
  const { texts, lang } = page;
  const title = datasetTitle(page, record);
  return (
    <PageFrame
      page={page}
      title={title.text}
      canonicalPath={datasetAddress(lang, dataset.id, title.text)}
      alternateJson={datasetApiAddress(dataset.id)}
    >
      <article class="dataset">
        <DatasetHead {...props} title={title} />
        {record.state === 'missing' && <p class="notices">{texts.missing}</p>}
        <RejectedVersionNotice page={page} record={record} />
        <div class="dataset-body">
          <div class="dataset-main">
            <Description page={page} record={record} />
            <Distributions page={page} dataset={dataset} links={props.links} />
            <DatasetCopies page={page} record={record} />
            <SameTopicElsewhere {...props} />
            <Problems page={page} problems={record.problems} />
            <Provenance {...props} />
            <Cite page={page} record={record} title={title} />
          </div>
          <DatasetFacts page={page} record={record} />
        </div>
      </article>
    </PageFrame>
  );
}

/** The title that the page shows first and that its address is made of. */
export function datasetTitle(page: PageContext, { dataset }: CatalogueRecord): LangString {
  return displayText(dataset.title, page.lang) ?? { text: page.texts.untitled, lang: page.lang };
}

function DatasetHead({ page, record, topic, words, title }: DatasetPageProps & { title: LangString }): VNode {
  const { dataset, theme } = record;
  const { texts, names, lang } = page;
  const portalLanguage = page.portalLanguage(dataset.sourceId);
  const agency = displayText(dataset.publisher?.name ?? [], lang);
  const others = dataset.title.filter((each) => each.text !== title.text);
  const source = names.source(dataset.sourceId);
  return (
    <header class="dataset-head">
      <p class="crumbs">
        <a href={searchAddress(lang, { filters: { country: [dataset.country] } })}>{names.country(dataset.country)}</a>
        <a href={sourceAddress(lang, dataset.sourceId)}>
          <PortalText text={source} />
        </a>
        <a href={searchAddress(lang, { filters: { theme: [theme.value] } })}>{names.theme(theme.value)}</a>
      </p>
      <h1>
        <PortalText text={title} portalLanguage={portalLanguage} />
      </h1>
      <Gloss page={page} title={title.text} terms={topic.terms} words={words} />
      {others.length > 0 && (
        <ul class="other-titles" aria-label={texts.otherTitles}>
          {others.map((each) => (
            <li key={`${each.lang} ${each.text}`}>
              <PortalText text={each} portalLanguage={portalLanguage} />{' '}
              <span class="quiet">{names.language(each.lang)}</span>
            </li>
          ))}
        </ul>
      )}
      {agency !== undefined && (
        <p class="dataset-agency">
          <PortalText text={agency} portalLanguage={portalLanguage} />
        </p>
      )}
      <p class="hit-tags">
        <span class={`badge licence-${dataset.licence.openness}`}>{texts.openness[dataset.licence.openness]}</span>
        {formatsOf(record).map((format) => (
          <span key={format} class="badge format">
            {format}
          </span>
        ))}
      </p>
    </header>
  );
}

function formatsOf({ dataset }: CatalogueRecord): string[] {
  const formats = dataset.distributions.flatMap(({ format: { id, also = [] } }) =>
    id === undefined ? [] : [id, ...also],
  );
  return [...new Set(formats)];
}

function Description({ page, record }: Pick<DatasetPageProps, 'page' | 'record'>): VNode {
  const { dataset } = record;
  const { texts, names } = page;
  const portalLanguage = page.portalLanguage(dataset.sourceId);
  return (
    <section aria-labelledby="description">
      <h2 id="description">{texts.description}</h2>
      {dataset.description.length === 0 && <p class="quiet">{texts.descriptionMissing}</p>}
      {dataset.description.map((each) => (
        <div key={`${each.lang} ${each.text}`} class="prose">
          {dataset.description.length > 1 && <p class="quiet">{names.language(each.lang)}</p>}
          <PortalText text={each} portalLanguage={portalLanguage} />
        </div>
      ))}
    </section>
  );
}
