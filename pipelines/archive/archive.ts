import { createHash } from 'node:crypto';
import type { RunAccount } from '../accounts/account.ts';
import type { AcknowledgedLine, BelievedLine } from '../accounts/reviewed.ts';
import type { Capture } from '../../scrapers/capture.ts';
import type { Detected } from '../../scrapers/detected.ts';
import type { Link } from '../../scrapers/links.ts';
import type { Problem } from '../../scrapers/run.ts';
import type { Portal } from '../../scrapers/portals.ts';
import type { PortalCheck } from '../check-portals.ts';
import type { ReadDocument } from '../../transforms/read.ts';

/**
 * What portals answered, kept for ever, and what was read from it. Stages know the archive by this alone, as part of
 * their `Effects`; `folder.ts` keeps one in a folder. Bytes come whole: the client never takes more than `max_bytes`.
 */
export interface Archive {
  /** Where it is, for messages. */
  place: string;
  /** Whether it was made from the simulator; null while there is no archive. */
  isSimulated: () => Promise<boolean | null>;
  /** It holds either what portals really answered or what the simulator did. Rejects with `UsageError` on a mixture. */
  claim: (simulated: boolean) => Promise<void>;
  blobs: {
    /**
     * Keeps the bytes under their SHA-256, which it gives, once; what a disk made of them before is replaced. On the disk
     * when it resolves.
     */
    put: (bytes: Uint8Array) => Promise<string>;
    /** Rejects with `BytesGone` when they are missing or are no longer what was archived. */
    get: (hash: string) => Promise<Uint8Array>;
    /** A glance: that something is there, not that it is whole. */
    has: (hash: string) => boolean;
    /** Where they are, or would be, for a person who wants to see them. */
    placeOf: (hash: string) => string;
    /** Every hash under which something is there, whole or not, in order. */
    hashes: () => Iterable<string>;
    /** Bytes that it takes where it is kept. */
    size: (hash: string) => number;
    remove: (hash: string) => Promise<void>;
    /** Puts what is damaged beside its place, so that it is missing, which a night notices. */
    setAside: (hash: string) => Promise<void>;
  };
  captures: {
    /** Killing the process loses nothing of it once it resolves; the blob of the capture must be in the archive before. */
    append: (capture: StoredCapture) => Promise<void>;
    /** Waits until all that was appended is on the disk: a power cut before costs asking again. */
    flush: () => Promise<void>;
    /**
     * What a night needs, in the order in which it was made: every capture for an article, and of each other address the
     * last of each status. Lines that are no captures are passed over, here and below, and told by `damaged`.
     */
    read: () => Promise<StoredCapture[]>;
    /** Every capture ever made, in that order, one after the other: a log of years need not fit into memory. */
    all: () => Iterable<StoredCapture>;
    /** Takes out of the log what is refused, each with its number in that order. Damaged lines stay. */
    filter: (keep: (capture: StoredCapture, nth: number) => boolean) => Promise<void>;
  };
  links: {
    /** Null for a portal whose list was never read. Where that is damaged, what it was before. */
    read: (portal: string) => Promise<PortalLinks | null>;
    write: (links: PortalLinks) => Promise<void>;
    /** Ids of the portals whose list was ever read, in order. */
    portals: () => Promise<string[]>;
  };
  /** What runs did, and what somebody knows of. */
  accounts: {
    /** Names of all runs, in the order in which they started. */
    runs: () => string[];
    /** Null for a run that is not there or whose account is damaged. */
    read: (run: string) => RunAccount | null;
    /** The last one that can be read. */
    last: () => RunAccount | null;
    write: (account: RunAccount) => Promise<void>;
    /** One more line of the log of a run. */
    log: (run: string, line: object) => void;
    /** Removes logs of old runs. */
    prune: () => void;
    /** Puts a page about all that where a person finds it. */
    show: (page: string) => Promise<void>;
    /** Throws `UsageError` where somebody has written into the file what is no acknowledgement. */
    acknowledged: () => AcknowledgedLine[];
    acknowledge: (lines: AcknowledgedLine[]) => Promise<void>;
    /** Likewise of the copies of pages that somebody said are right. */
    believed: () => BelievedLine[];
    believe: (lines: BelievedLine[]) => Promise<void>;
  };
  /** The results of reading by this version of the code. */
  openReadings: () => Promise<Readings>;
  /** Keeps every other run off until the function it gives is called. Rejects with `UsageError` when one is at work. */
  lock: (command: string) => Promise<() => Promise<void>>;
  /** The command of the run that is at work; null where there is none. */
  atWork: () => Promise<string | null>;
  /** Keeps what portals answered when they were tried, in place of what the same ones did before. */
  keepChecks: (checks: PortalCheck[]) => Promise<void>;
  /** What was found damaged so far, each with its place, and passed over. */
  damaged: () => string[];
  /** Mends that, in the hands of who has the lock; the result says what became of each. */
  mend: () => Promise<string[]>;
  /** What must be files of this machine wherever the rest is kept: DuckDB opens paths. */
  local: LocalFiles;
}

