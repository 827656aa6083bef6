import { inForce, type Portal } from '../scrapers/portals.ts';
import type { Verdict } from '../warehouse/checks.ts';
import type { Published } from '../warehouse/snapshot.ts';
import {
  beginAccount,
  countVisits,
  pastOf,
  portalAccounts,
  type RunAccount,
  type VisitCounter,
} from './accounts/account.ts';
import { holdingsOf, tallyOf, type Holdings } from './accounts/holdings.ts';
import { overviewOf } from './accounts/overview.ts';
import { statusPage } from './accounts/page.ts';
import { curedOf, isAcknowledged, latelyOf, newOf, problemsOf, type Trouble } from './accounts/problem.ts';
import { unreachedOf } from './accounts/silence.ts';
import {
  ofChecks,
  ofDamage,
  ofFailures,
  ofHoldings,
  ofPortals,
  ofResult,
  withoutRepeats,
  withoutShut,
  withoutUnread,
} from './accounts/troubles.ts';
import { linksOf, type PortalLinks } from './archive/archive.ts';
import { documentsOf } from './archive/documents.ts';
import { build, check, publishSnapshot } from './build.ts';
import type { PortalOutcome } from './discover.ts';
import type { Effects } from './effects.ts';
import { messageOf, Stopped, UsageError } from './errors.ts';
import { DONE, FAILED, NEEDS_PERSON, WRONG_USAGE } from './exit.ts';
import { fetchPortals, type FetchOptions, type FetchSummary } from './fetch.ts';
import { readArchive, type ReadSummary } from './read.ts';
import { reachable } from './selection.ts';

export interface NightlyOptions extends FetchOptions {
  /** All of the register, and not a choice of it: problems of portals that left it are over. */
  whole?: boolean;
}

export interface NightlySummary {
  account: RunAccount;
  fetch: FetchSummary;
  read: ReadSummary;
  counts: Record<string, number>;
  check: Verdict;
  publish: Published;
}

/**
 * All stages, with an account of them in the archive. What fails at one portal or in one document is a problem in it; the
 * stages after it still run.
 * @param told gets the account when the run has ended, also where it failed and this rejects
 */
export async function nightly(
  o: NightlyOptions,
  effects: Effects,
  told: (account: RunAccount) => void = () => undefined,
): Promise<NightlySummary> {
  const { archive, now } = effects;
  // Before anything is written: a wrong command leaves no account. What is left out is said when it is fetched.
  reachable(o.portals, o.config, { now, log: { ...effects.log, warn: () => undefined } });
  await archive.claim(o.config.simulated);
  const before = archive.accounts.last();
  const account = beginAccount(now(), before, o.config.vantage, (await archive.openReadings()).code);
  const visits = countVisits(await archive.captures.read(), now);
  const end = async (exit: number, failure: string | null) => {
    Object.assign(account, { ended: now().toISOString(), exit, failure });
    await archive.accounts.write(account);
    archive.accounts.prune();
    told(account);
    await archive.accounts.show(statusPage(await overviewOf(await everyPortal(o, effects), archive, now())));
  };
  await archive.accounts.write(account);
  const listed: PortalOutcome[] = [];
  try {
    const summary = await stages(o, observed(effects, account.run, visits), account, visits, listed);
    await end(needsPerson(account) ? NEEDS_PERSON : DONE, null);
    return summary;
  } catch (error) {
    // The tables are those of the night before, if there were any.
    const holdings = await holdingsOf(archive.local.database).catch((): Holdings => new Map());
    account.portals = portalAccounts(o.portals, listed, visits, holdings);
    await end(statusOf(error), messageOf(error)).catch(() => undefined);
    throw error;
  }
}

/** A problem that nobody has acknowledged. */
export const needsPerson = ({ problems }: Pick<RunAccount, 'problems'>): boolean =>
  problems.some(({ acknowledged }) => !acknowledged);

const statusOf = (error: unknown): number =>
  error instanceof Stopped ? error.status : error instanceof UsageError ? WRONG_USAGE : FAILED;

/** The same, with an eye on what is archived and a copy of what is said. */
function observed(effects: Effects, run: string, visits: VisitCounter): Effects {
  const { archive, log, now } = effects;
  const keep = (level: 'info' | 'warn', message: string, about: object = {}) =>
    archive.accounts.log(run, { time: now().toISOString(), run, level, ...about, message });
  return {
    ...effects,
    archive: {
      ...archive,
      captures: {
        ...archive.captures,
        append: async (capture) => {
          await archive.captures.append(capture);
          visits.add(capture);
        },
      },
    },
    log: {
      info: (line, about) => {
        keep('info', line, about);
        log.info(line, about);
      },
      warn: (line, about) => {
        keep('warn', line, about);
        log.warn(line, about);
      },
      bar: (label, total) => {
        keep('info', `${label}: ${total}`);
        return log.bar(label, total);
      },
    },
  };
}

