/** One dataset in a list of results. */
import type { VNode } from 'preact';
import type { QueryReading, SearchHit } from '../../search/search-contract.ts';
import { datasetAddress } from '../addresses.ts';
import type { MeaningWords } from '../meaning-words.ts';
import type { PageContext } from '../page-context.ts';
import { textAttributes } from '../written-language.ts';
import { AlsoAt } from './dataset-copies.tsx';
import { Gloss } from './gloss.tsx';
import { HighlightedText } from './portal-text.tsx';
import { WhyFound } from './why-found.tsx';

/** Formats named in a result; a dataset can have dozens. */
const shownFormats = 6;

export interface SearchHitProps {
  readonly page: PageContext;
  readonly hit: SearchHit;
  readonly reading: QueryReading;
  readonly words: MeaningWords;
}

export function SearchHitItem({ page, hit, reading, words }: SearchHitProps): VNode {
  const { lang, names, texts } = page;
  const { stored } = hit;
  const portalLanguage = page.portalLanguage(stored.sourceId);
  const { openness } = stored;
  const known = openness === 'open' || openness === 'not-open' ? openness : 'unknown';
  return (
    <li class="hit">
      <h2>
        <a href={datasetAddress(lang, hit.id, stored.title)}>
          {stored.title === '' ? (
            texts.untitled
          ) : (
            <HighlightedText highlighted={hit.title} lang={stored.titleLang} portalLanguage={portalLanguage} />
          )}
        </a>
      </h2>
      <Gloss page={page} title={stored.title} terms={stored.terms} words={words} />
      <p class="hit-by">
        {stored.publisher !== '' && (
          <span class="agency" {...textAttributes('und', stored.publisher, portalLanguage)}>
            {stored.publisher}
          </span>
        )}
        <span>{names.country(stored.country)}</span>
        <span>{names.theme(stored.theme)}</span>
        {stored.modified !== undefined && (
          <span>
            {texts.changedOn} <time dateTime={stored.modified}>{stored.modified.slice(0, 10)}</time>
          </span>
        )}
      </p>
      {hit.snippet.text !== '' && (
        <p class="snippet">
          <HighlightedText highlighted={hit.snippet} lang="und" portalLanguage={portalLanguage} />
        </p>
      )}
      <WhyFound page={page} why={words.why(hit.why, reading)} words={words} />
      {stored.group !== undefined && <AlsoAt page={page} id={hit.id} members={stored.group.members} />}
      <p class="hit-tags">
        <span class={`badge licence-${known}`}>{texts.openness[known]}</span>
        {stored.formats.slice(0, shownFormats).map((format) => (
          <span key={format} class="badge format">
            {format}
          </span>
        ))}
        {stored.formats.length > shownFormats && (
          <span class="quiet">+{names.number(stored.formats.length - shownFormats)}</span>
        )}
        <span class="quiet">{texts.files(names.number(stored.distributions), stored.distributions === 1)}</span>
      </p>
    </li>
  );
}
