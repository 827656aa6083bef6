/** Byte order of UTF-16 text, by its mark or, without one, by where the zero bytes of its ASCII characters are. */
export function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = Math.min(bytes.length, 4096);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample; i++)
    if (bytes[i] === 0) {
      if (i % 2 === 0) even++;
      else odd++;
    }
  // Some Chinese characters have a zero byte on the other side: 开 is U+5F00.
  if (odd > sample / 20 && odd > even * 8) return 'utf-16le';
  if (even > sample / 20 && even > odd * 8) return 'utf-16be';
  return null;
}
