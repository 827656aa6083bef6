import { load } from 'cheerio';
import { z } from 'zod';
import { said } from '../../transforms/findings.ts';
import { UnexpectedPage } from '../errors.ts';
import { dateIn } from '../rows.ts';
import type { Answer } from './interface.ts';

/** Where an interface of JSON holds what; of several names the first that is there. */
export interface Fields {
  /** Paths to the rows, of names with a dot between. */
  rows: string[];
  title: string[];
  url: string[];
  date: string[];
  total: string[];
  pages: string[];
}

/**
 * JSON as portals send it: with line breaks inside of strings, with marks of byte order anywhere, inside of a call.
 * @throws UnexpectedPage for what is none even so
 */
export function jsonOf(text: string): unknown {
  const plain = text
    .replaceAll('\uFEFF', '')
    .replace(/[\u0000-\u001F]/g, ' ')
    .trim();
  const call = /^[\w.$]{1,100}\s*\(/.exec(plain)?.[0];
  const json = call === undefined ? plain : plain.slice(call.length, plain.lastIndexOf(')'));
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new UnexpectedPage(said(error));
  }
}

const object = z.record(z.string(), z.unknown());

/** What lies at a path of names; undefined where nothing does. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner: unknown, name) => object.safeParse(inner).data?.[name], value);
}

const scalar = z.union([z.string(), z.number()]).transform(String);

/** The first of the paths that holds text or a number. */
export const textAt = (value: unknown, paths: string[]): string | null =>
  paths.map((path) => scalar.safeParse(at(value, path)).data).find((text) => text !== undefined && text !== '') ?? null;

/**
 * What the first of the paths that holds a list has.
 * @throws UnexpectedPage where none has one
 */
export function rowsAt(value: unknown, paths: string[]): unknown[] {
  const list = paths.map((path) => z.array(z.unknown()).safeParse(at(value, path)).data).find(Boolean);
  if (list === undefined) throw new UnexpectedPage(`the answer has no ${paths.join(' or ')}`);
  return list;
}

/**
 * The rows of an answer.
 * @throws UnexpectedPage where it has no list
 */
export function answerOf(text: string, { rows, title, url, date, total, pages }: Fields): Answer {
  const value = jsonOf(text);
  const list = rowsAt(value, rows);
  // Some send a template where there is nothing.
  const printed = list.filter((row) => textAt(row, title) !== '文章标题');
  const found = printed.flatMap((row): Answer['rows'] => {
    const name = textAt(row, title);
    const href = textAt(row, url);
    if (name === null || href === null) return [];
    return [{ href, fits: true, title: plainText(name), date: dayOf(textAt(row, date)), id: null }];
  });
  return {
    rows: found.filter((row) => row.title !== ''),
    total: countOf(textAt(value, total)),
    pages: countOf(textAt(value, pages)),
    bad: printed.length - found.length,
  };
}

/** Text of a title that holds marks and entities. */
export const plainText = (html: string): string =>
  load(`<p>${html.slice(0, 2000)}</p>`)
    .text()
    .replace(/\s+/g, ' ')
    .trim();

const countOf = (text: string | null): number | null => (text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null);

/** A printed date, or the day in China of an epoch in milliseconds. */
function dayOf(text: string | null): string | null {
  if (text === null) return null;
  if (!/^\d{12,13}$/.test(text)) return dateIn(text) ?? dateIn(text.replace(/^(\d{4})(\d\d)(\d\d)(?!\d)/, '$1-$2-$3'));
  return new Date(Number(text) + 8 * 3_600_000).toISOString().slice(0, 10);
}
