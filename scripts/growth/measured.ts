import { openArchive } from '../../pipelines/archive/folder.ts';
import { build } from '../../pipelines/build.ts';
import { createLog } from '../../pipelines/cli/progress.ts';
import { realEffects } from '../../pipelines/effects.ts';
import { fetchPortals } from '../../pipelines/fetch.ts';
import { configFor, portalsOf } from '../bench/serving.ts';

/** What is done in a process of its own, so that its memory is of nothing else. */
export interface Measured {
  seconds: number;
  /** Of the processor, garbage collection and threads included. */
  processor: number;
  /** Most memory that the process ever had, in MB, and what it had before. */
  peakMb: number;
  beforeMb: number;
  count: number;
}
export type Task =
  | { task: 'log'; data: string }
  | { task: 'build'; data: string }
  | { task: 'fetch'; data: string; address: string; portals: number };

const peak = () => process.resourceUsage().maxRSS / 1024;

async function done(what: Task): Promise<number> {
  const archive = openArchive(what.data);
  const effects = realEffects(archive, createLog({ quiet: true, terminal: false }));
  if (what.task === 'log') return (await archive.captures.read()).length;
  if (what.task === 'build') return (await build(effects)).counts['captures'] ?? 0;
  const o = { config: configFor(what), portals: portalsOf(what.portals), refresh: false };
  return (await fetchPortals(o, effects)).fetched;
}

const what = JSON.parse(process.argv[2] ?? '') as Task;
const beforeMb = peak();
const began = performance.now();
const count = await done(what);
const { user, system } = process.cpuUsage();
const seconds = (performance.now() - began) / 1000;
const measured: Measured = { seconds, processor: (user + system) / 1e6, peakMb: peak(), beforeMb, count };
process.send?.(measured, () => process.exit());
