import { articleOf, htmlBody, htmlPage, type HtmlStyle } from './html.ts';
import type { Figures } from './figures.ts';
import type { Random } from './random.ts';
import { articlePage, scriptString } from './shell.ts';

/** Articles that are text inside something else: the markup of the page itself holds no table. */
export interface EmbeddedPage {
  text: string;
  extension: 'html' | 'json';
  /** What holds it states the division too. */
  metas: boolean;
}

/** A page whose script builds the article from a string. */
function scripted(f: Figures, style: HtmlStyle, literal: string): EmbeddedPage {
  const script = `<div id="content"></div><script>var detail = { id: 7, body: ${literal}, hits: 35 };</script>`;
  return { text: articlePage({ ...articleOf(f), body: script }, style), extension: 'html', metas: true };
}

export const embeddings = {
  catalogue: (f, style) => ({ text: htmlPage(f, { ...style, frame: 'gkmlpt' }), extension: 'html', metas: true }),
  script: (f, style) => scripted(f, style, scriptString(htmlBody(f, style))),
  /** Single quotes, and the escapes that JavaScript has and JSON has not. */
  quoted: (f, style) => {
    const body = htmlBody(f, style).replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
    return scripted(f, style, `'${body.replaceAll('<', '\\x3C').replaceAll('>', '\\x3E').replaceAll('/', '\\/')}'`);
  },
  /** The answer of an interface, with the article in one of its fields. */
  json: (f, style, random) => {
    const { title, published } = articleOf(f);
    const article = { id: random.whole(1, 99_999), title, publish_date: published, content: htmlBody(f, style) };
    return { text: JSON.stringify({ code: 200, message: 'ok', data: article }), extension: 'json', metas: false };
  },
} satisfies Record<string, (f: Figures, style: HtmlStyle, random: Random) => EmbeddedPage>;
