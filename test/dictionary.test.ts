import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forms } from '../transforms/forms/index.ts';
import { codebookMarkdown, dictionaryMarkdown } from '../warehouse/dictionary.ts';
import { tables } from '../warehouse/tables.ts';
import { views } from '../warehouse/views.ts';

const rowsOf = (markdown: string, heading: string): string[] =>
  (markdown.split(`\n## ${heading}\n`)[1] ?? '')
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'));

it('the dictionary has a row for every column of every table, in order, and one for every view', () => {
  const markdown = dictionaryMarkdown();
  for (const table of tables) {
    const rows = rowsOf(markdown, table.name);
    expect(rows.map((row) => row.split('`')[1])).toEqual(table.fields.map((f) => f.name));
    for (const [i, f] of table.fields.entries()) expect(rows[i]).toContain(f.zh);
  }
  expect(rowsOf(markdown, 'Views').map((row) => row.split('`')[1])).toEqual(views().map((v) => v.name));
});

it('the codebook has every line, column and equation of every edition', () => {
  const markdown = codebookMarkdown();
  for (const form of forms) {
    const codes = rowsOf(markdown, `Edition ${form.edition} (${form.notice})`).map((row) => row.split('`')[1]);
    const expected = form.grids.flatMap((g) => [
      ...g.lines.map((l) => l.code),
      ...new Set(g.lines.flatMap((l) => l.columns.map((c) => c.code))),
    ]);
    expect(codes).toEqual([...expected, ...form.equations.map((e) => e.code)]);
  }
});

it('no cell of a table breaks out of it', () => {
  for (const row of (dictionaryMarkdown() + codebookMarkdown()).split('\n').filter((l) => l.startsWith('|')))
    expect([5, 6, 7, 4]).toContain(row.split(/(?<!\\)\|/).length - 1);
});

it('docs/ is what the declarations say, and --check fails when it is not', () => {
  const root = process.cwd();
  const check = (cwd: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/docs.ts'), '--check'], {
      cwd,
      encoding: 'utf8',
    });
  expect(check(root)).toMatchObject({ status: 0, stderr: '' });
  const stale = mkdtempSync(join(tmpdir(), 'docs-'));
  try {
    cpSync(join(root, 'docs'), join(stale, 'docs'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(stale, 'node_modules'));
    appendFileSync(join(stale, 'docs/codebook.md'), 'a hand was here\n');
    appendFileSync(join(stale, 'docs/reading/ways.svg'), '<!-- here too -->');
    const { status, stderr } = check(stale);
    expect(status).toBe(1);
    expect(stderr).toContain('codebook.md is stale');
    expect(stderr).toContain('ways.svg is stale');
    expect(stderr).not.toContain('dictionary.md');
    expect(readFileSync(join(stale, 'docs/codebook.md'), 'utf8')).toContain('a hand was here');
  } finally {
    rmSync(stale, { recursive: true });
  }
});
