import { readFrame, type Frame } from './annual-frame.ts';
import { decode } from '../transforms/characters/decode.ts';
import { readArticles, readShell, type ArticlePage, type Shell } from './catalogue.ts';
import { detectFamily, siteOf, type Leads, type Site } from './detect.ts';
import type { Detected } from './detected.ts';
import { UnexpectedPage } from './errors.ts';
import type { Behind, Rows } from './family.ts';
import { interfaces } from './interfaces/index.ts';
import type { Answer, Opening } from './interfaces/interface.ts';
import { judgeAnswer } from './outcome.ts';
import { readRows, type ListPage } from './rows.ts';
import { permissionOf } from './rules.ts';

/** A page as it was sent, or as a browser left it, and what is known of it without looking inside. */
export interface Sent {
  bytes: Uint8Array;
  /** Content-Type as declared. */
  contentType: string | null;
  /** After redirects. */
  url: string;
}

/** What was looked for cannot be had, and why: in the words of the page's fault, of a limit, or of a defect of ours. */
export interface Unseen {
  unseen: string;
}

/**
 * Every look into what a portal sent: pure functions of bytes and plain data that give plain data. Whoever sent the bytes
 * chooses what they do to a parser, so whoever fetches never calls these, but asks for them by name (`Look`) where they
 * have limits on time, memory and size.
 */
export const looks = {
  /** One page of a list, its anchors judged by the address patterns of the family. */
  rows: ({ bytes, contentType, url, rows }: Sent & { rows: Rows }): ListPage | Unseen =>
    seen(() => {
      const { text, used } = decode(bytes, contentType);
      return readRows(text, url, rows, used);
    }),
  /** The page of a catalogue that holds its tree of columns. */
  shell: (page: Sent): Shell | Unseen => seen(() => readShell(textOf(page))),
  /** One answer of a catalogue's JSON interface. */
  articles: (page: Sent): ArticlePage | Unseen => seen(() => readArticles(textOf(page))),
  /** Which system made a column. */
  family: (page: Sent): Detected[] | Leads | Unseen => seen(() => detectFamily(textOf(page), page.url)),
  /** Whose page it is. */
  site: (page: Sent): Site | Unseen => seen(() => siteOf(textOf(page))),
  /** The page of a column that names an interface. */
  opening: ({ system, rows, ...page }: Sent & Behaves): Opening | Unseen =>
    seen(() => interfaces[system].open(textOf(page), page.url, rows)),
  /** One answer of such an interface. */
  answer: ({ system, rows, ...page }: Sent & Behaves): Answer | Unseen =>
    seen(() => interfaces[system].read(textOf(page), page.url, rows)),
  /** One year of a module of annual reports, or the page that leads to its units. */
  frame: (page: Sent): Frame | Unseen => seen(() => readFrame(textOf(page))),
  outcome: judgeAnswer,
  permission: permissionOf,
};

type Behaves = Omit<Behind, 'how'>;

type Looks = typeof looks;

/** Takes a look, by its name. Never rejects for what the bytes do. */
export type Look = <N extends keyof Looks>(
  name: N,
  input: Parameters<Looks[N]>[0],
) => Promise<ReturnType<Looks[N]> | Unseen>;

const textOf = ({ bytes, contentType }: Sent): string => decode(bytes, contentType).text;

function seen<T>(read: () => T): T | Unseen {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnexpectedPage) return { unseen: error.message };
    throw error;
  }
}
