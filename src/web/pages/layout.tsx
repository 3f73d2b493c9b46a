import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Principal } from '../route.js';

/** What every page says about itself. */
export interface PageHead {
  readonly title: string;
  /** BCP 47; `en` when left out. */
  readonly language?: string;
  readonly principal?: Principal;
  readonly head?: ComponentChildren;
}

/** A whole HTML document: header, the content, footer. Works without scripts. */
export function page(head: PageHead, content: ComponentChildren): string {
  const document = (
    <html lang={head.language ?? 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${head.title} · Touchstone`}</title>
        <link rel="stylesheet" href="/assets/touchstone.css" />
        {head.head}
      </head>
      <body>
        <main id="main">{content}</main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(document)}`;
}
