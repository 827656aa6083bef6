/** PDF files written by hand, for what no browser prints: fonts that are not embedded, hidden text, scans, damage. */
export interface RawPage {
  content: string;
  width?: number;
  height?: number;
  rotate?: number;
}

const hex = (text: string): string =>
  [...text].map((char) => char.codePointAt(0)!.toString(16).padStart(4, '0')).join('');

/** Text at x, y (from the bottom) in a Chinese font that the file does not hold. */
export const put = (text: string, x: number, y: number, size = 12, mode = 0): string =>
  `BT ${mode} Tr /Song ${size} Tf 1 0 0 1 ${x} ${y} Tm <${hex(text)}> Tj ET\n`;

/** Glyphs by their numbers, in a font that does not say what they mean; each draws a bar. */
export const putGlyphs = (codes: number[], x: number, y: number): string =>
  `BT /Drawn 12 Tf 1 0 0 1 ${x} ${y} Tm <${codes.map((code) => code.toString(16).padStart(2, '0')).join('')}> Tj ET\n`;

export const line = (x0: number, y0: number, x1: number, y1: number): string => `${x0} ${y0} m ${x1} ${y1} l S\n`;

/** A gray picture of 60 × 80 pixels over a part of the page. */
export const picture = (x: number, y: number, width: number, height: number): string =>
  `q ${width} 0 0 ${height} ${x} ${y} cm /Scan Do Q\n`;

/** Lines of a grid with the given positions. */
export const grid = (xs: number[], ys: number[]): string =>
  xs.map((x) => line(x, Math.min(...ys), x, Math.max(...ys))).join('') +
  ys.map((y) => line(Math.min(...xs), y, Math.max(...xs), y)).join('');

export function rawPdf(pages: RawPage[], extra: { info?: string; trailer?: string } = {}): Uint8Array {
  const first = 10;
  const kids = pages.map((_, i) => `${first + 2 * i} 0 R`).join(' ');
  const pixels = '\x80'.repeat(60 * 80);
  const bar = '500 0 50 0 450 700 d1 50 0 400 700 re f';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    `<< /Type /XObject /Subtype /Image /Width 60 /Height 80 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${pixels.length} >>\nstream\n${pixels}\nendstream`,
    `<< ${extra.info ?? ''} >>`,
    '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /g 9 0 R >> ' +
      `/Encoding << /Differences [0${' /g'.repeat(256)}] >> /FirstChar 0 /LastChar 255 /Widths [${'500 '.repeat(256)}] >>`,
    `<< /Length ${bar.length} >>\nstream\n${bar}\nendstream`,
    ...pages.flatMap(({ content, width = 595, height = 842, rotate = 0 }, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${rotate} /Contents ${first + 2 * i + 1} 0 R ` +
        '/Resources << /Font << /Song 3 0 R /Drawn 8 0 R >> /XObject << /Scan 6 0 R >> >> >>',
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 7 0 R ${extra.trailer ?? ''} >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
