import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Built } from './build.ts';
import type { Verdict } from './checks.ts';
import { datapackage, type Resource } from './datapackage.ts';
import { changesMarkdown, compareSnapshots, type Changes } from './diff.ts';
import { withDatabase } from './duckdb.ts';
import { researcherReadme } from './readme.ts';
import { tableOf } from './tables.ts';
import { hashFile, snapshotsFolder, wholeVersions, withEntry, writeVersions } from './versions.ts';
import { saysTheSame } from './same.ts';
import type { VersionEntry, Versions } from './versions.ts';

export interface PublishOptions {
  /** Folder of `snapshots/` and `versions.json`. */
  releases: string;
  /** YYYY-MM-DD; names the version and is the only thing here that depends on the day. */
  date: string;
  built: Built;
  verdict: Verdict;
}

export interface Published {
  /** False when a snapshot says the same already (`saysTheSame`): nothing was written. */
  published: boolean;
  version: string;
  path: string;
  /** SHA-256 over the hashes of the data files. */
  digest: string;
  /** The version that `latest` points to afterwards. */
  latest: string | null;
  /** Null when nothing was published. */
  changes: Changes | null;
  /** Versions a crash had left out of versions.json, now in it. */
  recovered: string[];
}

const scratchPrefix = '.publishing-';

/**
 * Publishes what was built, under a name that says its content. A verdict that failed is published too, so that it
 * can be looked into, but `latest` stays. The same content is not published twice.
 */
export async function publish({ releases, date, built, verdict }: PublishOptions): Promise<Published> {
  const snapshots = snapshotsFolder(releases);
  await mkdir(snapshots, { recursive: true });
  await removeScratch(snapshots);
  const { versions, recovered } = await wholeVersions(releases);
  if (recovered.length > 0) await writeVersions(releases, versions);

  const resources = await describe(built);
  const digest = digestOf(resources);
  const known =
    versions.versions.find((v) => v.digest === digest && (v.version === versions.latest || (!v.ok && !verdict.ok))) ??
    (await lastLike(built, verdict, versions, snapshots));
  if (known)
    return {
      published: false,
      version: known.version,
      path: join(snapshots, known.version),
      digest,
      latest: versions.latest,
      changes: null,
      recovered,
    };

  const version = `${date}-${digest.slice(0, 8)}`;
  const entry: VersionEntry = {
    version,
    date,
    digest,
    ok: verdict.ok,
    reports: built.counts['reports'] ?? 0,
    facts: built.counts['facts'] ?? 0,
    failures: verdict.failures.map((f) => f.check),
    warnings: verdict.warnings.map((w) => w.check),
  };
  const scratch = await mkdtemp(join(snapshots, scratchPrefix));
  const path = join(snapshots, version);
  const changes = await fill(scratch, { entry, resources, built, previous: versions.latest, snapshots });
  // Same day, same content: a folder that failed, was damaged, or was overtaken and is now current again.
  await rm(path, { recursive: true, force: true });
  await rename(scratch, path);
  const after = withEntry(versions, entry);
  await writeVersions(releases, after);
  return { published: true, version, path, digest, latest: after.latest, changes, recovered };
}

/** The last snapshot of this kind, the good ones or those for inspection, where it says the same. */
async function lastLike(
  { parquet }: Built,
  { ok }: Verdict,
  { latest, versions }: Versions,
  snapshots: string,
): Promise<VersionEntry | null> {
  const last = ok ? versions.find(({ version }) => version === latest) : versions.at(-1);
  if (!last || last.ok !== ok) return null;
  return (await saysTheSame(parquet, join(snapshots, last.version))) ? last : null;
}

interface Contents {
  entry: VersionEntry;
  resources: Resource[];
  built: Built;
  previous: string | null;
  snapshots: string;
}

async function fill(folder: string, { entry, resources, built, previous, snapshots }: Contents): Promise<Changes> {
  for (const file of built.parquet) await copyFile(file, join(folder, basename(file)), constants.COPYFILE_FICLONE);
  const changes = await compareSnapshots(previous === null ? null : join(snapshots, previous), folder);
  const sources = await sourcesOf(built);
  const texts = {
    'CHANGES.md': changesMarkdown(entry.version, previous, changes),
    'README.md': researcherReadme(entry, resources),
    'datapackage.json': JSON.stringify(datapackage({ ...entry, resources, sources, custom: entry }), null, 2) + '\n',
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  const names = (await readdir(folder)).sort();
  const sums = await Promise.all(names.map(async (n) => `${(await hashFile(join(folder, n))).sha256}  ${n}\n`));
  await writeFile(join(folder, 'SHA256SUMS'), sums.join(''));
  for (const name of [...names, 'SHA256SUMS']) await flush(join(folder, name));
  return changes;
}

const describe = (built: Built): Promise<Resource[]> =>
  Promise.all(
    built.parquet.map(async (path) => {
      const table = tableOf(basename(path, '.parquet'));
      return { table, rows: built.counts[table.name] ?? 0, ...(await hashFile(path)) };
    }),
  );

/** Journals are left out: having looked again is not a change of the data. */
const digestOf = (resources: Resource[]): string => {
  const lines = resources.filter((r) => !r.table.journal).map((r) => `${r.sha256}  ${r.table.name}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
};

async function sourcesOf(built: Built): Promise<{ title: string; path: string }[]> {
  const rows = await withDatabase(built.database, { readOnly: true }, (sql) =>
    sql.rows('SELECT name, index_url FROM portals ORDER BY portal'),
  );
  return rows.map((row) => ({ title: String(row['name']), path: String(row['index_url']) }));
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeScratch(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(scratchPrefix)) await rm(join(folder, name), { recursive: true, force: true });
}
