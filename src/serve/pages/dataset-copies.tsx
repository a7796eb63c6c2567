/** The other records of the same dataset, each at its portal; the authoritative one is named. */
import type { VNode } from 'preact';
import type { CatalogueRecord, CopyMember } from '../../model/dataset.ts';
import { permanentAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { PortalText } from './portal-text.tsx';

export function DatasetCopies({ page, record }: { page: PageContext; record: CatalogueRecord }): VNode | null {
  const { group, dataset } = record;
  if (group === undefined) return null;
  const texts = page.texts.copies;
  return (
    <section aria-labelledby="copies" class="copies">
      <h2 id="copies">{texts.title}</h2>
      <p class="quiet">
        {texts.lead(page.names.number(group.members.length))} {group.by === 'person' && texts.decided}
      </p>
      <ul>
        {group.members.map((member) => (
          <Copy
            key={member.id}
            page={page}
            member={member}
            isThis={member.id === dataset.id}
            isAuthoritative={member.id === group.id}
          />
        ))}
      </ul>
    </section>
  );
}

interface CopyProps {
  readonly page: PageContext;
  readonly member: CopyMember;
  readonly isThis: boolean;
  readonly isAuthoritative: boolean;
}

function Copy({ page, member, isThis, isAuthoritative }: CopyProps): VNode {
  const texts = page.texts.copies;
  const portal = <PortalText text={page.names.source(member.sourceId)} />;
  return (
    <li>
      {isThis ? portal : <a href={permanentAddress(member.id)}>{portal}</a>}
      {isAuthoritative && <span class="badge">{texts.authoritative}</span>}
      {isThis && <span class="quiet"> ({texts.thisRecord})</span>}
      {member.evidence.length > 0 && (
        <span class="quiet">
          {' '}
          {texts.because} {member.evidence.map((each) => texts.evidence[each] ?? each).join(', ')}
        </span>
      )}
    </li>
  );
}

/** In a list of results: the other portals that have it. */
export function AlsoAt({ page, id, members }: AlsoAtProps): VNode | null {
  const others = members.filter((member) => member.id !== id);
  if (others.length === 0) return null;
  return (
    <p class="hit-copies quiet">
      {page.texts.copies.alsoAt}{' '}
      {others.slice(0, shownCopies).map((member, at) => (
        <span key={member.id}>
          {at > 0 && ', '}
          <a href={permanentAddress(member.id)}>
            <PortalText text={page.names.source(member.sourceId)} />
          </a>
        </span>
      ))}
      {others.length > shownCopies && <span> +{page.names.number(others.length - shownCopies)}</span>}
    </p>
  );
}

interface AlsoAtProps {
  readonly page: PageContext;
  readonly id: string;
  readonly members: readonly Pick<CopyMember, 'id' | 'sourceId'>[];
}

/** Portals named in a result; nearly all groups have two or three records. */
const shownCopies = 5;
