import { encode, type Charset } from './encode.ts';

/** A page of a template and an article from different systems: everything before the first table in one encoding. */
export function inTwoEncodings(page: string, first: Charset, second: Charset): Uint8Array {
  const at = page.indexOf('<table');
  return Buffer.concat([encode(page.slice(0, at), first), encode(page.slice(at), second)]);
}

/** HZ (RFC 1843), as mail systems of the nineties wrote Chinese in seven bits. */
export const hz = (page: string): Uint8Array =>
  Buffer.from(
    page
      .replaceAll('~', '~~')
      .replace(
        /[^\0-\x7f]+/g,
        (run) => `~{${[...encode(run, 'gb18030')].map((b) => String.fromCharCode(b & 0x7f)).join('')}~}`,
      ),
    'latin1',
  );
