import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeFigures, truthOf, type Figures } from '../scripts/compose/figures.ts';
import { htmlPage } from '../scripts/compose/html.ts';
import { cleanStyle } from '../scripts/compose/styles.ts';
import { textPage, textStyles } from '../scripts/compose/text.ts';
import { check, neededFor } from '../transforms/forms/check.ts';
import { column, columnsOf, formulaOf, ofColumns, type FormGrid } from '../transforms/forms/form.ts';
import { formFor, formOf, forms } from '../transforms/forms/index.ts';
import { buildWarehouse } from '../warehouse/build.ts';
import { runChecks } from '../warehouse/checks.ts';
import { codebookMarkdown } from '../warehouse/dictionary.ts';
import { query } from '../warehouse/duckdb.ts';
import { checkSeries } from '../warehouse/series.ts';
import { views } from '../warehouse/views.ts';
import { edition2099 as form } from './edition-2099.fixture.ts';
import { readString } from './reading.fixture.ts';
import { inputsOf, told } from './warehouse.fixture.ts';

/** A further edition is one file of data. All that follows is derived from it, and nothing else knows it. */
/** The compiler learns the codes of its equations from its entry in `forms`, which a test cannot make. */
forms.push(form as (typeof forms)[number]);

const place = { publisher: '示例市甲区人民政府', division_code: '990101', size: 'large' as const };
const before = composeFigures({ ...place, seed: 1, year: 2099 });
const figures = composeFigures({ ...place, seed: 2, year: 2100, previous: before });

const pathOf = (c: { grid: string; line: string; col: string }) => `${c.grid}/${c.line}/${c.col}`;
const toldOf = (f: Figures) => ({ year: f.year, edition: form.edition, values: Object.fromEntries(f.cells) });
const factsOf = (f: Figures) => told(toldOf(f)).reading.facts;
const withCell = (f: Figures, path: string, more: number): Figures => ({
  ...f,
  cells: new Map(f.cells).set(path, f.cells.get(path)! + more),
});

it('is JSON, and prescribed from its first year on', () => {
  expect(JSON.parse(JSON.stringify(form))).toEqual(form);
  expect([2098, 2099, 2100, null].map((year) => formFor(year)?.edition)).toEqual(['2021', '2099', '2099', '2099']);
});

describe('figures', () => {
  it('fill every cell of the form and satisfy every equation, within a year and between two', () => {
    const cells = form.grids.flatMap((g) =>
      g.lines.flatMap((l) => l.columns.map((c) => `${g.code}/${l.code}/${c.code}`)),
    );
    for (let seed = 0; seed < 20; seed++) {
      const first = composeFigures({ ...place, seed, year: 2099, size: seed % 2 ? 'large' : 'small' });
      const next = composeFigures({ ...place, seed: seed + 100, year: 2100, previous: first });
      expect([...next.cells.keys()]).toEqual(cells);
      expect([...next.cells.values()].every((value) => value !== null && value >= 0)).toBe(true);
      expect(check(factsOf(next), []).findings).toEqual([]);
      expect(checkSeries(factsOf(first), factsOf(next))).toEqual([]);
    }
    expect([...figures.cells.values()].filter((value) => value! > 0).length).toBeGreaterThan(cells.length / 2);
  });
  it('of known tables with another column and other lines satisfy their equations too', () => {
    const [proactive, requests, disputes] = structuredClone(formOf('2021').grids) as [FormGrid, FormGrid, FormGrid];
    const union = column('union', '工会', 'unions');
    requests.lines = requests.lines
      .filter((l) => l.code !== 'denied_third_party')
      .map((l) => ({ ...l, columns: [union, ...l.columns] }));
    proactive.lines[0]!.columns.push(column('drafts', '草案件数', 'drafts'));
    const equations = structuredClone(formOf('2021').equations);
    equations.find((e) => e.code === 'requests.row')!.right.push(...ofColumns('union'));
    const outcomes = equations.find((e) => e.code === 'requests.outcomes')!;
    outcomes.right = outcomes.right.filter((t) => t.line !== 'denied_third_party');
    const changed = {
      ...formOf('2021'),
      edition: '2098',
      since: 2098,
      grids: [proactive, requests, disputes],
      equations,
    };
    forms.splice(-1, 0, changed);
    const first = composeFigures({ ...place, seed: 1, year: 2098 });
    forms.splice(forms.indexOf(changed), 1);
    expect(first.cells.get('requests/received/union')).toBeGreaterThan(0);
    expect(first.cells.get('requests/received/union')! + first.cells.get('requests/carried_in/union')!).toBe(
      first.cells.get('requests/concluded/union')! + first.cells.get('requests/carried_out/union')!,
    );
    expect(first.cells.has('requests/denied_third_party/total')).toBe(false);
    expect(first.cells.get('proactive/regulations/drafts')).toBeDefined();
  });
  it('state in the text what the form compares with it', () => {
    expect(figures.prose.received).toBe(figures.cells.get('inquiries/arrived/sum'));
  });
});

