/** A dataset that its portal withdrew: what it was, and the record as last received. Answered with 410. */
import type { VNode } from 'preact';
import type { CatalogueRecord } from '../../model/dataset.ts';
import { displayText } from '../../model/lang-text.ts';
import { datasetApiAddress, rawAddress, searchAddress, sourceAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { datasetTitle } from './dataset-page.tsx';
import { PageFrame } from './page-frame.tsx';
import { PortalText } from './portal-text.tsx';

export function GonePage({ page, record }: { page: PageContext; record: CatalogueRecord }): VNode {
  const { texts, names, lang } = page;
  const { dataset } = record;
  const portalLanguage = page.portalLanguage(dataset.sourceId);
  const agency = displayText(dataset.publisher?.name ?? [], lang);
  const title = datasetTitle(page, record);
  return (
    <PageFrame page={page} title={texts.goneTitle} alternateJson={datasetApiAddress(dataset.id)}>
      <article class="message">
        <h1>{texts.goneTitle}</h1>
        <p>{texts.goneLead}</p>
        <blockquote>
          <p class="gone-title">
            <PortalText text={title} portalLanguage={portalLanguage} />
          </p>
          {agency !== undefined && (
            <p>
              <PortalText text={agency} portalLanguage={portalLanguage} />
            </p>
          )}
          <p class="quiet">
            <a href={sourceAddress(lang, dataset.sourceId)}>
              <PortalText text={names.source(dataset.sourceId)} />
            </a>{' '}
            · {texts.firstSeen} {names.instant(record.firstSeen)} · {texts.lastSeen} {names.instant(record.lastSeen)}
          </p>
        </blockquote>
        <p>
          {texts.goneRecord} <a href={rawAddress(dataset.id)}>{texts.rawRecord}</a>
        </p>
        <p>
          <a href={searchAddress(lang, { text: title.text })}>{texts.errorSearch}</a>
        </p>
      </article>
    </PageFrame>
  );
}
