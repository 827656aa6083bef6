import iconv from 'iconv-lite';
import type { Encoding } from '../transforms/characters/decode.ts';
import { withoutPlace } from './links.ts';

/** An http(s) address as a page writes it, made absolute and without a place on its page, or null where that is none. */
export type Resolve = (written: string) => URL | null;

/**
 * Addresses as browsers make them of what a page writes: relative to its `<base>`, with a query in the encoding of the
 * page, which servers of GBK pages expect.
 */
export function addressesOn(page: string, base: string | undefined, used: Encoding['used']): Resolve {
  const from = base !== undefined && URL.canParse(base, page) ? new URL(base, page).href : page;
  return (written) => {
    const text = withQueryIn(written.trim(), used);
    if (!URL.canParse(text, from)) return null;
    const url = new URL(text, from);
    return /^https?:$/.test(url.protocol) ? withoutPlace(url) : null;
  };
}

/** UTF-8 is what `URL` makes of characters; what the other encodings do not have is written as a reference. */
function withQueryIn(address: string, used: Encoding['used']): string {
  const at = address.indexOf('?');
  if (at < 0 || !/^(?:gb|big5|hz)/.test(used)) return address;
  const encoding = used === 'big5' ? 'big5' : 'gb18030';
  const escaped = (character: string) => {
    const bytes = iconv.encode(character, encoding);
    if (iconv.decode(bytes, encoding) !== character) return `%26%23${character.codePointAt(0)}%3B`;
    return [...bytes]
      .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase()}`))
      .join('');
  };
  return address.slice(0, at) + address.slice(at).replace(/\P{ASCII}/gu, escaped);
}
