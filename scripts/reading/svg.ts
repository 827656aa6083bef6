import { html, type Markup } from '../../pipelines/inspect/html.ts';

/** A cell of a picture, in pixels; its text is cut to its width. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  text: string;
  fill?: string;
  /** Text without lines around it. */
  bare?: true;
  bold?: true;
}

const SIZE = 11;

/** A picture of boxes with text, small enough to be compared line by line. */
export function picture(boxes: Box[]): string {
  const width = Math.max(...boxes.map((b) => b.x + b.width)) + 1;
  const height = Math.max(...boxes.map((b) => b.y + b.height)) + 1;
  const body = [html`<rect width="${width}" height="${height}" fill="#fff" />`, ...boxes.map(drawn)];
  const attributes = html`width="${width}" height="${height}" font-family="sans-serif" font-size="${SIZE}"`;
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body.map((each) => html`${each} `)}</svg>`;
  // One element a line: such a picture can be compared.
  return `${svg.text.replace(/>\s*</g, '>\n<')}\n`;
}

function drawn({ x, y, width, height, text, fill, bare, bold }: Box): Markup {
  const place = html`x="${x}" y="${y}" width="${width}" height="${height}"`;
  const rect = bare ? null : html`<rect ${place} fill="${fill ?? '#fff'}" stroke="#b8c0cc" />`;
  const shown = cut(text.replace(/\s+/g, ' '), width - 8);
  const weight = bold ? html`font-weight="bold"` : null;
  const line = shown === '' ? null : html`<text x="${x + 4}" y="${y + height / 2 + 4}" ${weight}>${shown}</text>`;
  return html`${rect}${line}`;
}

/** Hanzi are as wide as they are high, other characters somewhat more than half. */
function cut(text: string, width: number): string {
  const chars = [...text];
  let left = width;
  for (const [i, char] of chars.entries()) {
    left -= char.codePointAt(0)! > 0x2e80 ? SIZE : SIZE * 0.58;
    if (left < 0) return `${chars.slice(0, Math.max(0, i - 1)).join('')}…`;
  }
  return text;
}
