import iconv from 'iconv-lite';

/**
 * Undo text that was decoded with the wrong charset before it was stored: UTF-8 read as windows-1252/Latin-1
 * (`æ”¿åºœ`) or as GBK (`鏀垮簻淇℃伅`). Only what round-trips exactly is undone: a run of characters is replaced when
 * its bytes in the wrong charset are strict UTF-8 for Chinese text. Everything else stays as it is.
 */
export function repairMojibake(text: string): { text: string; repaired: boolean } {
  const latin = WESTERN.test(text) ? text.replace(WESTERN_RUN, (run) => viaWestern(run) ?? run) : text;
  const gbk =
    GBK_LEADS.test(latin) && GBK_SIGNS.test(latin) ? latin.replace(WIDE_RUN, (run) => viaGbk(run) ?? run) : latin;
  return { text: gbk, repaired: gbk !== text };
}

/** Lead bytes of Chinese UTF-8 (E2–E9, EF) as windows-1252 shows them, with a continuation byte after. */
const WESTERN = /[âãäåæçèéï][\u0080-\u00bf\u0152-\u2122]/;
const WESTERN_RUN = /[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]{3,}/g;
/** Characters that the commonest UTF-8 sequences of Chinese become in GBK and that ordinary text hardly uses. */
const LEADS = '鏀鐨鍏淇锛銆绗鍦涓浜骞垮簻鎶鐢璇鍔';
const GBK_SIGNS = new RegExp(`[${LEADS}][\\p{Script=Han}\\u20ac\\u2103\\u2116\\ue000-\\uf8ff]`, 'u');
/** Most pages have none of them: a pattern without code points takes a fifth of the time to say so. */
const GBK_LEADS = new RegExp(`[${LEADS}][^\\0-\\x7f]`);
const WIDE_RUN = /[^\u0000-\u007f]{2,}/gu;

const strict = new TextDecoder('utf-8', { fatal: true });

function viaWestern(run: string): string | null {
  const bytes: number[] = [];
  for (const ch of run) {
    const code = ch.charCodeAt(0);
    const byte = code <= 0xff ? code : iconv.encode(ch, 'windows-1252')[0]!;
    if (code > 0xff && byte === 0x3f) return null;
    bytes.push(byte);
  }
  return chinese(Uint8Array.from(bytes), run);
}

function viaGbk(run: string): string | null {
  // GBK readers show the lone byte 80 as €.
  const parts = run.split('€').map((part) => iconv.encode(part, 'gb18030'));
  const bytes = parts.flatMap((part, i) => (i === 0 ? [...part] : [0x80, ...part]));
  return chinese(Uint8Array.from(bytes), run);
}

function chinese(bytes: Uint8Array, before: string): string | null {
  try {
    const text = strict.decode(bytes);
    const han = text.match(/[\p{Script=Han}\u2010-\u201d\u3000-\u301f\uff01-\uff5e]/gu)?.length ?? 0;
    return han > 0 && han * 2 >= [...text].length && [...text].length < [...before].length ? text : null;
  } catch {
    return null;
  }
}
