import { BLACK, lookOnGround, WHITE, type Colour } from '../../doc/ink.ts';
import { within, type Look, type Run } from '../../doc/runs.ts';
import type { CellLook, CellLooks } from './cell-looks.ts';
import { PALETTE } from './palette.ts';

/** Records of a workbook of Excel 97–2003 ([MS-XLS]) by their number. */
const BOF = 0x809;
const CONTINUE = 0x3c;
const FONT = 0x31;
const FORMAT_OF_CELLS = 0xe0;
const COLOURS = 0x92;
const SHEET = 0x85;
const STRINGS = 0xfc;
const NUMBERS_IN_A_ROW = 0xbd;
const BLANKS_IN_A_ROW = 0xbe;
const STRING = 0xfd;
/** They begin with row, column and format: blank, number, text, truth, RK number, rich text, formula. */
const CELLS = new Set([0x201, 0x203, 0x204, 0x205, 0x27e, 0xd6, 0x06, STRING]);

interface Part {
  kind: number;
  body: Buffer;
  /** Where it begins in the stream. */
  at: number;
}

interface Font {
  struck: boolean;
  raised: boolean;
  ink: number;
}

/** A string with the places at which its font changes. */
interface Rich {
  text: string;
  changes: { at: number; font: number }[];
}

/**
 * How cells of XLS look, by the name of their sheet: the workbook library keeps neither fonts nor runs. What is damaged
 * is left out. Workbooks before Excel 97 have other records.
 */
export function oldCellLooks(stream: Buffer): Map<string, CellLooks> {
  const found = new Map<string, CellLooks>();
  const parts = partsOf(stream);
  if (parts[0]?.kind !== BOF || parts[0].body.length < 2 || parts[0].body.readUInt16LE(0) !== EXCEL_97) return found;
  const fonts = parts.flatMap(({ kind, body }) => (kind === FONT && body.length >= 10 ? [fontOf(body)] : []));
  /** No font has the number 4. */
  const fontAt = (index: number): Font | undefined => fonts[index < 4 ? index : index - 1];
  const own = parts.find(({ kind }) => kind === COLOURS)?.body;
  const palette = own ? withColours(own) : PALETTE;
  const lookOf = (font: Font | undefined, ground: Colour | null): Look => {
    const look = font?.struck ? 'struck' : font?.raised ? 'raised' : 'plain';
    return within(look, lookOnGround(palette[font?.ink ?? NaN] ?? BLACK, ground));
  };
  const ofCells = parts.flatMap(({ kind, body }): CellLook[] => {
    if (kind !== FORMAT_OF_CELLS || body.length < 20) return [];
    const ground = groundOf(body, palette);
    return [{ look: lookOf(fontAt(body.readUInt16LE(0)), ground), ground }];
  });
  const strings = richStrings(parts);
  const runsOf = (rich: Rich | undefined, cell: CellLook): Run[] | null => {
    if (!rich) return null;
    const starts = [
      { at: 0, look: cell.look },
      ...rich.changes.map(({ at, font }) => ({ at, look: lookOf(fontAt(font), cell.ground) })),
    ];
    return starts.map(({ at, look }, i) => ({ text: rich.text.slice(at, starts[i + 1]?.at), look }));
  };
  const names = new Map(parts.flatMap((part) => (part.kind === SHEET ? nameOf(part.body) : [])));
  let looks: CellLooks | null = null;
  for (const { kind, body, at } of parts) {
    if (kind === BOF) {
      const name = names.get(at);
      looks = name === undefined ? null : new Map();
      if (looks && name !== undefined) found.set(name, looks);
    }
    for (const { row, column, format } of looks ? cellsIn(kind, body) : []) {
      const cell = ofCells[format];
      if (!cell) continue;
      const runs = kind === STRING && body.length >= 10 ? runsOf(strings.get(body.readUInt32LE(6)), cell) : null;
      if (runs || cell.look !== 'plain') looks?.set(`${row} ${column}`, runs ? { ...cell, runs } : cell);
    }
  }
  return found;
}

const EXCEL_97 = 0x600;

function partsOf(stream: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at + 4 <= stream.length;) {
    const end = at + 4 + stream.readUInt16LE(at + 2);
    parts.push({ kind: stream.readUInt16LE(at), body: stream.subarray(at + 4, end), at });
    at = end;
  }
  return parts;
}

const fontOf = (body: Buffer): Font => ({
  struck: (body.readUInt16LE(2) & 8) !== 0,
  raised: body.readUInt16LE(8) !== 0,
  ink: body.readUInt16LE(4),
});

