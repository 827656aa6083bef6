import type { Element } from 'domhandler';
import { BLACK, lookOnGround, WHITE, type Colour } from '../../doc/ink.ts';
import { within, type Look } from '../../doc/runs.ts';
import { attribute, child, childrenOf, isOn, parseXml } from '../word/docx-xml.ts';
import type { Zip } from '../zip.ts';

/** Row and column from 0, as `row column`, of the cells that are not plain. */
export type CellLooks = Map<string, Look>;

/** How whole cells of XLSX look, by the name of their sheet: the workbook library keeps no fonts. */
export async function cellLooks(zip: Zip): Promise<Map<string, CellLooks>> {
  const found = new Map<string, CellLooks>();
  const part = async (name: string) => {
    const bytes = await zip.read(name);
    return bytes && bytes.length > 0 ? bytes : null;
  };
  const styles = await part('xl/styles.xml');
  const looks = styles ? looksOfStyles(parseXml(styles)) : [];
  if (looks.every((look) => look === 'plain')) return found;
  const [book, relations] = [await part('xl/workbook.xml'), await part('xl/_rels/workbook.xml.rels')];
  if (!book || !relations) return found;
  const targets = new Map(
    childrenOf(parseXml(relations)).map((own) => [attribute(own, 'Id'), attribute(own, 'Target') ?? '']),
  );
  for (const sheet of children(child(parseXml(book), 'sheets'))) {
    const target = targets.get(attribute(sheet, 'id')) ?? '';
    const bytes = await part(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    if (bytes) found.set(attribute(sheet, 'name') ?? '', looksIn(bytes.toString('utf8'), looks));
  }
  return found;
}

const children = (parent: Element | undefined): Element[] => (parent ? childrenOf(parent) : []);

/** By the number that cells give for their style. */
function looksOfStyles(root: Element): Look[] {
  const fonts = children(child(root, 'fonts'));
  const fills = children(child(root, 'fills'));
  return children(child(root, 'cellXfs')).map((xf) => {
    const font = fonts[Number(attribute(xf, 'fontId') ?? NaN)];
    const fill = fills[Number(attribute(xf, 'fillId') ?? NaN)];
    const aligned = attribute(child(font, 'vertAlign'), 'val') ?? 'baseline';
    const look = isOn(font, 'strike') ? 'struck' : aligned === 'baseline' ? 'plain' : 'raised';
    const ink = colourOf(child(font, 'color')) ?? BLACK;
    return within(look, lookOnGround(ink, groundOf(child(fill, 'patternFill'))));
  });
}

/** What is behind the text of a cell; null for a pattern, or a colour of a theme. */
function groundOf(pattern: Element | undefined): Colour | null {
  const type = attribute(pattern, 'patternType') ?? 'none';
  if (type === 'none') return WHITE;
  return type === 'solid' ? colourOf(child(pattern, 'fgColor')) : null;
}

/** The first colour of every theme that programs bring is white, the second black; the others are the theme's own. */
const THEME: Record<string, Colour> = { '0': WHITE, '1': BLACK };
/** Of the old palette, which may be another in each workbook but for these. */
const INDEXED: Record<string, Colour> = { '0': BLACK, '1': WHITE, '8': BLACK, '9': WHITE, '64': BLACK, '65': WHITE };

function colourOf(color: Element | undefined): Colour | null {
  if (!color || attribute(color, 'tint')) return null;
  const rgb = /^(?:[\da-f]{2})?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(attribute(color, 'rgb') ?? '');
  if (rgb) return [hex(rgb[1]!), hex(rgb[2]!), hex(rgb[3]!)];
  return THEME[attribute(color, 'theme') ?? ''] ?? INDEXED[attribute(color, 'indexed') ?? ''] ?? null;
}
const hex = (part: string): number => Number.parseInt(part, 16);

/** Cells and rows without an address follow the one before. */
function looksIn(xml: string, looks: Look[]): CellLooks {
  const found: CellLooks = new Map();
  let row = -1;
  let column = -1;
  for (const [, name, attributes = ''] of xml.matchAll(/<(?:\w{1,20}:)?(row|c)\b([^<>]*)>/g)) {
    const at = /\br="([A-Z]{0,3})(\d{1,7})"/.exec(attributes);
    if (name === 'row') {
      row = at ? Number(at[2]) - 1 : row + 1;
      column = -1;
      continue;
    }
    column = at?.[1] ? columnOf(at[1]) : column + 1;
    const look = looks[Number(/\bs="(\d{1,6})"/.exec(attributes)?.[1] ?? NaN)] ?? 'plain';
    if (look !== 'plain') found.set(`${row} ${column}`, look);
  }
  return found;
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
