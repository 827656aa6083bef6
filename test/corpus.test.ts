import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOcr } from '../pipelines/reading/ocr.ts';
import { createPool } from '../pipelines/reading/pool.ts';
import { kinds, recipes, type Kind } from '../scripts/compose/kinds.ts';
import { launchBrowser } from '../scripts/compose/pdf.ts';
import { seedOf } from '../scripts/compose/random.ts';
import { scoreOf, type Score } from '../scripts/compose/score.ts';

/** More of the quick ones; paper takes a browser, and scans most of a minute each. */
const counts: Record<Kind, number> = {
  html: 70,
  mht: 20,
  text: 60,
  annex: 40,
  province: 20,
  clone: 30,
  embedded: 20,
  mojibake: 24,
  encodings: 20,
  many: 30,
  labels: 50,
  layout: 60,
  look: 60,
  title: 60,
  unit: 40,
  loose: 80,
  docx: 24,
  doc: 24,
  rtf: 24,
  xlsx: 24,
  drawn: 24,
  pdf: 8,
  scan: 2,
};

const scores = new Map<Kind, Score[]>();
const problems: string[] = [];
let missingOcr: string | null = null;

const sum = (of: Score[], count: (score: Score) => number) => of.reduce((n, score) => n + count(score), 0);
const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
const readable = () => kinds.filter((kind) => kind !== 'scan').flatMap((kind) => scores.get(kind) ?? []);

beforeAll(async () => {
  ({ missing: missingOcr } = await createOcr());
  const pool = createPool({ timeoutMs: 300_000 });
  const browser = launchBrowser();
  const one = async (kind: Kind, number: number) => {
    const { bytes, extension, truth } = await recipes[kind](seedOf(1, kind, number), () => browser);
    const name = `${kind}-${String(number).padStart(3, '0')}`;
    const { reading } = await pool.read({ path: `${name}.${extension}`, sha256: '', bytes });
    const score = scoreOf(truth, reading);
    scores.set(kind, [...(scores.get(kind) ?? []), score]);
    if (!score.exact) problems.push(`${name} [${truth.tags.join(' ')}] ${score.look.slice(0, 4).join('; ')}`);
  };
  try {
    // The slow ones first: the others are read beside them.
    const reading = kinds
      .toReversed()
      .filter((kind) => kind !== 'scan' || missingOcr === null)
      .flatMap((kind) => Array.from({ length: counts[kind] }, (_, i) => one(kind, i + 1)));
    await Promise.all(reading);
  } finally {
    pool.close();
    await (await browser).close();
  }
}, 600_000);

afterAll(() => {
  const rows = [...scores].map(([kind, of]) => {
    const exact = of.filter((score) => score.exact).length;
    const cells = sum(of, (s) => s.decidable);
    const right = sum(of, (s) => s.right);
    return `${kind.padEnd(9)} ${String(exact).padStart(3)} of ${String(of.length).padStart(3)} documents exact, ${right} of ${cells} cells right (${share(right, cells)})`;
  });
  console.log([...rows.sort(), ...problems.sort().map((line) => `  ${line}`)].join('\n'));
});

test('has at least 300 documents of every kind there is', () => {
  expect(readable().length).toBeGreaterThanOrEqual(300);
  expect([...scores.keys()].sort()).toEqual(kinds.filter((kind) => kind !== 'scan' || missingOcr === null).sort());
});

test('at least 99.9 % of the cells that can be decided are read as printed', () => {
  const of = readable();
  expect(sum(of, (s) => s.right) / sum(of, (s) => s.decidable)).toBeGreaterThanOrEqual(0.999);
});

test('no wrong number is without a flag', () => {
  expect(problems.filter((line) => line.includes('NOT FLAGGED') && !line.startsWith('scan'))).toEqual([]);
  expect(sum(readable(), (s) => s.unflagged)).toBe(0);
});

test('at least 99.5 % of the cells of scans are right, and none that is wrong is verified', (context) => {
  if (missingOcr !== null) {
    console.log(`scans are not tested: ${missingOcr}`);
    context.skip();
  }
  const of = scores.get('scan') ?? [];
  expect(sum(of, (s) => s.right) / sum(of, (s) => s.decidable)).toBeGreaterThanOrEqual(0.995);
  expect(sum(of, (s) => s.verifiedWrong)).toBe(0);
});
