import type { Doc } from '../../doc/doc.ts';
import { readHtml } from './html.ts';
import { Unreadable } from '../../findings.ts';

const MAX_NODES = 200_000;

/**
 * A JSON answer that holds an article: its longest string of markup is the body; a title and a date stand beside it.
 * Throws Unreadable when it is no JSON, has no such string, or is larger than an answer can be.
 */
export function readJson(text: string): Doc {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    throw new Unreadable('unreadable', { why: 'json_broken' });
  }
  let body = '';
  let beside: Record<string, unknown> = {};
  const open: unknown[] = [root];
  for (let seen = 0; open.length > 0; seen++) {
    if (seen > MAX_NODES) throw new Unreadable('too_large', { what: 'json_values', limit: MAX_NODES });
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    for (const value of Object.values(node)) {
      if (typeof value === 'object') open.push(value);
      else if (typeof value === 'string' && value.length > body.length && isArticle(value)) {
        body = value;
        beside = node as Record<string, unknown>;
      }
    }
  }
  if (body === '') throw new Unreadable('unreadable', { why: 'json_empty' });
  const doc = readHtml(body);
  const title = stringOf(beside, /title|^name$/i);
  const date = stringOf(beside, /publish|pub_?date|date|time/i);
  return {
    ...doc,
    title: doc.title ?? title,
    metas: { ...(title ? { ArticleTitle: title } : {}), ...(date ? { PubDate: date } : {}), ...doc.metas },
  };
}

const isArticle = (text: string): boolean => /<(p|div|table|span|td)\b/i.test(text) && /\p{Script=Han}{4}/u.test(text);

function stringOf(node: Record<string, unknown>, key: RegExp): string | null {
  const found = Object.entries(node).find(([k, v]) => key.test(k) && typeof v === 'string' && v.length < 400);
  return found ? String(found[1]) : null;
}
