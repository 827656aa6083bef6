import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createPool } from '../pipelines/reading/pool.ts';
import { docFile, docStyles, packOle } from '../scripts/compose/doc.ts';
import { documentXml, docxFile, docxStyles, packDocx, packZip } from '../scripts/compose/docx.ts';
import { htmlPage } from '../scripts/compose/html.ts';
import { htmlStyles } from '../scripts/compose/styles.ts';
import { mhtFile, mhtStyles } from '../scripts/compose/mht.ts';
import { rtfFile, rtfStyles } from '../scripts/compose/rtf.ts';
import { xlsxFile, xlsxStyles } from '../scripts/compose/xlsx.ts';
import type { Reading } from '../transforms/report.ts';
import {
  hugePng,
  lying,
  manyPages,
  pdf,
  protectedPdf,
  randomBytes,
  recursiveForms,
  streamBomb,
} from './hostile.fixture.ts';
import { figuresOf } from './office.fixture.ts';

const timeoutMs = 4000;
const pool = createPool({ workers: 2, timeoutMs, memoryMb: 700 });
/** For documents that are only damaged: they must not fail for a busy machine. */
const patient = createPool({ workers: 2 });
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => {
  pool.close();
  patient.close();
  rmSync(folder, { recursive: true });
});

const figures = figuresOf('2021');
const healthy = Buffer.from(htmlPage(figures, htmlStyles.clean));
const read = async (path: string, bytes: Uint8Array, by = pool) => (await by.read({ path, sha256: '', bytes })).reading;
const codesOf = (reading: Reading) => reading.findings.map((f) => f.code);
const refusals = ['unreadable', 'encrypted', 'too_large', 'not_a_report', 'needs_ocr', 'limit_time', 'limit_memory'];

async function stillReads(by = pool) {
  const reading = await read('healthy', healthy, by);
  expect(reading.report?.publisher).toBe(figures.publisher);
  expect(reading.facts.length).toBeGreaterThan(150);
}

const samples = {
  html: healthy,
  docx: docxFile(figures, docxStyles.plain),
  doc: docFile(figures, docStyles.plain),
  rtf: rtfFile(figures, rtfStyles.plain),
  mht: mhtFile(healthy, mhtStyles.word),
  xlsx: xlsxFile(figures, xlsxStyles.plain),
  xls: xlsxFile(figures, xlsxStyles.old),
  pdf: pdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>',
    ['', Buffer.from('BT /F 12 Tf 72 700 Td (Report 2023) Tj ET')],
  ]),
};

const nulls = (megabytes: number) => Buffer.alloc(megabytes << 20);
const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);
const cell = (content: string) => `<w:tbl><w:tr><w:tc>${content}</w:tc></w:tr></w:tbl>`;
const workbook = (sheet: string | Buffer) =>
  packZip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': sheet });
/** BOF of BIFF8 and a record that says that the rest is enciphered. */
const protectedXls = Buffer.concat([
  Buffer.from('0908100000060500dc18cd07c100010006040000', 'hex'),
  Buffer.from(`2f003600010001000100${'5a'.repeat(48)}`, 'hex'),
  Buffer.alloc(5000),
]);

