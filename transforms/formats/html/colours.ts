import { isTag, isText, type ChildNode, type Document, type Element } from 'domhandler';
import { BLACK, lookOnGround, WHITE, type Colour } from '../../doc/ink.ts';
import type { Look } from '../../doc/runs.ts';
import { memo } from '../../memo.ts';

/** Text in a colour near that of paper, or a ground near that of ink: hardly a page has either. */
const HAS_COLOURS =
  /(?<![-\w])color\s{0,4}[:=]\s{0,4}["']?\s{0,4}(?:#?(?:[a-f]{3}\b|(?:[a-f][0-9a-f]){3})|white|transparent|ivory|snow|gainsboro|lightgr|silver|hsl|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)\b|rgba?\(\s{0,4}(?:1[6-9]|2\d)\d|(?:rgba\([^)]{0,40},|rgba?\([^)]{0,40}\/)\s{0,4}0?\.?0{0,4}%?\s{0,4}\))|(?:background(?:-color)?\s{0,4}:\s{0,4}|bgcolor\s{0,4}=\s{0,4})["']?\s{0,4}(?:#[0-4]|black|rgba?\(\s{0,4}\d{1,2}\s{0,4},)/i;

export const hasColours = (page: string): boolean => HAS_COLOURS.test(page);

/** What stands around an element; null: a colour that is not known. */
interface Around {
  ink: Colour | 'none' | null;
  ground: Colour | null;
  /** The look of ink on ground, as it was written down. */
  look: Look;
  inTable: boolean;
}

/**
 * Takes away text of the colour of what is behind it, once style sheets stand in the elements, and writes down where it
 * is blacked out or pale. `outside`: sheets of other addresses may give a colour to any element of a class.
 */
export function hideByColour(root: Document, page: string): void {
  const outside = /<link\b[^>]{0,300}\bstylesheet|@import/i.test(page);
  const open: { nodes: ChildNode[]; around: Around }[] = [
    { nodes: root.children, around: { ink: BLACK, ground: WHITE, look: 'plain', inTable: false } },
  ];
  for (let at = open.pop(); at; at = open.pop())
    for (const node of at.nodes) {
      if (!isTag(node) || NO_TEXT.has(node.name)) continue;
      open.push({ nodes: node.children, around: colour(node, at.around, outside) });
    }
}

const NO_TEXT = new Set(['script', 'style', 'head', 'svg', 'select', 'textarea']);
const PART = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);

function colour(node: Element, around: Around, outside: boolean): Around {
  const inTable = around.inTable || node.name === 'table';
  const { ink, ground, look } = inkAndGround(node, around, outside);
  if (!node.children.some((child) => isText(child) && child.data.trim() !== ''))
    return { ink, ground, look: around.look, inTable };
  if (look === 'unseen') {
    for (const child of node.children) if (isText(child)) child.data = '';
    return { ink, ground, look: around.look, inTable };
  }
  if (look !== around.look) node.attribs.style = `${node.attribs.style ?? ''};--look:${look}`;
  return { ink, ground, look, inTable };
}

function inkAndGround(node: Element, around: Around, outside: boolean): Pick<Around, 'ink' | 'ground' | 'look'> {
  const { attribs, name } = node;
  const styled = attribs.style === undefined ? NOTHING : coloursOf(attribs.style);
  const inked = name === 'font' ? attribs.color : name === 'body' ? attribs.text : undefined;
  // A link has a colour of its own.
  const plain = name === 'a' && attribs.href !== undefined ? BLACK : around.ink;
  const ink = styled.ink === undefined ? (inked === undefined ? plain : colourOf(inked)) : styled.ink;
  const given = styled.ground ?? (PART.has(name) || name === 'body' ? attribs.bgcolor : undefined);
  const classed = outside && (attribs.class !== undefined || attribs.id !== undefined);
  let { ground } = around;
  if (given !== undefined) ground = groundOf(given, around.ground);
  else if (classed) ground = null;
  // Around tables there is paper.
  else if (name === 'table' && !around.inTable) ground ??= WHITE;
  const look: Look = ink === null ? 'plain' : ink === 'none' ? 'unseen' : lookOnGround(ink, ground);
  return { ink, ground, look };
}

