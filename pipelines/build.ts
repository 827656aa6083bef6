import { join } from 'node:path';
import { buildWarehouse, type Built } from '../warehouse/build.ts';
import type { WarehouseInputs } from '../warehouse/inputs.ts';
import { tables } from '../warehouse/tables.ts';
import { outcomeOf, type Document } from './archive/documents.ts';
import type { Effects } from './effects.ts';
import { UsageError } from './errors.ts';
import { databasePath, readIfThere, writeAtomic } from './archive/files.ts';
import { readDocuments } from './read.ts';
import { isSimulated, listedPortals, readCaptures, readLinks } from './archive/archive.ts';
import { suggestedUrl, trustOf } from './trust.ts';

/** Tables from the archive alone, from nothing: what last night failed to fetch is still there. */
export async function build(dataDir: string, { log }: Pick<Effects, 'log'>): Promise<Built> {
  const inputs = warehouseInputs(dataDir);
  log.info(`building tables from ${inputs.documents.length} documents`);
  const outDir = join(dataDir, 'build');
  const built = await buildWarehouse({ inputs, outDir, database: databasePath(dataDir) });
  writeAtomic(join(outDir, 'counts.json'), `${JSON.stringify(built.counts)}\n`);
  return built;
}

/** What `build` made last. Throws `UsageError` when nothing was built yet. */
export function readBuilt(dataDir: string): Built {
  const counts = readIfThere(join(dataDir, 'build', 'counts.json'));
  if (counts === null) throw new UsageError(`nothing was built in ${dataDir} yet: run \`gongkai build\` first`);
  return {
    counts: JSON.parse(counts) as Built['counts'],
    database: databasePath(dataDir),
    parquet: tables.map(({ name }) => join(dataDir, 'build', `${name}.parquet`)),
  };
}

/** Everything the archive knows, as rows. */
function warehouseInputs(dataDir: string): WarehouseInputs {
  const listed = listedPortals(dataDir).flatMap((id) => readLinks(dataDir, id) ?? []);
  const indexUrls = new Map(listed.map(({ portal }) => [portal.id, portal.index_url]));
  const captures = readCaptures(dataDir);
  const firstSeen = new Map<string, string>();
  for (const { sha256, requested_at } of captures) {
    if (sha256 !== null && !firstSeen.has(sha256)) firstSeen.set(sha256, requested_at);
  }
  const simulated = isSimulated(dataDir) ?? false;
  const results = readDocuments(dataDir).map(({ document, reading }) => {
    const { url } = document;
    // A page that sends elsewhere is not what its address says.
    const place = { url: document.article?.final_url ?? url, indexUrl: indexUrls.get(document.portal) ?? url };
    return { document, reading, trust: trustOf({ ...place, simulated }, reading) };
  });
  const official = {
    urls: results.filter(({ trust }) => trust !== 'clone' && trust !== 'known').map(({ document }) => document.url),
    indexes: listed.map(({ portal }) => ({ division: portal.division, url: portal.index_url })),
  };
  return {
    portals: listed.map(({ portal }) => portal),
    captures,
    documents: results.map(({ document, reading, trust }) => {
      const sha256 = reading?.source.sha256 ?? document.article?.sha256 ?? null;
      return {
        ...rowOf(document),
        ...outcomeOf(document, reading),
        simulated,
        sha256,
        captured_at: firstSeen.get(sha256 ?? '') ?? null,
        trust,
        suggested_url:
          trust === 'clone' ? suggestedUrl(document.url, reading?.report?.division_code ?? null, official) : null,
      };
    }),
    readings: results.flatMap(({ document, reading }) =>
      reading ? [{ document_id: document.document_id, reading }] : [],
    ),
    problems: listed.flatMap(({ problems }) => problems),
  };
}

const rowOf = ({ document_id, portal, url, title, listed_on }: Document) => ({
  document_id,
  portal,
  url,
  title,
  listed_on,
});
