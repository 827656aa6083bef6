import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** More than `maxBytes`, on the wire or after decompression. `seen` is what was counted or announced. */
export class TooLarge extends Error {
  override name = 'TooLarge';
  readonly seen: number;
  constructor(seen: number) {
    super(`more than the limit: ${seen} bytes`);
    this.seen = seen;
  }
}

/** The bytes are not in the encoding that the header names. */
export class Undecodable extends Error {
  override name = 'Undecodable';
}

/** @throws TooLarge as soon as the limit is passed; whatever the stream throws. */
export async function readCapped(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let seen = 0;
  for await (const chunk of stream) {
    seen += chunk.byteLength;
    if (seen > maxBytes) throw new TooLarge(seen);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const decoders: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  // The standard's deflate has a zlib header; some servers send it without.
  deflate: async (bytes, options) =>
    (bytes[0] ?? 0) % 16 === 8 && bytes.readUInt16BE(0) % 31 === 0
      ? promisify(inflate)(bytes, options)
      : promisify(inflateRaw)(bytes, options),
};

/**
 * Undoes a Content-Encoding (`gzip, br`: last applied first), also one nobody asked for.
 * @throws TooLarge; Undecodable when a coding is unknown or the bytes are not in it
 */
export async function undoEncoding(bytes: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity' && coding !== 'none');
  if (codings.length > 3) throw new Undecodable(`content-encoding ${encoding}: too many codings`);
  let decoded = bytes;
  for (const coding of codings.toReversed()) {
    const decode = decoders[coding];
    if (!decode) throw new Undecodable(`content-encoding ${coding} is not known`);
    if (decoded.byteLength === 0) return decoded;
    try {
      decoded = await decode(decoded, { maxOutputLength: maxBytes });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge(maxBytes + 1);
      throw new Undecodable(`content-encoding ${coding}: ${message}`);
    }
  }
  return decoded;
}

const GZIP = Buffer.from([0x1f, 0x8b, 8]);

/** Text whose first bytes are those of gzip was compressed by a server that does not say so. */
export const unnamedEncoding = (headers: Record<string, string>, bytes: Buffer): string =>
  /^text\//i.test(headers['content-type'] ?? '') && bytes.subarray(0, 3).equals(GZIP) ? 'gzip' : '';
