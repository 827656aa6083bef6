import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WARCStream from 'warc';
import { beginAccount } from '../pipelines/accounts/account.ts';
import { sha256, type Archive, type PortalLinks, type StoredCapture } from '../pipelines/archive/archive.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { prune } from '../pipelines/archive/prune.ts';
import { importWarc } from '../pipelines/archive/unwarc.ts';
import { verify } from '../pipelines/archive/verify.ts';
import { exportWarc } from '../pipelines/archive/warc.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { UsageError } from '../pipelines/errors.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { portal, report } from './invented.ts';

/** What is done with an archive beside the nights: verified, pruned, written as WARC and taken in again. */

const log = createLog({ quiet: true, terminal: false });
let dir: string;
let archive: Archive;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gongkai-'));
  archive = openArchive(join(dir, 'data'));
  await archive.claim(true);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const article = (n: number): string => `http://one.simulator.test/nb/content/post_${n}.html`;
const LIST = 'http://one.simulator.test/nb/';
const page = (text: string): Buffer => Buffer.from(`<html><body>${text.repeat(300)}</body></html>`);
const gbk = Buffer.from('d5fec1aed0c5cfa2b9abbfaa0d0a00ff', 'hex');

async function capture(over: Partial<StoredCapture>, body?: Uint8Array): Promise<string> {
  const hash = body ? await archive.blobs.put(body) : null;
  const url = over.url ?? article(1);
  await archive.captures.append({
    url,
    final_url: url,
    portal: 'one',
    kind: 'article',
    requested_at: '2026-01-10T18:00:00.000Z',
    status: 200,
    headers: { 'content-type': 'text/html' },
    sha256: hash,
    bytes: body?.length ?? 0,
    media_type: 'text/html',
    outcome: 'ok',
    error: null,
    vantage: 'test',
    simulated: true,
    via: 'http',
    document_url: url,
    ...over,
  });
  return hash ?? '';
}
const list = (at: string, body: Buffer, over: Partial<StoredCapture> = {}) =>
  capture({ url: LIST, kind: 'list', document_url: null, requested_at: at, ...over }, body);

const links = (...numbers: number[]): PortalLinks => ({
  portal: portal('one'),
  listed_at: '2026-02-01T00:00:00.000Z',
  listed: numbers.length,
  links: numbers.map((n) => {
    const at = '2026-01-10T18:00:00.000Z';
    return { portal: 'one', url: article(n), title: report(2020 + n), date: null, id: null, first_seen: at };
  }),
  problems: [],
});

const flipBit = (hash: string): void => {
  const path = archive.blobs.placeOf(hash);
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
};

describe('verify', () => {
  test('an archive that is as it was written has no faults', async () => {
    await archive.links.write(links(1));
    await list('2026-01-10T18:00:00.000Z', page('list'));
    await capture({}, page('a'));
    await archive.blobs.put(gbk);
    expect(await verify(false, { archive, log })).toMatchObject({
      blobs: 3,
      captures: 2,
      portals: 1,
      unnamed: 1,
      faults: [],
    });
  });

  test('what is damaged or missing is told, with who heals it', async () => {
    await archive.links.write(links(1, 2));
    const old = await capture({}, page('old'));
    const now = await capture({}, page('new'));
    const other = await capture({ url: article(2) }, gbk);
    const listed = await list('2026-01-10T18:00:00.000Z', page('list'));
    flipBit(old);
    flipBit(now);
    flipBit(listed);
    await archive.blobs.remove(other);
    appendFileSync(join(dir, 'data', 'captures', '2026-01-10.ndjson'), '{"url":\n');
    const { faults } = await verify(false, { archive, log });
    expect(new Map(faults.map(({ fault, place, healed_by, urls }) => [place, [fault, healed_by, ...urls]]))).toEqual(
      new Map([
        [archive.blobs.placeOf(old), ['blob_damaged', null, article(1)]],
        [archive.blobs.placeOf(now), ['blob_damaged', 'refetch', article(1)]],
        [archive.blobs.placeOf(listed), ['blob_damaged', null, LIST]],
        [archive.blobs.placeOf(other), ['blob_missing', 'refetch', article(2)]],
        [join(dir, 'data', 'captures', '2026-01-10.ndjson'), ['not_as_written', 'nightly']],
      ]),
    );
    expect(archive.blobs.has(now)).toBe(true);
  });

  test('with --mend what is damaged stands aside, so that a night sees it missing', async () => {
    await archive.links.write(links(1));
    const hash = await capture({}, page('a'));
    const place = archive.blobs.placeOf(hash);
    flipBit(hash);
    await verify(true, { archive, log });
    expect([archive.blobs.has(hash), readdirSync(join(place, '..'))]).toEqual([false, [`${hash}.gz.damaged`]]);
    expect((await verify(false, { archive, log })).faults).toMatchObject([{ fault: 'blob_missing' }]);
    await archive.blobs.put(page('a'));
    expect((await verify(false, { archive, log })).faults).toEqual([]);
  });

  test('captures of the simulator among those of real portals are told', async () => {
    await capture({ simulated: false });
    expect((await verify(false, { archive, log })).faults).toMatchObject([{ fault: 'other_kind', healed_by: null }]);
  });
});

