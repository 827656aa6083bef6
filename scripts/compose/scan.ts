import { PDFiumLibrary } from '@hyzyla/pdfium';
import { PDFDocument } from 'pdf-lib';
import type { Browser } from 'playwright';
import sharp from 'sharp';
import { htmlBody, type HtmlStyle } from './html.ts';
import type { Figures } from './figures.ts';
import { titleOf } from './prose.ts';
import { createRandom, type Random } from './random.ts';
import { escapeHtml } from './shell.ts';
import { cleanStyle } from './styles.ts';

/** How the sheet was printed, before anybody scanned it. */
export interface SheetStyle {
  html: HtmlStyle;
  font: 'Noto Sans CJK SC' | 'Noto Serif CJK SC';
  /** Points: text of cells and text of paragraphs. */
  cellSize: number;
  textSize: number;
  /** Points. */
  rule: number;
  landscape: boolean;
}

export const plainSheet: SheetStyle = {
  html: cleanStyle,
  font: 'Noto Serif CJK SC',
  cellSize: 9.5,
  textSize: 12,
  rule: 0.75,
  landscape: false,
};

/** What a scanner does to a sheet. */
export interface ScanDamage {
  dpi: number;
  /** Degrees clockwise. */
  skew: number;
  /** Standard deviation of the grain, 0 to 255. */
  noise: number;
  /** Radius of the blur in pixels at 200 dpi; 0 for none. */
  blur: number;
  /** JPEG quality that the page went through; null for none. */
  jpeg: number | null;
  /** Brightness of paper and of ink, 0 to 255: a faint copy has 225 and 90. */
  paper: number;
  ink: number;
}

export const cleanScan: ScanDamage = { dpi: 200, skew: 0, noise: 0, blur: 0, jpeg: null, paper: 255, ink: 0 };

export interface ScannedSheet {
  width: number;
  height: number;
  /** PNG, or the JPEG itself when the damage has one. */
  bytes: Uint8Array;
  type: 'image/png' | 'image/jpeg';
}

/** The report printed on A4 and scanned, a picture a page. The same arguments give the same pictures on one machine. */
export async function scanSheets(
  f: Figures,
  sheet: SheetStyle,
  damage: ScanDamage,
  browser: Browser,
): Promise<ScannedSheet[]> {
  const printed = await print(sheetHtml(f, sheet), sheet.landscape, browser);
  const pages = await raster(printed, damage.dpi);
  return Promise.all(pages.map((page, i) => scanned(page, damage, createRandom(f.year * 100 + i))));
}

/** The article alone on white paper, as an office prints its own report. */
export function sheetHtml(f: Figures, sheet: SheetStyle): string {
  const css = `
    body { font: ${sheet.textSize}pt/1.7 '${sheet.font}'; margin: 0; color: #000 }
    h1 { font-size: 20pt; text-align: center; line-height: 1.4 }
    p { margin: 0 0 .5em; text-indent: 2em }
    .pagenum, td p { text-indent: 0 }
    table { border-collapse: collapse; width: 100%; margin: 8pt 0 }
    td { border: ${sheet.rule}pt solid #000; padding: 1.5pt 2pt; text-align: center; font-size: ${sheet.cellSize}pt; line-height: 1.3 }
    td p { margin: 0 }`;
  return `<!doctype html><meta charset="utf-8"><title>${escapeHtml(titleOf(f))}</title><style>${css}</style>
<h1>${escapeHtml(titleOf(f))}</h1>
${htmlBody(f, sheet.html)}`;
}

async function print(html: string, landscape: boolean, browser: Browser): Promise<Uint8Array> {
  const page = await browser.newPage();
  try {
    await page.setContent(html);
    return await page.pdf({
      format: 'A4',
      landscape,
      margin: { top: '20mm', bottom: '20mm', left: '18mm', right: '18mm' },
    });
  } finally {
    await page.close();
  }
}

interface Raster {
  width: number;
  height: number;
  gray: Uint8Array;
}

export async function raster(pdf: Uint8Array, dpi: number): Promise<Raster[]> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const pages: Raster[] = [];
    for (const page of document.pages()) {
      const { width, height, data } = await page.render({ scale: dpi / 72, render: 'bitmap' });
      const gray = new Uint8Array(width * height);
      for (let i = 0; i < gray.length; i++)
        gray[i] = 0.114 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.299 * data[4 * i + 2]!;
      pages.push({ width, height, gray });
    }
    document.destroy();
    return pages;
  } finally {
    library.destroy();
  }
}

export async function scanned(page: Raster, damage: ScanDamage, random: Random): Promise<ScannedSheet> {
  const gray = new Uint8Array(page.gray.length);
  for (let i = 0; i < gray.length; i++) gray[i] = damage.ink + (page.gray[i]! * (damage.paper - damage.ink)) / 255;
  let image = sharp(gray, { raw: { width: page.width, height: page.height, channels: 1 } });
  if (damage.skew !== 0)
    image = image.rotate(damage.skew, { background: { r: damage.paper, g: damage.paper, b: damage.paper } });
  const turned = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  let soft = sharp(turned.data, { raw: turned.info });
  if (damage.blur > 0) soft = soft.blur(Math.max(0.3, (damage.blur * damage.dpi) / 200));
  const { data, info } = await soft.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 1) throw new Error(`a grey page came out with ${info.channels} channels`);
  if (damage.noise > 0) for (let i = 0; i < data.length; i++) data[i] = clamp(data[i]! + damage.noise * normal(random));
  const noisy = sharp(data, { raw: info });
  const size = { width: info.width, height: info.height };
  if (damage.jpeg === null) return { ...size, bytes: await noisy.png().toBuffer(), type: 'image/png' };
  return { ...size, bytes: await noisy.jpeg({ quality: damage.jpeg }).toBuffer(), type: 'image/jpeg' };
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

/** Sum of four uniforms, near enough to a normal and much quicker. */
const normal = (random: Random): number => (random.next() + random.next() + random.next() + random.next() - 2) * 1.732;

/** A PDF whose pages are only pictures. */
export async function scanPdf(sheets: ScannedSheet[], dpi: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const sheet of sheets) {
    const image =
      sheet.type === 'image/jpeg' ? await document.embedJpg(sheet.bytes) : await document.embedPng(sheet.bytes);
    const width = (sheet.width * 72) / dpi;
    const height = (sheet.height * 72) / dpi;
    document.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height });
  }
  return document.save();
}

/** All pages below one another in one picture, as articles show a report; `image/tiff` for an attachment. */
export async function scanStrip(sheets: ScannedSheet[], type: 'image/png' | 'image/tiff'): Promise<Uint8Array> {
  const width = Math.max(...sheets.map((sheet) => sheet.width));
  const height = sheets.reduce((sum, sheet) => sum + sheet.height, 0);
  let top = 0;
  const layers = sheets.map((sheet) => {
    const layer = { input: Buffer.from(sheet.bytes), left: 0, top };
    top += sheet.height;
    return layer;
  });
  const strip = sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite(layers)
    .toColourspace('b-w');
  return type === 'image/png' ? strip.png().toBuffer() : strip.tiff({ compression: 'lzw' }).toBuffer();
}
