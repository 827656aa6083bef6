import { crc32 } from 'node:zlib';
import { createRandom } from '../scripts/compose/random.ts';

/** Files made to harm a reader. Built here, so that nothing of the kind lies in the repository. */

export function randomBytes(length: number, seed: number, prefix = ''): Buffer {
  const random = createRandom(seed);
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = random.whole(0, 255);
  bytes.write(prefix, 'latin1');
  return bytes;
}

/** The archive with no entry declared larger than `size`. */
export function lying(zip: Uint8Array, size: number): Buffer {
  const bytes = Buffer.from(zip);
  for (const [signature, at] of [
    ['PK\x01\x02', 24],
    ['PK\x03\x04', 22],
  ] as const) {
    for (let i = bytes.indexOf(signature, 0, 'latin1'); i >= 0; i = bytes.indexOf(signature, i + 4, 'latin1')) {
      bytes.writeUInt32LE(Math.min(size, bytes.readUInt32LE(i + at)), i + at);
    }
  }
  return bytes;
}

/** A PDF of objects given as text, or text and a stream; `trailer` goes into its trailer. */
export function pdf(objects: (string | [dictionary: string, stream: Buffer])[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n')];
  const offsets: number[] = [];
  let length = 9;
  const push = (text: string | Buffer) => {
    const part = Buffer.from(text);
    parts.push(part);
    length += part.length;
  };
  for (const [i, object] of objects.entries()) {
    offsets.push(length);
    push(`${i + 1} 0 obj\n`);
    if (typeof object === 'string') push(object);
    else {
      push(`<< ${object[0]} /Length ${object[1].length} >>\nstream\n`);
      push(object[1]);
      push('\nendstream');
    }
    push('\nendobj\n');
  }
  const start = length;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  push(
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
  );
  return Buffer.concat(parts);
}

const catalog = '<< /Type /Catalog /Pages 2 0 R >>';
const onePage = (resources: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${resources} >> >>`;
const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const form = '/Type /XObject /Subtype /Form /BBox [0 0 9 9]';

/** Forms that each draw the next one twenty times. */
export function recursiveForms(): Buffer {
  const depth = 12;
  const forms = Array.from({ length: depth }, (_, i): [string, Buffer] => [
    `${form} /Resources << /XObject << /F ${i + 1 < depth ? i + 6 : 5} 0 R >> >>`,
    Buffer.from('/F Do '.repeat(20)),
  ]);
  return pdf([catalog, pages, onePage('/XObject << /F 5 0 R >>'), ['', Buffer.from('/F Do')], ...forms]);
}

export const manyPages = (count: number) =>
  pdf([
    catalog,
    `<< /Type /Pages /Kids [${Array.from({ length: count }, (_, i) => `${i + 3} 0 R`).join(' ')}] /Count ${count} >>`,
    ...Array.from({ length: count }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'),
  ]);

/** A page whose content unpacks, through filters one inside the other, to far more than it takes. */
export const streamBomb = (packed: Buffer) =>
  pdf([catalog, pages, onePage(''), ['/Filter [/FlateDecode /FlateDecode]', packed]]);

export const protectedPdf = () =>
  pdf(
    [
      catalog,
      pages,
      onePage(''),
      ['', Buffer.from('q Q')],
      `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`,
    ],
    `/Encrypt 5 0 R /ID [<${'ef'.repeat(16)}> <${'ef'.repeat(16)}>]`,
  );

/** A PNG that says it has 900 million pixels. */
export function hugePng(): Buffer {
  const size = Buffer.from('00007530000075300802000000', 'hex');
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('IDAT', Buffer.alloc(64)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
