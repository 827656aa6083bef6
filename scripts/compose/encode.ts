import iconv from 'iconv-lite';

export type Charset = 'utf-8' | 'gb18030' | 'big5';

/** Bytes in the charset really used, whatever the page says about itself. Throws where a character has no code in it. */
export function encode(text: string, charset: Charset): Uint8Array {
  const bytes = iconv.encode(text, charset);
  if (iconv.decode(bytes, charset) !== text) {
    const lost = [...new Set(text)].filter((c) => iconv.decode(iconv.encode(c, charset), charset) !== c);
    throw new Error(`${charset} cannot write: ${lost.join(' ')}`);
  }
  return new Uint8Array(bytes);
}
