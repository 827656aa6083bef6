import { alone } from '../../pipelines/cli/stage.ts';
import { defaultConfig } from '../../pipelines/config.ts';
import type { Log } from '../../pipelines/cli/progress.ts';
import { nightly, type NightlySummary } from '../../pipelines/nightly.ts';
import type { Pool } from '../../pipelines/reading/pool.ts';
import type { Portal } from '../../scrapers/portals.ts';
import { looks } from '../../scrapers/looks.ts';
import { readDocument } from '../../transforms/read.ts';

/** Each begins where the night says so. */
export const stages = ['list', 'fetch', 'read', 'build', 'check', 'publish'] as const;
export type Stage = (typeof stages)[number];

const saidAt: Record<string, Stage> = {
  listing: 'list',
  fetching: 'fetch',
  reading: 'read',
  building: 'build',
  checking: 'check',
  publishing: 'publish',
};

/** Of an invented place. */
export const portal: Portal = {
  id: 'kills',
  division: '990101',
  name: '示例市甲区人民政府',
  family: 'nfcms',
  index_url: 'http://kills.simulator.test/nb/',
  from: null,
  until: null,
  vantage: 'any',
  note: 'invented',
};

/** When each night is, on every attempt at it: portals are asked again for what they published a month ago. */
const times = [new Date('2026-01-10T18:00:00Z'), new Date('2026-02-20T18:00:00Z')];

export interface NightOptions {
  data: string;
  night: number;
  /** Of the portal on that night. */
  address: string;
}

/** A night as the command has it; only pages are looked into here, as starting a process for that takes as long as the rest. */
export function runNight(
  { data, night, address }: NightOptions,
  reached: (stage: Stage) => void,
): Promise<NightlySummary> {
  const said = (line: string) => {
    const stage = saidAt[line.split(' ')[0] ?? ''];
    if (stage) reached(stage);
  };
  const bar = { step: () => undefined, done: () => undefined };
  const log: Log = { info: said, warn: said, bar: (label) => (said(label), bar) };
  const config = defaultConfig({
    connect: { '*.simulator.test': address },
    simulated: true,
    per_host: 4,
    delay_ms: 0,
  });
  return alone({ data, quiet: true }, 'nightly', (effects) =>
    nightly(
      { config, portals: [portal], refresh: false },
      { ...effects, log, now: () => times[night]!, openPool: () => poolHere },
    ),
  );
}

const tasks = { ...looks, readPage: readDocument, read: readDocument };
const poolHere: Pool = {
  run: async (name, input) => ({ result: await tasks[name](input as never) }) as never,
  read: readDocument,
  close: () => undefined,
};
