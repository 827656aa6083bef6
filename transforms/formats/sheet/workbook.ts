import { read, utils, type CellObject, type Range, type WorkBook, type WorkSheet } from '@e965/xlsx';
import type { Block, Doc, Picture } from '../../doc/doc.ts';
import { sayRuns, type Said } from '../../doc/runs.ts';
import { isOle, openOle } from '../ole.ts';
import { cellLooks, PLAIN, richRuns, type CellLook, type CellLooks, type SheetLooks } from './cell-looks.ts';
import { oldCellLooks } from './old-looks.ts';
import { PALETTE } from './palette.ts';
import { picturesOf, sheetParts } from './parts.ts';
import { maxColumns, sheetBlocks, type Sheet } from './sheet.ts';
import { said, Unreadable } from '../../findings.ts';
import { openZip, type Zip } from '../zip.ts';

const maxCells = 200_000;
const entryCaps = { entries: 2000, entryBytes: 32 << 20, totalBytes: 96 << 20 };

/**
 * Reads XLS, XLSX, XLSB and SpreadsheetML by content. Cells give the text that the sheet displays: number formats
 * applied, so a 0 shown as "-" is "-". Hidden sheets, rows and columns are not displayed and not in the blocks: the meta
 * `hidden` names them, and `unhidden` has the hidden rows in their places. Throws Unreadable.
 */
export async function readXlsx(bytes: Uint8Array): Promise<Doc> {
  const { parsed, looks, pictures } = await opened(bytes);
  const book = parse(parsed);
  const hidden: string[] = [];
  const blocks: Block[] = [];
  const unhidden: Block[] = [];
  let cells = 0;
  for (const [i, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (!sheet) continue;
    if ((book.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0) {
      hidden.push(`sheet ${name}`);
      continue;
    }
    const own = looks.sheets.get(name) ?? new Map();
    const read = readSheet(sheet, own, looks.palette, hiddenOf(sheet['!rows']));
    const whole = read.hidden.some((what) => what.startsWith('row'))
      ? readSheet(sheet, own, looks.palette, new Set())
      : read;
    cells += whole.cells.length;
    if (cells > maxCells) throw new Unreadable('too_large', { what: 'cells', limit: maxCells });
    hidden.push(...read.hidden.map((what) => `${what} of sheet ${name}`));
    const origin = `sheet ${i + 1} (${name})`;
    blocks.push(...sheetBlocks(read, origin));
    unhidden.push(...sheetBlocks(whole, origin));
    const shown = pictures.get(name) ?? [];
    for (const to of [blocks, unhidden])
      to.push(...shown.map((own): Picture => ({ ...own, kind: 'picture', alt: '', origin })));
  }
  const title = book.Props?.Title?.trim();
  return {
    title: title || null,
    metas: hidden.length > 0 ? { hidden: hidden.join('; ') } : {},
    blocks,
    ...(hidden.some((what) => what.startsWith('row')) ? { unhidden } : {}),
  };
}

/** What the workbook library is to read, and what it does not keep. */
async function opened(bytes: Uint8Array): Promise<Opened> {
  const plainly = { sheets: new Map(), palette: PALETTE };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const zip = await openedWithin(bytes);
    const pictures: Opened['pictures'] = new Map();
    for (const [name, part] of await sheetParts(zip)) pictures.set(name, await picturesOf(zip, part));
    return { parsed: bytes, looks: await cellLooks(zip), pictures };
  }
  if (isOle(bytes)) {
    const stream = oldWorkbook(bytes);
    return { parsed: stream, looks: { ...plainly, sheets: oldCellLooks(stream) }, pictures: new Map() };
  }
  if (!looksLikeXml(bytes)) throw new Unreadable('unreadable', { why: 'workbook_none' });
  return { parsed: bytes, looks: plainly, pictures: new Map() };
}

interface Opened {
  parsed: Uint8Array;
  looks: SheetLooks;
  /** On each sheet, by its name. */
  pictures: Map<string, Pick<Picture, 'source' | 'bytes'>[]>;
}

/** The stream of an XLS alone: the workbook library would follow damaged chains of the others without end. */
function oldWorkbook(bytes: Uint8Array): Buffer {
  const ole = openOle(bytes);
  if (ole.names.includes('EncryptedPackage')) throw new Unreadable('encrypted', { what: 'workbook' });
  const stream = ole.stream('Workbook') ?? ole.stream('Book');
  if (!stream) throw new Unreadable('unreadable', { why: 'ole_without_workbook' });
  return stream;
}

/** The workbook library unpacks without limits: see first that nothing unpacks to more than it should. */
async function openedWithin(bytes: Uint8Array): Promise<Zip> {
  const zip = await openZip(bytes, entryCaps);
  if (!zip.names.some((name) => name.startsWith('xl/')))
    throw new Unreadable('unreadable', { why: 'zip_without_workbook' });
  for (const name of zip.names) if (/\.(xml|rels|bin|vml)$/i.test(name)) await zip.read(name);
  return openZip(bytes, entryCaps);
}

const looksLikeXml = (bytes: Uint8Array) =>
  /^(?:\xef\xbb\xbf)?\s*<\?(?:xml|mso)/.test(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1'),
  );

function parse(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellStyles: true,
      cellHTML: false,
      cellFormula: true,
    });
  } catch (error) {
    if (/password|encrypt/i.test(said(error))) throw new Unreadable('encrypted', { what: 'workbook' });
    throw new Unreadable('unreadable', { why: 'workbook_damaged', said: said(error) });
  }
}

