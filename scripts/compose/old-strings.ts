import { openOle } from '../../transforms/formats/ole.ts';
import { packOle } from './doc.ts';
import type { PrintedRun } from './printed.ts';

const FONT = 0x31;
const SHEET = 0x85;
const STRINGS = 0xfc;
const CONTINUE = 0x3c;
const END = 0x0a;
/** Of a record. */
const MOST = 8224;

type Font = { struck?: boolean; raised?: 1 | 2; ink?: number };

/** How a workbook of Excel 97–2003 makes a run look so, by the number of a font; null: as the cell. */
const fonts: Font[] = [
  { raised: 1 },
  { raised: 2 },
  { struck: true },
  { struck: true, ink: 10 },
  { ink: 9 },
  { ink: 22 },
];
const ways: Partial<Record<PrintedRun['look'], number[]>> = { raised: [0, 1], struck: [2, 3], white: [4], pale: [5] };

interface OldRecord {
  kind: number;
  body: Buffer;
}

/** The library writes plain strings alone: rich ones are put in the place of their names. */
export function withOldRichText(
  workbook: Uint8Array,
  texts: PrintedRun[][],
  nameOf: (at: number) => string,
): Uint8Array {
  const records = recordsOf(openOle(workbook).stream('Workbook')!);
  const named = new Map(texts.map((runs, at) => [nameOf(at), runs]));
  const before = records.findIndex(({ kind }) => kind === END) + 1;
  const globals = records.slice(0, before);
  const own = globals.filter(({ kind }) => kind === FONT).length;
  // No font has the number 4.
  const fontOf = (at: number) => (own + at < 4 ? own + at : own + at + 1);
  const lastFont = globals.findLastIndex(({ kind }) => kind === FONT);
  const at = globals.findIndex(({ kind }) => kind === STRINGS);
  const parts = globals.slice(at).findIndex(({ kind }, i) => i > 0 && kind !== CONTINUE);
  const strings = stringsOf(globals.slice(at, at + parts).map(({ body }) => body));
  const written = [
    ...globals.slice(0, lastFont + 1),
    ...fonts.map((font) => ({ kind: FONT, body: fontBody(font) })),
    ...globals.slice(lastFont + 1, at),
    ...stringRecords(
      strings.map((text) => named.get(text) ?? text),
      fontOf,
    ),
    ...globals.slice(at + parts),
  ];
  const shift = lengthOf(written) - lengthOf(globals);
  for (const { kind, body } of written) if (kind === SHEET) body.writeUInt32LE(body.readUInt32LE(0) + shift, 0);
  return packOle({ Workbook: Buffer.concat([...written, ...records.slice(before)].map(bytesOf)) });
}

function recordsOf(stream: Buffer): OldRecord[] {
  const records: OldRecord[] = [];
  for (let at = 0; at < stream.length;) {
    const end = at + 4 + stream.readUInt16LE(at + 2);
    records.push({ kind: stream.readUInt16LE(at), body: Buffer.from(stream.subarray(at + 4, end)) });
    at = end;
  }
  return records;
}

function bytesOf({ kind, body }: OldRecord): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(kind, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
}
const lengthOf = (records: OldRecord[]) => records.reduce((sum, { body }) => sum + 4 + body.length, 0);

function fontBody({ struck, raised, ink = 0x7fff }: Font): Buffer {
  const name = Buffer.from('Arial');
  const body = Buffer.alloc(16);
  for (const [at, value] of [220, struck ? 8 : 0, ink, 400, raised ?? 0].entries()) body.writeUInt16LE(value, at * 2);
  body[14] = name.length;
  return Buffer.concat([body, name]);
}

/** As the library writes them: of two bytes a character, each whole in a record. */
function stringsOf(bodies: Buffer[]): string[] {
  const bytes = Buffer.concat(bodies);
  const strings: string[] = [];
  for (let at = 8; at + 3 <= bytes.length;) {
    const end = at + 3 + bytes.readUInt16LE(at) * 2;
    strings.push(bytes.toString('utf16le', at + 3, end));
    at = end;
  }
  return strings;
}

/** Parted wherever a record is full, in the middle of a text too, as Excel does. */
function stringRecords(strings: (string | PrintedRun[])[], fontOf: (at: number) => number): OldRecord[] {
  const bodies = [Buffer.alloc(8)];
  bodies[0]!.writeUInt32LE(strings.length, 0);
  bodies[0]!.writeUInt32LE(strings.length, 4);
  const room = () => MOST - bodies.at(-1)!.length;
  const add = (bytes: Buffer) => void (bodies[bodies.length - 1] = Buffer.concat([bodies.at(-1)!, bytes]));
  const whole = (bytes: Buffer) => {
    if (room() < bytes.length) bodies.push(Buffer.alloc(0));
    add(bytes);
  };
  for (const string of strings) {
    const runs: PrintedRun[] = typeof string === 'string' ? [{ text: string, look: 'plain', way: 0 }] : string;
    const text = runs.map((run) => run.text).join('');
    const changes = runs.flatMap(({ look, way }, i) => {
      const own = ways[look];
      const font = own ? fontOf(own[way % own.length]!) : 0;
      return look === 'plain' && i === 0 ? [] : [[runs.slice(0, i).reduce((n, run) => n + run.text.length, 0), font]];
    });
    whole(numbers([text.length], changes.length > 0 ? [changes.length] : [], changes.length > 0 ? 9 : 1));
    for (let left = Buffer.from(text, 'utf16le'); left.length > 0;) {
      const size = Math.min(left.length, room() & ~1);
      add(left.subarray(0, size));
      left = left.subarray(size);
      if (left.length > 0) bodies.push(Buffer.from([1]));
    }
    for (const change of changes) whole(numbers(change, []));
  }
  return bodies.map((body, i) => ({ kind: i === 0 ? STRINGS : CONTINUE, body }));
}

/** Of two bytes each; between both a byte of flags. */
function numbers(before: number[], after: number[], flags?: number): Buffer {
  const two = (values: number[]) => Buffer.from(values.flatMap((value) => [value & 255, value >> 8]));
  return Buffer.concat([two(before), Buffer.from(flags === undefined ? [] : [flags]), two(after)]);
}
