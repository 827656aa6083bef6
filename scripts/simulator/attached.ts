import { docFile, docStyles } from '../compose/doc.ts';
import { docxFile, docxStyles } from '../compose/docx.ts';
import { encode } from '../compose/encode.ts';
import { composeFigures } from '../compose/figures.ts';
import type { HtmlStyle } from '../compose/html.ts';
import type { InventedPlace } from '../compose/names.ts';
import { titleOf } from '../compose/prose.ts';
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

/** The report on 2021 of an organ that publishes only files. The PDF holds one sentence and no table. */
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
  const file = { format, figures: format === 'pdf' ? null : figures, ...(path === undefined ? {} : { path }) };
  const mark = path === undefined ? 'class="nfw-cms-attachment" ' : '';
  return {
    kind: 'attachment',
    id,
    title,
    date: '2022-01-28',
    charset: encoding.charset,
    style: { ...cleanStyle, charset: encoding.label, ...over },
    body: `<p>全文见附件。</p><p><a ${mark}href="${escapeHtml(addressOf(id, file))}" alt="${name}">附件：${name}</a></p>`,
    file,
  };
}

export function addAttachment(routes: Routes, entry: Entry): void {
  if (entry.kind === 'report' || !entry.file) return;
  const { file } = entry;
  routes.set(addressOf(entry.id, file), { kind: 'attachment', reply: () => reply(file) });
}

const reply = (file: AttachedFile): Reply => ({ status: 200, type: types[file.format], body: bytesOf(file) });

function bytesOf({ format, figures }: AttachedFile): Uint8Array {
  if (figures === null) return encode(smallPdf('Simulated attachment. No table.'), 'utf-8');
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

/** A file that opens and says in words what it is. */
function smallPdf(line: string): string {
  const stream = `BT /F1 12 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
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
