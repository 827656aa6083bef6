import { buildWarehouse, readBuilt, type Built } from '../warehouse/build.ts';
import { runChecks, type Verdict } from '../warehouse/checks.ts';
import type { WarehouseInputs } from '../warehouse/inputs.ts';
import { publish, type Published } from '../warehouse/snapshot.ts';
import { latestSnapshot } from '../warehouse/versions.ts';
import { linksOf, type Archive } from './archive/archive.ts';
import type { Document, Result } from './archive/documents.ts';
import type { Effects } from './effects.ts';
import { UsageError } from './errors.ts';
import { readDocuments } from './read.ts';
import { suggestedUrl, trustOf } from './trust.ts';

/**
 * Tables from the archive alone, from nothing: what last night failed to fetch is still there.
 * @param seen gets each document with what became of it
 */
export async function build(
  { archive, log }: Pick<Effects, 'archive' | 'log'>,
  seen: (result: Result) => void = () => undefined,
): Promise<Built> {
  const inputs = await warehouseInputs(archive, seen);
  log.info(`building tables from ${inputs.documents.length} documents`);
  return buildWarehouse({ inputs, outDir: archive.local.build, database: archive.local.database });
}

/** Floors and ceilings over the tables that were built, compared with the last good snapshot. */
export async function check({ archive: { local }, log }: Pick<Effects, 'archive' | 'log'>): Promise<Verdict> {
  log.info('checking');
  return runChecks({ database: local.database, previous: await latestSnapshot(local.releases) });
}

/**
 * Publishes what was last built under today's date. A failed verdict is published for inspection only (`latest` does
 * not move), and tables that did not change are not published again. Throws `UsageError` when nothing was built yet.
 */
export async function publishSnapshot(
  verdict: Verdict,
  { archive: { place, local }, log, now }: Omit<Effects, 'openClient' | 'openBrowser'>,
): Promise<Published> {
  log.info('publishing');
  const built = await readBuilt(local.build, local.database);
  if (built === null) throw new UsageError(`nothing was built in ${place} yet: run \`gongkai build\` first`);
  const published = await publish({ releases: local.releases, date: now().toISOString().slice(0, 10), built, verdict });
  for (const version of published.recovered) log.warn(`${version} was missing in versions.json and is in it again`);
  return published;
}

/** Everything the archive knows, as rows. */
async function warehouseInputs(archive: Archive, seen: (result: Result) => void): Promise<WarehouseInputs> {
  const listed = await linksOf(archive);
  const indexUrls = new Map(listed.map(({ portal }) => [portal.id, portal.index_url]));
  const firstSeen = new Map<string, string>();
  for (const { sha256, requested_at } of await archive.captures.read()) {
    if (sha256 !== null && !firstSeen.has(sha256)) firstSeen.set(sha256, requested_at);
  }
  const simulated = (await archive.isSimulated()) ?? false;
  const results: (Result & { trust: ReturnType<typeof trustOf> })[] = [];
  for await (const result of readDocuments(archive)) {
    seen(result);
    const { document, reading } = result;
    const { url } = document;
    // A page that sends elsewhere is not what its address says.
    const place = { url: document.article?.final_url ?? url, indexUrl: indexUrls.get(document.portal) ?? url };
    results.push({ ...result, trust: trustOf({ ...place, simulated }, reading) });
  }
  const official = {
    urls: results.filter(({ trust }) => trust !== 'clone' && trust !== 'known').map(({ document }) => document.url),
    indexes: listed.map(({ portal }) => ({ division: portal.division, url: portal.index_url })),
  };
  return {
    portals: listed.map(({ portal }) => portal),
    captures: { [Symbol.iterator]: () => archive.captures.all()[Symbol.iterator]() },
    documents: results.map(({ document, reading, outcome, reason, contents, withdrawnOn, trust }) => {
      const sha256 = reading?.source.sha256 ?? document.article?.sha256 ?? null;
      return {
        ...rowOf(document),
        outcome,
        reason,
        simulated,
        sha256,
        captured_at: firstSeen.get(sha256 ?? '') ?? null,
        revisions: contents,
        withdrawn_on: withdrawnOn,
        trust,
        suggested_url:
          trust === 'clone' ? suggestedUrl(document.url, reading?.report?.division_code ?? null, official) : null,
      };
    }),
    readings: results.flatMap(({ document, reading }) =>
      reading ? [{ document_id: document.document_id, reading }] : [],
    ),
    problems: listed.flatMap(({ problems }) => problems),
    runs: archive.accounts.runs().flatMap((run) => archive.accounts.read(run) ?? []),
  };
}

const rowOf = ({ document_id, portal, url, title, listed_on }: Document) => ({
  document_id,
  portal,
  url,
  title,
  listed_on,
});
