import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Effects } from '../effects.ts';
import { messageOf } from '../errors.ts';
import { archivedDocuments } from '../read.ts';
import { BytesGone, type Archive } from './archive.ts';

/** Something in the archive that is not as it was written. */
interface Fault {
  fault: 'blob_damaged' | 'blob_missing' | 'not_as_written' | 'other_kind';
  /** File that it concerns. */
  place: string;
  message: string;
  /** Addresses whose bytes are concerned. */
  urls: string[];
  /**
   * `refetch`: the next night asks the portal again, since a document of today needs these bytes. `nightly`: the next
   * night mends the file. Null: nothing does; these are bytes of the past, which a backup may have.
   */
  healed_by: 'refetch' | 'nightly' | null;
}

export interface Verification {
  blobs: number;
  /** As they are kept, packed. */
  bytes: number;
  captures: number;
  portals: number;
  /** Blobs that no capture names, left by runs that were killed between the two: no fault. */
  unnamed: number;
  faults: Fault[];
}

/**
 * Reads everything that the archive holds: each blob must have the hash of its name, each capture its blob, and each line
 * and list must be what it was written as.
 * @param mend put damaged blobs aside, so that the next night sees them missing. Needs the lock.
 */
export async function verify(mend: boolean, { archive, log }: Pick<Effects, 'archive' | 'log'>): Promise<Verification> {
  const { blobs, captures } = archive;
  const hashes = [...blobs.hashes()];
  const damaged = await damagedAmong(hashes, { archive, log });
  const unnamed = new Set(hashes);
  const missing = new Set<string>();
  /** Of what is damaged or missing. */
  const urls = new Map<string, Set<string>>();
  const simulated = await archive.isSimulated();
  let count = 0;
  let strange = 0;
  log.info('checking captures');
  for (const { sha256, url, simulated: kind } of captures.all()) {
    count++;
    if (kind !== simulated) strange++;
    if (sha256 === null) continue;
    unnamed.delete(sha256);
    // What came since the list of blobs was made is there, too.
    if (!blobs.has(sha256)) missing.add(sha256);
    if (missing.has(sha256) || damaged.has(sha256)) urls.set(sha256, (urls.get(sha256) ?? new Set()).add(url));
  }
  const needed = await neededTonight(archive);
  const faultOf = (fault: Fault['fault'], hash: string, message: string): Fault => ({
    fault,
    place: blobs.placeOf(hash),
    message,
    urls: [...(urls.get(hash) ?? [])],
    healed_by: needed.has(hash) ? 'refetch' : null,
  });
  const faults = [
    ...[...damaged].map(([hash, message]) => faultOf('blob_damaged', hash, message)),
    ...[...missing].map((hash) => faultOf('blob_missing', hash, 'a capture names it, and it is not there')),
    ...archive.damaged().map(notAsWritten),
  ];
  if (strange > 0) faults.push(otherKind(archive.place, strange));
  const bytes = hashes.reduce((sum, hash) => sum + blobs.size(hash), 0);
  if (mend) for (const hash of damaged.keys()) await blobs.setAside(hash);
  const portals = (await archive.links.portals()).length;
  return { blobs: hashes.length, bytes, captures: count, portals, unnamed: unnamed.size, faults };
}

/** By hash, what is wrong. */
async function damagedAmong(
  hashes: string[],
  { archive, log }: Pick<Effects, 'archive' | 'log'>,
): Promise<Map<string, string>> {
  const damaged = new Map<string, string>();
  const bar = log.bar('reading blobs', hashes.length);
  await pLimit(availableParallelism()).map(hashes, async (hash) => {
    await archive.blobs.get(hash).catch((error: unknown) => {
      if (!(error instanceof BytesGone)) throw error;
      damaged.set(hash, messageOf(error));
    });
    bar.step();
  });
  bar.done();
  return damaged;
}

/** What speaks for the documents of today: when it is missing, the night asks for it again. */
async function neededTonight(archive: Archive): Promise<Set<string | null>> {
  const documents = await archivedDocuments(archive);
  return new Set(
    documents
      .filter(({ verdict }) => verdict.kind !== 'other')
      .flatMap(({ article, attachments }) => [article, ...attachments].map((capture) => capture?.sha256 ?? null)),
  );
}

function notAsWritten(line: string): Fault {
  const at = line.indexOf(': ');
  const [place, message] = [line.slice(0, at), line.slice(at + 2)];
  return { fault: 'not_as_written', place, message, urls: [], healed_by: 'nightly' };
}

const otherKind = (place: string, count: number): Fault => ({
  fault: 'other_kind',
  place,
  message: `${count} captures are of the simulator in an archive of real portals, or the other way round`,
  urls: [],
  healed_by: null,
});