describe('prune', () => {
  const now = () => new Date('2026-12-31T00:00:00Z');
  const run = (remove: boolean, days = 100) => prune({ days, remove }, { archive, log, now });

  /** Hashes of everything that is captured, by what it is. */
  async function filled() {
    await archive.links.write(links(1));
    const kept = [
      await capture({}, page('first version')),
      await capture({ requested_at: '2026-03-01T00:00:00.000Z' }, page('second version')),
      await list('2026-02-03T00:00:00.000Z', page('last answer of its status, old as it is'), { status: 404 }),
      await list('2026-12-01T00:00:00.000Z', page('young')),
      await list('2026-12-02T00:00:00.000Z', page('last')),
    ];
    const gone = [
      await list('2026-01-10T00:00:00.000Z', page('old')),
      await list('2026-02-01T00:00:00.000Z', page('older than so many days')),
    ];
    // Old, and what an article shows as well.
    await list('2026-01-11T00:00:00.000Z', page('first version'));
    await list('2026-12-30T00:00:00.000Z', page('last'));
    return { kept, gone };
  }

  test('a dry run counts, and touches nothing', async () => {
    const { kept, gone } = await filled();
    expect(await run(false)).toMatchObject({
      captures: 3,
      of_captures: 9,
      blobs: 2,
      of_blobs: kept.length + gone.length,
      done: false,
    });
    expect([...archive.captures.all()]).toHaveLength(9);
    expect([...kept, ...gone].every(archive.blobs.has)).toBe(true);
  });

  test('what was captured for articles stays, of lists what is young or the last of its status', async () => {
    const { kept, gone } = await filled();
    const needed = await archive.captures.read();
    expect(await run(true)).toMatchObject({ captures: 3, blobs: 2, done: true });
    expect([kept.every(archive.blobs.has), gone.some(archive.blobs.has)]).toEqual([true, false]);
    const left = openArchive(join(dir, 'data'));
    expect([...left.captures.all()].map(({ requested_at }) => requested_at)).toEqual([
      '2026-01-10T18:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
      '2026-02-03T00:00:00.000Z',
      '2026-12-01T00:00:00.000Z',
      '2026-12-02T00:00:00.000Z',
      '2026-12-30T00:00:00.000Z',
    ]);
    expect(await left.captures.read()).toEqual(needed);
    expect((await verify(false, { archive: left, log })).faults).toEqual([]);
    expect(await run(true)).toMatchObject({ captures: 0, blobs: 0 });
  });

  test('bytes without a name go, but never those that a snapshot cites', async () => {
    const kept = [page('cited'), page('of a report')];
    const [cited, ofReport, left] = await Promise.all([...kept, page('left by a killed run')].map(archive.blobs.put));
    const snapshot = join(archive.local.releases, 'snapshots', '2026-02-02-00000000');
    mkdirSync(snapshot, { recursive: true });
    await withDatabase(':memory:', {}, async ({ run }) => {
      await run(`COPY (SELECT '${cited}' AS sha256) TO '${join(snapshot, 'documents.parquet')}'`);
      await run(`COPY (SELECT '${ofReport}' AS sha256) TO '${join(snapshot, 'reports.parquet')}'`);
    });
    expect(await run(true)).toMatchObject({ blobs: 1, of_blobs: 3 });
    expect([cited, ofReport, left].map((hash) => archive.blobs.has(hash ?? ''))).toEqual([true, true, false]);
  });

  test('where a line cannot be read, nothing is removed: its bytes would pass for bytes without a name', async () => {
    await capture({}, page('a'));
    const path = join(dir, 'data', 'captures', '2026-01-10.ndjson');
    writeFileSync(path, `x${readFileSync(path, 'utf8')}`);
    await expect(
      prune({ days: 1, remove: true }, { archive: openArchive(join(dir, 'data')), log, now }),
    ).rejects.toThrow(UsageError);
    expect(archive.blobs.has(sha256(page('a')))).toBe(true);
  });
});

