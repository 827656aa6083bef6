import type { Element } from 'domhandler';
import { BLACK, lookOnGround, WHITE, type Colour } from '../../doc/ink.ts';
import { within, type Look, type Run } from '../../doc/runs.ts';
import { attribute, child, childrenOf, isOn, nameOf, parseXml, textOf } from '../word/docx-xml.ts';
import type { Zip } from '../zip.ts';
import { hex, PALETTE } from './palette.ts';
import { partOf, sheetParts } from './parts.ts';

/** How the text of a cell looks, and what is behind it; null where that is not known. */
export interface CellLook {
  look: Look;
  ground: Colour | null;
  /** Of text that does not all look the same. */
  runs?: Run[];
}

/** Row and column from 0, as `row column`, of the cells that are not plain. */
export type CellLooks = Map<string, CellLook>;

/** By the name of the sheet; with the colours that runs of shared strings name by a number. */
export interface SheetLooks {
  sheets: Map<string, CellLooks>;
  palette: readonly Colour[];
}

export const PLAIN: CellLook = { look: 'plain', ground: WHITE };
const isPlain = ({ look, ground }: CellLook): boolean => look === 'plain' && ground === WHITE;

/** How cells of XLSX look, by the name of their sheet: the workbook library keeps no fonts, and runs of shared strings alone. */
export async function cellLooks(zip: Zip): Promise<SheetLooks> {
  const root = await partOf(zip, 'xl/styles.xml');
  const styles: Styles = root ? readStyles(root) : { ofCells: [], palette: PALETTE };
  const sheets = new Map<string, CellLooks>();
  for (const [name, part] of await sheetParts(zip)) {
    const bytes = await zip.read(part);
    if (bytes) sheets.set(name, looksIn(bytes.toString('utf8'), styles));
  }
  return { sheets, palette: styles.palette };
}

const children = (parent: Element | undefined): Element[] => (parent ? childrenOf(parent) : []);

interface Styles {
  /** By the number that cells give for their style. */
  ofCells: CellLook[];
  palette: readonly Colour[];
}

function readStyles(root: Element): Styles {
  const fonts = children(child(root, 'fonts'));
  const fills = children(child(root, 'fills'));
  const own = children(child(child(root, 'colors'), 'indexedColors')).map(
    (e) => hex(attribute(e, 'rgb') ?? '') ?? BLACK,
  );
  const palette = [...own, ...PALETTE.slice(own.length)];
  const ofCells = children(child(root, 'cellXfs')).map((xf) => {
    const fill = fills[Number(attribute(xf, 'fillId') ?? NaN)];
    const ground = groundOf(child(fill, 'patternFill'), palette);
    return { look: lookOfFont(fonts[Number(attribute(xf, 'fontId') ?? NaN)], ground, palette), ground };
  });
  return { ofCells, palette };
}

/** Of a font of the styles, or of a run: both hold the same. */
function lookOfFont(font: Element | undefined, ground: Colour | null, palette: readonly Colour[]): Look {
  const aligned = attribute(child(font, 'vertAlign'), 'val') ?? 'baseline';
  const look = isOn(font, 'strike') ? 'struck' : aligned === 'baseline' ? 'plain' : 'raised';
  return within(look, lookOnGround(colourOf(child(font, 'color'), palette) ?? BLACK, ground));
}

/** What is behind the text of a cell; null for a pattern, or a colour of a theme. */
function groundOf(pattern: Element | undefined, palette: readonly Colour[]): Colour | null {
  const type = attribute(pattern, 'patternType') ?? 'none';
  if (type === 'none') return WHITE;
  return type === 'solid' ? colourOf(child(pattern, 'fgColor'), palette) : null;
}

/** The first colour of every theme that programs bring is white, the second black; the others are the theme's own. */
const THEME: Record<string, Colour> = { '0': WHITE, '1': BLACK };

function colourOf(color: Element | undefined, palette: readonly Colour[]): Colour | null {
  if (!color) return null;
  const plain =
    hex(attribute(color, 'rgb') ?? '') ??
    THEME[attribute(color, 'theme') ?? ''] ??
    palette[Number(attribute(color, 'indexed') ?? NaN)];
  if (!plain) return null;
  const tint = Number(attribute(color, 'tint') ?? 0);
  const tinted = (part: number) => (tint < 0 ? part * (1 + tint) : part + (255 - part) * tint);
  return [tinted(plain[0]), tinted(plain[1]), tinted(plain[2])];
}

/** Cells and rows without an address follow the one before. */
function looksIn(xml: string, { ofCells, palette }: Styles): CellLooks {
  const found: CellLooks = new Map();
  if (ofCells.every(isPlain) && !xml.includes('"inlineStr"')) return found;
  let row = -1;
  let column = -1;
  /** Of the cell that is being read: how it looks, and where the string begins that it holds itself. */
  let own = PLAIN;
  let inline = 0;
  for (const { 0: tag, 1: end, 2: name, 3: attributes = '', index } of xml.matchAll(TAGS)) {
    if (name === 'is') {
      const runs = end ? richRuns(xml.slice(inline, index), own, palette) : null;
      if (runs) found.set(`${row} ${column}`, { ...own, runs });
      inline = index + tag.length;
      continue;
    }
    if (end) continue;
    const at = /\br="([A-Z]{0,3})(\d{1,7})"/.exec(attributes);
    if (name === 'row') {
      row = at ? Number(at[2]) - 1 : row + 1;
      column = -1;
      continue;
    }
    column = at?.[1] ? columnOf(at[1]) : column + 1;
    own = ofCells[Number(/\bs="(\d{1,6})"/.exec(attributes)?.[1] ?? NaN)] ?? PLAIN;
    if (!isPlain(own)) found.set(`${row} ${column}`, own);
  }
  return found;
}
/** Where rows and cells begin, and where a string begins and ends that a cell holds itself. */
const TAGS = /<(\/?)(?:\w{1,20}:)?(row|c|is)\b([^<>]*)>/g;

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** The runs of a string of XLSX; null where it has none, or all of it is plain. Readings above characters (`rPh`) are none. */
export function richRuns(xml: string, cell: CellLook, palette: readonly Colour[]): Run[] | null {
  if (cell.look === 'plain' && !/<(?:\w{1,20}:)?(?:strike|vertAlign|color)\b/.test(xml)) return null;
  const runs = childrenOf(parseXml(Buffer.from(`<si>${xml}</si>`)))
    .filter((e) => nameOf(e) === 'r')
    .map((run): Run => {
      const [font, text] = [child(run, 'rPr'), child(run, 't')];
      return { text: text ? textOf(text) : '', look: font ? lookOfFont(font, cell.ground, palette) : cell.look };
    });
  return runs.length > 0 && [cell, ...runs].some(({ look }) => look !== 'plain') ? runs : null;
}
