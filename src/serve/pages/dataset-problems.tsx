/** What was found wrong in a record: stable name, place and sentence. */
import type { VNode } from 'preact';
import type { Problem } from '../../model/problem.ts';
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
