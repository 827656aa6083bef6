import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { localFiles } from '../../pipelines/archive/files.ts';
import { withDatabase } from '../../warehouse/duckdb.ts';
import { latestSnapshot } from '../../warehouse/versions.ts';
import { runNight, stages, type NightOptions, type Stage } from './night.ts';
import { servePortal } from './portal.ts';

/** How often a night is killed in each stage, on each archive: more where more is written. */
const kills: Record<Stage, number> = { list: 2, fetch: 4, read: 2, build: 6, check: 1, publish: 5 };

export interface Trials {
  /** Nights killed, by the stage they were in. */
  killed: Record<Stage, number>;
  /** What is not as it would be had nobody killed anything. */
  faults: string[];
}

/** What an undisturbed archive is after a night. */
interface Expected {
  /** Of the published tables. */
  digest: string;
  /** Paths of all files. */
  files: string[];
  /** Reports in the database. */
  reports: number;
  /** From the beginning of each stage to its end, in milliseconds. */
  lasts: Map<Stage, number>;
}

/** Of 1: what comes after the numbers before is far from each of them. */
const GOLDEN = 0.618;

/**
 * Kills at least so many nights with SIGKILL, on one archive after the other at moments spread over every stage, then lets
 * each night end and compares what there is with an undisturbed archive.
 */
export async function killNights(wanted: number, step: () => void): Promise<Trials> {
  const portal = await servePortal();
  const root = mkdtempSync(join(tmpdir(), 'kills-'));
  const trials: Trials = { killed: { list: 0, fetch: 0, read: 0, build: 0, check: 0, publish: 0 }, faults: [] };
  try {
    const nightsOn = (data: string): NightOptions[] =>
      portal.addresses.map((address, night) => ({ data: join(root, data), night, address }));
    const expected: Expected[] = [];
    for (const o of nightsOn('undisturbed')) expected.push(await undisturbed(o));
    let archives = 0;
    const work = async () => {
      while (sum(trials.killed) < wanted) {
        const i = archives++;
        const nights = nightsOn(String(i));
        const before = sum(trials.killed);
        for (const o of nights) await killedNight(o, (i * GOLDEN) % 1, expected, trials, step);
        rmSync(nights[0]!.data, { recursive: true });
        if (sum(trials.killed) === before) throw new Error('every night ended before its moment came');
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return trials;
  } finally {
    portal.close();
    rmSync(root, { recursive: true, force: true });
  }
}

export const sum = (killed: Trials['killed']): number => Object.values(killed).reduce((all, n) => all + n);

async function undisturbed(o: NightOptions): Promise<Expected> {
  const began = new Map<Stage, number>();
  const process = start(o);
  process.on('message', (stage: Stage) => void began.set(stage, performance.now()));
  await ended(process);
  const times = [...began.values(), performance.now()];
  const lasts = new Map([...began.keys()].map((stage, i) => [stage, times[i + 1]! - times[i]!]));
  const { publish, counts } = await runNight(o, () => undefined);
  return { digest: publish.digest, files: filesIn(o.data), reports: counts['reports'] ?? 0, lasts };
}

/** @param shift 0 to 1, other on each archive: so that no two archives are killed at the same moments */
async function killedNight(
  o: NightOptions,
  shift: number,
  all: Expected[],
  { killed, faults }: Trials,
  step: () => void,
): Promise<void> {
  const expected = all[o.night]!;
  const allowed = all.slice(0, o.night + 1).map(({ reports }) => reports);
  const database = localFiles(o.data).database;
  for (const stage of stages)
    for (let n = 0; n < kills[stage]; n++) {
      const share = (n + shift) / kills[stage];
      const where = `night ${o.night}, killed in ${stage} after ${share.toFixed(3)} of it`;
      const before = existsSync(database);
      const { signal, status } = await killedIn(o, stage, share * (expected.lasts.get(stage) ?? 0));
      if (signal) {
        killed[stage]++;
        step();
      } else if (status !== 0) faults.push(`${where}: it ended by itself, with status ${status}`);
      const fault = await faultOf(o.data, before, allowed).catch(String);
      if (fault) faults.push(`${where}: ${fault}`);
    }
  const where = `night ${o.night} after ${shift.toFixed(3)}`;
  const { publish } = await runNight(o, () => undefined);
  if (publish.digest !== expected.digest) faults.push(`${where}: other tables than undisturbed`);
  const [files, wanted] = [new Set(filesIn(o.data)), new Set(expected.files)];
  for (const file of files) if (!wanted.has(file)) faults.push(`${where}: ${file} is left over`);
  for (const file of wanted) if (!files.has(file)) faults.push(`${where}: ${file} is missing`);
}

/** Without a signal when the night had ended by then. */
function killedIn(o: NightOptions, stage: Stage, after: number): Promise<Ended> {
  const process = start(o);
  process.on('message', (reached: Stage) => {
    if (reached === stage) void sleep(after).then(() => process.kill('SIGKILL'));
  });
  return ended(process);
}

const victim = fileURLToPath(new URL('./victim.js', import.meta.url));
const start = (o: NightOptions) => fork(victim, [JSON.stringify(o)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
}

const ended = (process: ReturnType<typeof start>): Promise<Ended> =>
  new Promise((resolve) => process.once('exit', (status, signal) => resolve({ status, signal })));

/** What somebody who reads the archive at this moment would find wrong. */
async function faultOf(data: string, hadDatabase: boolean, allowed: number[]): Promise<string | null> {
  const { database, releases } = localFiles(data);
  if (hadDatabase && !existsSync(database)) return 'the database is gone';
  if (existsSync(database)) {
    const [row] = await withDatabase(database, { readOnly: true }, ({ rows }) =>
      rows('SELECT count(*) n FROM reports'),
    );
    if (!allowed.includes(Number(row?.['n']))) return `the database has ${String(row?.['n'])} reports`;
  }
  const latest = await latestSnapshot(releases);
  if (latest !== null && !existsSync(join(latest, 'SHA256SUMS'))) return `${latest} is not whole`;
  return null;
}

/** But the readings, whose folder is named by the code. */
/** Each night that was begun has left its account. */
const filesIn = (data: string): string[] =>
  readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((file) => !/^runs[\\/][\w-]+\.(?:json|log\.ndjson)$/.test(file))
    .sort();
