/** What was found wrong in a record: stable name, place and sentence. */
import type { VNode } from 'preact';
import type { CatalogueRecord } from '../../model/dataset.ts';
import type { Problem } from '../../model/problem.ts';
import { rawAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';

export function Problems({ page, problems }: { page: PageContext; problems: readonly Problem[] }): VNode {
  const { texts } = page;
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{texts.problemsTitle}</h2>
      <p class="quiet">{problems.length === 0 ? texts.problemsNone : texts.problemsLead}</p>
      {problems.length > 0 && <ProblemList page={page} problems={problems} />}
    </section>
  );
}

/** That the portal has something newer which could not be used: why, and where to read it. */
export function RejectedVersionNotice({ page, record }: { page: PageContext; record: CatalogueRecord }): VNode | null {
  const { texts } = page;
  const { dataset, rejectedVersion } = record;
  if (rejectedVersion === undefined) return null;
  const { version, problems } = rejectedVersion;
  return (
    <div class="notices">
      <p>
        {texts.rejectedVersion(String(version))}{' '}
        <a href={rawAddress(dataset.id, version)}>{texts.rejectedVersionRaw}</a>
      </p>
      {problems.length > 0 && <ProblemList page={page} problems={problems} />}
    </div>
  );
}

function ProblemList({ page, problems }: { page: PageContext; problems: readonly Problem[] }): VNode {
  return (
    <ul class="problems">
      {problems.map((problem, at) => (
        <li key={`${at}`} class={`problem problem-${problem.severity}`}>
          <p>
            <span class="badge">{page.texts.severity[problem.severity]}</span> <code>{problem.slug}</code>
            {problem.path !== '' && (
              <>
                {' '}
                <code class="path" dir="auto">
                  {problem.path}
                </code>
              </>
            )}
          </p>
          <p dir="auto">{problem.message}</p>
        </li>
      ))}
    </ul>
  );
}
