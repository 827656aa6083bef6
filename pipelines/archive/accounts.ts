import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Acknowledged, Believed, parseReviewed, printReviewed } from '../accounts/reviewed.ts';
import type { RunAccount } from '../accounts/account.ts';
import type { Archive } from './archive.ts';
import type { Damage } from './damage.ts';
import { filesOf, readIfThere, writeAtomic } from './files.ts';
import { appendLines } from './ndjson.ts';

export const Account = z.looseObject({
  run: z.string(),
  started: z.string(),
  ended: z.string().nullable(),
  exit: z.number().nullable(),
  portals: z.array(z.looseObject({ portal: z.string() })),
  problems: z.array(z.looseObject({ id: z.string(), since: z.string() })),
  past: z.record(z.string(), z.looseObject({ reports: z.number() })),
});

const LOG = '.log.ndjson';
/** A season: who looks into what happened does so by then. Accounts stay, 300 bytes a portal and night. */
const KEPT_LOGS = 100;

/** `runs/<run>.json`, `runs/<run>.log.ndjson`, `acknowledged.csv`, `believed.csv` and `status.html`. */
export function accountsIn(dir: string, damage: Damage): Archive['accounts'] {
  const runs = join(dir, 'runs');
  const acknowledged = join(dir, 'acknowledged.csv');
  const believed = join(dir, 'believed.csv');
  const names = () => filesOf(runs, '.json').map((name) => name.slice(0, -'.json'.length));
  const read = (run: string): RunAccount | null => {
    const path = join(runs, `${run}.json`);
    const text = readIfThere(path);
    if (text === null) return null;
    const account = accountOf(text);
    if (account === null)
      damage.note(path, 'not what it was written as', async () => {
        await rename(path, `${path}.damaged`);
        return `moved to ${path}.damaged, and the account before it used`;
      });
    return account;
  };
  return {
    runs: names,
    read,
    last: () => {
      for (const run of names().toReversed()) {
        const account = read(run);
        if (account !== null) return account;
      }
      return null;
    },
    write: (account) => writeAtomic(join(runs, `${account.run}.json`), `${JSON.stringify(account)}\n`),
    log: (run, line) => appendLines(join(runs, run + LOG), [JSON.stringify(line)]),
    prune: () => {
      for (const name of filesOf(runs, LOG).slice(0, -KEPT_LOGS)) rmSync(join(runs, name));
    },
    show: (page) => writeAtomic(join(dir, 'status.html'), page),
    acknowledged: () => parseReviewed(Acknowledged, readIfThere(acknowledged) ?? '', acknowledged),
    acknowledge: (lines) => writeAtomic(acknowledged, printReviewed(Acknowledged, lines)),
    believed: () => parseReviewed(Believed, readIfThere(believed) ?? '', believed),
    believe: (lines) => writeAtomic(believed, printReviewed(Believed, lines)),
  };
}

function accountOf(text: string): RunAccount | null {
  try {
    const value: unknown = JSON.parse(text);
    return Account.safeParse(value).success ? (value as RunAccount) : null;
  } catch {
    return null;
  }
}
