import { citedBySnapshots } from '../../warehouse/cited.ts';
import type { Effects } from '../effects.ts';
import { UsageError } from '../errors.ts';
import { isOther, otherKey } from './captures.ts';
import type { Archive, StoredCapture } from './archive.ts';

export interface Pruning {
  /** Lines of the log that go, and all that there are. */
  captures: number;
  of_captures: number;
  /** Blobs that go, the bytes they take on the disk, and all that there are. */
  blobs: number;
  bytes: number;
  of_blobs: number;
  /** False for a dry run. */
  done: boolean;
}

const DAY_MS = 86_400_000;

/**
 * Removes what no reading, snapshot or night needs any more. What was captured for an article stays for ever, every
 * version of it. Of lists, interfaces and robots.txt there goes what is older than so many days and was followed by
 * another answer of the same status; then the bytes that no capture names any more and no snapshot cites. Lines go before
 * their bytes: a run that is killed in between leaves blobs without a name, which the next one removes.
 * @param remove false: only counts
 */
export async function prune(
  { days, remove }: { days: number; remove: boolean },
  { archive, log, now }: Pick<Effects, 'archive' | 'log' | 'now'>,
): Promise<Pruning> {
  const { blobs, captures } = archive;
  log.info('looking for what may go');
  const isSuperseded = supersededBefore(new Date(now().getTime() - days * DAY_MS).toISOString(), archive);
  const named = new Set<string>();
  let all = 0;
  let gone = 0;
  for (const capture of captures.all()) {
    if (isSuperseded(capture, all++)) gone++;
    else if (capture.sha256 !== null) named.add(capture.sha256);
  }
  // The bytes of a line that cannot be read would pass for bytes without a name.
  const [damage] = archive.damaged();
  if (damage) throw new UsageError(`${damage}: nothing is removed before \`gongkai nightly\` has mended that`);
  const cited = await citedBySnapshots(archive.local.releases);
  const hashes = [...blobs.hashes()];
  const leftOver = hashes.filter((hash) => !named.has(hash) && !cited.has(hash));
  const bytes = leftOver.reduce((sum, hash) => sum + blobs.size(hash), 0);
  if (remove) {
    if (gone > 0) await captures.filter((capture, nth) => !isSuperseded(capture, nth));
    const bar = log.bar('removing blobs', leftOver.length);
    for (const hash of leftOver) {
      await blobs.remove(hash);
      bar.step();
    }
    bar.done();
  }
  return {
    captures: gone,
    of_captures: all,
    blobs: leftOver.length,
    bytes,
    of_blobs: hashes.length,
    done: remove,
  };
}

/** Of which captures there is a later one that says the same of the same address, and which are older than that time. */
function supersededBefore(time: string, { captures }: Archive): (capture: StoredCapture, nth: number) => boolean {
  const last = new Map<string, number>();
  let n = 0;
  for (const capture of captures.all()) {
    if (isOther(capture)) last.set(otherKey(capture), n);
    n++;
  }
  return (capture, nth) => isOther(capture) && capture.requested_at < time && last.get(otherKey(capture)) !== nth;
}
