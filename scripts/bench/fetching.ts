import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { Agent, request } from 'undici';
import { openArchive } from '../../pipelines/archive/folder.ts';
import { createLog } from '../../pipelines/cli/progress.ts';
import { realEffects, type Effects } from '../../pipelines/effects.ts';
import { fetchPortals } from '../../pipelines/fetch.ts';
import { createPool, lookIn } from '../../pipelines/reading/pool.ts';
import { openSession } from '../../pipelines/session.ts';
import { configFor, portalsOf, serveArticles, type Serving } from './serving.ts';

/** What fetching costs: beside the same requests with nothing around them, and on nights without changes. */

const PORTALS = 2;
const ARTICLES = 500;
const AT_ONCE = 4;
const ROUNDS = 5;
const DAY_MS = 86_400_000;

export async function fetching(): Promise<string> {
  const serving = await serveArticles(ARTICLES);
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return [await nights(serving, root), '', await ratio(serving, root)].join('\n');
  } finally {
    serving.close();
    rmSync(root, { recursive: true });
  }
}

const effectsOn = (dir: string, now: Date): Effects => ({
  ...realEffects(openArchive(dir), createLog({ quiet: true, terminal: false })),
  now: () => now,
});

async function nights(serving: Serving, root: string): Promise<string> {
  const start = new Date('2026-02-01T00:00:00Z');
  const lines = [
    `| ${PORTALS * ARTICLES} articles of ${PORTALS} portals | requests | for articles | bodies of articles | bytes | seconds |`,
    '| --- | ---: | ---: | ---: | ---: | ---: |',
  ];
  const o = { config: configFor(serving, { refresh_days: 5 }), portals: portalsOf(PORTALS), refresh: false };
  for (const [name, day] of [
    ['first night', 0],
    ['the next, nothing changed', 1],
    ['half a year later, all asked again', 170],
  ] as const) {
    const effects = effectsOn(join(root, 'nights'), new Date(start.getTime() + day * DAY_MS));
    const began = performance.now();
    const { failed, portals } = await fetchPortals(o, effects);
    const seconds = (performance.now() - began) / 1000;
    const { requests, articles, bodies, bytes } = await serving.served();
    lines.push(`| ${name} | ${requests} | ${articles} | ${bodies} | ${bytes} | ${seconds.toFixed(1)} |`);
    const problems = portals.flatMap((portal) => portal.problems.map(({ message }) => message));
    if (failed.length + problems.length > 0)
      throw new Error(JSON.stringify([failed.slice(0, 3), problems.slice(0, 3)]));
  }
  return lines.join('\n');
}

/** Everything once, several rounds in turns; the median of the rounds' ratios. */
async function ratio(serving: Serving, root: string): Promise<string> {
  const urls = portalsOf(PORTALS).map(({ index_url }) =>
    Array.from({ length: ARTICLES }, (_, n) => `${index_url}content/post_${n}.html`),
  );
  const pool = createPool();
  const rounds: [ours: number, bare: number][] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const dir = join(root, String(round));
    const ours = await seconds(() => archived(urls, serving, dir, lookIn(pool)));
    const bare = await seconds(() => written(urls, serving, `${dir}-bare`));
    // The first warms both up.
    if (round > 0) rounds.push([ours, bare]);
  }
  pool.close();
  const middle = (of: (round: [number, number]) => number) => rounds.map(of).sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
  const each = (time: number) => `${((1000 * time) / (PORTALS * ARTICLES)).toFixed(2)} ms`;
  return [
    '| an article, fetched | with archive | undici, hash and write | speed |',
    '| --- | ---: | ---: | ---: |',
    `| ${AT_ONCE} at once from each of ${PORTALS} hosts | ${each(middle(([ours]) => ours))} | ${each(middle(([, bare]) => bare))} | **${middle(([ours, bare]) => bare / ours).toFixed(2)}** |`,
  ].join('\n');
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function archived(urls: string[][], serving: Serving, dir: string, look: ReturnType<typeof lookIn>) {
  const effects = effectsOn(dir, new Date());
  const session = openSession(configFor(serving, { per_host: AT_ONCE }), look, effects, []);
  await atOnce(urls, (url) => session.get({ url, portal: 'p', kind: 'article', document_url: url }));
  await session.close();
}

async function written(urls: string[][], { address }: Serving, dir: string) {
  mkdirSync(dir, { recursive: true });
  const dispatcher = new Agent({ connections: PORTALS * AT_ONCE });
  await atOnce(urls, async (url) => {
    const { host, pathname } = new URL(url);
    const { body } = await request(`http://${address}${pathname}`, { dispatcher, headers: { host } });
    const bytes = Buffer.from(await body.arrayBuffer());
    await writeFile(join(dir, createHash('sha256').update(bytes).digest('hex')), bytes);
  });
  await dispatcher.close();
}

const atOnce = (urls: string[][], get: (url: string) => Promise<unknown>) =>
  Promise.all(urls.map((ofHost) => pLimit(AT_ONCE).map(ofHost, get)));
