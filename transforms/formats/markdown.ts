import { isTag, type Element } from 'domhandler';
import type { Cell } from '../doc/doc.ts';
import { cellText } from './html/cell.ts';
import { nodesIn, treeOf } from './html/tree.ts';

/** What a cell or line of text that may be Markdown shows: its emphasis, marks of notes and elements of HTML. */
export function inlineOf(written: string): { text: string; unread?: Cell['unread'] } {
  const html = /[<&~^$*_`\\=[]/.test(written) ? withElements(written) : written;
  if (!INLINE.test(html) || OTHER.test(html)) return { text: tidy(html) };
  const { text, unread } = cellText(cellWith(html));
  return unread ? { text: tidy(text), unread } : { text: tidy(text) };
}

/** Comments may hold whole tables that are not shown. An unclosed one is text. */
export function withoutComments(text: string): string {
  let said = '';
  let from = 0;
  for (;;) {
    const open = text.indexOf('<!--', from);
    const close = open < 0 ? -1 : text.indexOf('-->', open + 4);
    if (close < 0) return said + text.slice(from);
    said += text.slice(from, open);
    from = close + 3;
  }
}

/** Elements that stand in a line, and entities. */
const INLINE =
  /<\/?(?:sup|sub|del|s|strike|ins|u|b|i|em|strong|font|span|mark|small|big|code|a|br|p|div|center)\b[^<>]*>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/i;
/** Any other element is text as it is written: text is no page. */
const OTHER =
  /<\/?(?!(?:sup|sub|del|s|strike|ins|u|b|i|em|strong|font|span|mark|small|big|code|a|br|p|div|center)\b)[a-z]/i;

function cellWith(html: string): Element {
  for (const node of nodesIn(treeOf(`<table><tr><td>${html}</td></tr></table>`)))
    if (isTag(node) && node.name === 'td') return node;
  throw new Error('a cell without a cell');
}

/** Signs of Markdown, and of formulas in it, as the elements that they stand for; an escaped sign is itself. */
const withElements = (written: string): string =>
  written
    .replace(/\\([!-/:-@[-`{-~])/g, (_, sign: string) => `&#${sign.charCodeAt(0)};`)
    .replace(/\$([\d.,\s]*)\^(?:\{([^{}$]{1,8})\}|([^{}$\s]))\$/g, '$1<sup>$2$3</sup>')
    .replace(/\^\{([^{}$]{1,8})\}|\^([^\s^]{1,4})\^/g, '<sup>$1$2</sup>')
    .replace(/\$([\d.,\s]{1,20})\$/g, '$1')
    .replace(/~~([^~]*)~~/g, '<del>$1</del>')
    .replace(/\*\*|(?<!_)__(?=[^\s_])|(?<=[^\s_])__(?!_)/g, '')
    .replace(/(?<![\p{L}\p{N}*])\*([^*\s]|[^*\s][^*]*[^*\s])\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_([^_\s]|[^_\s][^_]*[^_\s])_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/`([^`]*)`|==([^=]+)==/g, '$1$2')
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1');

const tidy = (text: string): string =>
  text
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u00a0 ]+/g, ' ')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
