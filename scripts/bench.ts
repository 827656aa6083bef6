import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'cheerio';
import type { Browser } from 'playwright';
import { localFiles } from '../pipelines/archive/files.ts';
import { createOcr } from '../pipelines/reading/ocr.ts';
import { createPool } from '../pipelines/reading/pool.ts';
import { decode } from '../transforms/characters/decode.ts';
import { extractGlyphs } from '../transforms/formats/pdf/glyphs.ts';
import { createCover } from '../transforms/formats/pdf/objects.ts';
import { PDF_LIMITS } from '../transforms/formats/pdf/types.ts';
import { withPage, withPdf } from '../transforms/formats/pdf/pdfium.ts';
import { read } from '../transforms/read.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { fetching } from './bench/fetching.ts';
import { drawFigures } from './compose/draw.ts';
import { htmlPage, type HtmlStyle } from './compose/html.ts';
import { kinds, recipes, type Kind } from './compose/kinds.ts';
import { seedOf } from './compose/random.ts';
import { htmlStyles } from './compose/styles.ts';
import { allPlans, routesOf } from './simulator/plans.ts';

/**
 * `npm run bench`: what fetching costs (`bench -- fetching`: that alone), and what reading costs beside the parsing libraries
 * alone, over the simulator's pages and composed documents. Both sides of a ratio run in turn in this process, several rounds; the median of the rounds counts.
 */
const rounds = 9;

interface Sample {
  name: string;
  bytes: Uint8Array;
}

let started: Promise<Browser> | null = null;
const browser = () => (started ??= import('./compose/pdf.ts').then(({ launchBrowser }) => launchBrowser()));

const composed = (kind: Kind, count: number): Promise<Sample[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const { bytes, extension } = await recipes[kind](seedOf('bench', kind, i), browser);
      return { name: `${kind}-${i}.${extension}`, bytes };
    }),
  );

const simulated = (): Sample[] =>
  allPlans().flatMap((plan) =>
    [...routesOf(plan, 'ok')]
      .filter(([, route]) => route.kind === 'article')
      .map(([path, route]) => ({ name: `${plan.host}${path}`, bytes: route.reply().body })),
  );

/** Reports of the same figures, in the markup that makes pages large. */
const marked = (style: HtmlStyle, cell: (all: string, spans: string, inner: string) => string): Sample[] =>
  Array.from({ length: 20 }, (_, i) => {
    const page = htmlPage(drawFigures(seedOf('bench', 'html', i)), style);
    return { name: `${i}.html`, bytes: Buffer.from(page.replace(/<td([^>]*)>(.*?)<\/td>/g, cell)) };
  });

/** As editors on the page leave cells: some 40 kB. */
const edited = () =>
  marked(
    htmlStyles.clean,
    (_all, spans, inner) =>
      `<td${spans} style="padding: 0px 7px"><p style="text-align: center"><span style="font-family: 宋体; font-size: 14px">${inner}</span></p></td>`,
  );

/** As Word exports them: some 100 kB. */
const exported = () =>
  marked(
    htmlStyles.word,
    (_all, spans, inner) =>
      `<td${spans} width="62" valign="top" style="width:46.8pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt">${inner}</td>`,
  );

const facts = (sample: Sample) => read({ bytes: sample.bytes, path: sample.name, sha256: '' });

/** Time on the wall. */
async function milliseconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (numbers: number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
};

