import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { BytesGone, sha256, type Archive, type PortalLinks, type StoredCapture } from './archive.ts';
import { bytesIfThere, filesOf, localFiles, readIfThere, writeAtomic } from './files.ts';
import { lock } from './lock.ts';
import { appendLines, linesOf } from './ndjson.ts';
import { openReadings } from './readings.ts';

/**
 * The archive in a folder, which nothing touches before it is asked for something. Each step reaches the disk before
 * anything else runs (no `await` within one): what several portals archive at once never runs into one another.
 */
export const openArchive = (dir: string): Archive => ({
  place: dir,
  ...claimIn(dir, join(dir, 'archive.json')),
  blobs: blobsIn(join(dir, 'blobs')),
  captures: capturesIn(join(dir, 'captures')),
  links: linksIn(join(dir, 'links')),
  openReadings: async () => openReadings(join(dir, 'read')),
  lock: (command) => lock(join(dir, 'lock'), command),
  local: localFiles(dir),
});

const Claim = z.object({ simulated: z.boolean() });

function claimIn(place: string, path: string): Pick<Archive, 'isSimulated' | 'claim'> {
  const claimed = () => {
    const text = readIfThere(path);
    return text === null ? null : Claim.parse(JSON.parse(text)).simulated;
  };
  return {
    isSimulated: async () => claimed(),
    claim: async (simulated) => {
      const before = claimed();
      if (before === null) return writeAtomic(path, `${JSON.stringify({ simulated })}\n`);
      if (before === simulated) return;
      throw new UsageError(
        simulated
          ? `${place} holds captures of real portals: give the simulator a folder of its own with --data`
          : `${place} holds captures of the portal simulator: give real portals a folder of their own, for example --data ${place}-real`,
      );
    },
  };
}

function blobsIn(dir: string): Archive['blobs'] {
  const placeOf = (hash: string): string => join(dir, hash.slice(0, 2), hash);
  return {
    put: async (bytes) => {
      const hash = sha256(bytes);
      const path = placeOf(hash);
      // A file of another length is what a disk fault left, and is replaced.
      if (statSync(path, { throwIfNoEntry: false })?.size !== bytes.length) writeAtomic(path, bytes);
      return hash;
    },
    get: async (hash) => {
      const path = placeOf(hash);
      const bytes = bytesIfThere(path);
      if (bytes === null) throw new BytesGone(`${path} is missing`);
      if (sha256(bytes) !== hash)
        throw new BytesGone(`${path} is damaged: its content no longer has the hash of its name`);
      return bytes;
    },
    placeOf,
  };
}

/** A file a day. */
const capturesIn = (dir: string): Archive['captures'] => ({
  append: async (capture) =>
    appendLines(join(dir, `${capture.requested_at.slice(0, 10)}.ndjson`), [JSON.stringify(capture)]),
  read: async () => {
    const captures: StoredCapture[] = [];
    for (const name of filesOf(dir, '.ndjson')) {
      let number = 0;
      for (const { bytes } of linesOf(join(dir, name))) {
        number++;
        captures.push(parseLine(bytes.toString(), `${join(dir, name)}:${number}`));
      }
    }
    return captures;
  },
});

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

function linksIn(dir: string): Archive['links'] {
  const pathOf = (portal: string): string => join(dir, `${portal}.json`);
  return {
    read: async (portal) => {
      const path = pathOf(portal);
      const text = readIfThere(path);
      if (text === null) return null;
      try {
        return JSON.parse(text) as PortalLinks;
      } catch {
        throw new Error(`${path}: not JSON; restore the file from a backup, or delete it and list the portal again`);
      }
    },
    write: async (links) => writeAtomic(pathOf(links.portal.id), `${JSON.stringify(links, null, 1)}\n`),
    portals: async () => filesOf(dir, '.json').map((name) => name.slice(0, -'.json'.length)),
  };
}
