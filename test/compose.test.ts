import type { PrintedTable } from '../scripts/compose/printed.ts';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { composeAnnex } from '../scripts/compose/annex.ts';
import { drawFigures } from '../scripts/compose/draw.ts';
import { kinds, recipes, type Kind } from '../scripts/compose/kinds.ts';
import { tableDamages } from '../scripts/compose/labels.ts';
import { mojibake } from '../scripts/compose/mojibake.ts';
import { createRandom } from '../scripts/compose/random.ts';
import { printedTables } from '../scripts/compose/tables.ts';
import { formats as unitFormats } from '../scripts/compose/units-kind.ts';
import { plainWording } from '../scripts/compose/wording.ts';
import { edition2014 } from '../transforms/forms/edition-2014.ts';
import type { Term } from '../transforms/forms/form.ts';

const noBrowser = () => Promise.reject(new Error('this kind needs no browser'));
const quick = kinds.filter((kind) => kind !== 'pdf' && kind !== 'scan');
/** One of the formats of units is paper, which the composed corpus reads. */
const isQuick = (kind: Kind, seed: number): boolean =>
  kind !== 'unit' || unitFormats[seed % unitFormats.length] !== 'pdf';

test.each(quick)('%s: the same seed gives the same bytes, another seed another document', async (kind) => {
  const first = await recipes[kind](5, noBrowser);
  const again = await recipes[kind](5, noBrowser);
  expect(Buffer.from(again.bytes).equals(Buffer.from(first.bytes))).toBe(true);
  expect(again.truth).toEqual(first.truth);
  const other = await recipes[kind](6, noBrowser);
  expect(Buffer.from(other.bytes).equals(Buffer.from(first.bytes))).toBe(false);
});

test('undecidable cells are cells that the document prints, and its tags say that there are some', async () => {
  for (const kind of quick) {
    for (let seed = 0; seed < 12; seed++) {
      if (!isQuick(kind, seed)) continue;
      const { truth } = await recipes[kind](seed, noBrowser);
      const printed = new Set(truth.facts.map(({ grid, line, col }) => `${grid}/${line}/${col}`));
      expect(truth.undecidable.filter((path) => !printed.has(path))).toEqual([]);
      expect(truth.tags.includes('undecidable')).toBe(truth.undecidable.length > 0);
    }
  }
});

test('every equation of a composed annex holds', () => {
  for (let seed = 0; seed < 30; seed++) {
    const size = seed % 2 ? 'large' : 'small';
    const { values } = composeAnnex({
      seed,
      size,
      publisher: '示例市甲区人民政府',
      division_code: '990101',
      year: 2016,
    });
    const add = (terms: Term[]) => terms.reduce((n, { line }) => n + values.get(line!)!, 0);
    expect(edition2014.equations.filter((e) => add(e.left) !== add(e.right)).map((e) => e.code)).toEqual([]);
  }
});

describe('damaged tables', () => {
  /** Columns of each row, those that spans from above reach into included. */
  const widths = ({ rows }: PrintedTable) =>
    rows.map((_, at) =>
      rows
        .slice(0, at + 1)
        .flatMap((row, r) => row.filter((c) => r === at || r + c.rowspan > at))
        .reduce((n, c) => n + c.colspan, 0),
    );

  test.each(Object.entries(tableDamages))('%s: rows keep their width and the numbers stay', (name, damage) => {
    for (let seed = 0; seed < 20; seed++) {
      const f = drawFigures(seed);
      const { splits, wording } = { wording: {}, ...damage(f, createRandom(seed)) };
      const tables = printedTables(f, { ...plainWording, ...wording }, splits).filter((t) => t.grid === 'requests');
      const uneven = tables.flatMap((t) => widths(t).filter((n) => n !== widths(t)[0]));
      expect(uneven.length).toBe(name === 'shifted_row' ? 1 : 0);
      const numbers = (all: PrintedTable[]) =>
        all.flatMap((t) =>
          t.rows.flatMap((r) => r.flatMap((c) => (c.role === 'number' && c.text !== '' ? [c.text] : []))),
        );
      const plain = numbers(printedTables(f, plainWording).filter((t) => t.grid === 'requests'));
      const extra = name.startsWith('subtotal') ? numbers(tables).length - plain.length : 0;
      expect(numbers(tables).length).toBe(plain.length + extra);
      if (name.startsWith('subtotal')) expect(extra).toBeGreaterThan(0);
    }
  });
});

test('mojibake with its bytes kept is undone by reading it the right way round', () => {
  const text = '<p>示例市2022年政府信息公开（一）、１２件</p>';
  const latin = mojibake(text, { readAs: 'latin1', bytes: 'kept' });
  expect(latin).not.toContain('示');
  expect(Buffer.from(latin, 'latin1').toString('utf8')).toBe(text);
  expect(mojibake(text, { readAs: 'latin1', bytes: 'lost' }).length).toBeLessThan(latin.length);
  expect(mojibake('政府', { readAs: 'gbk', bytes: 'kept' })).toBe('鏀垮簻');
});

describe('command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compose-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const compose = (...args: string[]): { status: number; stderr: string } => {
    try {
      execFileSync(process.execPath, ['--import', 'tsx', 'scripts/compose.ts', ...args], {
        stdio: 'pipe',
        encoding: 'utf8',
      });
      return { status: 0, stderr: '' };
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: string };
      return { status, stderr };
    }
  };

  test('--kind given twice means both', () => {
    const out = join(folder, 'both');
    expect(compose(out, '--kind', 'annex', '--kind', 'labels,annex', '--count', '1').status).toBe(0);
    expect(readdirSync(out)).toEqual(['annex-001', 'labels-001']);
  });

  test('writes a source and its truth for every document, and nothing over what is there', () => {
    const out = join(folder, 'out');
    expect(compose(out, '--kind', 'annex,labels', '--count', '2')).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(out)).toEqual(['annex-001', 'annex-002', 'labels-001', 'labels-002']);
    for (const name of readdirSync(out)) {
      const [source, truth] = readdirSync(join(out, name)).sort();
      expect(source).toMatch(/^source\.(html|txt|docx|doc|xlsx)$/);
      expect(JSON.parse(readFileSync(join(out, name, truth!), 'utf8')).facts.length).toBeGreaterThan(50);
    }
    const before = readFileSync(join(out, 'annex-001', 'truth.json'), 'utf8');
    const refused = compose(out, '--kind', 'annex', '--seed', '2');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('is not empty');
    expect(readFileSync(join(out, 'annex-001', 'truth.json'), 'utf8')).toBe(before);
    expect(compose(out, '--kind', 'annex', '--seed', '2', '--count', '1', '--force').status).toBe(0);
    expect(readFileSync(join(out, 'annex-001', 'truth.json'), 'utf8')).not.toBe(before);
  }, 60_000);

  test.each([
    [['--count', '0'], '--count is "0"'],
    [['--kind', 'html,odt'], 'no kind odt'],
    [['--size', '3'], '--size'],
  ])('%j is refused with the reason', (args, reason) => {
    const out = join(folder, 'never');
    const { status, stderr } = compose(out, ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
    expect(existsSync(out)).toBe(false);
  });
});