describe('WARC', () => {
  const exported = async (from: Archive, packed = true): Promise<Buffer> => {
    const pieces: Uint8Array[] = [];
    const write = async (bytes: Uint8Array) => void pieces.push(bytes);
    await exportWarc({ write, packed }, { archive: from, log });
    return Buffer.concat(pieces);
  };

  /** Of each kind of capture one. */
  async function filled() {
    await archive.links.write(links(1, 2));
    await archive.accounts.write(beginAccount(new Date('2026-01-10T18:00:00Z'), null, 'test', 'code'));
    const until = { until: '2027-01-01', why: 'a dead link', extent: 1 };
    await archive.accounts.acknowledge([
      { id: '0123456789ab', portal: 'one', code: 'list_empty', url: LIST, ...until },
    ]);
    await capture({ url: 'http://one.simulator.test/robots.txt', kind: 'robots', status: 404, document_url: null });
    await list('2026-01-10T18:00:01.000Z', page('list'));
    await capture({ headers: { 'content-encoding': 'gzip', 'content-length': '3', etag: '"a"' } }, page('a'));
    await capture({ url: article(2), media_type: null, headers: {} }, gbk);
    await capture({ url: `${article(3)}?名=值`, status: 200 }, gbk);
    await capture({ requested_at: '2026-02-10T18:00:00.000Z', status: 304, headers: { etag: '"a"' } }, page('a'));
    await capture({ url: article(4), status: null, outcome: 'error', error: 'no answer\r\nat all' });
    await capture({ url: article(5), status: 503, outcome: 'error', error: 'HTTP 503' }, page('busy'));
    await list('2026-02-10T18:00:01.000Z', page('rows'), { kind: 'api', form: 'page=2' });
    await list('2026-02-10T18:00:02.000Z', page('as the browser left it'), { via: 'browser' });
  }

  interface Read {
    protocol: string;
    headers: Record<string, string>;
    content: Buffer;
  }
  /** By a reader that is not the writer's. */
  async function readByOther(warc: Buffer): Promise<Read[]> {
    const records: Read[] = [];
    const reader = new WARCStream();
    reader.on('data', (record: Read) => records.push(record));
    Readable.from([warc]).pipe(reader);
    await new Promise((resolve, reject) => reader.once('end', resolve).once('error', reject));
    return records;
  }
  const bodyOf = ({ content }: Read): Buffer => content.subarray(content.indexOf('\r\n\r\n') + 4);

  test('another reader finds the bytes, where and when they were seen, and what was only confirmed', async () => {
    await filled();
    const records = await readByOther(gunzipSync(await exported(archive)));
    expect(new Set(records.map(({ protocol }) => protocol))).toEqual(new Set(['WARC/1.1']));
    const of = (type: string) => records.filter(({ headers }) => headers['WARC-Type'] === type);
    expect(
      of('response').map((record) => {
        const { headers, content } = record;
        const digest = `sha256:${sha256(bodyOf(record))}`;
        expect(headers['WARC-Payload-Digest']).toBe(digest);
        expect(headers['WARC-Block-Digest']).toBe(`sha256:${sha256(content)}`);
        const [status, ...rest] = content.toString('latin1').split('\r\n\r\n')[0]!.split('\r\n');
        expect(rest).toContain(`content-length: ${bodyOf(record).length}`);
        expect(rest.join()).not.toMatch(/encoding/);
        return [headers['WARC-Target-URI'], headers['WARC-Date'], status];
      }),
    ).toEqual([
      [LIST, '2026-01-10T18:00:01.000Z', 'HTTP/1.1 200 OK'],
      [article(1), '2026-01-10T18:00:00.000Z', 'HTTP/1.1 200 OK'],
      [article(2), '2026-01-10T18:00:00.000Z', 'HTTP/1.1 200 OK'],
      [article(5), '2026-01-10T18:00:00.000Z', 'HTTP/1.1 503 Service Unavailable'],
      [LIST, '2026-02-10T18:00:01.000Z', 'HTTP/1.1 200 OK'],
    ]);
    expect(of('response').map(bodyOf)).toEqual([page('list'), page('a'), gbk, page('busy'), page('rows')]);
    expect(of('request').map(({ content }) => content.toString().split('\r\n'))).toEqual([
      ['POST /nb/ HTTP/1.1', 'host: one.simulator.test', expect.stringContaining('form-urlencoded'), '', 'page=2'],
    ]);
    expect(
      of('revisit').map(({ headers }) => [
        headers['WARC-Profile']?.split('/').at(-1),
        headers['WARC-Refers-To-Target-URI'],
        headers['WARC-Payload-Digest'],
      ]),
    ).toEqual([
      ['identical-payload-digest', article(2), `sha256:${sha256(gbk)}`],
      ['server-not-modified', article(1), `sha256:${sha256(page('a'))}`],
    ]);
    expect(of('resource').map(({ headers }) => headers['WARC-Target-URI'])).toEqual([
      LIST,
      'urn:gongkai:links:one',
      'urn:gongkai:runs:00001-20260110T180000Z',
      'urn:gongkai:acknowledged',
    ]);
    expect(of('metadata').map(({ content }) => JSON.parse(content.toString()))).toEqual([...archive.captures.all()]);
    const ids = records.map(({ headers }) => headers['WARC-Record-ID']);
    expect(new Set(ids).size).toBe(records.length);
  });

  test.each([true, false])('an archive made from it has the same bytes, log and lists (packed: %s)', async (packed) => {
    await filled();
    const copy = openArchive(join(dir, 'copy'));
    const warc = await exported(archive, packed);
    const imported = await importWarc(Readable.from([warc.subarray(0, 1000), warc.subarray(1000)]), {
      archive: copy,
      log,
    });
    expect(imported).toEqual({ captures: 10, blobs: 6, portals: 1, faults: [] });
    const contents = (root: string) =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => !path.includes('links'))
        .map((path) => [path.slice(root.length), readFileSync(path).toString('base64')])
        .sort();
    expect(contents(join(dir, 'copy'))).toEqual(contents(join(dir, 'data')));
    expect(await copy.links.read('one')).toEqual(await archive.links.read('one'));
    expect(await exported(copy, packed)).toEqual(warc);
  });

  test('bytes that are lost are named once and left out; the rest comes back', async () => {
    const hash = await capture({}, page('a'));
    await capture({ requested_at: '2026-02-10T18:00:00.000Z' }, page('a'));
    await capture({ url: article(2) }, gbk);
    flipBit(hash);
    const pieces: Uint8Array[] = [];
    const write = async (bytes: Uint8Array) => void pieces.push(bytes);
    expect(await exportWarc({ write, packed: false }, { archive, log })).toMatchObject({ captures: 3, lost: [hash] });
    const copy = openArchive(join(dir, 'copy'));
    const { captures, faults } = await importWarc(Readable.from(pieces), { archive: copy, log });
    expect([captures, faults]).toEqual([3, [expect.stringContaining(hash), expect.stringContaining(hash)]]);
  });

  test.each([
    ['bytes other than their digest', /\u0000\u00ff/, 'x'],
    ['a capture on a day that is a path', /2026-01-10T18:00:00\.000Z","status/, '../../../../x","status'],
    ['lists of a portal that is a path', /"id":"one"/, '"id":"../"'],
  ])('what is not as it was written is passed over and told: %s', async (_, what, instead) => {
    await archive.links.write(links(1));
    await capture({}, gbk);
    const text = (await exported(archive, false)).toString('latin1');
    const changed = text
      .replace(what, (was) => instead.padEnd(was.length, ' '))
      .replace(/WARC-Payload-Digest: .*\r\n/g, (line) => (instead === 'x' ? line : ''));
    expect(changed).not.toBe(text);
    const copy = openArchive(join(dir, 'copy'));
    const { faults } = await importWarc(Readable.from([Buffer.from(changed, 'latin1')]), { archive: copy, log });
    expect(faults.length).toBeGreaterThan(0);
    expect(readdirSync(dir).sort()).toEqual(['copy', 'data']);
  });

  test('only into an empty folder, and only what was written by this program', async () => {
    await filled();
    const warc = await exported(archive);
    await expect(importWarc(Readable.from([warc]), { archive, log })).rejects.toThrow(/holds an archive already/);
    const foreign = Buffer.from('WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n');
    const copy = openArchive(join(dir, 'copy'));
    await expect(importWarc(Readable.from([foreign]), { archive: copy, log })).rejects.toThrow(/not written by/);
    await expect(importWarc(Readable.from([]), { archive: copy, log })).rejects.toThrow(/no capture/);
  });
});