export interface LocalFiles {
  database: string;
  /** Folder of what `build` makes. */
  build: string;
  /** Folder of `snapshots/` and their history, `versions.json`. */
  releases: string;
}

/** What was archived is missing or damaged, where the archive itself can be read. */
export class BytesGone extends Error {
  override readonly name = 'BytesGone';
}

/** Nothing can be written any more: whatever is asked of a portal now would be lost. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
}

/** Null for bytes that are gone; other faults (no permission, too many open files) say nothing about them. */
export const ifThere = (bytes: Promise<Uint8Array>): Promise<Uint8Array | null> =>
  bytes.catch((error: unknown) => {
    if (error instanceof BytesGone) return null;
    throw error;
  });

/** A capture in the log, with the article it was taken for (itself for an article, null for lists and robots.txt). */
export type StoredCapture = Capture & { document_url: string | null };

export const hasBytes = (capture: StoredCapture): boolean => capture.outcome === 'ok' && capture.sha256 !== null;

/** One article that a portal listed: on every night the same, whatever its list makes of the address. */
export interface KnownLink extends Link {
  first_seen: string;
  /** The address under which it was listed last, where that is written otherwise. */
  at?: string;
  /** On how many days in a row the list, whole, has not named it; and the last of them, YYYY-MM-DD. */
  absent?: number;
  absent_on?: string;
}

/** What one portal has ever listed. A link that vanished from the list stays: the report was published. */
export interface PortalLinks {
  /** Its line of the register when the list was last read. */
  portal: Portal;
  /** When the list was last read, ISO UTC. */
  listed_at: string;
  /** The family it was read as, where the register leaves that to the page: what was recognised last. */
  detected?: Detected;
  /** How many links that last reading gave. */
  listed: number;
  /** The most that a reading gave that was whole; what is lost of it is told until it returns. */
  best?: number;
  links: KnownLink[];
  /** Of the last reading. */
  problems: Problem[];
}

/**
 * Results of reading, kept under the hash of the code that made them: a changed reader reads everything again, an
 * unchanged one nothing.
 */
export interface Readings {
  /** Of the code that makes them. */
  code: string;
  get: (key: string) => Promise<ReadDocument | null>;
  /** False also where another attempt may end better: a reading process that crashed or was too slow. */
  has: (key: string) => boolean;
  /** Kept for sure after the next `flush`; a crash before it costs only reading again. */
  put: (key: string, document: ReadDocument) => Promise<void>;
  flush: () => Promise<void>;
  /** Removes the results of other versions of the code. */
  prune: () => Promise<void>;
}

/**
 * A reading depends on the bytes, on the address (trust, identity) and on the declared type, of a page and of the
 * pictures that are read with it, and on nothing else.
 */
export function readingKey(...captures: StoredCapture[]): string {
  const [key = '', ...more] = captures.map(({ sha256: hash, url, headers }) =>
    sha256([hash, url, headers['content-type'] ?? ''].join('\n')),
  );
  return more.length === 0 ? key : sha256([key, ...more].join('\n'));
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** What the portals named have listed; all portals when left out. */
export async function linksOf({ links }: Archive, portals?: string[]): Promise<PortalLinks[]> {
  const ids = portals ?? (await links.portals());
  return (await Promise.all(ids.map(links.read))).filter((listed) => listed !== null);
}