/** The first eight are the system's. */
function withColours(body: Buffer): Colour[] {
  const own: Colour[] = [];
  for (let at = 2; at + 4 <= body.length; at += 4) own.push([body[at]!, body[at + 1]!, body[at + 2]!]);
  return [...PALETTE.slice(0, 8), ...own, ...PALETTE.slice(8 + own.length)];
}

/** What is behind the text; null for a pattern. */
function groundOf(format: Buffer, palette: readonly Colour[]): Colour | null {
  const pattern = format.readUInt32LE(14) >>> 26;
  if (pattern === 0) return WHITE;
  return pattern === 1 ? (palette[format.readUInt16LE(18) & 0x7f] ?? null) : null;
}

/** Where a sheet begins in the stream, and its name. */
function nameOf(body: Buffer): [number, string][] {
  if (body.length < 8) return [];
  const wide = (body[7]! & 1) !== 0;
  return [[body.readUInt32LE(0), body.toString(wide ? 'utf16le' : 'latin1', 8, 8 + body[6]! * (wide ? 2 : 1))]];
}

function cellsIn(kind: number, body: Buffer): { row: number; column: number; format: number }[] {
  if (body.length < 6) return [];
  const [row, column] = [body.readUInt16LE(0), body.readUInt16LE(2)];
  if (CELLS.has(kind)) return [{ row, column, format: body.readUInt16LE(4) }];
  if (kind !== NUMBERS_IN_A_ROW && kind !== BLANKS_IN_A_ROW) return [];
  const size = kind === NUMBERS_IN_A_ROW ? 6 : 2;
  const count = Math.floor((body.length - 6) / size);
  return Array.from({ length: count }, (_, i) => ({
    row,
    column: column + i,
    format: body.readUInt16LE(4 + i * size),
  }));
}

/** The strings of all sheets that change their font, by number; what a damaged one says, and all after it, are left out. */
function richStrings(parts: Part[]): Map<number, Rich> {
  const first = parts.findIndex(({ kind }) => kind === STRINGS);
  const found = new Map<number, Rich>();
  if (first < 0) return found;
  const after = parts.slice(first + 1);
  const more = after.findIndex(({ kind }) => kind !== CONTINUE);
  const reader = createReader([parts[first]!, ...after.slice(0, more < 0 ? undefined : more)].map(({ body }) => body));
  try {
    reader.number(4);
    for (let left = reader.number(4), index = 0; left > 0; left--, index++) {
      const rich = readString(reader);
      if (rich.changes.length > 0) found.set(index, rich);
    }
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
  }
  return found;
}

class Damaged extends Error {}
type Reader = ReturnType<typeof createReader>;

function readString(reader: Reader): Rich {
  const length = reader.number(2);
  const flags = reader.number(1);
  const changes = flags & 8 ? reader.number(2) : 0;
  const extra = flags & 4 ? reader.number(4) : 0;
  const text = reader.text(length, (flags & 1) !== 0);
  const rich = {
    text,
    changes: Array.from({ length: changes }, () => ({ at: reader.number(2), font: reader.number(2) })),
  };
  reader.skip(extra);
  return rich;
}

/** Of a record and those that continue it. */
function createReader(bodies: Buffer[]) {
  let part = 0;
  let at = 0;
  const left = () => (bodies[part]?.length ?? 0) - at;
  function enter(): void {
    while (left() <= 0) {
      if (part >= bodies.length) throw new Damaged();
      part++;
      at = 0;
    }
  }
  function byte(): number {
    enter();
    return bodies[part]![at++]!;
  }
  return {
    number(size: number): number {
      let value = 0;
      for (let i = 0; i < size; i++) value += byte() * 256 ** i;
      return value;
    },
    skip(size: number): void {
      for (let rest = size; rest > 0;) {
        enter();
        const step = Math.min(rest, left());
        at += step;
        rest -= step;
      }
    },
    /** In each record that continues a text, a byte says first whether it goes on in characters of one byte or two. */
    text(length: number, isWide: boolean): string {
      let text = '';
      let wide = isWide;
      while (text.length < length) {
        if (left() <= 0) {
          enter();
          wide = (byte() & 1) !== 0;
        }
        const size = wide ? 2 : 1;
        const count = Math.min(length - text.length, Math.floor(left() / size));
        if (count === 0) throw new Damaged();
        text += bodies[part]!.toString(wide ? 'utf16le' : 'latin1', at, at + count * size);
        at += count * size;
      }
      return text;
    },
  };
}
