import { STATUS_CODES } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { WARCRecord, WARCSerializer, type WARCRecordOpts } from 'warcio';
import { typeOfPosted } from '../../scrapers/capture.ts';
import type { Effects } from '../effects.ts';
import { ifThere, sha256, type StoredCapture } from './archive.ts';

/**
 * The archive as WARC/1.1, which other programs replay. Of each capture there is
 *
 * - a `response` with the bytes as they came, without Content-Encoding; or a `revisit` where the same bytes stand in an
 *   earlier record (identical-payload-digest), or the portal said that they are still right (server-not-modified); or a
 *   `resource`, what a browser made of a page; none where no bytes came;
 * - a `request` where a form was posted, with what the log has of it;
 * - `metadata` with the line of the log, which names the first of these.
 *
 * Then a `resource` for each portal with what its lists ever named, for each run with its account, and for what somebody
 * acknowledged. The same archive gives the same records.
 */
export interface Exported {
  records: number;
  captures: number;
  portals: number;
  /** Bytes that captures name and that are missing or damaged, by their hash: left out. */
  lost: string[];
}

const VERSION = 'WARC/1.1';
export const LINKS_URI = 'urn:gongkai:links:';
export const RUNS_URI = 'urn:gongkai:runs:';
export const ACKNOWLEDGED_URI = 'urn:gongkai:acknowledged';
export const BELIEVED_URI = 'urn:gongkai:believed';
const NOT_MODIFIED = 'http://netpreserve.org/warc/1.1/revisit/server-not-modified';

/** @param write takes the file piece by piece; each is a record, packed by itself if so wanted */
export async function exportWarc(
  { write, packed }: { write: (record: Uint8Array) => Promise<void>; packed: boolean },
  { archive, log }: Pick<Effects, 'archive' | 'log'>,
): Promise<Exported> {
  const exported = { records: 0, captures: 0, portals: 0 };
  const lost = new Set<string>();
  const put = async (record: WARCRecord) => {
    const bytes = await WARCSerializer.serialize(record);
    await write(packed ? await promisify(gzip)(bytes) : bytes);
    exported.records++;
  };
  const simulated = (await archive.isSimulated()) ?? false;
  const software = { software: 'gongkai', format: 'WARC File Format 1.1', simulated: String(simulated) };
  let total = 0;
  let last = '1970-01-01T00:00:00.000Z';
  for (const { requested_at } of archive.captures.all()) {
    total++;
    last = requested_at;
  }
  await put(recordOf({ type: 'warcinfo', date: last }, fields(software), 'warcinfo'));
  const bar = log.bar('writing captures', total);
  const first = new Map<string, Original>();
  let nth = 0;
  for (const capture of archive.captures.all()) {
    const id = String(nth++);
    const record = await evidenceOf(capture, id);
    if (record) await put(record);
    const concurrent: Record<string, string> = record ? { 'WARC-Concurrent-To': idOf(record) } : {};
    if (record && capture.form !== undefined) await put(posted(capture, capture.form, concurrent, id));
    const said = { type: 'metadata' as const, url: capture.url, date: capture.requested_at };
    await put(recordOf({ ...said, warcHeaders: { ...JSON_TYPE, ...concurrent } }, json(capture), `metadata ${id}`));
    exported.captures++;
    bar.step();
  }
  bar.done();
  const putState = (url: string, date: string, state: unknown) =>
    put(recordOf({ type: 'resource', url, date, warcHeaders: JSON_TYPE }, json(state), 'state'));
  for (const portal of await archive.links.portals()) {
    const links = await archive.links.read(portal);
    if (links === null) continue;
    await putState(LINKS_URI + portal, links.listed_at, links);
    exported.portals++;
  }
  for (const run of archive.accounts.runs()) {
    const account = archive.accounts.read(run);
    if (account !== null) await putState(RUNS_URI + run, account.started, account);
  }
  const acknowledged = archive.accounts.acknowledged();
  if (acknowledged.length > 0) await putState(ACKNOWLEDGED_URI, last, acknowledged);
  const believed = archive.accounts.believed();
  if (believed.length > 0) await putState(BELIEVED_URI, last, believed);
  return { ...exported, lost: [...lost] };

  /** Null for a capture without bytes, or whose bytes are lost. */
  async function evidenceOf(capture: StoredCapture, nth: string): Promise<WARCRecord | null> {
    const { sha256: hash, url, requested_at: date, status, via } = capture;
    if (hash === null) return null;
    const http = { url, date, statusline: `HTTP/1.1 ${status} ${STATUS_CODES[status ?? 0] ?? ''}`.trimEnd() };
    const before = first.get(hash);
    if (before && status !== null) {
      const headers = { 'WARC-Refers-To': before.id, 'WARC-Payload-Digest': `sha256:${hash}` };
      const refersTo = { refersToUrl: before.url, refersToDate: before.date };
      const about = {
        ...http,
        ...refersTo,
        type: 'revisit' as const,
        warcHeaders: headers,
        httpHeaders: capture.headers,
      };
      const record = recordOf(about, EMPTY, `revisit ${nth}`);
      if (status === 304) record.warcHeaders.headers.set('WARC-Profile', NOT_MODIFIED);
      return record;
    }
    const bytes = await ifThere(archive.blobs.get(hash));
    if (bytes === null) {
      lost.add(hash);
      return null;
    }
    const about =
      via === 'browser' || status === null
        ? { url, date, type: 'resource' as const, warcHeaders: { 'Content-Type': typeOf(capture) } }
        : { ...http, type: 'response' as const, httpHeaders: headersOf(capture, bytes.length) };
    const record = recordOf(about, bytes, `response ${nth}`);
    first.set(hash, { id: idOf(record), url, date });
    return record;
  }
}

