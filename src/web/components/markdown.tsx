import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

const reader = new MarkdownIt({ html: false, linkify: true, typographer: false });

/**
 * Safe HTML of what people wrote in Markdown: no HTML of their own, no images, no scripts; headings begin at the
 * third level, under those of the page, and leave none out, whichever levels the writer used.
 */
export function markdownHtml(source: string): string {
  const tokens = reader.parse(source, {});
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
  const levels = [...new Set(headings.map(({ tag }) => tag))].sort();
  for (const heading of headings) heading.tag = `h${Math.min(levels.indexOf(heading.tag) + 3, 6)}`;
  return sanitizeHtml(reader.renderer.render(tokens, reader.options, {}), {
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
