import { z } from 'zod';
import { UnexpectedPage } from '../errors.ts';
import { mayBeReport } from '../judged.ts';
import { dateIn, readRows } from '../rows.ts';
import type { Answer, Interface } from './interface.ts';
import { answerOf, jsonOf, plainText, rowsAt } from './json.ts';
import { addressIn } from './page.ts';

/**
 * TRS's search called IRS: JSON is posted, and the names of fields are made for each table (`f_2023419305471`). What is
 * asked is what the page's own script asks; which field holds the titles is told by what they hold.
 */
export const irs: Interface = {
  open(html, url, rows) {
    const at = addressIn(html, SEARCH, url) ?? new URL('/irs/front/list', url);
    const asked = requestIn(html);
    const size = z.coerce.number().int().min(1).max(100).catch(20).parse(asked['pageSize']);
    const body = JSON.stringify({ ...asked, pageNo: '{page}', pageSize: size }).replace('"{page}"', '{page}');
    const stated = { total: null, pages: null };
    const name = String(asked['tableName']);
    return {
      rows: readRows(html, url, rows).rows,
      feeds: [{ name, asks: [{ url: at.href, form: body }], size, from: 1, rows: [], stated }],
    };
  },

  read(text): Answer {
    const list = rowsAt(jsonOf(text), ROWS);
    return answerOf(text, {
      rows: ROWS,
      title: ['DOCTITLE', 'doctitle', ...fieldsOf(list, mostTitles)],
      url: ['doc_pub_url', 'DOCPUBURL', 'docpuburl', ...fieldsOf(list, isAddress)],
      date: ['save_time', 'DOCRELTIME', 'docreltime', ...fieldsOf(list, (value) => dateIn(value) !== null)],
      total: ['data.pager.total', 'data.total'],
      pages: [],
    });
  },
};

const SEARCH = /\/irs\/front\/list\b/;
const ROWS = ['data.list', 'data.data.list', 'data'];

/** More than a title: the text of an article is a field as well. */
const MAX_TITLE = 200;

const isAddress = (value: string): boolean => /^(?:https?:\/\/|\.{0,2}\/)[^\s]{1,500}$/.test(value);
const isTitle = (value: string): boolean => value.length <= MAX_TITLE && /\p{Script=Han}{4}/u.test(value);
/** Titles of reports before all others: a field may hold the organ, or the theme. */
const mostTitles = (value: string): number =>
  isTitle(value) ? (mayBeReport(plainText(value)) ? 1_000_000 : 0) + value.length : 0;

/** The one field of which most values, or those with the most weight, are what is looked for; none where none is. */
function fieldsOf(rows: unknown[], weight: (value: string) => number | boolean): string[] {
  const weights = new Map<string, number>();
  for (const row of rows)
    for (const [name, value] of Object.entries(record.safeParse(row).data ?? {}))
      if (typeof value === 'string') weights.set(name, (weights.get(name) ?? 0) + Number(weight(value.trim())));
  const [best] = [...weights].filter(([, sum]) => sum > 0).toSorted((a, b) => b[1] - a[1]);
  return best ? [best[0]] : [];
}

const record = z.record(z.string(), z.unknown());

/**
 * The object of the page's script that names a table.
 * @throws UnexpectedPage where there is none, or its values stand elsewhere
 */
function requestIn(html: string): Record<string, unknown> {
  const named = /\btableName["']?\s*:/.exec(html);
  if (named === null) throw new UnexpectedPage('the page names a search, and no table that it is asked for');
  const before = html.slice(Math.max(0, named.index - MAX_OBJECT), named.index);
  let depth = 0;
  let start = before.length - 1;
  for (; start >= 0; start -= 1) {
    if (before[start] === '}') depth += 1;
    if (before[start] === '{' && depth-- === 0) break;
  }
  const text = before.slice(Math.max(0, start)) + html.slice(named.index, named.index + MAX_OBJECT);
  const asked = record.safeParse(jsonOf(jsonOfScript(text, html)));
  if (!asked.success) throw new UnexpectedPage('what the search is asked for is no object');
  return asked.data;
}

const MAX_OBJECT = 5000;
const TOKEN = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_$][\w$]*|-?\d+(?:\.\d+)?|\s+|[^]/g;

/** An object of JavaScript as JSON, up to its end: keys without quotes, other quotes, names of variables that the page sets. */
function jsonOfScript(text: string, html: string): string {
  const out: string[] = [];
  let depth = 0;
  const tokens = (text.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1] ?? '';
    if (token === ',' && /^[\]}]$/.test(next)) continue;
    if (/^['"]/.test(token)) out.push(JSON.stringify(token.slice(1, -1)));
    else if (/^[A-Za-z_$]/.test(token))
      out.push(next === ':' ? JSON.stringify(token) : valueOf(token, tokens[i - 2] ?? '', html));
    else if (/^[-\d{}[\]:,]/.test(token)) out.push(token);
    else throw new UnexpectedPage('what the search is asked for is computed by a script');
    if (/^[{[]$/.test(token)) depth += 1;
    if (/^[}\]]$/.test(token) && --depth === 0) return out.join('');
  }
  throw new UnexpectedPage('what the search is asked for has no end');
}

/** Of a variable, where the page sets it; the number of the page is ours to say. */
function valueOf(name: string, key: string, html: string): string {
  if (/^(?:true|false|null)$/.test(name)) return name;
  const set = new RegExp(
    `\\b${name.replaceAll('$', '\\$')}\\s*=\\s*(?:"([\\w-]{1,100})"|'([\\w-]{1,100})'|(\\d{1,20})\\b)`,
  ).exec(html);
  if (set) return set[3] ?? JSON.stringify(set[1] ?? set[2]);
  if (/page/i.test(key)) return '1';
  throw new UnexpectedPage(`the page does not say what ${name.slice(0, 40)} is`);
}
