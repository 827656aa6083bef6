/** What RTF consists of ([RTF 1.9] "Basic elements"); text and escapes are bytes of some charset, as Latin-1. */
export type Token =
  | { kind: 'open' | 'close' }
  | { kind: 'bytes'; bytes: string; escaped: boolean }
  /** A control word with its number, or a control symbol: a character that is no letter. */
  | { kind: 'control'; word: string; value: number | null }
  /** Bytes that a control word announced by their number. */
  | { kind: 'binary'; bytes: Uint8Array };

const TOKEN = /([^\\{}\r\n\0]+)|\\'([0-9a-f]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])|([{}])|[\r\n\0]+|\\/giy;

export function* tokensOf(bytes: Uint8Array): Generator<Token> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    const [, text, hex, word, value, symbol, brace] = match;
    if (text !== undefined) yield { kind: 'bytes', bytes: text, escaped: false };
    else if (hex !== undefined)
      yield { kind: 'bytes', bytes: String.fromCharCode(Number.parseInt(hex, 16)), escaped: true };
    else if (brace !== undefined) yield { kind: brace === '{' ? 'open' : 'close' };
    else if (symbol !== undefined && '\\{}'.includes(symbol)) yield { kind: 'bytes', bytes: symbol, escaped: true };
    else if (symbol !== undefined) yield { kind: 'control', word: symbol, value: null };
    else if (word === 'bin' && Number(value) > 0) {
      const end = Math.min(pattern.lastIndex + Number(value), bytes.length);
      yield { kind: 'binary', bytes: bytes.subarray(pattern.lastIndex, end) };
      pattern.lastIndex = end;
    } else if (word !== undefined) yield { kind: 'control', word, value: value === undefined ? null : Number(value) };
  }
}

/** Text beyond ASCII, each stretch with what follows it, as far as it takes to tell its charset. */
export function sampleOf(bytes: Uint8Array): Uint8Array {
  let sample = '';
  let lead = false;
  for (const token of tokensOf(bytes)) {
    const text = token.kind === 'bytes' ? token.bytes : '';
    if (lead || BEYOND_ASCII.test(text)) sample += text.slice(0, SAMPLE);
    if (sample.length >= SAMPLE) break;
    lead = text >= '\x80' && text.length === 1;
  }
  return Buffer.from(sample, 'latin1');
}
const BEYOND_ASCII = /[\x80-\xff]/;
const SAMPLE = 8192;
