declare module 'warc' {
  import type { Transform } from 'node:stream';

  /** Bytes of a WARC file in, its records out. */
  export default class WARCStream extends Transform {}
}
