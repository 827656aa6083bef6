import { isTag, type Element } from 'domhandler';
import { within, type Look } from '../../doc/runs.ts';
import { memo } from '../../memo.ts';
import type { PageElement } from './tree.ts';

/** Off its line by less than this, in points, text is only adjusted; note marks stand 3 to 6 points higher. */
const RAISED = 2;
/** Text moved further than this, in pixels, is off every window. */
const FAR = 500;
/** A point is a dot: nobody can tell whether text of that size is to be read. */
const DOT = 1;

/** What one element says about how it is seen. */
export interface Styled {
  /** Takes no place: a cell of a row that is gone moves its neighbours, one that is only unseen does not. */
  gone: boolean;
  look: Look;
  /** Font size of nothing, which ends at the next element that has one of its own; null where none is said. */
  tiny: boolean | null;
  /** By its colour, of the text of the element itself; ends at the next element that has one; null where none is said. */
  inked: 'plain' | 'pale' | 'struck' | null;
  /** Its characters are shown from right to left, digits too; null where none is said. */
  turned: boolean | null;
  /** CSS text that stands for the element, or before or after its own; '' for none. */
  content: string;
}

const PLAIN: Styled = { gone: false, look: 'plain', tiny: null, inked: null, turned: null, content: '' };
/** With a size of its own, as most text in cells has. */
const SIZED: Styled = { ...PLAIN, tiny: false };

/** Most declarations are of fonts and borders: only those with one of these words are taken apart. */
const MATTERS =
  /--look|display|visibility|line-through|vertical-align|raise|font-size|opacity|position|indent|clip|content|overflow|transform|bidi|gradient|mso-hide/i;

const styled = memo((style: string): Styled => {
  if (!MATTERS.test(style)) return PLAIN;
  const said = new Map<string, string>();
  for (const declaration of style.toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).replace('!important', '');
    said.set(declaration.slice(0, colon).trim(), value.trim());
  }
  const of = (property: string): string => said.get(property) ?? '';
  const size = of('font-size');
  const struck = of('text-decoration').includes('line-through') || of('text-decoration-line').includes('line-through');
  const own = size === '' || /em|%|smaller|larger|inherit/.test(size) ? null : points(size);
  const ground = of('background') + of('background-image');
  // Word does not print what browsers show of `mso-hide`, and a gradient may draw a line through its text.
  const isDoubtful = (own !== null && own > 0 && own <= DOT) || of('mso-hide') === 'all' || ground.includes('gradient');
  const looks = /^(?:plain|pale|struck)$/.exec(of('--look'))?.[0] ?? (isDoubtful ? 'pale' : null);
  const found: Styled = {
    gone: of('display') === 'none' || of('visibility') === 'collapse',
    look: isUnseen(of) ? 'unseen' : struck || isLine(ground) ? 'struck' : isRaised(of) ? 'raised' : 'plain',
    tiny: own === null ? null : Number.parseFloat(size) === 0,
    inked: looks as Styled['inked'],
    turned: /override/.test(of('unicode-bidi')) ? of('direction') === 'rtl' : null,
    content: of('content'),
  };
  const { gone, look, tiny, inked, turned, content } = found;
  const isPlain = !gone && look === 'plain' && !tiny && inked === null && turned === null && content === '';
  if (!isPlain) return found;
  return tiny === null ? PLAIN : SIZED;
});

function isUnseen(of: (property: string) => string): boolean {
  const moved = /absolute|fixed/.test(of('position'));
  return (
    of('visibility') === 'hidden' ||
    (of('opacity') !== '' && Number.parseFloat(of('opacity')) === 0) ||
    Number.parseFloat(of('text-indent')) < -FAR ||
    (moved && ['left', 'top', 'right', 'bottom'].some((side) => Number.parseFloat(of(side)) < -FAR)) ||
    (moved && /^rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]/.test(of('clip'))) ||
    (of('overflow') === 'hidden' && ['height', 'max-height', 'width'].some((p) => /^0(?:[a-z]*)$/.test(of(p))))
  );
}

