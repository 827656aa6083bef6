import type { Box } from '../geometry/box.ts';
import type { RawGlyph } from './glyphs.ts';
import { isLatin } from '../geometry/prose.ts';
import { formOf, viewScratch, type OpenPdf } from './pdfium.ts';

/** What was filled in where the file does not say how it looks: a viewer prints it all the same. */
export interface Field {
  box: Box;
  value: string;
}

const FREE_TEXT = 3;
const WIDGET = 20;
const COMBO_BOX = 4;
const LIST_BOX = 5;
const TEXT_FIELD = 6;
/** Of annotations: hidden, not shown on a screen. Of text fields: a password. */
const HIDDEN = 2;
const NO_VIEW = 32;
const PASSWORD = 1 << 13;
/** Bytes of the longest value that is looked at: a label or a number. */
const LONGEST = 2048;

/** Fields and notes in the text of an open page that have a value and no appearance. Flattening a page drops them. */
export function bareFields(pdf: OpenPdf, page: number): Field[] {
  const { lib } = pdf;
  const fields: Field[] = [];
  for (let i = lib._FPDFPage_GetAnnotCount(page) - 1; i >= 0; i--) {
    const annotation = lib._FPDFPage_GetAnnot(page, i);
    const field = annotation && readField(pdf, annotation);
    if (field) fields.unshift(field);
    if (annotation) lib._FPDFPage_CloseAnnot(annotation);
  }
  return fields;
}

function readField(pdf: OpenPdf, annotation: number): Field | null {
  const { lib, scratch } = pdf;
  const subtype = lib._FPDFAnnot_GetSubtype(annotation);
  if (subtype !== WIDGET && subtype !== FREE_TEXT) return null;
  if ((lib._FPDFAnnot_GetFlags(annotation) & (HIDDEN | NO_VIEW)) !== 0) return null;
  lib.HEAPU8.set(AP, scratch);
  if (lib._FPDFAnnot_HasKey(annotation, scratch)) return null;
  const value = subtype === WIDGET ? widgetValue(pdf, annotation) : noteText(pdf, annotation);
  if (value.trim() === '' || !lib._FPDFAnnot_GetRect(annotation, scratch)) return null;
  const [x0 = 0, y1 = 0, x1 = 0, y0 = 0] = viewScratch(pdf).floats;
  return { box: { x0, y0, x1, y1 }, value };
}

const AP = new TextEncoder().encode('AP\0');
const CONTENTS = new TextEncoder().encode('Contents\0');

function widgetValue(pdf: OpenPdf, annotation: number): string {
  const { lib } = pdf;
  const form = formOf(pdf);
  if (!form) return '';
  const type = lib._FPDFAnnot_GetFormFieldType(form, annotation);
  if (type !== COMBO_BOX && type !== LIST_BOX && type !== TEXT_FIELD) return '';
  if (type === TEXT_FIELD && (lib._FPDFAnnot_GetFormFieldFlags(form, annotation) & PASSWORD) !== 0) return '';
  return textFrom(pdf, (buffer, size) => lib._FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size));
}

function noteText(pdf: OpenPdf, annotation: number): string {
  const { lib, scratch } = pdf;
  return textFrom(pdf, (buffer, size) => {
    lib.HEAPU8.set(CONTENTS, scratch);
    return lib._FPDFAnnot_GetStringValue(annotation, scratch, buffer, size);
  });
}

/** Text in UTF-16 with its end; '' when it is too long. */
function textFrom({ lib }: OpenPdf, write: (buffer: number, size: number) => number): string {
  const buffer = lib.wasmExports.malloc(LONGEST);
  const size = buffer ? write(buffer, LONGEST) : 0;
  const text =
    size > 2 && size <= LONGEST ? new TextDecoder('utf-16le').decode(lib.HEAPU8.slice(buffer, buffer + size - 2)) : '';
  if (buffer) lib.wasmExports.free(buffer);
  return text;
}

/** Share of the height of a field that its text takes, and points that it takes at most. */
const FULL = 0.7;
const LARGEST = 12;

/** The glyphs of a field as a viewer lays them out, about: line below line, from the left, in the turn of the other text. */
export function fieldGlyphs({ box, value }: Field, turn: number): RawGlyph[] {
  const across = turn % 180 === 0;
  const [length, height] = across ? [box.x1 - box.x0, box.y1 - box.y0] : [box.y1 - box.y0, box.x1 - box.x0];
  const lines = value.split(/\r\n?|\n/);
  const size = Math.min(LARGEST, (FULL * height) / lines.length);
  return lines.flatMap((line, row) => {
    const widths = [...line].map((char) => (isLatin(char) ? size / 2 : size));
    const fit = Math.min(
      1,
      length /
        Math.max(
          1,
          widths.reduce((sum, width) => sum + width, 0),
        ),
    );
    const bottom = height - ((row + 0.5) * height) / lines.length - size / 2;
    let at = 0;
    let spaced = false;
    return [...line].flatMap((char, i): RawGlyph[] => {
      const from = at;
      at += widths[i]! * fit;
      if (char.trim() === '') {
        spaced = true;
        return [];
      }
      const place = turned(box, turn, { x0: from, y0: bottom, x1: at, y1: bottom + size });
      const rise = bottom + 0.12 * size;
      const base =
        turn === 0 ? box.y0 + rise : turn === 90 ? box.x1 - rise : turn === 180 ? box.y1 - rise : box.x0 + rise;
      const glyph: RawGlyph = {
        char,
        field: true,
        ...place,
        base,
        size,
        turn,
        spaced,
        object: 0,
        invisible: false,
        doubtful: false,
        covered: false,
      };
      spaced = false;
      return [glyph];
    });
  });
}

/** A box along and above the line of a field, on the page. */
function turned(box: Box, turn: number, { x0, y0, x1, y1 }: Box): Box {
  if (turn === 90) return { x0: box.x1 - y1, x1: box.x1 - y0, y0: box.y0 + x0, y1: box.y0 + x1 };
  if (turn === 180) return { x0: box.x1 - x1, x1: box.x1 - x0, y0: box.y1 - y1, y1: box.y1 - y0 };
  if (turn === 270) return { x0: box.x0 + y0, x1: box.x0 + y1, y0: box.y1 - x1, y1: box.y1 - x0 };
  return { x0: box.x0 + x0, x1: box.x0 + x1, y0: box.y0 + y0, y1: box.y0 + y1 };
}
