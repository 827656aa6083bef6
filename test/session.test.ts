import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredCapture } from '../pipelines/archive/archive.ts';
import { openArchive } from '../pipelines/archive/folder.ts';
import { createLog } from '../pipelines/cli/progress.ts';
import { defaultConfig } from '../pipelines/config.ts';
import { realEffects } from '../pipelines/effects.ts';
import { Stopped } from '../pipelines/errors.ts';
import { openSession } from '../pipelines/session.ts';
import type { Capture, ClientOptions, Fetched } from '../scrapers/capture.ts';
import { HostClosed, type Hosts } from '../scrapers/hosts.ts';
import type { Look } from '../scrapers/looks.ts';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'gongkai-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const list = 'http://one.simulator.test/nb/';
const noLook: Look = async () => ({ unseen: 'nobody looks' });
const capture = (over: Partial<StoredCapture>): StoredCapture => ({
  url: list,
  final_url: list,
  portal: 'one',
  kind: 'list',
  requested_at: '2026-02-01T02:00:00.000Z',
  status: 429,
  headers: {},
  sha256: null,
  bytes: 0,
  media_type: null,
  outcome: 'blocked',
  error: null,
  vantage: 'test',
  simulated: true,
  via: 'http',
  document_url: null,
  ...over,
});

/** A session, with what its client was given. */
function opened(
  past: StoredCapture[],
  now: string,
  answer: (url: string, kind: Capture['kind']) => Partial<Capture>,
  stop = new AbortController().signal,
) {
  let hosts: Hosts | undefined;
  let permit: ClientOptions['permit'];
  const effects = {
    ...realEffects(openArchive(dir), createLog({ quiet: true, terminal: false }), stop, () => new Date(now)),
    openClient: (options: ClientOptions, shared: Hosts) => {
      hosts = shared;
      permit = options.permit;
      const get = async (url: string, portal: string, kind: Capture['kind']): Promise<Fetched> => ({
        capture: { ...capture({ url, portal, kind }), ...answer(url, kind) },
        body: new Uint8Array(),
      });
      return { get, close: async () => undefined };
    },
  };
  const session = openSession(defaultConfig({ simulated: true }), noLook, effects, past);
  return { session, turn: () => hosts!.turn('one.simulator.test', async () => 'asked'), permit: permit! };
}

const nothing = () => ({});

test.each([
  ['seconds', { 'retry-after': '172800' }, {}, '2026-02-02T03:00:00Z', /until 2026-02-03T02:00/],
  ['a date', { 'retry-after': 'Tue, 03 Feb 2026 02:00:00 GMT' }, {}, '2026-02-02T03:00:00Z', /until 2026-02-03T02:00/],
  ['robots.txt', { 'retry-after': '172800' }, { kind: 'robots', status: 503 }, '2026-02-02T03:00:00Z', /HTTP 503/],
  ['a year: a week', { 'retry-after': '31536000' }, {}, '2026-02-07T03:00:00Z', /until 2026-02-08T02:00/],
] as const)('a host that asked for a rest has it on later nights: %s', async (_, headers, over, now, why) => {
  await expect(opened([capture({ headers, ...over })], now, nothing).turn()).rejects.toThrow(why);
  await expect(opened([capture({ headers, ...over })], now, nothing).turn()).rejects.toThrow(HostClosed);
});

test.each([
  ['it is over', { headers: { 'retry-after': '3600' } }, '2026-02-01T03:00:01Z'],
  ['a year is a week', { headers: { 'retry-after': '31536000' } }, '2026-02-08T03:00:00Z'],
  [
    'another host',
    { headers: { 'retry-after': '172800' }, final_url: 'http://two.simulator.test/' },
    '2026-02-01T03:00:00Z',
  ],
  ['no refusal', { headers: { 'retry-after': '172800' }, status: 200 }, '2026-02-01T03:00:00Z'],
  ['a capture of the future', { headers: { 'retry-after': '172800' } }, '2026-01-31T03:00:00Z'],
  ['no address', { headers: { 'retry-after': '172800' }, final_url: 'nowhere' }, '2026-02-01T03:00:00Z'],
])('nobody is left alone for what is no wish of theirs: %s', async (_, over, now) => {
  expect(await opened([capture(over)], now, nothing).turn()).toBe('asked');
});

test('robots.txt of a host that is left alone is asked for when it opens again', async () => {
  const answers: Partial<Capture>[] = [
    { outcome: 'postponed', error: 'closed for now' },
    { status: 404, outcome: 'not_found' },
  ];
  const { permit } = opened([], '2026-02-01T02:00:00Z', () => answers.shift() ?? {});
  await expect(permit(list, 'one')).rejects.toThrow(HostClosed);
  expect(await permit(list, 'one')).toMatchObject({ allowed: true });
  expect(await permit(list, 'one')).toMatchObject({ allowed: true });
  expect(answers).toEqual([]);
});

test('a run that is told to end while robots.txt is asked for asks for nothing after it', async () => {
  const stopping = new AbortController();
  const answer = () => {
    stopping.abort(new Stopped('ended by SIGTERM', 143));
    return { status: 404, outcome: 'not_found' } as const;
  };
  const { permit } = opened([], '2026-02-01T02:00:00Z', answer, stopping.signal);
  await expect(permit(list, 'one')).rejects.toThrow('SIGTERM');
});
