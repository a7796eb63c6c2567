/** Datasets about the same: the best of each other country, then those of the dataset's own. */
import type { VNode } from 'preact';
import type { SimilarHit } from '../../search/search-contract.ts';
import { datasetAddress } from '../addresses.ts';
import type { MeaningWords } from '../meaning-words.ts';
import type { PageContext } from '../page-context.ts';
import type { SameTopic } from '../same-topic.ts';
import { Gloss } from './gloss.tsx';
import { PortalText } from './portal-text.tsx';

export interface SameTopicProps {
  readonly page: PageContext;
  readonly topic: SameTopic;
  readonly words: MeaningWords;
}

export function SameTopicElsewhere(props: SameTopicProps): VNode | null {
  const { page, topic } = props;
  const texts = page.texts.meaning;
  if (topic.elsewhere.length === 0 && topic.related.length === 0) return null;
  return (
    <section aria-labelledby="same-topic" class="same-topic">
      <h2 id="same-topic">{topic.elsewhere.length > 0 ? texts.sameTopic : texts.related}</h2>
      <p class="quiet">{texts.sameTopicLead}</p>
      {topic.elsewhere.map(({ country, hits }) => (
        <div key={country}>
          <h3>{page.names.country(country)}</h3>
          <SimilarList {...props} hits={hits} />
        </div>
      ))}
      {topic.related.length > 0 && (
        <div>
          {topic.elsewhere.length > 0 && <h3>{texts.related}</h3>}
          <SimilarList {...props} hits={topic.related} />
        </div>
      )}
    </section>
  );
}

function SimilarList({ page, words, hits }: SameTopicProps & { readonly hits: readonly SimilarHit[] }): VNode {
  return (
    <ul>
      {hits.map(({ id, stored, concepts }) => (
        <li key={id}>
          <a href={datasetAddress(page.lang, id, stored.title)}>
            <PortalText
              text={{ text: stored.title, lang: stored.titleLang }}
              portalLanguage={page.portalLanguage(stored.sourceId)}
            />
          </a>
          <Gloss page={page} title={stored.title} terms={stored.terms} words={words} />
          <p class="quiet">
            {page.texts.meaning.sharedConcepts}{' '}
            <span lang={words.language}>
              {concepts.map((concept) => words.label({ kind: 'concept', id: concept })).join(' · ')}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
