import { readdirSync, readFileSync } from 'node:fs';
import { decode } from '../../transforms/characters/decode.ts';
import type { Doc } from '../../transforms/doc/doc.ts';
import { Unreadable } from '../../transforms/findings.ts';
import { formats } from '../../transforms/formats/index.ts';
import { sniff } from '../../transforms/formats/sniff.ts';
import type { Truth } from '../compare.ts';
import { kinds, recipes, type Kind } from '../compose/kinds.ts';
import { seedOf } from '../compose/random.ts';

/** A document to read with and without a mechanism. */
export interface Sample {
  /** Folder of test/pages, or kind and number of a composed document. */
  name: string;
  path: string;
  bytes: Uint8Array;
  /** Its blocks, made once: most mechanisms only come after them. Null where bytes alone tell that it cannot be read. */
  doc: Doc | null;
  /** What a composed document prints; golden pages say it in their reading. */
  truth: Truth | null;
}

const pagesFolder = 'test/pages';
/** Paper needs a browser to print it, pictures a recogniser: their golden pages stand for them. */
const withoutBrowser: Kind[] = kinds.filter((kind) => kind !== 'pdf' && kind !== 'scan');
export class NeedsBrowser extends Error {}
/** Some kinds print a document of theirs on paper. */
const noBrowser = () => Promise.reject(new NeedsBrowser('printing needs a browser'));

/** Names of the golden pages that are read without a recogniser. */
export const pageNames = (): string[] =>
  readdirSync(pagesFolder)
    .filter((name) => !/^(scan|picture)-/.test(name))
    .sort();

/** The document of a name: `html-013`, or a folder of test/pages. */
export async function sampleOf(name: string): Promise<Sample> {
  const [, kind, number] = /^([a-z]+)-(\d{3})$/.exec(name) ?? [];
  const known = withoutBrowser.find((k) => k === kind);
  if (known) {
    const { bytes, extension, truth } = await recipes[known](seedOf(1, known, Number(number)), noBrowser);
    return { name, path: `${name}.${extension}`, bytes, doc: await docOf(bytes), truth };
  }
  const folder = `${pagesFolder}/${name}`;
  const source = readdirSync(folder).find((file) => file.startsWith('source.'));
  if (!source) throw new Error(`${folder} has no source`);
  const path = `${folder}/${source}`;
  const bytes = readFileSync(path);
  return { name, path, bytes, doc: await docOf(bytes), truth: null };
}

/** `count` documents of each kind, and more of the one that is made of what reading has to withstand. */
export const composedNames = (count: number): string[] =>
  withoutBrowser.flatMap((kind) =>
    Array.from(
      { length: kind === 'layout' ? 5 * count : count },
      (_, i) => `${kind}-${String(i + 1).padStart(3, '0')}`,
    ),
  );

async function docOf(bytes: Uint8Array): Promise<Doc | null> {
  const type = sniff(bytes, formats);
  const format = formats.find(({ mediaType }) => mediaType === type);
  try {
    if (format?.fromText) return (await format.fromText())(decode(bytes, null).text);
    if (format?.fromBytes) return await (await format.fromBytes())(bytes);
    return null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
