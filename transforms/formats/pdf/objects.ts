import { boundsOf, contains, overlaps, type Box } from '../geometry/box.ts';
import { addBar, addLine, createInk, THIN, type Ink, type Stroke } from '../geometry/rules.ts';
import { viewScratch, type OpenPdf } from './pdfium.ts';
import type { Budget, PageImage } from './types.ts';

/** Drawn things of a page in its own unturned space: y upwards. */
export interface Objects {
  strokes: Stroke[];
  fills: Fill[];
  images: PageImage[];
  curves: number;
  cover: Cover;
}

/** An area and its place in painting order. */
export interface Fill extends Box {
  order: number;
}

/** What may take text of a page from its reader. */
export interface Cover {
  /** Painting order of text objects, and of the last opaque picture that covers the page (-1: none). */
  order: Map<number, number>;
  last: number;
  /** Text objects of which clipping leaves out some or all, and a box around what it leaves. */
  clipped: Map<number, Box>;
  /** Areas and pictures painted over text objects, or over parts of them. */
  over: Map<number, Fill[]>;
}

const TEXT = 1;
const PATH = 2;
const IMAGE = 3;
const FORM = 5;
const LINE_TO = 0;
const BEZIER_TO = 1;
const MOVE_TO = 2;
/** Forms may contain each other for ever. */
const MAX_DEPTH = 8;
/** Paths longer than this are drawings or outlined text, never a rule. */
const MAX_RULE_SEGMENTS = 2000;

const MAX_SIMPLE_SEGMENTS = 6;

interface Walk {
  pdf: OpenPdf;
  page: number;
  budget: Budget;
  found: Objects;
  ink: Ink;
  /** White lines are rules only on coloured ground. */
  white: Ink;
  count: number;
  texts: { object: number; box: Box; order: number }[];
  areas: Fill[];
}

export function extractObjects(pdf: OpenPdf, page: number, budget: Budget): Objects {
  const found: Objects = { strokes: [], fills: [], images: [], curves: 0, cover: createCover() };
  const walk: Walk = { pdf, page, budget, found, ink: createInk(), white: createInk(), count: 0, texts: [], areas: [] };
  const { lib } = pdf;
  const objects = lib._FPDFPage_CountObjects(page);
  for (let i = 0; i < objects && budget.segments >= 0; i++) {
    visit(walk, lib._FPDFPage_GetObject(page, i), IDENTITY, EVERYWHERE, 0);
  }
  found.cover.over = paintedOver(walk);
  found.strokes = walk.ink.strokes;
  for (const stroke of walk.white.strokes) {
    if (found.fills.some((fill) => contains(fill, stroke, 1))) found.strokes.push(stroke);
  }
  return found;
}

export const createCover = (): Cover => ({ order: new Map(), last: -1, clipped: new Map(), over: new Map() });

/** `clip`: what clipping around the object leaves of the page. */
function visit(walk: Walk, object: number, matrix: Matrix, clip: Box, depth: number): void {
  const { lib } = walk.pdf;
  walk.count++;
  walk.budget.segments--;
  const type = lib._FPDFPageObj_GetType(object);
  if (type === TEXT) {
    const { cover } = walk.found;
    cover.order.set(object, walk.count);
    const box = placed(keepBoundless(walk, object), matrix);
    walk.texts.push({ object, box, order: walk.count });
    const left = clipOf(walk, object, matrix, clip);
    if (!isWithin(box, left)) cover.clipped.set(object, left);
  } else if (type === PATH) readPath(walk, object, matrix);
  else if (type === IMAGE) readImage(walk, object, matrix);
  else if (type === FORM && depth < MAX_DEPTH) {
    const inner = multiply(readMatrix(walk.pdf, object), matrix);
    const left = clipOf(walk, object, matrix, clip);
    const objects = lib._FPDFFormObj_CountObjects(object);
    for (let i = 0; i < objects && walk.budget.segments >= 0; i++) {
      visit(walk, lib._FPDFFormObj_GetObject(object, i), inner, left, depth + 1);
    }
  }
}