interface Declared {
  /** Undefined where the element has that of what is around it. */
  ink: Around['ink'] | undefined;
  /** As written. */
  ground: string | undefined;
}

const NOTHING: Declared = { ink: undefined, ground: undefined };

const coloursOf = memo((style: string): Declared => {
  if (!/color|background/i.test(style)) return NOTHING;
  let { ink, ground } = NOTHING;
  for (const declaration of style.toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, Math.max(colon, 0)).trim();
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim();
    if (property === 'color') ink = value === 'inherit' ? undefined : inkOf(value);
    else if (property === 'background' || property === 'background-color') ground = value;
  }
  return { ink, ground };
});

const inkOf = (value: string): Around['ink'] =>
  value === 'transparent' || alphaOf(value) === 0 ? 'none' : colourOf(value);

/** Of `background` or `bgcolor`: a picture is of no known colour. */
function groundOf(value: string, around: Colour | null): Colour | null {
  if (/url\(|gradient/.test(value)) return null;
  const written = /(?:rgb|hsl)a?\([^)]{0,60}\)|#[0-9a-f]{1,8}|[a-z0-9]+/i.exec(value)?.[0] ?? '';
  if (/^(?:transparent|none|inherit|initial|unset|0)$/i.test(written) || alphaOf(written) === 0) return around;
  return colourOf(written);
}

const alphaOf = (value: string): number => {
  if (/^#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)$/i.test(value)) return 0;
  const alpha = functionIn(value)?.parts[3];
  return alpha === undefined ? 1 : Number.parseFloat(alpha);
};

/** `rgb(…)` and `hsl(…)`, whatever parts their numbers. */
function functionIn(value: string): { name: string; parts: string[] } | null {
  const found = /^(rgb|hsl)a?\(([^)]*)\)$/i.exec(value);
  return found && { name: found[1]!.toLowerCase(), parts: found[2]!.trim().split(/[\s,/]+/) };
}

/** What CSS and old attributes write for a colour; null for what is not known here. */
function colourOf(written: string): Colour | null {
  const value = written.trim().toLowerCase();
  const named = NAMED.get(value);
  if (named) return named;
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/.exec(value)?.[1];
  if (hex !== undefined) {
    const parts = hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)!;
    return [parseInt(parts[0]!, 16), parseInt(parts[1]!, 16), parseInt(parts[2]!, 16)];
  }
  const { name, parts } = functionIn(value) ?? { name: '', parts: [] };
  if (name === 'hsl') return ofHue(parts.map((part) => Number.parseFloat(part)));
  const [r = NaN, g = NaN, b = NaN] = parts.map((part) => Number.parseFloat(part) * (part.endsWith('%') ? 2.55 : 1));
  return Number.isNaN(r + g + b) ? null : [r, g, b];
}

/** Hue in degrees, saturation and lightness in per cent. */
function ofHue([hue = NaN, saturation = NaN, lightness = NaN]: number[]): Colour | null {
  const light = lightness / 100;
  const reach = (saturation / 100) * Math.min(light, 1 - light);
  const part = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return 255 * (light - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return Number.isNaN(hue + reach) ? null : [part(0), part(8), part(4)];
}

/** The names of colours that are near paper, and of grounds on which text is white. */
const NAMED = new Map<string, Colour>([
  ['white', WHITE],
  ['black', BLACK],
  ['windowtext', BLACK],
  ['window', WHITE],
  ['snow', [255, 250, 250]],
  ['ivory', [255, 255, 240]],
  ['whitesmoke', [245, 245, 245]],
  ['gainsboro', [220, 220, 220]],
  ['lightgray', [211, 211, 211]],
  ['lightgrey', [211, 211, 211]],
  ['silver', [192, 192, 192]],
  ['gray', [128, 128, 128]],
  ['grey', [128, 128, 128]],
  ['red', [255, 0, 0]],
  ['yellow', [255, 255, 0]],
  ['green', [0, 128, 0]],
  ['blue', [0, 0, 255]],
  ['navy', [0, 0, 128]],
]);
