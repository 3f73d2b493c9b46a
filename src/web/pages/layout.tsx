import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { assetHref } from '../assets.js';
import { Breadcrumb, Mark, Notice, type Place } from '../components/index.js';
import { doneSentence } from '../done.js';
import { currentEntry, navigationFor } from '../navigation.js';
import type { Principal } from '../route.js';

/** What every page says about itself. */
export interface PageHead {
  readonly title: string;
  /** BCP 47; `en` when left out. */
  readonly language?: string;
  /** Who is signed in: decides the navigation. */
  readonly principal?: Principal | undefined;
  /** The address of the page, for the navigation and to come back after signing in. */
  readonly path?: string;
  /** The pages above this one; its own name is the title. */
  readonly above?: readonly Place[];
  /** `?done=` of the address: shown as its fixed sentence, or not at all. */
  readonly done?: string | undefined;
  /** `text` keeps lines short; `wide` is for two panes; `usual` when left out. */
  readonly width?: 'text' | 'usual' | 'wide';
  /** More for the document's head. */
  readonly head?: ComponentChildren;
}

const rightToLeft = new Set(['ar', 'he', 'fa', 'ur', 'ps', 'yi']);

/** A whole HTML document: header, the content, footer. Works without scripts. */
export function page(head: PageHead, content: ComponentChildren): string {
  const language = head.language ?? 'en';
  const said = doneSentence(head.done);
  const width = head.width === 'text' ? ' narrow' : head.width === 'wide' ? ' wide' : '';
  const document = (
    <html lang={language} dir={rightToLeft.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${head.title} · Touchstone`}</title>
        <link rel="icon" type="image/svg+xml" href={assetHref('mark.svg')} />
        <link rel="stylesheet" href={assetHref('touchstone.css')} />
        {head.head}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <Header principal={head.principal} path={head.path} />
        <main id="main" class={`shell site-main${width}`} tabIndex={-1}>
          {head.above !== undefined && <Breadcrumb above={head.above} here={head.title} />}
          {said !== undefined && (
            <div role="status">
              <Notice tone="good">
                <p>{said}</p>
              </Notice>
            </div>
          )}
          {content}
        </main>
        <footer class="site-footer">
          <div class="shell">
            <p>Touchstone issues teachers’ microcredentials that anyone can check.</p>
            <a href="/verify">Check a credential</a>
            <a href="/openapi.json">API</a>
          </div>
        </footer>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(document)}`;
}

function Header({
  principal,
  path = '',
}: {
  readonly principal: Principal | undefined;
  readonly path: string | undefined;
}) {
  const rows = principal === undefined ? [] : navigationFor(principal.member);
  const current = currentEntry(rows, path);
  return (
    <header class="site-header">
      <div class="shell site-bar">
        <a class="brand" href="/">
          <Mark />
          Touchstone
        </a>
        <div class="site-who">
          {principal === undefined ? (
            <>
              <a href="/verify">Check a credential</a>
              <a href="/sign-in">Sign in</a>
            </>
          ) : (
            <>
              <span>
                <bdi>{principal.member.name}</bdi>, <bdi>{principal.district.name}</bdi>
              </span>
              {principal.home !== undefined && (
                <form method="post" action="/seats/leave">
                  <button type="submit" class="link-button">
                    Back to <bdi>{principal.home.district.name}</bdi>
                  </button>
                </form>
              )}
              <form method="post" action="/sign-out">
                <button type="submit" class="link-button">
                  Sign out
                </button>
              </form>
            </>
          )}
        </div>
      </div>
      {rows.length > 0 && (
        <nav class="site-nav" aria-label="Main">
          <div class="shell">
            <ul>
              <li>
                <a href="/" aria-current={path === '/' ? 'page' : undefined}>
                  Home
                </a>
              </li>
              {rows.map((row) => (
                <li>
                  <a href={row.path} aria-current={row.path === current ? 'page' : undefined}>
                    {row.label}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        </nav>
      )}
    </header>
  );
}
