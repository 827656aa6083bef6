import { spawn } from 'node:child_process';
import { EnvHttpProxyAgent, request } from 'undici';
import type { RunAccount } from '../accounts/account.ts';
import { feedOf } from '../accounts/feed.ts';
import { headline, isNews, newsOf } from '../accounts/news.ts';
import type { Archive } from '../archive/archive.ts';
import { writeFor } from '../archive/files.ts';
import type { Config } from '../config.ts';
import { messageOf } from '../errors.ts';

/** So many runs are looked through for the feed. */
const FEED_RUNS = 60;

/**
 * Tells others how a run ended, after it has, by what the settings say. What fails here is a line in the result and
 * never a failure of the run.
 */
export async function tell({ hooks }: Config, account: RunAccount, archive: Archive): Promise<string[]> {
  const { feed, feed_url = null, command, webhook } = hooks;
  const due = hooks.when === 'always' || isNews(newsOf(account));
  const body = JSON.stringify({ text: headline(account), ...accountToShow(account) });
  const ways: [string, (() => Promise<void>) | null][] = [
    ['feed', feed === undefined ? null : () => writeFor(feed, feedOf(recent(archive), feed_url))],
    ['command', command === undefined || !due ? null : () => runCommand(command, body, hooks.seconds)],
    ['webhook', webhook === undefined || !due ? null : () => post(webhook, body, hooks.seconds)],
  ];
  const failed: string[] = [];
  for (const [name, act] of ways) await act?.().catch((error) => failed.push(`hook ${name}: ${messageOf(error)}`));
  return failed;
}

/** As `nightly --json` prints it: what a run remembers for the next one is nothing for whoever watches. */
export const accountToShow = (account: RunAccount): object => ({ ...account, past: undefined, lately: undefined });

const recent = ({ accounts }: Archive): RunAccount[] =>
  accounts
    .runs()
    .slice(-FEED_RUNS)
    .toReversed()
    .flatMap((run) => accounts.read(run) ?? []);

/** Without a shell, and what portals wrote goes in by standard input alone: nothing of it is ever a word of a command. */
function runCommand([file = '', ...args]: string[], body: string, seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // The result of ours is on standard output.
    const child = spawn(file, args, { stdio: ['pipe', process.stderr, process.stderr] });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${file} took longer than ${seconds} s`));
    }, seconds * 1000);
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      clearTimeout(timer);
      if (status === 0) resolve();
      else reject(new Error(`${file} ended with ${signal ?? status}`));
    });
    // It need not read what it is told.
    child.stdin.on('error', () => undefined);
    child.stdin.end(body);
  });
}

/** Errors name the host alone: addresses of webhooks are secrets. */
async function post(url: string, body: string, seconds: number): Promise<void> {
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher,
      signal: AbortSignal.timeout(seconds * 1000),
    });
    await answer.body.dump();
    if (answer.statusCode < 200 || answer.statusCode > 299) throw new Error(`HTTP ${answer.statusCode}`);
  } catch (error) {
    throw new Error(`${new URL(url).host}: ${messageOf(error).replaceAll(url, '…')}`, { cause: error });
  } finally {
    await dispatcher.destroy();
  }
}
