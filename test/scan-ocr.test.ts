import { crc32, deflateSync } from 'node:zlib';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOcr } from '../pipelines/reading/ocr.ts';
import { createPool } from '../pipelines/reading/pool.ts';
import { packZip } from '../scripts/compose/docx.ts';
import { composeFigures } from '../scripts/compose/figures.ts';
import type { ScannedSheet } from '../scripts/compose/scan.ts';
import { printedTables } from '../scripts/compose/tables.ts';
import { cleanStyle } from '../scripts/compose/styles.ts';
import { findBrowser } from '../scrapers/browser.ts';
import type { Cell } from '../transforms/doc/doc.ts';
import { readScanned } from '../transforms/formats/scan/index.ts';
import { read } from '../transforms/read.ts';

const { ocr, missing } = await createOcr();
const browserPath = findBrowser();
const why = missing ?? (browserPath === null ? 'no browser to print the sheets with' : null);
if (why !== null) console.warn(`skipped: ${why}`);
/** Loads sharp, which may not be installed. */
const compose = () => import('../scripts/compose/scan.ts');

const figures = composeFigures({
  seed: 4,
  publisher: '示例市甲区水务局',
  division_code: '990101',
  year: 2023,
  edition: '2021',
});
const dpi = 150;

describe.skipIf(why !== null)('real recognition', () => {
  let browser: Browser;
  let sheets: ScannedSheet[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath!, args: ['--no-sandbox', '--disable-gpu'] });
    const { cleanScan, plainSheet, scanSheets } = await compose();
    const damage = { ...cleanScan, dpi, skew: 1, noise: 10, jpeg: 55 };
    sheets = await scanSheets(figures, { ...plainSheet, html: cleanStyle }, damage, browser);
  }, 60_000);
  afterAll(() => browser?.close());

  test(
    'a report printed, scanned at 150 dpi with grain and one degree askew, put into a PDF',
    { timeout: 120_000 },
    async () => {
      const { scanPdf } = await compose();
      const doc = await readScanned(await scanPdf(sheets, dpi), 'application/pdf', ocr!, 0);
      const found = doc.blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : []));
      const printed = printedTables(figures, cleanStyle).map((t) => t.rows);
      const shape = (tables: Pick<Cell, 'rowspan' | 'colspan'>[][][]) =>
        tables.map((rows) => rows.map((row) => row.map((c) => `${c.rowspan}×${c.colspan}`)));
      expect(shape(found)).toEqual(shape(printed));
      const numbers = printed.flatMap((rows, t) =>
        rows.flatMap((row, r) =>
          row.flatMap((c, i) => (c.role === 'number' ? [{ printed: c.text, read: found[t]![r]![i]!.text }] : [])),
        ),
      );
      expect(numbers.length).toBeGreaterThan(150);
      const wrong = numbers.filter((n) => n.printed !== n.read);
      expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(numbers.length * 0.005);
      const titles = doc.blocks.flatMap((block) => (block.kind === 'heading' && block.level === 1 ? [block.text] : []));
      expect(titles).toEqual(['示例市甲区水务局2023年政府信息公开工作年度报告']);
      const sections = doc.blocks.flatMap((block) =>
        block.kind === 'heading' && block.level === 2 ? [block.text] : [],
      );
      expect(sections.some((line) => line.includes('收到和处理政府信息公开申请情况'))).toBe(true);
    },
  );

  test(
    'an article whose tables are pictures at other addresses is read with them, as one report',
    { timeout: 120_000 },
    async () => {
      const { scanStrip } = await compose();
      const at = (n: number) => `http://jia.simulator.test/nb/${n}.png`;
      const pictures = await Promise.all(
        sheets.map(async (sheet, n) => ({ url: at(n), bytes: await scanStrip([sheet], 'image/png') })),
      );
      const title = '示例市甲区水务局2023年政府信息公开工作年度报告';
      const late = 'src="/blank.gif" data-src';
      const shown = sheets.map((_, n) => `<p><img ${n % 2 ? late : 'src'}="${n}.png"></p>`).join('');
      const html = `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>一、总体情况</p><p>本报告纯属虚构。</p>${shown}</body></html>`;
      const task = { path: at(0), sha256: 'hash of the page', bytes: Buffer.from(html), base: at(0) };
      const pool = createPool({ workers: 1, timeoutMs: 100_000 });
      const without = await pool.read(task);
      expect(without.reading.findings.map(({ code }) => code)).toContain('picture_unread');
      // The first of them has the address of the page itself here.
      expect(without.files).toEqual(sheets.slice(1).map((_, n) => at(n + 1)));
      const { source, report, facts, findings } = (await pool.read({ ...task, pictures })).reading;
      pool.close();
      expect([source.sha256, source.encoding?.used, report?.publisher]).toEqual([
        'hash of the page',
        'utf-8',
        '示例市甲区水务局',
      ]);
      expect(findings.map(({ code }) => code)).not.toContain('picture_unread');
      const wrong = facts.filter(
        ({ grid, line, col, value, status }) =>
          status === 'verified' && value !== figures.cells.get(`${grid}/${line}/${col}`),
      );
      expect([facts.length > 150, wrong]).toEqual([true, []]);
    },
  );

  test('a document of Word whose tables are pictures is read with them', { timeout: 120_000 }, async () => {
    const { scanStrip } = await compose();
    const bytes = docxOfPictures(await Promise.all(sheets.map((sheet) => scanStrip([sheet], 'image/png'))));
    const { report, facts, findings } = await read({ bytes, path: 'a.docx', sha256: '' }, { ocr: createOcr });
    expect(report).toMatchObject({ publisher: '示例市甲区水务局', year: 2023 });
    expect(findings.map(({ code }) => code)).not.toContain('picture_unread');
    const wrong = facts.filter((f) => f.value !== figures.cells.get(`${f.grid}/${f.line}/${f.col}`));
    expect([facts.length > 150, facts.every((f) => f.read_by === 'ocr'), wrong.length < 3]).toEqual([true, true, true]);
    const without = await read({ bytes, path: 'a.docx', sha256: '' });
    expect(without.findings.map(({ code }) => code)).toContain('picture_unread');
  });

  test('all pages in one picture are one page', { timeout: 60_000 }, async () => {
    const { scanStrip } = await compose();
    const pages = await ocr!.pages(await scanStrip(sheets, 'image/tiff'), 'image/tiff');
    const image = await pages.load(0);
    expect([pages.count, image.width, image.height]).toEqual([
      1,
      Math.max(...sheets.map((s) => s.width)),
      sheets.reduce((sum, s) => sum + s.height, 0),
    ]);
  });
});

