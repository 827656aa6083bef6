/**
 * HZ (RFC 1843): pairs of seven-bit bytes between `~{` and `~}` are GB2312 without its high bits. No library of ours and
 * no browser decodes it.
 */
const RUN = /~\{((?:[\x21-\x77][\x21-\x7e])+)(?:~\}|(?=\n))/g;

const gb = new TextDecoder('gb18030');

/** Text of a page in HZ; null where the bytes hold no such run, or any that is not seven-bit. */
export function decodeHz(bytes: Uint8Array): string | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!source.includes('~{')) return null;
  let runs = 0;
  const text = source.toString('latin1').replace(RUN, (_, pairs: string) => {
    runs++;
    return gb.decode(Uint8Array.from(pairs, (c) => c.charCodeAt(0) | 0x80));
  });
  return runs > 0 ? text.replace(/~\r?\n/g, '').replaceAll('~~', '~') : null;
}
