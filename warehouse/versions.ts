import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';

/**
 * The history of snapshots in `versions.json`, and what can be found again when it is lost. It lies in the folder of
 * releases, beside `snapshots/`.
 */

const entrySchema = z.object({
  version: z.string(),
  date: z.string(),
  digest: z.string(),
  /** False when a floor failed: kept for inspection, never `latest`. */
  ok: z.boolean(),
  reports: z.number(),
  facts: z.number(),
  /** Names of the checks that failed and warned. */
  failures: z.array(z.string()),
  warnings: z.array(z.string()),
});
const versionsSchema = z.object({ latest: z.string().nullable(), versions: z.array(entrySchema) });

export type VersionEntry = z.infer<typeof entrySchema>;
export type Versions = z.infer<typeof versionsSchema>;

export const snapshotsFolder = (releases: string): string => join(releases, 'snapshots');
const versionsFile = (releases: string): string => join(releases, 'versions.json');
const versionName = /^\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$/;

/** Empty when nothing was ever published; null for a file that is not a history. */
function readVersions(releases: string): Versions | null {
  try {
    return versionsSchema.parse(JSON.parse(readFileSync(versionsFile(releases), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { latest: null, versions: [] };
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** The history with what it lacks: all of it where it is damaged, else what a crash left out. */
export async function wholeVersions(releases: string): Promise<{ versions: Versions; recovered: string[] }> {
  return recoverVersions(releases, readVersions(releases) ?? { latest: null, versions: [] });
}

/** Folder of the last snapshot that passed every floor; null when there is none. */
export async function latestSnapshot(releases: string): Promise<string | null> {
  const { latest } = (await wholeVersions(releases)).versions;
  return latest === null ? null : join(snapshotsFolder(releases), latest);
}

export async function writeVersions(releases: string, versions: Versions): Promise<void> {
  const temporary = `${versionsFile(releases)}.tmp`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(JSON.stringify(versions, null, 2) + '\n');
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, versionsFile(releases));
}

/**
 * Adds snapshots that are on disk but not in the history: a crash came between the rename of the folder and the
 * writing of the history. A folder whose files do not match their sums is left alone and not added.
 */
async function recoverVersions(
  releases: string,
  known: Versions,
): Promise<{ versions: Versions; recovered: string[] }> {
  const folder = snapshotsFolder(releases);
  const names = (existsSync(folder) ? await readdir(folder) : []).filter((n) => versionName.test(n)).sort();
  const recovered: string[] = [];
  let versions = known;
  for (const name of names) {
    if (known.versions.some((v) => v.version === name)) continue;
    const entry = await readEntry(join(folder, name));
    if (!entry) continue;
    const current = versions.versions.find((v) => v.version === versions.latest);
    // A folder from before the present `latest` was not what the crash interrupted: listed, but not made the latest.
    const overtaken = current !== undefined && entry.date < current.date;
    versions = { ...withEntry(versions, entry), ...(overtaken ? { latest: versions.latest } : {}) };
    recovered.push(name);
  }
  return { versions, recovered };
}

/** The history with one more entry, the newest; `latest` moves to it when it is good. */
export const withEntry = ({ latest, versions }: Versions, entry: VersionEntry): Versions => ({
  latest: entry.ok ? entry.version : latest,
  versions: [...versions.filter((v) => v.version !== entry.version), entry],
});

const packageSchema = z.object({ gongkai: entrySchema });

/** The entry a snapshot carries in its own datapackage.json; null when the folder is not whole. */
async function readEntry(folder: string): Promise<VersionEntry | null> {
  try {
    for (const line of (await readFile(join(folder, 'SHA256SUMS'), 'utf8')).trimEnd().split('\n')) {
      const [sum, name] = line.split('  ');
      if (!name || basename(name) !== name || (await hashFile(join(folder, name))).sha256 !== sum) return null;
    }
    const { gongkai } = packageSchema.parse(JSON.parse(await readFile(join(folder, 'datapackage.json'), 'utf8')));
    return gongkai.version === basename(folder) ? gongkai : null;
  } catch {
    return null;
  }
}

export async function hashFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