const STROKED_TEXT = 1;
const INVISIBLE_TEXT = 3;

/**
 * PDFium leaves text without any extent out of its text page: single characters of fonts that the file does not hold,
 * for which it has no glyphs either. As stroked text they get the extent of the pen.
 * @returns the bounds that it had
 */
function keepBoundless({ pdf }: Walk, text: number): Box {
  const bounds = readBounds(pdf, text);
  const { x0, y0, x1, y1 } = bounds;
  if (x1 - x0 > 0.01 && y1 - y0 > 0.01) return bounds;
  const { lib } = pdf;
  if (lib._FPDFTextObj_GetTextRenderMode(text) === INVISIBLE_TEXT) return bounds;
  lib._FPDFTextObj_SetTextRenderMode(text, STROKED_TEXT);
  lib._FPDFPageObj_Transform(text, 1, 0, 0, 1, 0, 0);
  return bounds;
}

/** More points than any clipping rectangle has: a drawing clips, of which the box is what is left. */
const MAX_CLIP_SEGMENTS = 20;

/** What is left of `around` within the clipping paths of an object; of one of another shape its box. */
function clipOf({ pdf, budget }: Walk, object: number, matrix: Matrix, around: Box): Box {
  const { lib, scratch } = pdf;
  const path = lib._FPDFPageObj_GetClipPath(object);
  const paths = path ? lib._FPDFClipPath_CountPaths(path) : 0;
  let left = around;
  for (let p = 0; p < paths && budget.segments >= 0; p++) {
    const segments = lib._FPDFClipPath_CountPathSegments(path, p);
    if (segments > MAX_CLIP_SEGMENTS) continue;
    const points: number[] = [];
    for (let i = 0; i < segments; i++) {
      lib._FPDFPathSegment_GetPoint(lib._FPDFClipPath_GetPathSegment(path, p, i), scratch, scratch + 4);
      const { floats } = viewScratch(pdf);
      points.push(floats[0]!, floats[1]!);
    }
    budget.segments -= segments;
    if (points.length > 0) left = overlapOf(left, placed(boundsOf(points), matrix));
  }
  return left;
}

const EVERYWHERE: Box = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity };

const overlapOf = (a: Box, b: Box): Box => ({
  x0: Math.max(a.x0, b.x0),
  y0: Math.max(a.y0, b.y0),
  x1: Math.min(a.x1, b.x1),
  y1: Math.min(a.y1, b.y1),
});

/** Producers clip each line of text a little tightly: of a glyph that is gone more is left out than this share of its height. */
const TIGHT = 0.2;

function isWithin(box: Box, clip: Box): boolean {
  const { x0, y0, x1, y1 } = overlapOf(box, clip);
  const height = box.y1 - box.y0;
  return x1 - x0 >= box.x1 - box.x0 - TIGHT * height && y1 - y0 >= (1 - TIGHT) * height;
}

