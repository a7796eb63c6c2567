/** Files and services of a dataset. An address is a link only when it is http(s); whatever else stood there is text. */
import type { VNode } from 'preact';
import type { Dataset, Distribution } from '../../model/dataset.ts';
import { displayText } from '../../model/lang-text.ts';
import { type LinkCheck, linkCheckOf } from '../../model/link-check.ts';
import type { PageContext } from '../page-context.ts';
import { safeHref } from '../safe-href.ts';
import { LinkStateLine } from './link-state.tsx';
import { DateText } from './partial-date.tsx';
import { PortalLink, PortalText } from './portal-text.tsx';

interface DistributionsProps {
  readonly page: PageContext;
  readonly dataset: Dataset;
  /** By distribution id. */
  readonly links: ReadonlyMap<string, LinkCheck>;
}

export function Distributions({ page, dataset, links }: DistributionsProps): VNode {
  const { texts, names } = page;
  const { distributions } = dataset;
  return (
    <section aria-labelledby="distributions">
      <h2 id="distributions">
        {texts.distributionsTitle}{' '}
        {distributions.length > 0 && <span class="quiet">{names.number(distributions.length)}</span>}
      </h2>
      {distributions.length === 0 ? (
        <p class="quiet">{texts.distributionsNone}</p>
      ) : (
        <table class="stacked">
          <thead>
            <tr>
              <th scope="col">{texts.columnName}</th>
              <th scope="col">{texts.columnFormat}</th>
              <th scope="col">{texts.columnSize}</th>
              <th scope="col">{texts.columnChanged}</th>
            </tr>
          </thead>
          <tbody>
            {distributions.map((distribution) => (
              <DistributionRow
                key={distribution.id}
                page={page}
                dataset={dataset}
                distribution={distribution}
                link={linkCheckOf(distribution, links)}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface RowProps {
  readonly page: PageContext;
  readonly dataset: Dataset;
  readonly distribution: Distribution;
  readonly link: LinkCheck;
}

function DistributionRow({ page, dataset, distribution, link }: RowProps): VNode {
  const { texts } = page;
  const { sizeBytes, modified, issued } = distribution;
  const date = modified ?? issued;
  return (
    <tr id={`distribution-${distribution.id}`}>
      <td data-label={texts.columnName}>
        <Name page={page} dataset={dataset} distribution={distribution} link={link} />
      </td>
      <td data-label={texts.columnFormat}>
        <Format page={page} distribution={distribution} />
      </td>
      <td data-label={texts.columnSize} class="number">
        {sizeBytes === undefined ? <span class="quiet">{texts.notSaid}</span> : byteText(sizeBytes)}
      </td>
      <td data-label={texts.columnChanged}>
        {date === undefined ? <span class="quiet">{texts.notSaid}</span> : <DateText page={page} date={date} />}
      </td>
    </tr>
  );
}

function Name({ page, dataset, distribution, link }: RowProps): VNode {
  const { texts, lang } = page;
  const portalLanguage = page.portalLanguage(dataset.sourceId);
  const title = displayText(distribution.title, lang);
  const description = displayText(distribution.description, lang);
  return (
    <>
      {title !== undefined && (
        <strong>
          <PortalText text={title} portalLanguage={portalLanguage} />
        </strong>
      )}
      {description !== undefined && description.text !== title?.text && (
        <p class="quiet clamp">
          <PortalText text={description} portalLanguage={portalLanguage} />
        </p>
      )}
      <Address page={page} distribution={distribution} />
      {link.reason !== 'no_address' && <LinkStateLine page={page} check={link} />}
      {distribution.licence !== undefined && (
        <p class="quiet">
          {texts.licence}: {page.names.licence(distribution.licence.id)} (
          {texts.openness[distribution.licence.openness]})
        </p>
      )}
    </>
  );
}

function Address({ page, distribution }: Omit<RowProps, 'dataset' | 'link'>): VNode {
  const { texts } = page;
  const { url, urlText } = distribution;
  if (url !== undefined && safeHref(url) !== undefined) {
    return (
      <p>
        <PortalLink address={url} />
      </p>
    );
  }
  const text = urlText ?? url;
  if (text === undefined) return <p class="quiet">{texts.noAddress}</p>;
  return (
    <p class="quiet">
      {texts.addressIsText} <code dir="auto">{text}</code>
    </p>
  );
}

function Format({ page, distribution }: Omit<RowProps, 'dataset' | 'link'>): VNode {
  const { texts } = page;
  const { id, also = [], original } = distribution.format;
  return (
    <>
      {id === undefined ? <span class="quiet">{texts.formatUnknown}</span> : <span class="badge format">{id}</span>}
      {also.map((each) => (
        <span key={each} class="badge format">
          {each}
        </span>
      ))}
      {original !== undefined && original !== '' && original !== id && (
        <p class="quiet" dir="auto">
          {texts.formatAs(original)}
        </p>
      )}
      {distribution.access !== 'unknown' && <p class="quiet">{texts.access[distribution.access]}</p>}
    </>
  );
}

/** Powers of 1,000 as in SI: `1.4 MB`. */
function byteText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1_000 ** power;
  return `${value >= 10 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
