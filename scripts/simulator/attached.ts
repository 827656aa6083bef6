import { docFile, docStyles } from '../compose/doc.ts';
import { docxFile, docxStyles } from '../compose/docx.ts';
import { composeFigures, type Figures } from '../compose/figures.ts';
import type { HtmlStyle } from '../compose/html.ts';
import type { InventedPlace } from '../compose/names.ts';
import { mentions, titleOf } from '../compose/prose.ts';
import { seedOf } from '../compose/random.ts';
import { escapeHtml } from '../compose/shell.ts';
import { cleanStyle } from '../compose/styles.ts';
import { xlsxFile, xlsxStyles } from '../compose/xlsx.ts';
import type { Encoding } from './organs.ts';
import type { AttachedFile, Entry, OtherEntry, Reply, Routes } from './types.ts';

/** Articles whose page holds nothing but a link to a file. */

const types: Record<AttachedFile['format'], string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const attachmentPath = (id: number, format: AttachedFile['format']) =>
  `/attachment/${Math.floor(id / 1e6)}/${Math.floor(id / 1e3)}/${id}/${id + 1}.${format}`;

export const addressOf = (id: number, { format, path }: AttachedFile) => path ?? attachmentPath(id, format);

/** The report on 2021 of an organ that publishes only files. The PDF states some of its numbers and has no table. */
export function attachedReport(
  place: InventedPlace,
  id: number,
  format: AttachedFile['format'],
  encoding: Encoding,
  over: Partial<HtmlStyle>,
  path?: string,
): OtherEntry {
  const publisher = `${place.name}园林绿化局`;
  const { division_code } = place;
  const figures = composeFigures({
    seed: seedOf(publisher, 2021),
    publisher,
    division_code,
    year: 2021,
  });
  const title = titleOf(figures);
  const name = escapeHtml(`${title}.${format}`);
  const held = format === 'pdf' ? { figures: null, lines: statement(figures) } : { figures };
  const file = { format, ...held, ...(path === undefined ? {} : { path }) };
  // Where its address says nothing, nor does what the link is called.
  const mark = path === undefined ? `class="nfw-cms-attachment" alt="${name}" ` : '';
  const called = path === undefined ? name : escapeHtml(title);
  return {
    kind: 'attachment',
    id,
    title,
    date: '2022-01-28',
    charset: encoding.charset,
    style: { ...cleanStyle, charset: encoding.label, ...over },
    body: `<p>全文见附件。</p><p><a ${mark}href="${escapeHtml(addressOf(id, file))}">附件：${called}</a></p>`,
    file,
  };
}

export function addAttachment(routes: Routes, entry: Entry): void {
  if (entry.kind === 'report' || !entry.file) return;
  const { file } = entry;
  routes.set(addressOf(entry.id, file), { kind: 'attachment', reply: () => reply(file) });
}

const reply = (file: AttachedFile): Reply => ({ status: 200, type: types[file.format], body: bytesOf(file) });

const statement = (f: Figures): string[] => [titleOf(f), '一、总体情况', ...mentions(f, cleanStyle)];

function bytesOf({ format, figures, lines = [] }: AttachedFile): Uint8Array {
  if (figures === null) return Buffer.from(smallPdf(lines));
  switch (format) {
    case 'docx':
      return docxFile(figures, docxStyles.plain);
    case 'doc':
      return docFile(figures, docStyles.plain);
    case 'xlsx':
      return xlsxFile(figures, xlsxStyles.plain);
    case 'pdf':
      throw new Error('a PDF with tables is made by a browser, not by the simulator');
  }
}

/** Lines of text in a Chinese font that the file does not hold. */
function smallPdf(lines: string[]): string {
  const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const stream = lines.map((line, i) => `BT /F1 12 Tf 72 ${720 - 24 * i} Td <${hex(line)}> Tj ET`).join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R /DW 1000 /W [1 95 500] >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('');
  return `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
}