function placed({ x0, y0, x1, y1 }: Box, m: Matrix): Box {
  if (m === IDENTITY) return { x0, y0, x1, y1 };
  const corner = (x: number, y: number): number[] => [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
  return boundsOf([...corner(x0, y0), ...corner(x1, y0), ...corner(x0, y1), ...corner(x1, y1)]);
}

function readPath(walk: Walk, path: number, outer: Matrix): void {
  const { pdf, found } = walk;
  const { lib, scratch } = pdf;
  const segments = lib._FPDFPath_CountSegments(path);
  walk.budget.segments -= segments;
  if (walk.budget.segments < 0 || !lib._FPDFPath_GetDrawMode(path, scratch, scratch + 4)) return;
  const [fillMode = 0, stroked = 0] = viewScratch(pdf).uints;
  const fill = fillMode === 0 ? 'none' : tone(pdf, lib._FPDFPageObj_GetFillColor(path, ...colourSlots(scratch)));
  if (fill !== 'none') addCover(walk, placed(readBounds(pdf, path), outer));
  const stroke = stroked === 0 ? 'none' : tone(pdf, lib._FPDFPageObj_GetStrokeColor(path, ...colourSlots(scratch)));
  if (fill === 'none' && stroke === 'none') return;
  if (segments > MAX_RULE_SEGMENTS) {
    found.curves += segments;
    return;
  }
  if (segments <= MAX_SIMPLE_SEGMENTS && outer === IDENTITY) {
    // Most paths of a dotted or ruled page are one thin bar: its bounds say all there is to know.
    const bounds = readBounds(pdf, path);
    if (Math.min(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0) <= THIN) {
      const white = fill === 'none' ? stroke === 'white' : fill === 'white';
      addBar(white ? walk.white : walk.ink, bounds);
      return;
    }
  }
  const matrix = multiply(readMatrix(pdf, path), outer);
  for (const line of readSubpaths(walk, path, segments, matrix)) {
    if (stroke !== 'none') addLines(line, stroke === 'white' ? walk.white : walk.ink);
    if (fill !== 'none') addArea(line, fill === 'white', walk);
  }
}

/** Points: nothing of a digit is lost under less. */
const THINNEST_COVER = 3;

function addCover({ areas, count }: Walk, box: Box): void {
  if (Math.min(box.x1 - box.x0, box.y1 - box.y0) >= THINNEST_COVER) areas.push({ ...box, order: count });
}

/** Areas after a text of which each is looked at; a page with more is a drawing, of which any may be over it. */
const MOST_AREAS = 2000;

function paintedOver({ texts, areas }: Walk): Cover['over'] {
  const over: Cover['over'] = new Map();
  let first = areas.length;
  for (const { object, box, order } of texts.toReversed()) {
    while (first > 0 && areas[first - 1]!.order > order) first--;
    const later = areas.length - first;
    if (later > MOST_AREAS) over.set(object, [{ ...EVERYWHERE, order: Infinity }]);
    else if (later > 0) {
      const own = areas.slice(first).filter((area) => overlaps(area, box));
      if (own.length > 0) over.set(object, own);
    }
  }
  return over;
}

type Tone = 'none' | 'white' | 'ink';

const colourSlots = (scratch: number): [number, number, number, number] => [
  scratch,
  scratch + 4,
  scratch + 8,
  scratch + 12,
];

function tone(pdf: OpenPdf, known: number): Tone {
  if (!known) return 'ink';
  const [r = 0, g = 0, b = 0, alpha = 0] = viewScratch(pdf).uints;
  if (alpha === 0) return 'none';
  return r >= 250 && g >= 250 && b >= 250 ? 'white' : 'ink';
}

/** Corner points of each part of a path as x, y, x, y…; curves are replaced by their chord. */
function readSubpaths(walk: Walk, path: number, segments: number, m: Matrix): number[][] {
  const { lib, scratch } = walk.pdf;
  const parts: number[][] = [];
  let part: number[] = [];
  let bezier = 0;
  for (let i = 0; i < segments; i++) {
    const segment = lib._FPDFPath_GetPathSegment(path, i);
    const type = lib._FPDFPathSegment_GetType(segment);
    if (type === BEZIER_TO) {
      walk.found.curves++;
      // Two control points come before the end point.
      if (++bezier % 3 !== 0) continue;
    } else if (type !== LINE_TO && type !== MOVE_TO) continue;
    lib._FPDFPathSegment_GetPoint(segment, scratch, scratch + 4);
    const { floats } = viewScratch(walk.pdf);
    const x = floats[0]!;
    const y = floats[1]!;
    if (type === MOVE_TO) parts.push((part = []));
    part.push(m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]);
    if (lib._FPDFPathSegment_GetClose(segment)) part.push(part[0] ?? 0, part[1] ?? 0);
  }
  return parts;
}

