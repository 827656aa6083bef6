import { z } from 'zod';
import { said } from '../transforms/findings.ts';
import { UnexpectedPage } from './errors.ts';
import { dateIn } from './rows.ts';

export interface Node {
  id: string;
  name: string;
  jumpUrl: string | null;
  children: Node[];
}

export interface Shell {
  sid: string;
  /** Null where the page, like that of annual reports alone, holds no tree of all columns. */
  tree: Node[] | null;
}

const MAX_NODES = 20_000;

/**
 * What the shell of a gkmlpt catalogue tells: the site's number and the tree of columns. The shell holds a JavaScript
 * object, of which only the tree is JSON; nothing is evaluated.
 * @throws UnexpectedPage when the number is not there or the tree is not JSON
 */
export function readShell(html: string): Shell {
  const sid = /["']?\bSID["']?\s*:\s*["']?(\d{1,20})/.exec(html)?.[1];
  if (sid === undefined) throw new UnexpectedPage('the shell names no SID');
  const start = /["']?\bTREE["']?\s*:\s*(?=\[)/.exec(html);
  if (!start) return { sid, tree: null };
  const json = arrayAt(html, start.index + start[0].length);
  let nodes = 0;
  const toNode = (raw: unknown): Node => {
    nodes += 1;
    if (nodes > MAX_NODES) throw new UnexpectedPage(`the tree has more than ${MAX_NODES} nodes`);
    const { id, name, jump_url, children } = asExpected(() => rawNode.parse(raw));
    return { id: String(id), name, jumpUrl: jump_url || null, children: (children ?? []).map(toNode) };
  };
  return { sid, tree: asExpected(() => z.array(z.unknown()).parse(JSON.parse(json))).map(toNode) };
}

const rawNode = z.object({
  id: z.union([z.number(), z.string()]),
  name: z.string(),
  jump_url: z.string().nullish(),
  children: z.array(z.unknown()).nullish(),
});

/** What JSON.parse and the schema throw is about the page. */
function asExpected<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UnexpectedPage(said(error));
  }
}

/** Text of the JSON array that starts at `start`: brackets inside of strings do not count. */
function arrayAt(text: string, start: number): string {
  let depth = 0;
  for (const { 0: token, index } of text.slice(start).matchAll(/"(?:\\.|[^"\\])*"|[[\]]/g)) {
    if (token === '[') depth += 1;
    if (token === ']') depth -= 1;
    if (depth > 200) throw new UnexpectedPage('the tree nests too deeply');
    if (depth === 0) return text.slice(start, start + index + 1);
  }
  throw new UnexpectedPage('the tree has no end');
}

const text = z.union([z.string(), z.number()]).transform(String);

const article = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string(),
  url: z.string().nullish(),
  post_url: z.string().nullish(),
  created_at: z.string().nullish(),
  create_time: z.coerce.number().nullish(),
  attachment: z.union([z.array(z.object({ name: z.string().nullish(), url: z.string() })), z.string()]).nullish(),
});

const answer = z.object({ total: text.nullish(), articles: z.array(z.unknown()) });

interface Article {
  href: string;
  title: string;
  date: string | null;
  id: string | null;
  attachments: { url: string; name: string }[];
}

export interface ArticlePage {
  articles: Article[];
  /** What the interface says of the whole category. */
  total: number | null;
  /** Rows that cannot be read. */
  bad: number;
}

/**
 * One page of the JSON interface.
 * @throws UnexpectedPage when the answer as a whole cannot be read
 */
export function readArticles(json: string): ArticlePage {
  const { total, articles: raw } = asExpected(() => answer.parse(JSON.parse(json)));
  const articles = raw.flatMap((row): Article[] => {
    const parsed = article.safeParse(row);
    const href = parsed.data?.url || parsed.data?.post_url;
    if (!parsed.success || !href) return [];
    const { id, title, created_at, create_time, attachment } = parsed.data;
    return [
      {
        href,
        title: title
          .replace(/<[^<>]*>/g, '')
          .replace(/\s+/g, ' ')
          .trim(),
        date: dateIn(created_at ?? '') ?? localDate(create_time ?? null),
        id: idOf(id, href),
        attachments: (typeof attachment === 'object' ? (attachment ?? []) : []).map(({ name, url }) => ({
          url,
          name: name ?? '',
        })),
      },
    ];
  });
  return {
    articles,
    total: !total || !/^\d+$/.test(total) ? null : Number(total),
    bad: raw.length - articles.length,
  };
}

/** Ids longer than a JavaScript number holds arrive rounded: then the address knows better. */
function idOf(id: string | number, href: string): string | null {
  if (typeof id === 'string' || Number.isSafeInteger(id)) return String(id);
  return /post_(\d+)\.html/.exec(href)?.[1] ?? null;
}

/** The day in China of an epoch in seconds: the printed dates are local. */
function localDate(seconds: number | null): string | null {
  return seconds === null || !(seconds > 0 && seconds < 1e11)
    ? null
    : new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 10);
}
