import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Link, Problem } from '../../scrapers/discover.ts';
import type { Capture } from '../../scrapers/capture.ts';
import type { Portal } from '../../scrapers/portals.ts';
import { UsageError } from '../errors.ts';
import { byText, readIfThere, writeAtomic } from './files.ts';
import { appendLines, linesOf } from './ndjson.ts';

/** A capture in the log, with the article it was taken for (itself for an article, null for lists and robots.txt). */
export type StoredCapture = Capture & { document_url: string | null };

/** What one portal has ever listed. A link that vanished from the list stays: the report was published. */
export interface PortalLinks {
  /** Its line of the register when the list was last read. */
  portal: Portal;
  /** When the list was last read, ISO UTC. */
  listed_at: string;
  /** How many links that last reading gave. */
  listed: number;
  links: (Link & { first_seen: string })[];
  /** Of the last reading. */
  problems: Problem[];
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export const blobPath = (dataDir: string, hash: string): string => join(dataDir, 'blobs', hash.slice(0, 2), hash);

/** Keeps the bytes under their hash, once; a file of another length is what a disk fault left, and is replaced. */
export function putBlob(dataDir: string, bytes: Uint8Array): string {
  const hash = sha256(bytes);
  const path = blobPath(dataDir, hash);
  if (statSync(path, { throwIfNoEntry: false })?.size !== bytes.length) writeAtomic(path, bytes);
  return hash;
}

/** Bytes of the archive. Throws when they are missing or are no longer what was archived. */
export function getBlob(dataDir: string, hash: string): Uint8Array {
  const path = blobPath(dataDir, hash);
  const bytes = readFileSync(path);
  if (sha256(bytes) !== hash) throw new Error(`${path} is damaged: its content no longer has the hash of its name`);
  return bytes;
}

/** Appends to the log of the day; the blob of a capture must be in the archive before. */
export function addCapture(dataDir: string, capture: StoredCapture): void {
  appendLines(join(dataDir, 'captures', `${capture.requested_at.slice(0, 10)}.ndjson`), [JSON.stringify(capture)]);
}

const CaptureLine = z.looseObject({
  url: z.string(),
  portal: z.string(),
  kind: z.string(),
  requested_at: z.string(),
  outcome: z.string(),
  sha256: z.string().nullable(),
  document_url: z.string().nullable(),
  simulated: z.boolean(),
});

/** Every capture ever made, oldest first. Throws on a line that is not one. */
export function readCaptures(dataDir: string): StoredCapture[] {
  const dir = join(dataDir, 'captures');
  if (!existsSync(dir)) return [];
  const captures: StoredCapture[] = [];
  for (const name of readdirSync(dir)
    .filter((name) => name.endsWith('.ndjson'))
    .sort(byText)) {
    let number = 0;
    for (const { bytes } of linesOf(join(dir, name))) {
      number++;
      captures.push(parseLine(bytes.toString(), `${join(dir, name)}:${number}`));
    }
  }
  return captures;
}

function parseLine(text: string, where: string): StoredCapture {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${where}: not a JSON line; restore the file from a backup or delete the line`);
  }
  const checked = CaptureLine.safeParse(value);
  if (!checked.success) throw new Error(`${where}: not a capture (${z.prettifyError(checked.error)})`);
  return value as StoredCapture;
}

const linksPath = (dataDir: string, portal: string): string => join(dataDir, 'links', `${portal}.json`);

export function readLinks(dataDir: string, portal: string): PortalLinks | null {
  const path = linksPath(dataDir, portal);
  const text = readIfThere(path);
  if (text === null) return null;
  try {
    return JSON.parse(text) as PortalLinks;
  } catch {
    throw new Error(`${path}: not JSON; restore the file from a backup, or delete it and list the portal again`);
  }
}

/** Ids of the portals whose list was ever read. */
export function listedPortals(dataDir: string): string[] {
  const dir = join(dataDir, 'links');
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort(byText);
}

export function writeLinks(dataDir: string, links: PortalLinks): void {
  writeAtomic(linksPath(dataDir, links.portal.id), `${JSON.stringify(links, null, 1)}\n`);
}

const Archive = z.object({ simulated: z.boolean() });

/** Whether the archive was made from the simulator; null while there is no archive. */
export function isSimulated(dataDir: string): boolean | null {
  const text = readIfThere(join(dataDir, 'archive.json'));
  return text === null ? null : Archive.parse(JSON.parse(text)).simulated;
}

/** An archive holds either what portals really answered or what the simulator did: a mixture could not be published. */
export function claimArchive(dataDir: string, simulated: boolean): void {
  const before = isSimulated(dataDir);
  if (before === null) return writeAtomic(join(dataDir, 'archive.json'), `${JSON.stringify({ simulated })}\n`);
  if (before === simulated) return;
  throw new UsageError(
    simulated
      ? `${dataDir} holds captures of real portals: give the simulator a folder of its own with --data`
      : `${dataDir} holds captures of the portal simulator: give real portals a folder of their own, for example --data ${dataDir}-real`,
  );
}
