import { isUtf8 } from 'node:buffer';

/** A stretch of bytes in one encoding: from the end of the one before to `end`. */
export interface Region {
  utf8: boolean;
  end: number;
}

/**
 * Where a page changes between UTF-8 and a double-byte encoding, as one does whose template and article come from
 * different systems; null where it does not. Bytes below `@` other than digits belong to no character of GB18030 or Big5,
 * so text is cut there without asking in what it is, and each piece is tried by itself: UTF-8 of Chinese (three bytes a
 * character) is never valid by chance over a whole piece, and double-byte text is never valid UTF-8 but in a few letters,
 * which go with what stands before them. `isOther` tells double-byte text from damaged UTF-8, which
 * goes with what stands before it too.
 */
export function regionsOf(bytes: Uint8Array, isOther: (piece: Uint8Array) => boolean): Region[] | null {
  const regions: Region[] = [];
  for (let at = 0; at < bytes.length;) {
    let end = at;
    let wide = false;
    while (end < bytes.length && !isBoundary(bytes[end]!)) if (bytes[end++]! >= 0x80) wide = true;
    if (wide) {
      const last = regions.at(-1);
      const said = encodingOf(bytes.subarray(at, end), last?.utf8 === false ? isOtherStill : isOther);
      if (said !== null && said !== last?.utf8) regions.push({ utf8: said, end });
      else if (last) last.end = end;
    }
    at = end + 1;
  }
  if (regions.length < 2) return null;
  regions.at(-1)!.end = bytes.length;
  return regions;
}

/** What is not UTF-8 in double-byte text goes with what stands before it, whatever it is. */
const isOtherStill = () => true;

const isBoundary = (byte: number) => byte < 0x40 && (byte < 0x30 || byte > 0x39);

/** Whether a piece is UTF-8; null where it may be either. Replacement characters are what any conversion leaves. */
function encodingOf(piece: Uint8Array, isOther: (piece: Uint8Array) => boolean): boolean | null {
  if (isUtf8(piece)) return piece.some((byte, i) => byte >= 0xe0 && !isReplacement(piece, i)) ? true : null;
  return isOther(piece) ? false : null;
}

const isReplacement = (piece: Uint8Array, at: number) =>
  piece[at] === 0xef && piece[at + 1] === 0xbf && piece[at + 2] === 0xbd;
