import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sha256, type StoredCapture } from '../pipelines/archive/archive.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { appendLines } from '../pipelines/archive/ndjson.ts';
import { portalsOf, serveArticles } from './bench/serving.ts';
import type { Measured, Task } from './growth/measured.ts';

const usage = `usage: npm run growth -- [--portals P] [--nights N] [--articles A,B]

Composes the log of P portals (1000) over N nights (365), with 4 requests a portal and night and 10 articles a portal, and prints
its lines and bytes, and what a night needs to read it and to build the table of it: seconds, processor time, most memory.
Then fetches A and B articles (1000,20000; 0: none), each in a process of its own, and prints the most memory it had.
`;

const { values } = parseArgs({
  options: {
    portals: { type: 'string', default: '1000' },
    nights: { type: 'string', default: '365' },
    articles: { type: 'string', default: '1000,20000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const [portals, nights] = [Number(values.portals), Number(values.nights)];
const articles = values.articles.split(',').map(Number);
const PER_PORTAL = 500;
const REQUESTS = ['robots', 'list', 'list', 'api'] as const;
const ARTICLES = 10;
const DAY_MS = 86_400_000;

function captureOf(
  portal: string,
  url: string,
  kind: StoredCapture['kind'],
  at: Date,
  isArticle: boolean,
): StoredCapture {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'last-modified': at.toUTCString(), server: 'nginx' };
  const evidence = {
    status: 200,
    headers,
    sha256: sha256(`${url} ${isArticle ? '' : at.toISOString()}`),
    bytes: 40_000,
  };
  const rest = { media_type: 'text/html', outcome: 'ok', error: null, vantage: 'default', simulated: true } as const;
  const asked = { url, final_url: url, portal, kind, requested_at: at.toISOString() };
  return { ...asked, ...evidence, ...rest, via: 'http', document_url: isArticle ? url : null };
}

/** What a night appends: lists of every portal; articles on the first, and a hundredth of them again on each later one. */
function* linesOf(night: number): Generator<string> {
  const midnight = Date.parse('2026-01-01T17:00:00Z') + night * DAY_MS;
  let n = 0;
  const at = () => new Date(midnight + n++);
  for (const { id, index_url } of portalsOf(portals)) {
    for (const [i, kind] of REQUESTS.entries())
      yield JSON.stringify(captureOf(id, `${index_url}${kind}${i}.html`, kind, at(), false));
    for (let i = 0; i < ARTICLES; i++)
      if (night === 0 || (n + i + night) % 100 === 0)
        yield JSON.stringify(captureOf(id, `${index_url}content/post_${i}.html`, 'article', at(), true));
  }
}

async function measure(task: Task): Promise<Measured> {
  const child = fork(fileURLToPath(new URL('./growth/measured.js', import.meta.url)), [JSON.stringify(task)]);
  const [measured] = (await once(child, 'message')) as [Measured];
  return measured;
}

const row = (name: string, { count, seconds, processor, peakMb, beforeMb }: Measured) =>
  console.log(
    `| ${name} | ${count} | ${seconds.toFixed(1)} | ${processor.toFixed(1)} | ${beforeMb.toFixed(0)} | ${peakMb.toFixed(0)} |`,
  );

async function growthOfLog(data: string): Promise<void> {
  await openArchive(data).claim(true);
  let lines = 0;
  for (let night = 0; night < nights; night++) {
    const date = new Date(Date.parse('2026-01-01') + night * DAY_MS).toISOString().slice(0, 10);
    const all = [...linesOf(night)];
    lines += all.length;
    appendLines(join(data, 'captures', `${date}.ndjson`), all);
  }
  const files = readdirSync(join(data, 'captures')).map((name) => statSync(join(data, 'captures', name)).size);
  const bytes = files.reduce((sum, size) => sum + size, 0);
  console.log(`${portals} portals, ${nights} nights: ${lines} captures, ${(bytes / 1e6).toFixed(0)} MB\n`);
  console.log(
    '| | captures | seconds | of the processor | MB before | MB at most |\n| --- | ---: | ---: | ---: | ---: | ---: |',
  );
  row('read what a night needs', await measure({ task: 'log', data }));
  row('build the table of all', await measure({ task: 'build', data }));
}

async function growthOfFetching(root: string): Promise<void> {
  console.log(
    '\n| | articles | seconds | of the processor | MB before | MB at most |\n| --- | ---: | ---: | ---: | ---: | ---: |',
  );
  const serving = await serveArticles(PER_PORTAL, 'clean');
  try {
    for (const count of articles) {
      const task = { task: 'fetch', address: serving.address, portals: Math.ceil(count / PER_PORTAL) } as const;
      row('fetch', await measure({ ...task, data: join(root, String(count)) }));
    }
  } finally {
    serving.close();
  }
}

if (values.help || ![portals, nights, ...articles].every(Number.isSafeInteger)) {
  (values.help ? process.stdout : process.stderr).write(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  const root = mkdtempSync(join(tmpdir(), 'growth-'));
  try {
    if (nights > 0) await growthOfLog(join(root, 'log'));
    if (articles[0] !== 0) await growthOfFetching(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