describe('hostile files', () => {
  it.each([
    ['no bytes', () => Buffer.alloc(0), ['unreadable']],
    ['random bytes', () => randomBytes(70_000, 1), ['unreadable']],
    ['random bytes after the magic of an archive', () => randomBytes(70_000, 2, 'PK\x03\x04'), ['unreadable']],
    [
      'random bytes after the magic of a compound file',
      () => randomBytes(70_000, 3, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
      ['unreadable'],
    ],
    ['random bytes after the magic of a PDF', () => randomBytes(70_000, 4, '%PDF-1.7\n'), ['unreadable']],
    [
      'a protected DOCX',
      () => packOle({ EncryptedPackage: nulls(1), EncryptionInfo: Buffer.alloc(300) }),
      ['encrypted'],
    ],
    ['a protected XLS', () => packOle({ Workbook: protectedXls }), ['encrypted']],
    ['a protected PDF', protectedPdf, ['encrypted']],
    [
      'a DOCX that unpacks to more than it says',
      () => lying(packDocx(documentXml(' '.repeat(5 << 20))), 1000),
      ['too_large'],
    ],
    ['a DOCX that unpacks without end', () => packZip({ 'word/document.xml': nulls(70) }), ['too_large']],
    ['an XLSX that unpacks to more than it says', () => lying(workbook(nulls(5)), 1000), ['too_large']],
    ['an XLSX that unpacks without end', () => workbook(nulls(40)), ['too_large']],
    [
      'a DOCX of 100,000 tables one in the other',
      () => packDocx(documentXml(deep('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 100_000))),
      ['too_large'],
    ],
    ['a DOCX of a million levels', () => packDocx(documentXml(deep('<w:sdt>', '</w:sdt>', 1_000_000))), ['too_large']],
    [
      'a DOCX of a table of 300,000 cells',
      () => packDocx(documentXml(cell(`</w:tc>${'<w:tc/>'.repeat(300_000)}<w:tc>`))),
      ['too_large'],
    ],
    [
      'HTML of a million levels',
      () => Buffer.from(`<html>${'<div>'.repeat(1_000_000)}1`),
      ['too_large', 'limit_time', 'limit_memory'],
    ],
    [
      'HTML of a million tables',
      () => Buffer.from(`<html>${'<table><tr><td>'.repeat(1_000_000)}1`),
      ['too_large', 'limit_time', 'limit_memory'],
    ],
    [
      'HTML with spans of a thousand million',
      () => Buffer.from('<table><tr><td colspan=1000000000 rowspan=1000000000>1</td></tr></table>'),
      ['too_large', 'not_a_report'],
    ],
    ['a PDF of forms that draw forms', recursiveForms, refusals],
    [
      'a PDF of 200,000 pages',
      () => manyPages(200_000),
      ['too_large', 'needs_ocr', 'limit_time', 'limit_memory', 'not_a_report'],
    ],
    ['a PDF whose content unpacks to 300 MB', () => streamBomb(deflateSync(deflateSync(nulls(300)))), refusals],
    ['a PNG of 900 megapixels', hugePng, ['too_large', 'needs_ocr']],
  ])('makes a finding of %s, and reads on', { timeout: 40_000 }, async (name, make, codes) => {
    const bytes = make();
    const start = performance.now();
    const reading = await read(name, bytes);
    expect(performance.now() - start).toBeLessThan(timeoutMs + 20_000);
    expect(reading).toMatchObject({ report: null, facts: [], source: { path: name } });
    expect(reading.findings.length).toBeGreaterThan(0);
    expect(codes).toContain(codesOf(reading)[0]);
    expect(reading.findings[0]?.message).not.toBe('');
    await stillReads();
  });

  it.each(Object.entries(samples))('survives %s cut at twenty places', { timeout: 60_000 }, async (kind, bytes) => {
    const whole = await read(`whole ${kind}`, bytes, patient);
    expect(codesOf(whole).filter((code) => ['unreadable', 'too_large', 'crashed'].includes(code))).toEqual([]);
    const cuts = Array.from({ length: 20 }, (_, i) => Math.floor((bytes.length * (i + 0.5)) / 20));
    const readings = await Promise.all(
      cuts.map((cut) => read(`${kind} cut at ${cut}`, bytes.subarray(0, cut), patient)),
    );
    for (const reading of readings) {
      expect(codesOf(reading)).not.toContain('crashed');
      expect(codesOf(reading)).not.toContain('limit_time');
      // What a cut document still gives is right.
      expect(wrong(reading)).toEqual([]);
      expect(reading.report !== null || refusals.includes(codesOf(reading)[0] ?? '')).toBe(true);
    }
    await stillReads(patient);
  });

  it('keeps the memory of this process flat', { timeout: 60_000 }, async () => {
    const large = Buffer.concat([healthy, Buffer.alloc(1 << 20, ' ')]);
    const pass = () => Promise.all(Array.from({ length: 4 }, () => read('large.html', large, patient)));
    await pass();
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 4; i++) for (const reading of await pass()) expect(reading.facts.length).toBeGreaterThan(150);
    expect((process.memoryUsage().rss - before) / (1 << 20)).toBeLessThan(64);
  });
});

const wrong = ({ facts }: Reading) =>
  facts.filter(({ grid, line, col, value }) => value !== null && figures.cells.get(`${grid}/${line}/${col}`) !== value);
