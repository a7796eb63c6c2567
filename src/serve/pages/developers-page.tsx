/** The page about the API: addresses, examples that work here, and what each error means. */
import type { VNode } from 'preact';
import { developersAddress } from '../addresses.ts';
import { errorKinds } from '../api/api-error.ts';
import { apiOperations } from '../api/api-operations.ts';
import type { PageContext } from '../page-context.ts';
import { PageFrame } from './page-frame.tsx';

const examples = [
  '/api/v1/search?q=AED&limit=5',
  '/api/v1/search?licence=open&format=CSV&sort=modified',
  '/api/v1/sources',
];

export function DevelopersPage({ page }: { page: PageContext }): VNode {
  const { texts, lang } = page;
  return (
    <PageFrame page={page} title={texts.developersTitle} canonicalPath={developersAddress(lang)} current="api">
      <div class="narrow">
        <h1>{texts.developersTitle}</h1>
        <p class="lead">{texts.developersLead}</p>
        <p>
          <a class="button" href="/api/v1/openapi.json">
            {texts.developersDocument}
          </a>
        </p>
        <dl class="operations">
          {apiOperations.map(({ id, path, summary }) => (
            <div key={id}>
              <dt>
                <code>GET {path}</code>
              </dt>
              <dd>{summary}</dd>
            </div>
          ))}
        </dl>
        <h2>{texts.developersExamples}</h2>
        <ul>
          {examples.map((address) => (
            <li key={address}>
              <a href={address}>
                <code>{address}</code>
              </a>
            </li>
          ))}
        </ul>
        <h2>{texts.developersErrors}</h2>
        <dl class="operations">
          {Object.entries(errorKinds).map(([kind, { status, title }]) => (
            <div key={kind} id={kind}>
              <dt>
                <code>{kind}</code> {status}
              </dt>
              <dd>{title}</dd>
            </div>
          ))}
        </dl>
      </div>
    </PageFrame>
  );
}
