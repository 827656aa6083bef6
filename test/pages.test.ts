import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOcr } from '../pipelines/reading/ocr.ts';
import { kindsBy } from '../transforms/finding-kinds.ts';
import { kindOf } from '../transforms/forms/form.ts';
import { forms } from '../transforms/forms/index.ts';
import { read } from '../transforms/read.ts';
import type { Fact, Reading } from '../transforms/report.ts';

/**
 * Golden readings: every folder of test/pages holds a source and the reading that is expected of it, byte for byte.
 * A page without an expectation gets one and fails; a page that reads otherwise gets `reading-changed.json` beside it,
 * which `npm run accept` takes over. CI writes nothing.
 */
const root = 'test/pages';
const inCi = process.env.CI === 'true';
const names = readdirSync(root).sort();
/** Scans are read with the optional packages; every other page as it is read without them. */
const isScan = (name: string): boolean => name.startsWith('scan-');
const recognition = createOcr();
const { ocr, missing } = await recognition;
if (missing !== null) console.log(`scans of ${root} are skipped: ${missing}`);

test.for(names)('%s', async (name, { skip }) => {
  if (isScan(name) && !ocr) skip(missing);
  const folder = `${root}/${name}`;
  const [source] = readdirSync(folder).filter((file) => file.startsWith('source.'));
  const path = `${folder}/${source}`;
  const bytes = readFileSync(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const reading = await read(
    { bytes, path, contentType: null, sha256 },
    isScan(name) ? { ocr: () => recognition } : {},
  );
  compare(folder, printed(reading));
});

function compare(folder: string, is: string): void {
  const expectation = join(folder, 'reading.json');
  const changed = join(folder, 'reading-changed.json');
  if (!existsSync(expectation)) {
    if (!inCi) writeFileSync(expectation, is);
    expect.fail(`${expectation} was not there${inCi ? '' : ' and was written: look at it, then commit it'}`);
  }
  const was = readFileSync(expectation, 'utf8');
  if (was === is) {
    if (!inCi) rmSync(changed, { force: true });
    return;
  }
  if (!inCi) writeFileSync(changed, is);
  const lines = differences(JSON.parse(was) as Printed, JSON.parse(is) as Printed);
  const more = lines.length > 12 ? [`… and ${lines.length - 12} more`] : [];
  const accept = inCi ? [] : [`if that is right: npm run accept -- ${folder.slice(root.length + 1)}`];
  expect.fail([`${folder} reads otherwise (was → is):`, ...lines.slice(0, 12), ...more, ...accept].join('\n  '));
}

/** A reading as it is kept: one fact, one mention, one section, one finding a line. */
type Printed = Omit<Reading, 'facts'> & { facts: string[] };

function printed({ source, report, details, facts, mentions, sections, findings }: Reading): string {
  const list = (items: unknown[]) =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  return `{
  "source": ${JSON.stringify(source)},
  "report": ${JSON.stringify(report)},${details ? `\n  "details": ${JSON.stringify(details)},` : ''}
  "findings": ${list(findings)},
  "mentions": ${list(mentions)},
  "sections": ${list(sections)},
  "facts": ${list(facts.map(factLine))}
}
`;
}

/** `grid/line/col: value ["raw"] [unit] edition status block/row/column`, and what only some facts have. */
function factLine({ grid, line, col, value, absence, raw, unit, edition, status, place, ...more }: Fact): string {
  const words = [
    value ?? absence ?? 'null',
    ...(raw === String(value) ? [] : [JSON.stringify(raw)]),
    ...(unit === 'count' ? [] : [unit]),
    edition,
    status,
    `${place.block}/${place.row}/${place.column}`,
    ...Object.entries(more).map(([key, is]) => `${key}=${JSON.stringify(is)}`),
  ];
  return `${grid}/${line}/${col}: ${words.join(' ')}`;
}

/** Cells first, then findings, then the rest. */
function differences(was: Printed, is: Printed): string[] {
  const rest = ({ facts: _facts, findings: _findings, ...others }: Printed) =>
    Object.entries(others).map(([part, content]) => `${part} ${JSON.stringify(content)}`);
  return [
    ...changes(cellsOf(was), cellsOf(is)),
    ...without(texts(was.findings), texts(is.findings)).map((line) => `finding gone: ${line}`),
    ...without(texts(is.findings), texts(was.findings)).map((line) => `finding new: ${line}`),
    ...without(rest(was), rest(is)).map((line) => `was ${line}`),
    ...without(rest(is), rest(was)).map((line) => `is ${line}`),
    ...(JSON.stringify(was) === JSON.stringify(is) ? ['only the way the expectation is written'] : []),
  ];
}

const texts = (items: unknown[]): string[] => items.map((item) => JSON.stringify(item));

/** Items of `some` that are not in `others`, counted. */
function without(some: string[], others: string[]): string[] {
  const left = [...others];
  return some.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** A cell that was read twice has two entries. */
function cellsOf({ facts }: Printed): Map<string, string> {
  const cells = new Map<string, string>();
  for (const fact of facts) {
    const end = fact.indexOf(': ');
    let path = fact.slice(0, end);
    while (cells.has(path)) path += ' again';
    cells.set(path, fact.slice(end + 2));
  }
  return cells;
}

const changes = (was: Map<string, string>, is: Map<string, string>): string[] =>
  [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => `${path}: ${was.get(path) ?? 'no such cell'} → ${is.get(path) ?? 'no such cell'}`);

/** Codes that reading one document in this process cannot raise, and why. */
const exempt: Record<string, string> = {
  limit_time: 'the pool of processes measures it',
  limit_memory: 'the pool of processes measures it',
  crashed: 'the pool of processes sees it',
  pages_unread: 'only a scan of more than 60 pages has it',
};

test('every code that reading one document can raise stands in a page', () => {
  const raised = new Set<string>(
    names.flatMap((name) =>
      (JSON.parse(readFileSync(`${root}/${name}/reading.json`, 'utf8')) as Printed).findings.map(({ code }) => code),
    ),
  );
  const equations = forms.flatMap((form) => form.equations.filter((equation) => kindOf(equation) !== 'series'));
  const codes = [...Object.keys({ ...kindsBy.unread, ...kindsBy.document }), ...equations.map(({ code }) => code)];
  expect(codes.filter((code) => !raised.has(code) && !(code in exempt))).toEqual([]);
  expect(Object.keys(exempt).filter((code) => raised.has(code) || !codes.includes(code))).toEqual([]);
});
