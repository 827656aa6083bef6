import { WARCParser, type WARCRecord } from 'warcio';
import { z } from 'zod';
import type { RunAccount } from '../accounts/account.ts';
import { Acknowledged, Believed } from '../accounts/reviewed.ts';
import type { Effects } from '../effects.ts';
import { messageOf, UsageError } from '../errors.ts';
import { sha256, type PortalLinks, type StoredCapture } from './archive.ts';
import { Account } from './accounts.ts';
import { CaptureLine } from './captures.ts';
import { LinksFile } from './folder.ts';
import { ACKNOWLEDGED_URI, BELIEVED_URI, LINKS_URI, RUNS_URI } from './warc.ts';

export interface Imported {
  captures: number;
  blobs: number;
  portals: number;
  /** What is not as it was written, with the number of its record: passed over. */
  faults: string[];
}

/**
 * Makes an empty archive what the one was that `exportWarc` wrote: the same bytes, the same log in the same order, the same
 * lists, and so the same tables.
 * @throws UsageError when the archive holds something already, or the file was written by another program
 */
export async function importWarc(
  source: AsyncIterable<Uint8Array>,
  { archive, log }: Pick<Effects, 'archive' | 'log'>,
): Promise<Imported> {
  if ((await archive.isSimulated()) !== null)
    throw new UsageError(`${archive.place} holds an archive already: give a folder of its own with --data`);
  const imported: Imported = { captures: 0, blobs: 0, portals: 0, faults: [] };
  let nth = 0;
  log.info('reading records');
  for await (const record of new WARCParser(source)) {
    nth++;
    try {
      await take(record);
    } catch (error) {
      if (!(error instanceof NotAsWritten || error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
      imported.faults.push(`record ${nth}: ${messageOf(error).replaceAll('\n', ' ').slice(0, 300)}`);
    }
  }
  await archive.captures.flush();
  if (imported.captures === 0 && imported.faults.length === 0)
    throw new UsageError('there is no capture in this file: only what `gongkai archive warc` wrote can be taken in');
  return imported;

  async function take(record: WARCRecord): Promise<void> {
    const type = record.warcType;
    if (type === 'warcinfo') {
      const simulated = /^simulated: (true|false)\r?$/m.exec((await bytesOf(record)).toString())?.[1];
      if (simulated === undefined)
        throw new UsageError('this file was not written by `gongkai archive warc`: nothing is taken in');
      await archive.claim(simulated === 'true');
    } else if (type === 'metadata') await takeCapture(JSON.parse((await bytesOf(record)).toString()));
    else if (type === 'resource' && record.warcTargetURI?.startsWith('urn:gongkai:')) await takeState(record);
    else if (type === 'response' || type === 'resource') {
      await archive.blobs.put(await bytesOf(record));
      imported.blobs++;
    }
  }

  async function takeCapture(value: unknown): Promise<void> {
    // The day and the hash are names of files.
    const { requested_at, sha256: hash } = CaptureLine.parse(value);
    z.iso.datetime().parse(requested_at);
    z.hash('sha256').nullable().parse(hash);
    const capture = value as StoredCapture;
    await archive.captures.append(capture);
    imported.captures++;
    if (capture.sha256 !== null && !archive.blobs.has(capture.sha256))
      throw new NotAsWritten(`the bytes ${capture.sha256} of ${capture.url} are in no record before it`);
  }

  async function takeState(record: WARCRecord): Promise<void> {
    const uri = record.warcTargetURI ?? '';
    const value: unknown = JSON.parse((await bytesOf(record)).toString());
    if (uri.startsWith(LINKS_URI)) {
      nameOf(LinksFile.parse(value).portal.id);
      await archive.links.write(value as PortalLinks);
      imported.portals++;
    } else if (uri.startsWith(RUNS_URI)) {
      nameOf(Account.parse(value).run);
      await archive.accounts.write(value as RunAccount);
    } else if (uri === ACKNOWLEDGED_URI) await archive.accounts.acknowledge(z.array(Acknowledged).parse(value));
    else if (uri === BELIEVED_URI) await archive.accounts.believe(z.array(Believed).parse(value));
  }
}

/** Rejects what is to be the name of a file and is more than that. */
function nameOf(id: string): void {
  if (!/^[\w-]+$/.test(id)) throw new NotAsWritten(`not the name of a portal or run: ${id}`);
}

class NotAsWritten extends Error {}

/** Rejects when they are not those of the digest. */
async function bytesOf(record: WARCRecord): Promise<Buffer> {
  const bytes = Buffer.from(await record.readFully(false));
  const digest = record.warcPayloadDigest;
  if (digest && digest !== `sha256:${sha256(bytes)}`) throw new NotAsWritten(`its bytes are not those of ${digest}`);
  return bytes;
}