function readSheet(
  sheet: WorkSheet,
  looks: CellLooks,
  palette: SheetLooks['palette'],
  hiddenRows: Set<number>,
): Sheet & { hidden: string[] } {
  const rows = sheet['!data'] ?? [];
  const hiddenColumns = hiddenOf(sheet['!cols']);
  const merges: Range[] = sheet['!merges'] ?? [];
  const shownOf = (from: number, to: number, hidden: Set<number>): boolean => {
    for (let i = from; i <= Math.min(to, from + maxColumns); i++) if (!hidden.has(i)) return true;
    return false;
  };
  const starts = new Map(merges.map((merge) => [`${merge.s.r} ${merge.s.c}`, merge]));
  /** A merge shows its text in what is shown of it. */
  const goesOn = (r: number, c: number): boolean => {
    const end = starts.get(`${r} ${c}`)?.e;
    return end !== undefined && shownOf(r, end.r, hiddenRows) && shownOf(c, end.c, hiddenColumns);
  };
  const cells: Sheet['cells'] = [];
  const usedRows = new Set<number>();
  const usedColumns = new Set<number>();
  // `forEach` skips the holes that a sheet of a million declared rows is made of.
  rows.forEach((row, r) => {
    row?.forEach((value, c) => {
      const { text, unread } = displayed(value, looks.get(`${r} ${c}`) ?? PLAIN, palette);
      if (text.trim() === '' && !unread) return;
      usedRows.add(r);
      usedColumns.add(c);
      if ((hiddenRows.has(r) || hiddenColumns.has(c)) && !goesOn(r, c)) return;
      if (cells.length >= maxCells) throw new Unreadable('too_large', { what: 'cells', limit: maxCells });
      if (c >= maxColumns) throw new Unreadable('too_large', { what: 'columns', limit: maxColumns });
      cells.push({ row: r, column: c, text, ...(unread ? { unread } : {}) });
    });
  });
  if (merges.length > maxCells) throw new Unreadable('too_large', { what: 'merged_ranges', limit: maxCells });
  return {
    cells,
    merges,
    hiddenRows,
    hiddenColumns,
    hidden: [
      ...[...hiddenRows].filter((r) => usedRows.has(r)).map((r) => `row ${r + 1}`),
      ...[...hiddenColumns].filter((c) => usedColumns.has(c)).map((c) => `column ${utils.encode_col(c)}`),
    ],
  };
}

function hiddenOf(lines: { hidden?: boolean }[] | undefined): Set<number> {
  const hidden = new Set<number>();
  lines?.forEach((line, i) => {
    if (line?.hidden) hidden.add(i);
  });
  return hidden;
}

/**
 * The text that is shown. In format General or that of texts the full number, which a wide enough column shows; in Chinese
 * numerals too, as they are a General of another script. A formula that was never computed shows nothing that could be trusted: its
 * own text stands for it, so that it is not taken for a blank.
 */
function displayed(cell: CellObject | undefined, own: CellLook, palette: SheetLooks['palette']): Said {
  const plainly = (text: string): Said => sayRuns([{ text, look: own.look }]);
  if (!cell) return plainly('');
  if (cell.v === undefined || cell.t === 'z') return plainly(typeof cell.f === 'string' ? `=${cell.f}` : '');
  if (cell.t === 'n' && (cell.z === undefined || /General|^@$/i.test(String(cell.z)))) return plainly(String(cell.v));
  const runs = own.runs ?? (typeof cell.r === 'string' ? richRuns(cell.r, own, palette) : null);
  if (runs) return sayRuns(runs.map(({ text, look }) => ({ text: oneNewline(text), look })));
  return plainly(oneNewline(cell.w ?? String(cell.v)));
}

const oneNewline = (text: string): string => text.replace(/\r\n?/g, '\n');
