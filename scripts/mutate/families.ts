import { recipes, type Kind } from '../compose/kinds.ts';
import { createRandom, seedOf } from '../compose/random.ts';
import type { Recipe } from '../compose/recipe.ts';
import { decode } from '../../transforms/characters/decode.ts';
import { once } from '../../transforms/memo.ts';
import { read } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { docxRelations } from './docx-relations.ts';
import { htmlRelations } from './html-relations.ts';
import { pdfRelations } from './pdf-relations.ts';
import type { Relation } from './relation.ts';
import { differences } from './silent.ts';
import { textRelations } from './text-relations.ts';
import { xlsxRelations } from './xlsx-relations.ts';

export interface Document {
  name: string;
  bytes: Uint8Array;
  /** As it is read without any change. */
  reading: () => Promise<Reading>;
}

/** What became of the documents under one relation. */
export interface Tried {
  relation: string;
  /** Those that it changed. */
  documents: number;
  /** Cells, publishers, divisions and years that are read otherwise, with a finding that names them. */
  named: number;
  /** The first difference of each document that no finding names. */
  silent: string[];
}

type Browser = Parameters<Recipe>[1];
class NeedsBrowser extends Error {}
export const noBrowser: Browser = () => Promise.reject(new NeedsBrowser());

/** The documents of one format, and the relations that they are tried with. */
export interface Family {
  name: string;
  relations: string[];
  /** Only those of PDF need the browser. */
  composed: (count: number, browser: Browser) => Promise<Document[]>;
  tried: (relation: string, documents: Document[]) => Promise<Tried>;
}

const readBytes = (bytes: Uint8Array, contentType: string | null = null): Promise<Reading> =>
  read({ bytes, path: 'relation', sha256: '', contentType });

export const documentOf = (name: string, bytes: Uint8Array): Document => ({
  name,
  bytes,
  reading: once(() => readBytes(bytes)),
});

/** `kinds` in turn, until there are as many of the extension. */
async function composed(kinds: Kind[], extension: string, count: number, browser: Browser) {
  const found: Document[] = [];
  for (let i = 1; found.length < count; i++) {
    const kind = kinds[i % kinds.length]!;
    const document = await composedOf(kind, seedOf(9, kind, i), browser);
    if (document?.extension === extension) found.push(documentOf(`${kind} ${i}`, document.bytes));
  }
  return found;
}

/** Null where it is one that only a browser composes. */
async function composedOf(kind: Kind, seed: number, browser: Browser) {
  try {
    return await recipes[kind](seed, browser);
  } catch (error) {
    if (error instanceof NeedsBrowser) return null;
    throw error;
  }
}

interface Setting<T> {
  name: string;
  kinds: Kind[];
  extension: string;
  source: (bytes: Uint8Array) => T;
  relations: Relation<T>[];
}

function family<T extends string | Uint8Array>({ name, kinds, extension, source, relations }: Setting<T>): Family {
  return {
    name,
    relations: relations.map((relation) => relation.name),
    composed: (count, browser) => composed(kinds, extension, count, extension === 'pdf' ? browser : noBrowser),
    async tried(relation, documents) {
      const { change, shows, declared } = relations.find((r) => r.name === relation)!;
      const sum: Tried = { relation, documents: 0, named: 0, silent: [] };
      for (const { name: document, bytes, reading } of documents) {
        const before = source(bytes);
        const changed = await change(before, createRandom(seedOf(relation, document)));
        if (changed === before) continue;
        const after = await readBytes(typeof changed === 'string' ? Buffer.from(changed) : changed, declared);
        const { silent, named } = differences(await reading(), after, shows);
        sum.documents++;
        sum.named += named;
        if (silent.length > 0) sum.silent.push(`${document}: ${silent[0]}`);
      }
      return sum;
    },
  };
}

const textOf = (bytes: Uint8Array) => decode(bytes, null).text;
const itself = (bytes: Uint8Array) => bytes;

export const families: Family[] = [
  family({
    name: 'pages',
    kinds: ['html', 'html', 'layout', 'labels', 'title', 'unit'],
    extension: 'html',
    source: textOf,
    relations: htmlRelations,
  }),
  family({
    name: 'texts',
    kinds: ['text', 'text', 'annex', 'title', 'unit', 'loose'],
    extension: 'txt',
    source: textOf,
    relations: textRelations,
  }),
  family({
    name: 'documents of Word',
    kinds: ['docx', 'docx', 'layout', 'title'],
    extension: 'docx',
    source: itself,
    relations: docxRelations,
  }),
  family({
    name: 'workbooks',
    kinds: ['xlsx', 'xlsx', 'annex', 'title', 'unit'],
    extension: 'xlsx',
    source: itself,
    relations: xlsxRelations,
  }),
  family({ name: 'PDF', kinds: ['pdf'], extension: 'pdf', source: itself, relations: pdfRelations }),
];
