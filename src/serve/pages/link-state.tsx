/** What was observed about a link, in plain words: unknown is not broken, and a failure says since when and what was before. */
import type { VNode } from 'preact';
import { type LinkCheck, linkStates } from '../../model/link-check.ts';
import type { LinkFigures } from '../../store/link-store.ts';
import type { PageContext } from '../page-context.ts';
import { safeHref } from '../safe-href.ts';
import { PortalLink } from './portal-text.tsx';

export function LinkStateLine({ page, check }: { page: PageContext; check: LinkCheck }): VNode {
  const { texts } = page;
  const { state, reason, detail, movedTo, lastOk } = check;
  const { links } = texts;
  return (
    <>
      <p class="quiet link-state">
        <span class={`badge link-${state}`}>{links.states[state]}</span>{' '}
        {reason !== undefined && <span>{links.reason(reason)}</span>} <Times page={page} check={check} />
      </p>
      {detail !== undefined && (
        <p class="quiet">
          {links.said} <span dir="auto">{detail}</span>
        </p>
      )}
      {lastOk?.fileName !== undefined && (
        <p class="quiet">
          {links.fileName} <span dir="auto">{lastOk.fileName}</span>
        </p>
      )}
      {movedTo !== undefined && safeHref(movedTo) !== undefined && (
        <p class="quiet">
          {links.movedTo} <PortalLink address={movedTo} />
        </p>
      )}
    </>
  );
}

function Times({ page, check }: { page: PageContext; check: LinkCheck }): VNode | null {
  const { names, texts } = page;
  const { checkedAt, lastOk, state } = check;
  if (checkedAt === undefined) return null;
  return (
    <>
      (<time dateTime={checkedAt}>{texts.links.tried(names.instant(checkedAt))}</time>
      {state !== 'ok' && lastOk !== undefined && (
        <>
          {', '}
          <time dateTime={lastOk.at}>{texts.links.lastOk(names.instant(lastOk.at))}</time>
        </>
      )}
      )
    </>
  );
}

/** Links of a portal by state; nothing before the first check. */
export function LinkCounts({ page, figures }: { page: PageContext; figures: LinkFigures }): VNode | null {
  const { texts, names } = page;
  const { links } = texts;
  const rows = linkStates.flatMap((state) => (figures[state] === undefined ? [] : [[state, figures[state]] as const]));
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="links">
      <h2 id="links">{links.figures}</h2>
      <p class="quiet">{links.figuresLead}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{links.figureState}</th>
            <th scope="col">{links.figureLinks}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([state, count]) => (
            <tr key={state}>
              <td>
                <span class={`badge link-${state}`}>{links.states[state]}</span>
              </td>
              <td class="number">{names.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
