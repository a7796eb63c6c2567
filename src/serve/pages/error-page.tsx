/** An error in the frame of all pages: what it is and where to go on. */
import type { VNode } from 'preact';
import { homeAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { pageLanguages } from '../page-languages.ts';
import { textsOf } from '../texts/texts.ts';
import { PageFrame } from './page-frame.tsx';
import { SearchBox } from './search-box.tsx';

export function ErrorPage({ page, status }: { page: PageContext; status: number }): VNode {
  const { texts, lang } = page;
  const title = texts.errorTitles[status] ?? texts.errorTitles[500] ?? String(status);
  return (
    <PageFrame page={page} title={title}>
      <article class="message">
        <p class="status">{status}</p>
        <h1>{title}</h1>
        <p>{texts.errorTexts[status] ?? texts.errorTexts[500]}</p>
        {status === 404 && <p>{texts.errorLanguage(pageLanguages.map((each) => textsOf[each].language).join(', '))}</p>}
        <p>
          <a href={homeAddress(lang)}>{texts.errorHome}</a>
        </p>
        <SearchBox page={page} text="" formId="search" />
      </article>
    </PageFrame>
  );
}
