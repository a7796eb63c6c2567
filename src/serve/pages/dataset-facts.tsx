/** The side column of a dataset page: each property with what the portal wrote for it. */
import type { ComponentChildren, VNode } from 'preact';
import type { CatalogueRecord, Dataset, Licence } from '../../model/dataset.ts';
import type { LangText } from '../../model/lang-text.ts';
import { unclassified } from '../../model/theme.ts';
import { searchAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { DateText, PeriodText } from './partial-date.tsx';
import { PortalLink, PortalText } from './portal-text.tsx';

interface FactsProps {
  readonly page: PageContext;
  readonly record: CatalogueRecord;
}

export function DatasetFacts({ page, record }: FactsProps): VNode {
  const { texts } = page;
  return (
    <aside class="facts" aria-labelledby="facts">
      <h2 id="facts">{texts.about}</h2>
      <dl>
        <LicenceFact page={page} licence={record.dataset.licence} />
        <AgencyFacts page={page} dataset={record.dataset} />
        <TimeFacts page={page} dataset={record.dataset} />
        <ThemeFacts page={page} record={record} />
        <SubjectFacts page={page} dataset={record.dataset} />
        <TextLanguages page={page} record={record} />
      </dl>
    </aside>
  );
}

/** Left out when there is nothing to say. */
function Row({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function LicenceFact({ page, licence }: { page: PageContext; licence: Licence }): VNode {
  const { texts, names } = page;
  const { title, id } = licence.original;
  const written = [...new Set([title, id])].filter((each) => each !== undefined && each !== '');
  const { url } = licence.original;
  return (
    <Row name={texts.licence}>
      <strong>{names.licence(licence.id)}</strong>
      <p>{texts.opennessMeaning[licence.openness]}</p>
      {written.length === 0 && url === undefined ? (
        <p class="quiet">{texts.licenceNone}</p>
      ) : (
        <p class="quiet">
          {texts.licenceOriginal}: <span dir="auto">{written.join(' · ')}</span>{' '}
          {url !== undefined && <PortalLink address={url} />}
        </p>
      )}
    </Row>
  );
}

function AgencyFacts({ page, dataset }: { page: PageContext; dataset: Dataset }): VNode {
  const { texts } = page;
  const { publisher, contacts } = dataset;
  return (
    <>
      <Row name={texts.agency}>
        {publisher === undefined ? (
          <span class="quiet">{texts.notSaid}</span>
        ) : (
          <Texts page={page} dataset={dataset} text={publisher.name} />
        )}
        {publisher?.homepage !== undefined && (
          <p>
            <PortalLink address={publisher.homepage} />
          </p>
        )}
      </Row>
      {contacts.length > 0 && (
        <Row name={texts.contacts}>
          {contacts.map((contact) => (
            <p key={JSON.stringify(contact)} dir="auto">
              {[contact.name, contact.email, contact.phone].filter((each) => each !== undefined).join(' · ')}
            </p>
          ))}
        </Row>
      )}
    </>
  );
}

function TimeFacts({ page, dataset }: { page: PageContext; dataset: Dataset }): VNode {
  const { texts } = page;
  const { issued, modified, frequency, temporal } = dataset;
  const frequencyName = frequency?.id === undefined ? undefined : texts.frequencyNames[frequency.id];
  return (
    <>
      {modified !== undefined && (
        <Row name={texts.modified}>
          <DateText page={page} date={modified} />
        </Row>
      )}
      {issued !== undefined && (
        <Row name={texts.issued}>
          <DateText page={page} date={issued} />
        </Row>
      )}
      {frequency !== undefined && (
        <Row name={texts.frequency}>
          {frequencyName ?? frequency.id}
          <span class="quiet">
            {' '}
            ({texts.writtenAs} <span dir="auto">{frequency.original}</span>)
          </span>
        </Row>
      )}
      {temporal.length > 0 && (
        <Row name={texts.temporal}>
          {temporal.map((period) => (
            <p key={period.original}>
              <PeriodText page={page} period={period} />
            </p>
          ))}
        </Row>
      )}
    </>
  );
}

function ThemeFacts({ page, record }: FactsProps): VNode {
  const { texts, names, lang } = page;
  const { theme, dataset } = record;
  const given = dataset.themes.map(({ value }) => value);
  const others = [...new Set([...given, ...(theme.also ?? [])])].filter((each) => each !== theme.value);
  const why = theme.value === unclassified ? texts.unclassifiedWhy[theme.rule ?? ''] : texts.origin[theme.by];
  return (
    <>
      <Row name={texts.theme}>
        <a href={searchAddress(lang, { filters: { theme: [theme.value] } })}>{names.theme(theme.value)}</a>{' '}
        <span class="quiet">
          ({why ?? texts.origin[theme.by]}
          {theme.confidence < 1 && `, ${texts.certainty} ${Math.round(theme.confidence * 100)} %`})
        </span>
        {others.length > 0 && (
          <p class="quiet">
            {texts.otherThemes}: {others.map((each) => names.theme(each)).join(', ')}
          </p>
        )}
      </Row>
      {dataset.sourceCategories.length > 0 && (
        <Row name={texts.sourceCategories}>
          <span dir="auto">{dataset.sourceCategories.join(' · ')}</span>
        </Row>
      )}
    </>
  );
}

/** Of texts that do not say theirs: found by us, and said so. */
function TextLanguages({ page: { texts, names }, record: { detectedLanguages } }: FactsProps): VNode | null {
  if (detectedLanguages === undefined) return null;
  return (
    <Row name={texts.textLanguages}>
      {detectedLanguages.value.map(names.language).join(', ')}{' '}
      <span class="quiet">({texts.origin[detectedLanguages.by]})</span>
    </Row>
  );
}

function SubjectFacts({ page, dataset }: { page: PageContext; dataset: Dataset }): VNode {
  const { texts, names } = page;
  const { keywords, languages, spatial, identifiers } = dataset;
  return (
    <>
      {keywords.length > 0 && (
        <Row name={texts.keywords}>
          <Keywords page={page} dataset={dataset} />
        </Row>
      )}
      {languages.length > 0 && <Row name={texts.languages}>{languages.map(names.language).join(', ')}</Row>}
      {spatial.length > 0 && (
        <Row name={texts.spatial}>
          {spatial.map((place, at) => (
            <p key={`${at}`}>
              <Texts page={page} dataset={dataset} text={place.name} />
              {place.code !== undefined && <span class="quiet"> {place.code}</span>}
              {place.bbox !== undefined && <span class="quiet"> {place.bbox.join(', ')}</span>}
            </p>
          ))}
        </Row>
      )}
      {identifiers.length > 0 && (
        <Row name={texts.identifiers}>
          <span dir="auto">{identifiers.join(' · ')}</span>
        </Row>
      )}
    </>
  );
}

function Keywords({ page, dataset }: { page: PageContext; dataset: Dataset }): VNode {
  return (
    <ul class="keywords">
      {dataset.keywords.map((each) => (
        <li key={`${each.lang} ${each.text}`}>
          <a href={searchAddress(page.lang, { text: `"${each.text.replaceAll('"', ' ')}"` })}>
            <PortalText text={each} portalLanguage={page.portalLanguage(dataset.sourceId)} />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** All languages of a text, one beside the other. */
function Texts({ page, dataset, text }: { page: PageContext; dataset: Dataset; text: LangText }): VNode {
  return (
    <>
      {text.map((each, at) => (
        <span key={`${each.lang} ${each.text}`}>
          {at > 0 && ' · '}
          <PortalText text={each} portalLanguage={page.portalLanguage(dataset.sourceId)} />
        </span>
      ))}
    </>
  );
}
