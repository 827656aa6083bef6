import { existsSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip, gzipSync } from 'node:zlib';
import { BytesGone, ifThere, sha256, type Archive } from './archive.ts';
import { bytesIfThere, filesOf, writeAtomic } from './files.ts';

/**
 * Pages shrink to a fifth or a quarter; PDF, pictures and DOCX hardly, and stay as they came. Brotli at its fifth level
 * takes another sixth off and nearly twice the time; what `zcat` opens outlives this program.
 */
const WORTH_IT = 0.9;
/** Half the time of the usual 6, which is a third of fetching a page, for 140 bytes more of one of 8 kB, 400 of 67 kB. */
const LEVEL = 3;
/** A page of 64 kB is packed in 0.1 ms; handing it to a thread and back costs twice as much again. Large files take their time in one. */
const HERE = 1 << 18;
const PACKED = '.gz';
const NAME = /^[0-9a-f]{64}(?:\.gz)?$/;

const packing = (bytes: Uint8Array): Uint8Array | Promise<Uint8Array> =>
  bytes.length <= HERE ? gzipSync(bytes, { level: LEVEL }) : promisify(gzip)(bytes, { level: LEVEL });

/** Bytes under their SHA-256, packed where that saves something. What is given out is always the bytes of the hash. */
export function blobsIn(dir: string): Archive['blobs'] {
  const plain = (hash: string): string => join(dir, hash.slice(0, 2), hash);
  const packed = (hash: string): string => plain(hash) + PACKED;
  const placeOf = (hash: string): string => (existsSync(packed(hash)) ? packed(hash) : plain(hash));
  const get = async (hash: string): Promise<Uint8Array> => {
    const path = placeOf(hash);
    const file = bytesIfThere(path);
    if (file === null) throw new BytesGone(`${path} is missing`);
    const bytes = path.endsWith(PACKED) ? await promisify(gunzip)(file).catch(() => null) : file;
    if (bytes === null || sha256(bytes) !== hash)
      throw new BytesGone(`${path} is damaged: its content no longer has the hash of its name`);
    return bytes;
  };
  return {
    get,
    placeOf,
    has: (hash) => existsSync(placeOf(hash)),
    hashes: function* () {
      for (const folder of filesOf(dir, '').filter((name) => name.length === 2)) {
        const names = filesOf(join(dir, folder), '').filter((name) => NAME.test(name));
        // A blob may be there in both forms.
        yield* new Set(names.map((name) => name.slice(0, 64)));
      }
    },
    size: (hash) => statSync(placeOf(hash)).size,
    remove: async (hash) => {
      await rm(packed(hash), { force: true });
      await rm(plain(hash), { force: true });
    },
    setAside: async (hash) => {
      const path = placeOf(hash);
      await rename(path, `${path}.damaged`);
    },
    put: async (bytes) => {
      const hash = sha256(bytes);
      const there = existsSync(packed(hash)) || existsSync(plain(hash));
      // Not by its length: a disk may have changed one bit of it, which fetching it again heals.
      if (there && (await ifThere(get(hash)).catch(() => null))) return hash;
      const smaller = await packing(bytes);
      const [path, other] = [plain(hash), packed(hash)];
      const isWorthIt = smaller.length < WORTH_IT * bytes.length;
      await (isWorthIt ? writeAtomic(other, smaller) : writeAtomic(path, bytes));
      if (there) await rm(isWorthIt ? path : other, { force: true });
      return hash;
    },
  };
}