/** Processor time of this process, its garbage collector included: a busy machine does not change it. */
async function processorMilliseconds(work: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Ours and the library's time a document. Whole rounds take turns: garbage is then paid for by who made it. */
async function against(samples: Sample[], library: (sample: Sample) => unknown): Promise<string> {
  const all = (work: (sample: Sample) => unknown) => async () => {
    for (const sample of samples) await work(sample);
  };
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first round warms both up.
  for (let round = 0; round <= rounds; round++) {
    const ourTime = await processorMilliseconds(all(facts));
    const theirTime = await processorMilliseconds(all(library));
    if (round === 0) continue;
    ours.push(ourTime / samples.length);
    theirs.push(theirTime / samples.length);
  }
  const ratio = median(ours.map((time, i) => time / (theirs[i] ?? NaN)));
  return `${fixed(median(ours))} ms | ${fixed(median(theirs))} ms | **${fixed(ratio)}**`;
}

const fixed = (n: number) => n.toFixed(2);

/** Code, box and origin of every character, without the rulings and without making anything of them. */
const glyphsAlone = ({ bytes }: Sample): Promise<void> =>
  withPdf(bytes, (pdf) => {
    const budget = { glyphs: PDF_LIMITS.glyphs, segments: PDF_LIMITS.segments };
    for (let i = 0; i < pdf.pages; i++) withPage(pdf, i, (page) => extractGlyphs(pdf, page, budget, createCover()));
  });

async function scans(): Promise<string> {
  const recognition = createOcr();
  const { ocr, missing } = await recognition;
  if (!ocr) return `not measured: ${missing}`;
  const { cleanScan, plainSheet, scanPdf, scanSheets } = await import('./compose/scan.ts');
  const damage = { ...cleanScan, dpi: 200, skew: 1, noise: 10 };
  const sheets = await scanSheets(drawFigures(seedOf('bench', 'scan')), plainSheet, damage, await browser());
  const bytes = await scanPdf(sheets, damage.dpi);
  const time = await processorMilliseconds(async () => {
    await read({ bytes, path: 'scan.pdf', sha256: '' }, { ocr: () => recognition });
  });
  return `${fixed(time / 1000 / sheets.length)} s of processor time a page (one report of ${sheets.length} pages, 200 dpi, noise, 1° skew)`;
}

/** Processor time from the start of a process of its own to its end: the middle one of some. */
function startOf(...args: string[]): string {
  const report = `process.on('exit', () => process.stderr.write(JSON.stringify(process.cpuUsage())))`;
  const times = Array.from({ length: rounds }, () => {
    const { stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${report}`, ...args]);
    const { user, system } = JSON.parse(String(stderr)) as NodeJS.CpuUsage;
    return (user + system) / 1000;
  });
  return `${median(times).toFixed(0)} ms`;
}

/** What somebody waits for who asks a short question. */
async function starts(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await withDatabase(localFiles(dir).database, {}, (sql) => sql.run('CREATE TABLE nothing (n INTEGER)'));
    const gongkai = fileURLToPath(new URL('gongkai.js', import.meta.url));
    const sql = startOf(gongkai, 'sql', 'select 1', '--data', dir);
    return `Start: gongkai --help ${startOf(gongkai, '--help')}, sql ${sql}, Node alone ${startOf('--eval', '0')}`;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function throughput(samples: Sample[]): Promise<string> {
  const pool = createPool({ timeoutMs: 300_000 });
  try {
    const readAll = () => Promise.all(samples.map(({ name, bytes }) => pool.read({ path: name, sha256: '', bytes })));
    await readAll();
    const runs = [];
    for (let i = 0; i < 3; i++) runs.push(await milliseconds(readAll));
    return `${fixed(samples.length / (median(runs) / 1000))} documents a second (${samples.length} documents, ${availableParallelism()} processes)`;
  } finally {
    pool.close();
  }
}

async function main([only]: string[]): Promise<void> {
  try {
    console.log(`Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}\n`);
    console.log(`${await fetching()}\n`);
    if (only === 'fetching') return;
    const decoded = new Map<Sample, string>();
    const parseOnly = (sample: Sample) => load(decoded.get(sample) ?? '');
    console.log('| bytes → facts and findings | ours | library | ratio |\n| --- | --- | --- | --- |');
    for (const [name, pages] of [
      ['pages of the simulator', simulated()],
      ['cells as editors leave them', edited()],
      ['exported by Word', exported()],
    ] as const) {
      for (const page of pages) decoded.set(page, decode(page.bytes).text);
      const kilobytes = median(pages.map(({ bytes }) => bytes.length / 1000)).toFixed(0);
      console.log(
        `| ${name} (${pages.length}, ${kilobytes} kB), against cheerio.load of the decoded text | ${await against(pages, parseOnly)} |`,
      );
    }
    const pdfs = await composed('pdf', 8);
    console.log(
      `| composed PDF (${pdfs.length}), against PDFium's glyphs with box and origin | ${await against(pdfs, glyphsAlone)} |`,
    );
    console.log(`\n${await starts()} (processor time)`);
    console.log(`Scans: ${await scans()}`);
    const quick = kinds.filter((kind) => kind !== 'pdf' && kind !== 'scan');
    const mixed = (await Promise.all(quick.map((kind) => composed(kind, 20)))).flat();
    console.log(`All cores, without PDF and scans: ${await throughput(mixed)}`);
    console.log(`All cores, PDF alone: ${await throughput(pdfs)}`);
  } finally {
    await (await started)?.close();
  }
}

await main(process.argv.slice(2));