describe('documents', () => {
  it.each([
    ['html', htmlPage(before, cleanStyle)],
    ['text', textPage(before, textStyles.tabs)],
  ])('%s prints its sections, labels and groups', (_, page) => {
    const printed = page.replaceAll('(', '（').replaceAll(')', '）');
    for (const grid of form.grids) {
      expect(printed).toContain(grid.zh);
      for (const label of [...grid.lines, ...columnsOf(grid)].flatMap(({ zh, group }) => [zh, ...group]))
        expect(printed).toContain(label);
    }
  });

  it.each([
    ['html', htmlPage(before, cleanStyle)],
    ['text', textPage(before, textStyles.tabs)],
  ])('%s is read cell by cell', async (_, page) => {
    const { report, facts, findings, sections } = await readString(page);
    expect(report).toMatchObject({ publisher: place.publisher, year: 2099 });
    expect(sections.flatMap((s) => s.number || [])).toEqual([1, 2, 3, 4, 5, 6]);
    // Invented places are in no list of divisions, and text has no metadata.
    expect(findings.filter((f) => f.code !== 'division_unknown')).toEqual([]);
    expect(facts.map(({ grid, line, col, value }) => ({ grid, line, col, value }))).toEqual(truthOf(before).facts);
    expect(new Set(facts.map((f) => f.edition))).toEqual(new Set([form.edition]));
    // Text tells columns by their number alone: what has a sum of one direction only is not verified.
    expect(facts.every((f) => f.status === 'verified' || f.proofs < neededFor(f))).toBe(true);
    expect(facts.filter((f) => f.status === 'verified').every((f) => f.grid !== 'outreach')).toBe(true);
  });
  it('a wrong sum that is printed is found', async () => {
    const wrong = withCell(before, 'inquiries/waiting_after/villager', 1);
    const { findings } = await readString(htmlPage(wrong, cleanStyle));
    expect(findings.map((f) => f.code).sort()).toEqual(['inquiries.rest', 'inquiries.row', 'suspect_cell']);
  });
});

describe('the check', () => {
  it('finds a wrong number behind a minus sign, and what it should be', () => {
    const path = 'inquiries/answered/workshop';
    const right = figures.cells.get(path)!;
    const { facts, findings } = check(factsOf(withCell(figures, path, 3)), []);
    expect(findings.map((f) => f.code).sort()).toEqual([
      'inquiries.answered',
      'inquiries.rest',
      'inquiries.row',
      'suspect_cell',
    ]);
    expect(findings.find((f) => f.code === 'suspect_cell')).toMatchObject({ expected: right, actual: right + 3 });
    expect(facts.find((f) => pathOf(f) === path)?.status).toBe('contradicted');
  });
  it('compares the text with the table', () => {
    const mention = { line: 'received' as const, value: figures.prose.received! + 1, unit: '件', sentence: '' };
    expect(check(factsOf(figures), [mention]).findings.map((f) => f.code)).toEqual(['prose.arrived']);
  });
  it('compares two years, with the sign of each term', () => {
    const fewer = withCell(figures, 'outreach/notices/sent', 1);
    expect(checkSeries(factsOf(before), factsOf(fewer))).toMatchObject([
      { code: 'series.kept', cells: [{ grid: 'outreach', line: 'notices', col: 'kept' }] },
    ]);
  });
});

it('the codebook prints it', () => {
  const [, printed = ''] = codebookMarkdown().split(`## Edition ${form.edition} (${form.notice})\n`);
  for (const grid of form.grids) {
    expect(printed).toContain(`### \`${grid.code}\`: ${grid.zh} · ${grid.en}`);
    for (const line of grid.lines) expect(printed).toContain(`| \`${line.code}\` | ${line.number}${line.zh} |`);
    for (const column of columnsOf(grid)) expect(printed).toContain(`| \`${column.code}\` |`);
  }
  for (const equation of form.equations) expect(printed).toContain(`\`${formulaOf(equation)}\``);
  expect(printed).toContain('`waiting_after = waiting_before + arrived - answered`');
});

describe('the warehouse', () => {
  let folder: string;
  let database: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edition-'));
    const inputs = inputsOf([toldOf(before), toldOf(figures)]);
    for (const { reading } of inputs.readings) {
      reading.facts = check(reading.facts, []).facts;
      reading.mentions = [];
    }
    ({ database } = await buildWarehouse({ inputs, outDir: folder }));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const rows = async (sql: string): Promise<unknown> =>
    JSON.parse((await query(database, sql, { format: 'json' })).text);

  it('holds its facts, form and equations, and passes its own checks', async () => {
    expect(await rows(`SELECT count(*) AS n FROM facts WHERE edition = '2099'`)).toEqual([
      { n: 2 * figures.cells.size },
    ]);
    expect(await rows(`SELECT formula FROM form_equations WHERE code = 'series.kept'`)).toEqual([
      { formula: 'kept = kept(y-1) + drafted - sent' },
    ]);
    expect(await rows(`SELECT DISTINCT scope, code FROM findings`)).toEqual([]);
    expect((await runChecks({ database })).failures).toEqual([]);
  });
  it('has a view of each of its grids', async () => {
    expect(views().map((v) => v.name)).toEqual(expect.arrayContaining(form.grids.map((g) => g.code)));
    const [row] = (await rows(`SELECT * FROM inquiries WHERE year = 2100 AND line = 'arrived'`)) as Record<
      string,
      unknown
    >[];
    expect(row).toMatchObject({
      edition: '2099',
      label: '本年收到来函数量',
      sum: figures.cells.get('inquiries/arrived/sum'),
    });
    const wide = 'rulings__council__all';
    expect(await rows(`SELECT ${wide} FROM report_wide WHERE year = 2100`)).toEqual([
      { [wide]: figures.cells.get('rulings/council/all') },
    ]);
  });
});