/** A narrow stripe across the middle, nothing above it and nothing below. */
function isLine(ground: string): boolean {
  if (!/gradient\(.{0,40}transparent.{1,120}transparent/.test(ground)) return false;
  const stops = (ground.match(/\d{1,3}(?:\.\d{1,3})?(?=%)/g) ?? []).map(Number);
  const [from, to] = [Math.min(...stops), Math.max(...stops)];
  return from <= MIDDLE && to >= MIDDLE && to - from <= STRIPE;
}
/** Of the height of a line, in per cent; a marker's stripe is broader. */
const [MIDDLE, STRIPE] = [50, 25];

function isRaised(of: (property: string) => string): boolean {
  const align = of('vertical-align');
  if (/^(?:super|sub|text-top)$/.test(align) || /^(?:super|sub)$/.test(of('font-variant-position'))) return true;
  return points(align) >= RAISED || points(of('mso-text-raise')) >= RAISED || movedUp(of);
}

/** `top` moves what is positioned relatively, `transform` anything; smaller than its line, it is a mark. */
function movedUp(of: (property: string) => string): boolean {
  const by =
    of('position') === 'relative' ? of('top') : (/translatey\(([^()]{0,20})\)/.exec(of('transform'))?.[1] ?? '');
  return of('font-size') !== '' && points(by) >= RAISED;
}

/** The size of a length in points, whatever its direction; 0 for a word. An em of a table is about 10 points. */
function points(length: string): number {
  const size = Math.abs(Number.parseFloat(length));
  if (Number.isNaN(size)) return 0;
  if (length.includes('%')) return size / 10;
  return /em|ex/.test(length) ? size * 10 : length.includes('px') ? size * 0.75 : size;
}

/** A cell is asked some four times, once its style sheets are written into it: it keeps the answer. */
const styleOf = (node: Element): Styled => ((node as PageElement).styled ??= styleIn(node.attribs));

function styleIn({ style, hidden }: Element['attribs']): Styled {
  const said = style === undefined ? PLAIN : styled(style);
  return hidden === undefined ? said : { ...said, gone: true };
}

/** Takes no place on the page. */
export const isGone = (node: Element): boolean => styleOf(node).gone;

const RAISED_BY_NAME = new Set(['sup', 'sub']);
const STRUCK_BY_NAME = new Set(['s', 'strike', 'del']);

/** How text is seen at one place of the page. */
export interface Seen {
  look: Look;
  /** Of no size, until an element within has one of its own. */
  tiny: boolean;
  /** By its colour, likewise. */
  inked: 'plain' | 'pale' | 'struck';
  turned: boolean;
}

export const PLAINLY: Seen = { look: 'plain', tiny: false, inked: 'plain', turned: false };

/** How the text of an element is seen, in what stands around it. */
export function seenIn(node: Element, around: Seen): Seen {
  const style = styleOf(node);
  const { tiny, inked } = style;
  const own = ownLook(node, style);
  const turned = node.name === 'bdo' ? node.attribs.dir?.toLowerCase() === 'rtl' : style.turned;
  if (own === 'plain' && (tiny ?? around.tiny) === around.tiny && inked === null && turned === null) return around;
  return {
    look: within(around.look, own),
    tiny: tiny ?? around.tiny,
    inked: inked ?? around.inked,
    turned: turned ?? around.turned,
  };
}

function ownLook(node: Element, { look, gone }: Styled): Look {
  if (look === 'unseen' || gone) return 'unseen';
  if (STRUCK_BY_NAME.has(node.name) || look === 'struck') return 'struck';
  // Of cells `vertical-align` says where in the cell their text stands.
  const inline = node.name !== 'td' && node.name !== 'th';
  return RAISED_BY_NAME.has(node.name) || (inline && look === 'raised') ? 'raised' : 'plain';
}

/** What is seen plainly around the element is seen so in it. */
export function isOrdinary(node: Element): boolean {
  const style = styleOf(node);
  return style === PLAIN || style === SIZED;
}

/** The style sheet puts digits before or after the text of the element, or in its place. */
export function showsMoreThanText(node: Element): boolean {
  const { content } = styleOf(node);
  if (content === '') return false;
  const attribute = /attr\(\s*([\w-]+)\s*\)/.exec(content)?.[1];
  return /\d/.test(attribute === undefined ? content : (node.attribs[attribute] ?? ''));
}

/** How what stands around a cell, its row and that row's group, makes text look. */
export function seenAround(cell: Element): Seen {
  let around: Seen = PLAINLY;
  for (let at = cell.parent; at && isTag(at) && at.name !== 'table'; at = at.parent) around = seenIn(at, around);
  return around;
}
