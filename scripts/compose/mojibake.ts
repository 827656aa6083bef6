import iconv from 'iconv-lite';
import { utf8 } from './composed.ts';

/** UTF-8 that was once read as something else and stored again as UTF-8. */
export interface Mojibake {
  readAs: 'latin1' | 'windows-1252' | 'gbk';
  /** `lost`: what the wrong charset could not hold is gone, as it is after most real accidents. */
  bytes: 'kept' | 'lost';
}

const bytesOf = (text: string) => Buffer.from(utf8(text));

/** Runs of a text outside ASCII: the rest reads the same in every charset. */
const garbled = (text: string, garble: (run: string) => string) => text.replace(/[^\0-\x7f]+/g, garble);

/** The text as it looks after the accident. With `kept` every run can be undone exactly. */
export function mojibake(text: string, { readAs, bytes }: Mojibake): string {
  const lose = bytes === 'lost';
  if (readAs === 'gbk')
    return garbled(text, (run) => {
      const wrong = iconv.decode(bytesOf(run), 'gbk');
      if (!lose) return roundTrips(wrong, run, 'gbk') ? wrong : run;
      return wrong.replaceAll('\ufffd', '?');
    });
  return garbled(text, (run) => {
    const latin = bytesOf(run).toString('latin1');
    const wrong = readAs === 'latin1' ? latin : [...latin].map(western).join('');
    // C1 control characters are what filters remove.
    return lose ? wrong.replace(/[\x80-\x9f]/g, '') : wrong;
  });
}

/** windows-1252; its five unassigned bytes stay control characters, as in browsers. */
function western(char: string): string {
  const decoded = iconv.decode(Buffer.from(char, 'latin1'), 'windows-1252');
  return decoded === '\ufffd' ? char : decoded;
}

const roundTrips = (wrong: string, right: string, charset: string) =>
  !wrong.includes('\ufffd') && iconv.encode(wrong, charset).equals(bytesOf(right));
