import type { Browser } from 'playwright';
import type { Amounts, Figures } from './figures.ts';
import { redated } from './paged.ts';
import { createRandom } from './random.ts';
import { cleanScan, plainSheet, scanPdf, scanSheets, scanStrip, type ScanDamage, type SheetStyle } from './scan.ts';
import { cleanStyle, htmlStyles } from './styles.ts';

const sheets: SheetStyle[] = [
  plainSheet,
  { ...plainSheet, font: 'Noto Sans CJK SC', html: { ...cleanStyle, ...htmlStyles.split } },
  { ...plainSheet, html: htmlStyles.dashes },
  { ...plainSheet, html: htmlStyles.commas, rule: 0.5 },
  { ...plainSheet, landscape: true, rule: 1 },
];

/** Noise, and up to a degree of skew, at 150 to 300 dpi. */
export async function scannedDocument(
  f: Figures,
  seed: number,
  browser: Browser,
): Promise<{ bytes: Uint8Array; extension: string; dpi: number; amounts: Amounts }> {
  const random = createRandom(seed);
  const sheet = random.pick(sheets);
  const damage: ScanDamage = {
    ...cleanScan,
    dpi: random.pick([150, 200, 300]),
    skew: random.pick([-1, -0.6, 0, 0.4, 1]),
    noise: random.whole(4, 14),
    jpeg: random.pick([null, 60, 80]),
  };
  const pages = await scanSheets(f, sheet, damage, browser);
  const { dpi } = damage;
  const { amounts } = sheet.html;
  switch (random.pick(['pdf', 'pdf', 'png', 'tiff'] as const)) {
    case 'pdf':
      return { bytes: await redated(await scanPdf(pages, dpi)), extension: 'pdf', dpi, amounts };
    case 'png':
      return { bytes: await scanStrip(pages, 'image/png'), extension: 'png', dpi, amounts };
    case 'tiff':
      return { bytes: await scanStrip(pages, 'image/tiff'), extension: 'tif', dpi, amounts };
  }
}
