/** A page in one file with its pictures, as programs save it (MHT). */
export interface MhtStyle {
  /** Word and WPS save in parts, a browser too; a page without pictures may stand alone. */
  maker: 'word' | 'browser' | 'alone';
  transfer: 'quoted-printable' | 'base64' | '8bit';
  /** What the part says that the page is encoded in. */
  label: string | null;
}

export const mhtStyles = {
  word: { maker: 'word', transfer: 'quoted-printable', label: 'gb2312' },
  word_mislabelled: { maker: 'word', transfer: 'quoted-printable', label: 'utf-8' },
  word_base64: { maker: 'word', transfer: 'base64', label: 'unicode' },
  browser: { maker: 'browser', transfer: 'quoted-printable', label: 'utf-8' },
  browser_8bit: { maker: 'browser', transfer: '8bit', label: null },
  alone: { maker: 'alone', transfer: 'quoted-printable', label: 'gb2312' },
} satisfies Record<string, MhtStyle>;

/** What stands in a page that shows it as `<img src="page.files/NAME">`. */
export interface MhtPicture {
  name: string;
  type: string;
  bytes: Uint8Array;
}

const BOUNDARY = '----=_NextPart_01DA0000.00000000';
const PLACES: Record<MhtStyle['maker'], string> = {
  word: 'file:///C:/B0B0B0B0/page.htm',
  browser: 'http://www.example.test/nb/page.htm',
  alone: 'file:///C:/B0B0B0B0/page.htm',
};

export function mhtFile(pages: Uint8Array | Uint8Array[], style: MhtStyle, pictures: MhtPicture[] = []): Uint8Array {
  const place = PLACES[style.maker];
  const label = style.label === null ? '' : `; charset="${style.label}"`;
  const [page, ...sheets] = [pages]
    .flat()
    .map((bytes, i) =>
      part(
        i === 0 ? place : place.replace('page.htm', `page.files/sheet00${i}.htm`),
        `text/html${label}`,
        style.transfer,
        bytes,
      ),
    );
  const version = `${style.maker === 'browser' ? 'From: <Saved by a browser>\r\nSubject: =?utf-8?B?5bm05bqm5oql5ZGK?=\r\nDate: Tue, 30 Jan 2024 10:00:00 +0800\r\n' : ''}MIME-Version: 1.0\r\n`;
  if (style.maker === 'alone') return Buffer.concat([Buffer.from(version), page!]);
  const parts = [
    page!,
    ...sheets,
    ...pictures.map(({ name, type, bytes }) =>
      part(place.replace('page.htm', `page.files/${name}`), type, 'base64', bytes),
    ),
  ];
  const head = `${version}Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="${BOUNDARY}"\r\n\r\nThis is a page of several parts.\r\n`;
  return Buffer.concat([
    Buffer.from(head),
    ...parts.flatMap((one) => [Buffer.from(`\r\n--${BOUNDARY}\r\n`), one]),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

const part = (location: string, type: string, transfer: MhtStyle['transfer'], bytes: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(
      `Content-Location: ${location}\r\nContent-Transfer-Encoding: ${transfer}\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    encoded(bytes, transfer),
  ]);

function encoded(bytes: Uint8Array, transfer: MhtStyle['transfer']): Uint8Array {
  if (transfer === '8bit') return bytes;
  if (transfer === 'base64')
    return Buffer.from(Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n'), 'latin1');
  return Buffer.from(quotedPrintable(bytes), 'latin1');
}

/** Lines of at most 76 characters, which may part a character of several bytes. */
function quotedPrintable(bytes: Uint8Array): string {
  const lines: string[] = [];
  let line = '';
  for (const byte of bytes) {
    if (byte === 0x0a) {
      lines.push(line);
      line = '';
      continue;
    }
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x3d;
    const next = plain
      ? String.fromCharCode(byte)
      : byte === 0x0d
        ? ''
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (line.length + next.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += next;
  }
  return [...lines, line].join('\r\n').replace(/ (?=\r\n)/g, '=20');
}
