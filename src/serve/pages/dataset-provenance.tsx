/** Where a record comes from, its versions, and how to cite it. */
import type { VNode } from 'preact';
import type { CatalogueRecord } from '../../model/dataset.ts';
import { displayText, type LangString } from '../../model/lang-text.ts';
import type { RecordVersion } from '../../store/catalogue-reader.ts';
import { datasetApiAddress, permanentAddress, rawAddress, sourceAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { PortalLink, PortalText } from './portal-text.tsx';

interface ProvenanceProps {
  readonly page: PageContext;
  readonly record: CatalogueRecord;
  readonly history: readonly RecordVersion[];
}

export function Provenance({ page, record, history }: ProvenanceProps): VNode {
  const { texts, names, lang } = page;
  const { dataset } = record;
  return (
    <section aria-labelledby="provenance">
      <h2 id="provenance">{texts.provenance}</h2>
      <dl class="pairs">
        <dt>{texts.portal}</dt>
        <dd>
          <a href={sourceAddress(lang, dataset.sourceId)}>
            <PortalText text={names.source(dataset.sourceId)} />
          </a>
        </dd>
        {dataset.landingPage !== undefined && (
          <>
            <dt>{texts.landingPage}</dt>
            <dd>
              <PortalLink address={dataset.landingPage} />
            </dd>
          </>
        )}
        <dt>{texts.nativeId}</dt>
        <dd>
          <code dir="auto">{dataset.nativeId}</code>
        </dd>
        <SeenAt page={page} record={record} />
        <dt>{texts.rawRecord}</dt>
        <dd>
          <a href={rawAddress(dataset.id)}>{texts.rawRecord}</a> ·{' '}
          <a href={datasetApiAddress(dataset.id)}>{texts.json}</a>
        </dd>
      </dl>
      {history.length > 0 && <History page={page} record={record} history={history} />}
    </section>
  );
}

function SeenAt({ page, record }: Omit<ProvenanceProps, 'history'>): VNode {
  const { texts, names } = page;
  const rows = [
    [texts.firstSeen, record.firstSeen],
    [texts.lastSeen, record.lastSeen],
    [texts.lastChanged, record.lastChanged],
  ] as const;
  return (
    <>
      {rows.map(([name, instant]) => (
        <>
          <dt>{name}</dt>
          <dd>
            <time dateTime={instant}>{names.instant(instant)}</time>
          </dd>
        </>
      ))}
    </>
  );
}

function History({ page, record, history }: ProvenanceProps): VNode {
  const { texts, names } = page;
  return (
    <>
      <h3>{texts.history}</h3>
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">{texts.version}</th>
            <th scope="col">{texts.fetched}</th>
            <th scope="col">{texts.bytes}</th>
            <th scope="col">{texts.fingerprint}</th>
          </tr>
        </thead>
        <tbody>
          {history.map(({ version, fetchedAt, bytes, sha256 }) => (
            <tr key={version}>
              <td data-label={texts.version}>
                <a href={rawAddress(record.dataset.id, version)} aria-label={texts.rawVersion(String(version))}>
                  {version}
                </a>
              </td>
              <td data-label={texts.fetched}>
                <time dateTime={fetchedAt}>{names.instant(fetchedAt)}</time>
              </td>
              <td data-label={texts.bytes} class="number">
                {names.number(bytes)}
              </td>
              <td data-label={texts.fingerprint}>
                <code class="hash">{sha256}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Agency. Title. Portal. Permanent address, and when the record was last seen there. */
export function Cite({ page, record, title }: Omit<ProvenanceProps, 'history'> & { title: LangString }): VNode {
  const { texts, names, lang, baseUrl } = page;
  const { dataset } = record;
  const portalLanguage = page.portalLanguage(dataset.sourceId);
  const agency = displayText(dataset.publisher?.name ?? [], lang);
  const address = `${baseUrl}${permanentAddress(dataset.id)}`;
  return (
    <section aria-labelledby="cite">
      <h2 id="cite">{texts.cite}</h2>
      <p class="citation">
        {agency !== undefined && (
          <>
            <PortalText text={agency} portalLanguage={portalLanguage} />.{' '}
          </>
        )}
        <cite>
          <PortalText text={title} portalLanguage={portalLanguage} />
        </cite>
        . <PortalText text={names.source(dataset.sourceId)} />, {texts.citeRetrieved(names.instant(record.lastSeen))}.{' '}
        {address}
      </p>
      <p class="permanent">
        {texts.permanent}: <a href={address}>{address}</a>
      </p>
    </section>
  );
}
