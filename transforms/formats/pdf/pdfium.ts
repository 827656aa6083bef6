import { PDFiumModule } from '@hyzyla/pdfium';
import { said, Unreadable } from '../../findings.ts';
import { once } from '../../memo.ts';

/** The part of PDFium's C interface used here; pointers are numbers. The package's own types list less than it exports. */
interface Pdfium {
  HEAPU8: Uint8Array;
  wasmExports: { malloc(size: number): number; free(pointer: number): void };
  _FPDF_InitLibrary(): void;
  _FPDF_LoadMemDocument(data: number, size: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_GetMetaText(document: number, tag: number, buffer: number, size: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  _FPDFPage_GetRotation(page: number): number;
  _FPDF_GetPageBoundingBox(page: number, rect: number): number;
  _FPDFPage_GetAnnotCount(page: number): number;
  _FPDFPage_GetAnnot(page: number, index: number): number;
  _FPDFPage_CloseAnnot(annotation: number): void;
  _FPDFAnnot_GetSubtype(annotation: number): number;
  _FPDFAnnot_GetFlags(annotation: number): number;
  _FPDFAnnot_HasKey(annotation: number, key: number): number;
  _FPDFAnnot_GetRect(annotation: number, rect: number): number;
  _FPDFAnnot_GetStringValue(annotation: number, key: number, buffer: number, size: number): number;
  _FPDFAnnot_GetFormFieldType(form: number, annotation: number): number;
  _FPDFAnnot_GetFormFieldFlags(form: number, annotation: number): number;
  _FPDFAnnot_GetFormFieldValue(form: number, annotation: number, buffer: number, size: number): number;
  _FPDFDOC_InitFormFillEnvironment(document: number, info: number): number;
  _FPDFDOC_ExitFormFillEnvironment(form: number): void;
  _FPDFPage_Flatten(page: number, flag: number): number;
  _FPDF_PageToDevice(
    page: number,
    startX: number,
    startY: number,
    width: number,
    height: number,
    rotate: number,
    x: number,
    y: number,
    deviceX: number,
    deviceY: number,
  ): number;
  _FPDFPageObj_CountMarks(object: number): number;
  _FPDFPageObj_GetMark(object: number, index: number): number;
  _FPDFPageObjMark_GetName(mark: number, buffer: number, size: number, length: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetMatrix(object: number, matrix: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
  _FPDFPageObj_GetClipPath(object: number): number;
  _FPDFClipPath_CountPaths(clip: number): number;
  _FPDFClipPath_CountPathSegments(clip: number, path: number): number;
  _FPDFClipPath_GetPathSegment(clip: number, path: number, index: number): number;
  _FPDFPageObj_GetFillColor(object: number, r: number, g: number, b: number, a: number): number;
  _FPDFPageObj_GetStrokeColor(object: number, r: number, g: number, b: number, a: number): number;
  _FPDFPageObj_HasTransparency(object: number): number;
  _FPDFPath_GetDrawMode(path: number, fill: number, stroke: number): number;
  _FPDFPath_CountSegments(path: number): number;
  _FPDFPath_GetPathSegment(path: number, index: number): number;
  _FPDFPathSegment_GetType(segment: number): number;
  _FPDFPathSegment_GetPoint(segment: number, x: number, y: number): number;
  _FPDFPathSegment_GetClose(segment: number): number;
  _FPDFImageObj_GetImagePixelSize(image: number, width: number, height: number): number;
  _FPDFImageObj_GetRenderedBitmap(document: number, page: number, image: number): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_IsGenerated(text: number, index: number): number;
  _FPDFText_HasUnicodeMapError(text: number, index: number): number;
  _FPDFText_GetTextObject(text: number, index: number): number;
  _FPDFText_GetFontSize(text: number, index: number): number;
  _FPDFText_GetMatrix(text: number, index: number, matrix: number): number;
  _FPDFText_GetLooseCharBox(text: number, index: number, rect: number): number;
  _FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
  _FPDFTextObj_GetTextRenderMode(object: number): number;
  _FPDFTextObj_GetFont(object: number): number;
  _FPDFFont_GetIsEmbedded(font: number): number;
  _FPDFTextObj_SetTextRenderMode(object: number, mode: number): number;
  _FPDFPageObj_Transform(object: number, a: number, b: number, c: number, d: number, e: number, f: number): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, data: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, x: number, y: number, width: number, height: number, color: number): number;
  _FPDFBitmap_GetBuffer(bitmap: number): number;
  _FPDFBitmap_GetStride(bitmap: number): number;
  _FPDFBitmap_GetFormat(bitmap: number): number;
  _FPDFBitmap_GetWidth(bitmap: number): number;
  _FPDFBitmap_GetHeight(bitmap: number): number;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
}

const SCRATCH = 128;

/** An open document and a scratch area for results, which lives as long as it. */
export interface OpenPdf {
  lib: Pdfium;
  document: number;
  scratch: number;
  pages: number;
  /** What values of fields are asked of, and its memory; null until one is. */
  form: { handle: number; info: number } | null;
  views: Views | null;
}

/** WASM memory only grows: above this the instance is dropped with the document, so that one monster does not cost memory for ever. */
const KEEP_INSTANCE_BELOW = 256 * 1024 * 1024;
const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;

const library = once(async (): Promise<Pdfium> => {
  // What PDFium prints when it runs out of memory comes back as an error too.
  const options = { wasmBinary: undefined, printErr: (): void => undefined };
  const module = await PDFiumModule(options);
  const lib = module as unknown as Pdfium;
  lib._FPDF_InitLibrary();
  return lib;
});

/**
 * Opens `bytes`, runs `use` and closes everything again.
 * @throws Unreadable `encrypted` when a password is needed, `too_large` when PDFium runs out of memory, else `unreadable`;
 * and whatever `use` throws of its own
 */
export async function withPdf<T>(bytes: Uint8Array, use: (pdf: OpenPdf) => T): Promise<T> {
  const lib = await library();
  let data = 0;
  let scratch = 0;
  let document = 0;
  let pdf: OpenPdf | null = null;
  try {
    data = lib.wasmExports.malloc(bytes.length || 1);
    if (!data) throw new Unreadable('too_large', { what: 'memory', said: `${bytes.length} bytes` });
    lib.HEAPU8.set(bytes, data);
    scratch = lib.wasmExports.malloc(SCRATCH);
    document = lib._FPDF_LoadMemDocument(data, bytes.length, 0);
    if (!document) throw refusal(lib._FPDF_GetLastError());
    pdf = { lib, document, scratch, pages: lib._FPDF_GetPageCount(document), form: null, views: null };
    return use(pdf);
  } catch (error) {
    if (!isTrap(error)) throw error;
    // A WASM trap leaves the instance in an unknown state: the next document gets a new one.
    library.forget();
    document = data = scratch = 0;
    pdf = null;
    const why = said(error);
    if (/memory|alloc|abort/i.test(why)) throw new Unreadable('too_large', { what: 'memory', said: why });
    throw new Unreadable('unreadable', { why: 'pdf_failed', said: why });
  } finally {
    if (pdf?.form) {
      if (pdf.form.handle) lib._FPDFDOC_ExitFormFillEnvironment(pdf.form.handle);
      lib.wasmExports.free(pdf.form.info);
    }
    if (document) lib._FPDF_CloseDocument(document);
    if (data) lib.wasmExports.free(data);
    if (scratch) lib.wasmExports.free(scratch);
    if (lib.HEAPU8.length > KEEP_INSTANCE_BELOW) library.forget();
  }
}

/** What PDFium throws: traps, numbers of its own, and running out of stack inside of it. Every other error is ours. */
export const isTrap = (error: unknown): boolean =>
  !(error instanceof Error) ||
  error instanceof WebAssembly.RuntimeError ||
  (error instanceof RangeError && /wasm:/.test(error.stack ?? ''));

function refusal(code: number): Unreadable {
  if (code === ERROR_PASSWORD) return new Unreadable('encrypted', { what: 'pdf' });
  if (code === ERROR_SECURITY) return new Unreadable('encrypted', { what: 'pdf_scheme' });
  return new Unreadable('unreadable', { why: 'pdf_refused', said: `PDFium error ${code}` });
}

/** Bytes of the structure that PDFium takes with a form: its version, and functions to call, of which none is there. */
const FORM_INFO = 512;

/** The form of a document, for what is asked about its fields; 0 where PDFium makes none. */
export function formOf(pdf: OpenPdf): number {
  if (pdf.form) return pdf.form.handle;
  const { lib, document } = pdf;
  const info = lib.wasmExports.malloc(FORM_INFO);
  if (!info) throw new Unreadable('too_large', { what: 'memory', said: 'the form of a document' });
  lib.HEAPU8.fill(0, info, info + FORM_INFO);
  lib.HEAPU8[info] = 1;
  pdf.form = { handle: lib._FPDFDOC_InitFormFillEnvironment(document, info), info };
  return pdf.form.handle;
}

const NORMAL_DISPLAY = 0;
const FLATTENED = 1;

/** What annotations and filled fields show becomes a part of the content: a viewer shows both alike. */
function flattened({ lib, document }: OpenPdf, index: number, page: number): number {
  if (lib._FPDFPage_Flatten(page, NORMAL_DISPLAY) !== FLATTENED) return page;
  lib._FPDF_ClosePage(page);
  return lib._FPDF_LoadPage(document, index);
}

/**
 * Loads one page, runs `use`, closes it: pages left open are never freed. Null when the page is broken.
 * `before` sees it with its annotations.
 */
export function withPage<T, A>(
  pdf: OpenPdf,
  index: number,
  use: (page: number, annotated: A | null) => T,
  before?: (page: number) => A,
): T | null {
  const { lib, document } = pdf;
  let page = lib._FPDF_LoadPage(document, index);
  if (!page) return null;
  let annotated: A | null = null;
  try {
    if (lib._FPDFPage_GetAnnotCount(page) > 0) {
      annotated = before?.(page) ?? null;
      page = flattened(pdf, index, page);
    }
    return page ? use(page, annotated) : null;
  } finally {
    if (page) lib._FPDF_ClosePage(page);
  }
}

/** Number views of the scratch area. Making one for each glyph would cost more than the glyphs: kept until memory moves. */
interface Views {
  floats: Float32Array;
  doubles: Float64Array;
  uints: Uint32Array;
  ints: Int32Array;
}

/** Valid until the next call of PDFium: memory that grows moves. */
export function viewScratch(pdf: OpenPdf): Views {
  const { buffer } = pdf.lib.HEAPU8;
  if (pdf.views?.floats.buffer === buffer) return pdf.views;
  pdf.views = {
    floats: new Float32Array(buffer, pdf.scratch, SCRATCH / 4),
    doubles: new Float64Array(buffer, pdf.scratch, SCRATCH / 8),
    uints: new Uint32Array(buffer, pdf.scratch, SCRATCH / 4),
    ints: new Int32Array(buffer, pdf.scratch, SCRATCH / 4),
  };
  return pdf.views;
}

/** Entries of the information dictionary that say something about the document. */
export function readMetas(pdf: OpenPdf): Record<string, string> {
  const metas: Record<string, string> = {};
  for (const name of ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer', 'CreationDate', 'ModDate']) {
    const value = readMeta(pdf, name);
    if (value !== '') metas[name] = value;
  }
  return metas;
}

function readMeta({ lib, document, scratch }: OpenPdf, name: string): string {
  lib.HEAPU8.set(new TextEncoder().encode(`${name}\0`), scratch);
  const size = lib._FPDF_GetMetaText(document, scratch, 0, 0);
  if (size <= 2 || size > 65536) return '';
  const buffer = lib.wasmExports.malloc(size);
  lib._FPDF_GetMetaText(document, scratch, buffer, size);
  const text = new TextDecoder('utf-16le').decode(lib.HEAPU8.slice(buffer, buffer + size - 2));
  lib.wasmExports.free(buffer);
  return text.trim();
}
