/** The frame around every page: head, skip link, header, main, footer. No script, no inline style, nothing from others. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { developersAddress, homeAddress, searchAddress, sourcesAddress, statusAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { SampanMark } from './sampan-mark.tsx';

export interface FrameProps {
  readonly page: PageContext;
  readonly title: string;
  /** Path of the one true address of this page; absent on pages that are not for search engines. */
  readonly canonicalPath?: string;
  readonly description?: string;
  /** JSON form of the page for programs. */
  readonly alternateJson?: string;
  /** The page as an Atom feed. */
  readonly alternateAtom?: string;
  readonly current?: 'search' | 'sources' | 'status' | 'api';
  readonly children: ComponentChildren;
}

export function PageFrame(props: FrameProps): VNode {
  const { page, title, children } = props;
  return (
    <html lang={page.lang}>
      <FrameHead {...props} />
      <body>
        <a class="skip" href="#content">
          {page.texts.skipToContent}
        </a>
        <FrameHeader page={page} current={props.current} />
        <main id="content" tabIndex={-1} aria-label={title}>
          {children}
        </main>
        <footer class="foot">
          <p>{page.texts.footer}</p>
          <p>{page.texts.footerKept}</p>
        </footer>
      </body>
    </html>
  );
}

function FrameHead({ page, title, canonicalPath, description, alternateJson, alternateAtom }: FrameProps): VNode {
  const { texts, assets, baseUrl } = page;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title === texts.siteName ? `${texts.siteName}: ${texts.tagline}` : `${title} · ${texts.siteName}`}</title>
      {description !== undefined && <meta name="description" content={description} />}
      {canonicalPath === undefined ? (
        <meta name="robots" content="noindex" />
      ) : (
        <link rel="canonical" href={`${baseUrl}${canonicalPath}`} />
      )}
      {alternateJson !== undefined && <link rel="alternate" type="application/json" href={alternateJson} />}
      {alternateAtom !== undefined && <link rel="alternate" type="application/atom+xml" href={alternateAtom} />}
      <link rel="icon" type="image/svg+xml" href={assets.path('favicon.svg')} />
      <link rel="stylesheet" href={assets.path('sampan.css')} />
    </head>
  );
}

function FrameHeader({ page, current }: Pick<FrameProps, 'page'> & { current: FrameProps['current'] }): VNode {
  const { lang, texts } = page;
  const links = [
    ['search', searchAddress(lang, {}), texts.navSearch],
    ['sources', sourcesAddress(lang), texts.navSources],
    ['status', statusAddress(lang, {}), texts.navStatus],
    ['api', developersAddress(lang), texts.navDevelopers],
  ] as const;
  return (
    <header class="top">
      <a class="wordmark" href={homeAddress(lang)}>
        <SampanMark />
        <span>{texts.siteName}</span>
      </a>
      <nav aria-label={texts.navigation}>
        {links.map(([name, href, label]) => (
          <a key={name} href={href} {...(current === name ? { 'aria-current': 'page' as const } : {})}>
            {label}
          </a>
        ))}
      </nav>
    </header>
  );
}

/** The whole document as text. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