/** One picture in line with the text, as Word puts it there, the next as older programs and WPS do. */
function docxOfPictures(pictures: Uint8Array[]): Uint8Array {
  const relations = pictures.map((_, n) => `<Relationship Id="p${n}" Target="media/${n}.png"/>`).join('');
  const shown = pictures.map((_, n) =>
    n % 2 === 0
      ? `<w:drawing><wp:inline><wp:docPr id="${n}" name="图"/><a:graphic><a:blip r:embed="p${n}"/></a:graphic></wp:inline></w:drawing>`
      : `<w:pict><v:shape><v:imagedata r:id="p${n}" o:title="图"/></v:shape></w:pict>`,
  );
  const lines = ['示例市甲区水务局2023年政府信息公开工作年度报告', '一、总体情况', '本报告纯属虚构。'];
  const runs = [...lines.map((line) => `<w:t>${line}</w:t>`), ...shown].map((run) => `<w:p><w:r>${run}</w:r></w:p>`);
  return packZip({
    'word/document.xml': `<w:document><w:body>${runs.join('')}</w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships>${relations}</Relationships>`,
    ...Object.fromEntries(pictures.map((bytes, n) => [`word/media/${n}.png`, bytes])),
  });
}

describe.skipIf(ocr === null)('pictures that are none', () => {
  test.each([
    ['empty', new Uint8Array(0)],
    ['rubbish', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)],
    ['a PNG cut after its header', png(100, 100).subarray(0, 40)],
  ])('%s', async (_, bytes) => {
    const read = ocr!.pages(bytes, 'image/png').then((pages) => pages.load(0));
    await expect(read).rejects.toMatchObject({ name: 'Unreadable', code: 'unreadable' });
  });

  test('900 megapixels in a few hundred bytes', async () => {
    await expect(ocr!.pages(png(30_000, 30_000), 'image/png')).rejects.toMatchObject({ code: 'too_large' });
  });

  test('after all of them a sound picture still opens', async () => {
    const page = await (await ocr!.pages(png(30, 20), 'image/png')).load(0);
    expect([page.width, page.height, page.data.length]).toEqual([30, 20, 600]);
  });
});

/** A black picture of one bit a pixel; the data of large ones are left out. */
function png(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = width * height > 1e6 ? Buffer.alloc(1) : Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