async function stages(
  o: NightlyOptions,
  effects: Effects,
  account: RunAccount,
  visits: VisitCounter,
  listed: PortalOutcome[],
): Promise<NightlySummary> {
  const { stop } = effects;
  const fetched = await fetchPortals(o, effects, (outcome) => listed.push(outcome));
  stop.throwIfAborted();
  const rest = await readArchive({}, effects);
  const read = { ...rest, read: fetched.read + rest.read };
  stop.throwIfAborted();
  const unread: Trouble[] = [];
  const { counts } = await build(effects, (result) => void unread.push(...ofResult(result)));
  stop.throwIfAborted();
  const verdict = await check(effects);
  const publish = await publishSnapshot(verdict, effects);
  Object.assign(account, { tables: counts, check: verdict, publish: withoutMost(publish) });
  await settle(o, effects, account, { fetched, unread }, visits);
  return { account, fetch: fetched, read, counts, check: verdict, publish };
}

/** A first snapshot changes everything; all of it stands in its CHANGES.md. */
const MOST_CHANGES = 200;

function withoutMost(publish: Published): Published {
  const cut = (lines: string[]): string[] =>
    lines.length > MOST_CHANGES
      ? [...lines.slice(0, MOST_CHANGES), `… and ${lines.length - MOST_CHANGES} more`]
      : lines;
  const { changes } = publish;
  if (changes === null) return publish;
  return {
    ...publish,
    changes: {
      schema: cut(changes.schema),
      new_reports: cut(changes.new_reports),
      revised: cut(changes.revised),
      withdrawn: cut(changes.withdrawn),
      findings_opened: cut(changes.findings_opened),
      findings_closed: cut(changes.findings_closed),
    },
  };
}

/** What was done at each portal, and what is wrong as things stand now. */
async function settle(
  o: NightlyOptions,
  effects: Effects,
  account: RunAccount,
  { fetched, unread }: { fetched: FetchSummary; unread: Trouble[] },
  visits: VisitCounter,
): Promise<void> {
  const { archive, now, log } = effects;
  const listed = await watched(o, effects);
  const holdings = await holdingsOf(archive.local.database);
  account.documents = await tallyOf(archive.local.database);
  const ids = new Set<string | null>(listed.map(({ portal }) => portal.id));
  const acknowledged = archive.accounts.acknowledged();
  const isKnown = (trouble: Trouble): boolean => isAcknowledged(trouble, acknowledged, account.started);
  const standing = [
    ...ofPortals(listed, documentsOf(listed, await archive.captures.read())),
    ...unread.filter(({ portal }) => ids.has(portal)),
  ];
  const mended = await archive.mend();
  for (const line of mended) log.warn(line);
  const troubles: Trouble[] = [
    ...unreachedOf(o.portals, o.config.vantage, now()),
    ...withoutRepeats(withoutShut(withoutUnread([...standing, ...ofFailures(fetched.failed, standing)])), isKnown),
    ...listed.flatMap((links) => ofHoldings(links, holdings, account.past, now())),
    ...ofChecks(account.check),
    ...ofDamage(mended, archive.place),
  ];
  const { problems: before, lately = [], started } = account;
  account.problems = problemsOf(troubles, before, acknowledged, started, lately);
  account.cured = curedOf(account.problems, before);
  account.lately = latelyOf(account.cured, lately, started);
  account.new = newOf(account.problems, before).map(({ id }) => id);
  account.portals = portalAccounts(o.portals, fetched.portals, visits, holdings);
  account.past = pastOf(account, holdings);
}

/** Of the register, and of the archive where the run was for a choice of them. */
async function everyPortal({ whole = false, portals }: NightlyOptions, { archive }: Effects): Promise<Portal[]> {
  if (whole) return portals;
  const known = new Map(
    [...(await linksOf(archive)).map(({ portal }) => portal), ...portals].map((one) => [one.id, one]),
  );
  return [...known.values()];
}

/** Portals that count today: those of the register, or of the archive where the run was for a choice of them. */
async function watched({ whole = false, portals }: NightlyOptions, { archive, now }: Effects): Promise<PortalLinks[]> {
  const today = now().toISOString().slice(0, 10);
  if (whole)
    return linksOf(
      archive,
      inForce(portals, today).map(({ id }) => id),
    );
  const listed = await linksOf(archive);
  const used = new Set(
    inForce(
      listed.map(({ portal }) => portal),
      today,
    ),
  );
  return listed.filter(({ portal }) => used.has(portal));
}
