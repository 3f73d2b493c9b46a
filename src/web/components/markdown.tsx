import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

const reader = new MarkdownIt({ html: false, linkify: true, typographer: false });

/**
 * Safe HTML of what people wrote in Markdown: no HTML of their own, no images, no scripts; headings begin at the
 * third level, under those of the page.
 */
export function markdownHtml(source: string): string {
  return sanitizeHtml(reader.render(source), {
    allowedTags: [
      'p',
      'br',
      'h3',
      'h4',
      'h5',
      'h6',
      'ul',
      'ol',
      'li',
      'strong',
      'em',
      's',
      'code',
      'pre',
      'blockquote',
      'a',
      'hr',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
    ],
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['https', 'http', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      h1: 'h3',
      h2: 'h4',
      h3: 'h5',
      h4: 'h6',
      h5: 'h6',
      a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow noopener' }),
    },
  });
}

/** Markdown of people as part of a page. */
export function Markdown({ source, language }: { readonly source: string; readonly language?: string }) {
  return (
    <div
      class="stack"
      lang={language}
      dir="auto"
      dangerouslySetInnerHTML={{ __html: markdownHtml(source) }}
    />
  );
}