/** The record that has some bytes. */
interface Original {
  id: string;
  url: string;
  date: string;
}

const idOf = (record: WARCRecord): string => record.warcHeader('WARC-Record-ID') ?? '';
const EMPTY = new Uint8Array();
const JSON_TYPE = { 'Content-Type': 'application/json' };
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const fields = (values: Record<string, string>): Uint8Array =>
  Buffer.from(
    Object.entries(values)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join(''),
  );
const typeOf = ({ media_type }: StoredCapture): string => media_type ?? 'application/octet-stream';

function posted(
  { url, requested_at: date }: StoredCapture,
  form: string,
  warcHeaders: Record<string, string>,
  nth: string,
) {
  const { host, pathname, search } = new URL(url);
  const httpHeaders = { host, 'content-type': typeOfPosted(form) };
  const about = { type: 'request' as const, url, date, warcHeaders, httpHeaders };
  return recordOf({ ...about, statusline: `POST ${pathname}${search} HTTP/1.1` }, Buffer.from(form), `request ${nth}`);
}

/** Of the bytes as they are in the record: what the wire had, which stands in the metadata, may have been packed. */
function headersOf({ headers }: StoredCapture, length: number): Record<string, string> {
  const { 'content-encoding': _, ...kept } = headers;
  return { ...kept, 'content-length': String(length) };
}

/**
 * The library's record with its number and digests, which it would draw by lot and compute in a module of its own for each.
 * @param name of the record within the archive
 */
function recordOf(about: WARCRecordOpts, bytes: Uint8Array, name: string): WARCRecord {
  const record = WARCRecord.create({ ...about, warcVersion: VERSION }, [bytes]);
  const { headers } = record.warcHeaders;
  headers.set('WARC-Record-ID', `<urn:uuid:${uuidOf(`${name} ${about.date} ${about.url} ${sha256(bytes)}`)}>`);
  if (about.type === 'warcinfo') return record;
  const head = record.httpHeaders ? Buffer.from(`${record.httpHeaders.toString()}\r\n`) : EMPTY;
  headers.set('WARC-Block-Digest', `sha256:${sha256(Buffer.concat([head, bytes]))}`);
  if (about.type !== 'revisit') headers.set('WARC-Payload-Digest', `sha256:${sha256(bytes)}`);
  return record;
}

/** Of version 8: the content is the name. */
function uuidOf(name: string): string {
  const hex = sha256(name);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
