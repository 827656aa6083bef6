import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { gridOf } from '../../transforms/forms/index.ts';
import type { Seed } from './seeds.ts';

/**
 * Makes seeds.json from a folder of `<id>/truth.json`: the figures of published reports, which are facts. Nothing else of
 * those reports is taken. What truth.json does not hold (numbers that only the text states, the date on our own page) is
 * in `pages` below.
 */
const pages = [
  { id: 'guangzhou-2020', edition: '2019', published_on: '2021-03-30' },
  { id: 'zengcheng-2020', edition: '2019', published_on: '2021-01-28' },
  { id: 'nansha-2020', edition: '2019', published_on: '2021-03-22' },
  { id: 'huadu-office-2020', edition: '2019', published_on: '2021-01-29' },
  {
    id: 'guangzhou-office-2021-mirror',
    edition: '2021',
    published_on: '2022-01-30',
    prose: { received: 575, carried_in: 18, concluded: 584, carried_out: 9, reconsideration: 3, litigation: 3 },
  },
] as const;

const truthSchema = z.object({
  report: z.object({ publisher: z.string(), division_code: z.string().regex(/^\d{6}$/), year: z.int() }),
  facts: z.array(z.object({ grid: z.string(), line: z.string(), col: z.string(), value: z.number().nullable() })),
});

function seedFrom(dir: string, page: (typeof pages)[number]): Seed {
  const truth = truthSchema.parse(JSON.parse(readFileSync(join(dir, page.id, 'truth.json'), 'utf8')));
  const lines: Seed['lines'] = {};
  for (const { grid, line, col, value } of truth.facts) {
    const position =
      gridOf(page.edition, grid)
        .lines.find((l) => l.code === line)
        ?.columns.findIndex((c) => c.code === col) ?? -1;
    const values = (lines[`${grid}/${line}`] ??= []);
    if (position !== values.length)
      throw new Error(`${page.id}: ${grid}/${line}/${col} is not the next cell of its line`);
    values.push(value);
  }
  const { publisher, division_code, year } = truth.report;
  const { id, edition, published_on } = page;
  const note = `Figures of the report on ${year} published by ${publisher}; wording and published_on of the page are the simulator's own.`;
  return {
    id,
    publisher,
    division_code,
    year,
    edition,
    published_on,
    note,
    prose: 'prose' in page ? page.prose : null,
    lines,
  };
}

const { values } = parseArgs({ options: { from: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
if (values.help || values.from === undefined) {
  process.stderr.write('usage: extract-seeds --from DIR   (DIR holds <id>/truth.json; writes seeds.json)\n');
  process.exit(values.help ? 0 : 2);
}
const seeds = pages.map((page) => seedFrom(values.from ?? '', page));
const json = JSON.stringify(seeds, null, 2).replace(/\[[^[\]{}"]*\]/g, (values) =>
  values.replace(/\s+/g, '').replaceAll(',', ', '),
);
writeFileSync(new URL('./seeds.json', import.meta.url), `${json}\n`);
