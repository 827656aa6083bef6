import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../pipelines/errors.ts';

/**
 * `npm run smoke -- NODE…`: the built program under other versions of Node, each the path of its binary. The golden
 * pages, which have every format, read as they do under this Node, byte for byte; the simulated portals are fetched, read,
 * built, checked and published; a query is answered.
 */
const built = (script: string): string => fileURLToPath(new URL(script, import.meta.url));

/** What the program prints; throws when it ends with another status. */
function run(node: string, args: string[], expected = 0): string {
  const { status, stdout, stderr, error } = spawnSync(node, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== expected)
    throw new Error(`${[node, ...args].join(' ')} failed (${error?.message ?? status}):\n${stderr}`);
  return stdout;
}

/** Every page, but of scans, each of which takes seconds, one. */
const isScan = (name: string): boolean => name.startsWith('scan-');
const names = readdirSync('test/pages').sort();
const pages = [...names.filter((name) => !isScan(name)), ...names.filter(isScan).slice(0, 1)];

/** Status 1, since pages that nobody can read are among them. */
const readings = (node: string): string =>
  run(node, [built('gongkai.js'), 'read', ...pages.map((name) => `test/pages/${name}`), '--json', '--quiet'], 1);

function smoke(node: string, expected: string): string {
  if (readings(node) !== expected) throw new Error(`${node} reads test/pages otherwise than ${process.execPath}`);
  const data = mkdtempSync(join(tmpdir(), 'smoke-'));
  try {
    run(node, [built('start.js'), data]);
    const count = 'select count(*) as n from facts where value is not null';
    const answer = run(node, [built('gongkai.js'), 'sql', '--format', 'json', count, '--data', data]);
    const [{ n = 0 } = {}] = JSON.parse(answer) as { n?: number }[];
    if (n === 0) throw new Error(`${node} built a warehouse without numbers`);
    return `${run(node, ['--version']).trim()}: reads as ${process.version} does, and built ${n} numbers`;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const nodes = process.argv.slice(2);
try {
  if (nodes.length === 0) throw new Error('usage: npm run smoke -- NODE…   (paths of node binaries)');
  const expected = readings(process.execPath);
  for (const node of nodes) console.log(smoke(node, expected));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = nodes.length === 0 ? 2 : 1;
}