function addLines(points: number[], into: Ink): void {
  for (let i = 3; i < points.length; i += 2) addLine(into, points[i - 3]!, points[i - 2]!, points[i - 1]!, points[i]!);
}

function addArea(points: number[], white: boolean, walk: Walk): void {
  if (points.length < 4) return;
  const box = boundsOf(points);
  const width = box.x1 - box.x0;
  const height = box.y1 - box.y0;
  if (Math.min(width, height) <= THIN) addBar(white ? walk.white : walk.ink, box);
  else if (!white && isRectangle(points, box)) walk.found.fills.push({ ...box, order: walk.count });
}

/** Text drawn as outlines is filled shapes too: only shapes whose corners are those of their box are areas. */
function isRectangle(points: number[], box: Box): boolean {
  if (points.length < 8 || points.length > 40) return false;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    const onSide = Math.min(Math.abs(x - box.x0), Math.abs(x - box.x1)) < 1;
    const onTop = Math.min(Math.abs(y - box.y0), Math.abs(y - box.y1)) < 1;
    if (!onSide || !onTop) return false;
  }
  return true;
}

function readImage(walk: Walk, image: number, outer: Matrix): void {
  const { pdf, found } = walk;
  const { lib, scratch } = pdf;
  const [a, b, c, d, e, f] = multiply(readMatrix(pdf, image), outer);
  // An image fills the unit square of its matrix.
  const box = boundsOf([e, f, e + a, f + b, e + c, f + d, e + a + c, f + b + d]);
  if (Math.min(box.x1 - box.x0, box.y1 - box.y0) <= THIN) {
    addBar(walk.ink, box);
    return;
  }
  const sized = lib._FPDFImageObj_GetImagePixelSize(image, scratch, scratch + 4);
  const [pixelWidth = 0, pixelHeight = 0] = sized ? viewScratch(pdf).uints : [];
  found.images.push({ ...box, pixelWidth, pixelHeight });
  addCover(walk, box);
  // To ask takes drawing it; a scan has no text before it that it could hide.
  if (walk.texts.length === 0) return;
  const area = lib._FPDF_GetPageWidthF(walk.page) * lib._FPDF_GetPageHeightF(walk.page);
  if ((box.x1 - box.x0) * (box.y1 - box.y0) > 0.8 * area && isOpaque(walk, image)) found.cover.last = walk.count;
}

const BGRA = 4;

/** Watermarks over the whole page are pictures too, but the text behind them is seen. */
function isOpaque({ pdf, page }: Walk, image: number): boolean {
  const { lib } = pdf;
  if (lib._FPDFPageObj_HasTransparency(image)) return false;
  const bitmap = lib._FPDFImageObj_GetRenderedBitmap(pdf.document, page, image);
  if (!bitmap) return false;
  const size = lib._FPDFBitmap_GetStride(bitmap) * lib._FPDFBitmap_GetHeight(bitmap);
  const start = lib._FPDFBitmap_GetBuffer(bitmap);
  let opaque = true;
  if (lib._FPDFBitmap_GetFormat(bitmap) === BGRA) {
    // A step that is odd in pixels visits all columns.
    for (let i = 3; i < size && opaque; i += 4 * 997) opaque = lib.HEAPU8[start + i]! > 200;
  }
  lib._FPDFBitmap_Destroy(bitmap);
  return opaque;
}

function readBounds(pdf: OpenPdf, object: number): Box {
  const { lib, scratch } = pdf;
  lib._FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12);
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = viewScratch(pdf).floats;
  return { x0, y0, x1, y1 };
}

function readMatrix(pdf: OpenPdf, object: number): Matrix {
  if (!pdf.lib._FPDFPageObj_GetMatrix(object, pdf.scratch)) return IDENTITY;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = viewScratch(pdf).floats;
  return [a, b, c, d, e, f];
}

/** x' = a·x + c·y + e, y' = b·x + d·y + f. */
type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `m`, then `n`. */
function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}
