import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode, UsageError } from '../errors.ts';
import type { Archive, PortalLinks } from './archive.ts';
import { accountsIn } from './accounts.ts';
import { blobsIn } from './blobs.ts';
import { capturesIn } from './captures.ts';
import { createDamage, type Damage } from './damage.ts';
import { byText, filesOf, localFiles, readIfThere, sayFull, sweep, writeAtomic } from './files.ts';
import { atWork, lock } from './lock.ts';
import { keepChecks } from './portal-checks.ts';
import { openReadings } from './readings.ts';

/** The archive in a folder, which nothing touches before it is asked for something. */
export function openArchive(dir: string): Archive {
  const damage = createDamage();
  const captures = capturesIn(join(dir, 'captures'), damage);
  return {
    place: dir,
    ...claimIn(dir, captures, damage),
    blobs: blobsIn(join(dir, 'blobs')),
    captures,
    links: linksIn(join(dir, 'links'), damage),
    accounts: accountsIn(dir, damage),
    openReadings: async () => openReadings(join(dir, 'read')),
    atWork: async () => (await atWork(join(dir, 'lock')))?.command ?? null,
    lock: async (command) => {
      const release = await lock(join(dir, 'lock'), command).catch((error: unknown) => {
        throw sayFull(error, join(dir, 'lock'));
      });
      for (const folder of foldersIn(dir)) sweep(folder);
      return release;
    },
    keepChecks: (checks) => keepChecks(join(dir, 'portal-checks.json'), checks),
    damaged: damage.found,
    mend: damage.mend,
    local: localFiles(dir),
  };
}

/** Where files appear by rename. */
function foldersIn(dir: string): string[] {
  const blobs = join(dir, 'blobs');
  return [
    dir,
    join(dir, 'captures'),
    join(dir, 'links'),
    join(dir, 'runs'),
    ...filesOf(blobs, '').flatMap((name) => (name.length === 2 ? join(blobs, name) : [])),
  ];
}

const Claim = z.object({ simulated: z.boolean() });

function claimIn(dir: string, captures: Archive['captures'], damage: Damage): Pick<Archive, 'isSimulated' | 'claim'> {
  const path = join(dir, 'archive.json');
  const write = (simulated: boolean) => writeAtomic(path, `${JSON.stringify({ simulated })}\n`);
  const claimed = async (): Promise<boolean | null> => {
    const text = readIfThere(path);
    const claim = parsed(text, Claim);
    if (claim !== null) return claim.simulated;
    // Each capture says it too.
    const [first] = captures.all();
    if (first && text !== null)
      damage.note(path, 'not what it was written as', async () => {
        await write(first.simulated);
        return 'made again from the captures';
      });
    return first?.simulated ?? null;
  };
  return {
    isSimulated: claimed,
    claim: async (simulated) => {
      const before = await claimed();
      if (before === null) return write(simulated);
      if (before === simulated) return;
      throw new UsageError(
        simulated
          ? `${dir} holds captures of real portals: give the simulator a folder of its own with --data`
          : `${dir} holds captures of the portal simulator: give real portals a folder of their own, for example --data ${dir}-real`,
      );
    },
  };
}

/** Null for what is not there or not such a thing. */
function parsed<T>(text: string | null, schema: z.ZodType<T>): T | null {
  try {
    return text === null ? null : schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const LinksFile = z.looseObject({
  portal: z.looseObject({ id: z.string() }),
  listed_at: z.string(),
  listed: z.number(),
  links: z.array(z.looseObject({ url: z.string(), title: z.string(), first_seen: z.string() })),
  problems: z.array(z.looseObject({ code: z.string() })),
});

/** A file a portal, and the one before, `~`: what a list no longer names stands nowhere else. */
function linksIn(dir: string, damage: Damage): Archive['links'] {
  const pathOf = (portal: string): string => join(dir, `${portal}.json`);
  const read = (path: string) => parsed(readIfThere(path), LinksFile) as PortalLinks | null;
  return {
    read: async (portal) => {
      const path = pathOf(portal);
      const links = read(path);
      if (links !== null) return links;
      const before = read(`${path}~`);
      if (readIfThere(path) !== null)
        damage.note(path, 'not what it was written as', async () => {
          // A run that listed the portal has put it aside and written it already.
          if (read(path) === null) {
            await rename(path, `${path}.damaged`);
            if (before) await copyFile(`${path}~`, path);
          }
          return `moved to ${path}.damaged, ${before ? 'and the one before it used' : 'and made again from captures when the portal is listed'}`;
        });
      return before;
    },
    write: async (links) => {
      const path = pathOf(links.portal.id);
      const before = read(path) === null ? `${path}.damaged` : `${path}~`;
      await rename(path, before).catch((error: unknown) => {
        if (!hasCode(error, 'ENOENT')) throw sayFull(error, path);
      });
      await writeAtomic(path, `${JSON.stringify(links, null, 1)}\n`);
    },
    portals: async () =>
      [
        ...new Set([...filesOf(dir, '.json'), ...filesOf(dir, '.json~')].map((name) => name.replace(/\.json~?$/, ''))),
      ].sort(byText),
  };
}
