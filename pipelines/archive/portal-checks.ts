import { z } from 'zod';
import type { PortalCheck } from '../check-portals.ts';
import { byText, readIfThere, writeAtomic } from './files.ts';

const Kept = z.array(z.looseObject({ portal: z.string() }));

/** The latest check of each portal, in the order of their ids. A file that is not one is made again. */
export async function keepChecks(path: string, checks: PortalCheck[]): Promise<void> {
  const before = Kept.safeParse(jsonOf(readIfThere(path))).data ?? [];
  const latest = new Map([...before, ...checks].map((check) => [check.portal, check]));
  const sorted = [...latest].sort(([a], [b]) => byText(a, b)).map(([, check]) => check);
  await writeAtomic(path, `${JSON.stringify(sorted, null, 1)}\n`);
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
}
