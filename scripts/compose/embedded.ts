import { articleOf, htmlBody, htmlPage, type HtmlStyle } from './html.ts';
import type { Figures } from './figures.ts';
import type { Random } from './random.ts';
import { articlePage, escapeHtml, scriptString } from './shell.ts';

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

/** A page that holds the article where it does not show it, and a script that moves it. */
function moved(f: Figures, style: HtmlStyle, holder: string): EmbeddedPage {
  const body = `<div id="content"></div>${holder}<script>show("content", "held");</script>`;
  return { text: articlePage({ ...articleOf(f), body }, style), extension: 'html', metas: true };
}

/** All characters beyond letters and digits as `escape` writes them. */
const escaped = (text: string) =>
  text.replace(/[^\w]/g, (c) => {
    const code = c.charCodeAt(0);
    return code < 256 ? `%${code.toString(16).padStart(2, '0')}` : `%u${code.toString(16).padStart(4, '0')}`;
  });

export const embeddings = {
  textarea: (f, style) =>
    moved(f, style, `<textarea style="display:none">${escapeHtml(htmlBody(f, style))}</textarea>`),
  template: (f, style) => moved(f, style, `<template id="held">${htmlBody(f, style)}</template>`),
  markup_script: (f, style) => moved(f, style, `<script type="text/html" id="held">${htmlBody(f, style)}</script>`),
  attribute: (f, style) => moved(f, style, `<input type="hidden" value="${escapeHtml(htmlBody(f, style))}">`),
  escaped_once: (f, style) => moved(f, style, `<div>${escapeHtml(htmlBody(f, style))}</div>`),
  backtick: (f, style) => scripted(f, style, `\`${htmlBody(f, style)}\``),
  percent: (f, style) => scripted(f, style, `decodeURIComponent("${encodeURIComponent(htmlBody(f, style))}")`),
  percent_u: (f, style) => scripted(f, style, `unescape("${escaped(htmlBody(f, style))}")`),
  base64: (f, style) => scripted(f, style, `atob("${Buffer.from(htmlBody(f, style)).toString('base64')}")`),
  joined: (f, style) =>
    scripted(
      f,
      style,
      htmlBody(f, style)
        .split('\n')
        .map((line) => scriptString(line))
        .join(' +\n'),
    ),

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
