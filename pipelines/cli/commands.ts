import type { Define } from './command.ts';

/** A command: its line in `--help`, and the module that says the rest, which is imported when the command is named. */
export interface CommandEntry {
  description: string;
  load: () => Promise<{ define: Define }>;
}

/** Every command of the pipelines, in the order of `--help`. To add one: a module in `commands/` and an entry here. */
export const commands: Record<string, CommandEntry> = {
  nightly: {
    description: 'all stages: fetch, read, build, check, publish',
    load: () => import('./commands/nightly.ts'),
  },
  fetch: {
    description: 'list portals, fetch what is new, archive the bytes',
    load: () => import('./commands/fetch.ts'),
  },
  read: {
    description: 'read the archive; or, given paths, documents on this machine',
    load: () => import('./commands/read.ts'),
  },
  inspect: {
    description: 'one document as a web page: what became of each cell, and why',
    load: () => import('./commands/inspect.ts'),
  },
  build: {
    description: 'make the tables (Parquet and DuckDB) from the archive',
    load: () => import('./commands/build.ts'),
  },
  check: {
    description: 'check the tables: floors fail, ceilings warn',
    load: () => import('./commands/check.ts'),
  },
  publish: {
    description: 'publish a snapshot when the tables changed and every check passed',
    load: () => import('./commands/publish.ts'),
  },
  status: {
    description: 'coverage and freshness of each portal; adds up to every link discovered',
    load: () => import('./commands/status.ts'),
  },
  ack: {
    description: 'acknowledge a problem until a day, or believe what its page shows now',
    load: () => import('./commands/ack.ts'),
  },
  archive: {
    description: 'the archive itself: verify, prune, write as WARC, import',
    load: () => import('./commands/archive.ts'),
  },
  portals: {
    description: 'the register of portals',
    load: () => import('./commands/portals.ts'),
  },
  sql: {
    description: 'ask the warehouse; without a query, a prompt',
    load: () => import('./commands/sql.ts'),
  },
  explain: {
    description: 'one number back to its document, place and archived bytes',
    load: () => import('./commands/explain.ts'),
  },
};
