import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseRegister, registerColumns, type Portal } from '../scrapers/portals.ts';
import type { ClientOptions } from '../scrapers/capture.ts';
import { messageOf, UsageError } from './errors.ts';
import { selected, type Selection } from './selection.ts';

/** Who is told how a night ended. */
const Hooks = z.strictObject({
  /** `news`: only of a failure, of problems that are new or cured, and of a snapshot; `always`: of each night. */
  when: z.enum(['news', 'always']).default('news'),
  /** Program and arguments; the account is JSON on its standard input. Names are looked up in PATH. */
  command: z.array(z.string()).min(1).optional(),
  /** Address to which the account is posted as JSON. */
  webhook: z.url({ protocol: /^https?$/ }).optional(),
  /** File of an Atom feed, relative to the settings file, and the address at which it is published. */
  feed: z.string().min(1).optional(),
  feed_url: z.url({ protocol: /^https?$/ }).optional(),
  /** Longest time for the command, and for the webhook. */
  seconds: z.number().positive().default(60),
});

/** Settings of a run (`--config FILE`, JSON). Everything has a default that suits real portals. */
export const Config = z.strictObject({
  /** Register of portals, relative to the settings file; the project's own when left out. */
  register: z.string().optional(),
  /** Name of the network the requests come from. */
  vantage: z.string().min(1).default('default'),
  simulated: z.boolean().default(false),
  /** Host or `*.suffix` → address to connect to instead, as in curl's --connect-to. */
  connect: z.record(z.string(), z.string()).default({}),
  /** Hosts that are listed at once; and as many of which articles are fetched meanwhile. */
  portals_at_once: z.int().min(1).default(6),
  per_host: z.int().min(1).default(1),
  delay_ms: z.int().min(0).default(1500),
  /** Longest silence of a host. */
  timeout_ms: z.int().min(1).default(30_000),
  /** Longest time for one answer: 64 MB, the largest that is taken, at 110 kB/s. */
  total_ms: z.int().min(1).default(600_000),
  /** Most requests to one host in one run, and minutes from the first to the last. A first night at a host of 60 units
   * and 10 years takes 1,300 requests and, at 3 s each, 65 minutes. */
  host_requests: z.int().min(1).default(3000),
  host_minutes: z.number().positive().default(240),
  max_bytes: z
    .int()
    .min(1)
    .default(64 * 2 ** 20),
  user_agent: z.string().min(1).default('gongkai/0.1 (annual disclosure reports; research archive)'),
  /** Address or page where whoever runs a portal reaches whoever runs this: sent with every request. */
  contact: z.string().min(1).optional(),
  /** Path of a Chromium; found by itself when left out. */
  browser: z.string().optional(),
  /** A report of this year is asked for again after so many days, older ones more rarely (`revisits.ts`): portals edit published reports without saying so. */
  refresh_days: z.int().min(1).default(30),
  hooks: Hooks.prefault({}),
});
export type Config = z.infer<typeof Config>;

const OWN_REGISTER = fileURLToPath(new URL('../scrapers/portals.csv', import.meta.url));

export const defaultConfig = (over: z.input<typeof Config> = {}): Config => Config.parse(over);

/** Throws `UsageError` when the file is missing, is not JSON, or has a setting that does not exist. */
export function readConfig(path: string | undefined): Config {
  if (path === undefined) return defaultConfig();
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`--config ${path}: ${messageOf(error)}`);
  }
  const checked = Config.safeParse(value);
  if (!checked.success) throw new UsageError(`--config ${path}:\n${z.prettifyError(checked.error)}`);
  const { register, hooks } = checked.data;
  const beside = (file: string) => resolve(dirname(path), file);
  return {
    ...checked.data,
    ...(register === undefined ? {} : { register: beside(register) }),
    hooks: hooks.feed === undefined ? hooks : { ...hooks, feed: beside(hooks.feed) },
  };
}

/** The columns of the register in use, in its order. */
export const registerHeader = ({ register = OWN_REGISTER }: Config): string[] =>
  registerColumns(readFileSync(register, 'utf8'));

/** The portals of the register that are meant. Throws `UsageError` where there is none. */
export function readRegister(config: Config, selection: Selection = {}): Portal[] {
  const path = config.register ?? OWN_REGISTER;
  let portals: Portal[];
  try {
    portals = parseRegister(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`register ${path}: ${messageOf(error)}`);
  }
  return selected(portals, selection, `the register ${path}`);
}

export const clientOptions = (config: Config, now: () => Date): Omit<ClientOptions, 'look'> => ({
  vantage: config.vantage,
  simulated: config.simulated,
  connect: config.connect,
  perHost: config.per_host,
  delayMs: config.delay_ms,
  hostRequests: config.host_requests,
  hostMinutes: config.host_minutes,
  timeoutMs: config.timeout_ms,
  totalMs: config.total_ms,
  maxBytes: config.max_bytes,
  userAgent: config.contact === undefined ? config.user_agent : `${config.user_agent} (+${config.contact})`,
  now,
});
