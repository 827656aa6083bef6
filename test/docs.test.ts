import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command } from 'commander';
import { createProgram } from '../pipelines/cli/cli.ts';
import { build } from '../pipelines/build.ts';
import { defaultConfig, readRegister } from '../pipelines/config.ts';
import { alone } from '../pipelines/cli/stage.ts';
import { nightly } from '../pipelines/nightly.ts';
import { readFiles } from '../pipelines/reading/read-files.ts';
import { commands } from '../scripts/commands.ts';
import { recipes } from '../scripts/compose/kinds.ts';
import { seedOf } from '../scripts/compose/random.ts';
import { readSeeds } from '../scripts/simulator/seeds.ts';
import { startSimulator } from '../scripts/simulator/server.ts';
import { query } from '../warehouse/duckdb.ts';

/** What the documents promise is true: commands, scripts, links, and the output they show. */
const written = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const textOf = (path: string): string => readFileSync(path, 'utf8');
const all = written.map(textOf).join('\n');
const readme = textOf('README.md');

/** Contents of the fenced blocks. */
const fences = (markdown: string): string[] =>
  [...markdown.matchAll(/^ *```\w*\n([\s\S]*?)^ *```$/gm)].map((m) => m[1] ?? '');

const program = await createProgram(commands, Object.keys(commands));

const helpOf = (command: Command): string => {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
};

/** The words of each documented command line behind `gongkai`, without the comment at its end. */
function gongkaiLines(markdown: string): string[][] {
  const spans = [...markdown.matchAll(/`(gongkai [^`]+)`/g)].map((m) => m[1] ?? '');
  const lines = fences(markdown).flatMap((block) => block.split('\n'));
  const commands = [...spans, ...lines].flatMap(
    (line) => /^(?:npm run (?:-s )?)?gongkai(?: --)? +(.+)/.exec(line)?.[1] ?? [],
  );
  return commands.map((line) => line.split('#')[0]!.trim().split(/\s+/));
}

describe('commands', () => {
  const byName = new Map(program.commands.map((command) => [command.name(), command]));

  test.each([...byName.keys()])('%s is documented and has help with examples', (name) => {
    expect(all).toMatch(new RegExp(`gongkai (?:-- )?${name}\\b|\`${name}\``));
    expect(helpOf(byName.get(name)!)).toMatch(/Examples:\n {2}gongkai /);
  });

  test('every command and option that the documents name exists', () => {
    const lines = gongkaiLines(all);
    expect(lines.length).toBeGreaterThan(10);
    const wrong = lines.filter(([name = '', ...words]) => {
      const command = byName.get(name);
      const part = command?.commands.find((one) => one.name() === words[0]) ?? command;
      const known = part?.options.map((option) => option.long);
      return !known || words.some((word) => /^--\w/.test(word) && !known.includes(word));
    });
    expect(wrong).toEqual([]);
  });
});

test('every npm script that the documents name exists', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const named = [...all.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test))\b/g)].map((m) => m[1] ?? m[2] ?? '');
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every file that the documents link to or name by its path is there', () => {
  for (const path of written) {
    const text = textOf(path);
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map((m) => m[1] ?? '')
      .filter((to) => !/^https?:/.test(to));
    const named = [...text.matchAll(/`((?:scrapers|transforms|warehouse|pipelines|scripts|test|docs)\/[\w./-]*)`/g)];
    expect(links.filter((to) => !existsSync(join(dirname(path), to))).map((to) => `${path}: ${to}`)).toEqual([]);
    expect(
      named
        .map((m) => m[1] ?? '')
        .filter((to) => !existsSync(to))
        .map((to) => `${path}: ${to}`),
    ).toEqual([]);
  }
});

test('every function that docs/reading.md names is in the file it names', () => {
  const named = [...textOf('docs/reading.md').matchAll(/`(\w+)`\s+in\s+`([\w./-]+\.ts)`/g)];
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter(
    ([, name, path]) => !new RegExp(`^export .*\\b(function|const|type) ${name}\\b`, 'm').test(textOf(path ?? '')),
  );
  expect(missing.map(([text]) => text)).toEqual([]);
});

describe('the warehouse that the documents query', () => {
  let dir: string;
  let database: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'docs-'));
    const simulator = await startSimulator();
    try {
      writeFileSync(join(dir, 'register.csv'), simulator.register);
      const { connect } = simulator;
      const register = join(dir, 'register.csv');
      const config = defaultConfig({
        register,
        connect,
        vantage: 'simulator',
        simulated: true,
        per_host: 4,
        delay_ms: 0,
      });
      const portals = readRegister(config, {
        portal: ['sim-guangzhou', 'sim-guangzhou-districts', 'sim-huadu', 'sim-nansha'],
      });
      const data = join(dir, 'data');
      const o = { config, portals, refresh: false };
      await alone({ data, quiet: true }, 'nightly', async (effects) => {
        await nightly(o, effects);
        // The tables that a night makes know the nights before it.
        await build(effects);
      });
      database = join(data, 'warehouse.duckdb');
    } finally {
      await simulator.close();
    }
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('the first query of README.md gives the output it shows', async () => {
    const [statement, output] = fences(readme).slice(1, 3);
    const sql = /sql "([\s\S]+)"/.exec(statement ?? '')?.[1] ?? '';
    expect((await query(database, sql)).text).toBe(output);
    // Against the figures themselves too, so that a wrong reading cannot be copied into the document.
    for (const seed of readSeeds().filter(({ year }) => year === 2020)) {
      const total = seed.lines['requests/concluded']?.at(-1);
      expect(output).toMatch(new RegExp(`^${seed.publisher} .* ${total}$`, 'm'));
    }
  });

  const queries = [
    ...gongkaiSql(all),
    ...program.commands.flatMap((command) => gongkaiSql(helpOf(command))),
    ...gongkaiSql(textOf('scripts/start.ts').replaceAll("'", '').replaceAll('\\', '')),
  ];
  test.each([...new Set(queries)])('%s is answered', async (sql) => {
    expect((await query(database, sql)).rows).toBeGreaterThan(0);
  });

  test('the cell that the help of explain names is there', async () => {
    const explain = program.commands.find((command) => command.name() === 'explain')!;
    const [report, grid, line, col] = (/explain (\S+\/\S+)/.exec(helpOf(explain))?.[1] ?? '').split('/');
    const sql = `SELECT * FROM facts WHERE report_id = '${report}' AND grid = '${grid}' AND line = '${line}' AND col = '${col}'`;
    expect((await query(database, sql)).rows).toBe(1);
  });
});

function gongkaiSql(text: string): string[] {
  return [...text.matchAll(/\bsql (?:--format \w+ )?"([^"]+)"/g)].map((m) => m[1] ?? '');
}

test('the file that README.md reads gives the output it shows', async () => {
  const shown = fences(readme).find((block) => block.startsWith('data/samples/'));
  const path = shown?.split('\n')[0] ?? '';
  const [, number] = /html-(\d+)/.exec(path) ?? [];
  const { bytes } = await recipes.html(seedOf(1, 'html', Number(number)), () =>
    Promise.reject(new Error('no browser')),
  );
  const dir = mkdtempSync(join(tmpdir(), 'docs-'));
  try {
    const file = join(dir, 'source.html');
    writeFileSync(file, bytes);
    let printed = '';
    await readFiles({ paths: [file], json: false, print: (text) => void (printed += text), note: () => undefined });
    expect(printed.replace(file, path)).toBe(shown);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
