import type { PortalLinks } from '../archive/archive.ts';
import type { Portal } from '../../scrapers/portals.ts';
import type { Built } from '../../warehouse/build.ts';
import type { Verdict } from '../../warehouse/checks.ts';
import type { Published } from '../../warehouse/snapshot.ts';
import type { AcknowledgedLine, BelievedLine } from '../accounts/reviewed.ts';
import { isAtWork, states, type Overview, type PortalView } from '../accounts/overview.ts';
import type { Tally } from '../accounts/holdings.ts';
import { ageInDays, type Problem } from '../accounts/problem.ts';
import { isOverdue } from '../accounts/silence.ts';
import { byText } from '../archive/files.ts';
import type { PortalCheck } from '../check-portals.ts';
import type { FetchSummary } from '../fetch.ts';
import type { NightlySummary } from '../nightly.ts';
import type { ReadSummary } from '../read.ts';
import type { InTables, PortalStatus } from '../status.ts';
import { printable } from './printable.ts';

/** Results as text for a person; each ends with a line end. */

export const lines = (...parts: string[]): string => parts.map((part) => `${printable(part)}\n`).join('');

export const few = (items: string[], most = 10): string[] =>
  items.length > most ? [...items.slice(0, most), `  … and ${items.length - most} more`] : items;

export function fetched({
  portals,
  discovered,
  new_links,
  fetched,
  changed,
  disallowed,
  failed,
}: FetchSummary): string {
  const troubled = portals.flatMap(({ portal, problems }) =>
    problems.map(({ code, message }) => `  ${portal}: ${code}: ${message}`),
  );
  return lines(
    `${counted(portals.length, 'portal')} asked, ${counted(discovered, 'article')} known, ${new_links} of them new`,
    `${fetched} fetched, ${changed} with new content, ${disallowed} closed by robots.txt, ${failed.length} failed`,
    ...few(troubled),
    ...few(failed.map(({ portal, url, reason }) => `  ${portal}: ${url}: ${reason}`)),
  );
}

export const read = ({ archived, pages, files, pictured, read }: ReadSummary): string =>
  lines(
    `${counted(archived, 'copy', 'copies')} in the archive (${joined([pages, 'of pages'], [files, 'of files'], [pictured, 'of pages with their pictures'])}), ${read} read now${read === 0 ? ' (nothing new)' : ''}`,
  );

/** Numbers with what they count, without those that are 0 behind the first. */
const joined = ([first, what]: [number, string], ...others: [number, string][]): string =>
  [`${first} ${what}`, ...others.flatMap(([number, of]) => (number === 0 ? [] : [`${number} ${of}`]))].join(', ');

export const built = ({ counts, database }: Built): string =>
  lines(...Object.entries(counts).map(([table, rows]) => `${String(rows).padStart(9)}  ${table}`), `in ${database}`);

export function checked({ ok, failures, warnings }: Verdict): string {
  return lines(
    ok
      ? `every floor holds, ${counted(warnings.length, 'warning')}`
      : `${counted(failures.length, 'check')} failed: what was built is no release, and the latest one stays`,
    ...few([...failures.map(describeCheck('failed')), ...warnings.map(describeCheck('warning'))], 20),
  );
}

const describeCheck =
  (kind: string) =>
  ({ check, message, count }: Verdict['failures'][number]): string =>
    `  ${kind} ${check}: ${message} (${count})`;

export const published = ({ published, path, version, latest }: Published): string =>
  lines(
    !published
      ? `nothing that counts changed since ${path}: nothing published`
      : version === latest
        ? `published ${path}`
        : `not released: written to ${path} for inspection, as a check failed; ${latest === null ? 'there is no release yet' : `the latest release is still ${latest}`}`,
  );

export const nightly = ({ account, fetch, read: documents, counts, check, publish }: NightlySummary): string =>
  lines(
    `run ${account.run}: ${counted(fetch.portals.length, 'portal')} asked, ${counted(fetch.discovered, 'article')} known, ${fetch.new_links} of them new`,
    `${fetch.fetched} fetched, ${fetch.changed} with new content, ${fetch.disallowed} closed by robots.txt, ${fetch.failed.length} failed`,
  ) +
  read(documents) +
  lines(
    ...tally(account.documents, fetch.discovered),
    [
      counted(counts['reports'] ?? 0, 'report'),
      counted(counts['facts'] ?? 0, 'cell'),
      counted(counts['findings'] ?? 0, 'finding'),
    ].join(', '),
  ) +
  checked(check) +
  published(publish) +
  problems(account.problems, account.started);

/** All documents of the tables, and what became of each: of portals that were asked tonight, and of the others. */
function tally(documents: Tally | null, asked: number): string[] {
  if (documents === null) return [];
  const { reports, copies, unread, not_a_report, not_fetched } = documents;
  const all = reports + copies + unread + not_a_report + not_fetched;
  const parts = joined(
    [reports, 'give a report each'],
    [copies, 'are further copies of these'],
    [unread, 'could not be read'],
    [not_a_report, 'are no report'],
    [not_fetched, 'were not fetched'],
  );
  return [`${counted(all, 'document')}${all === asked ? '' : ` (${all - asked} of portals not asked now)`}: ${parts}`];
}

export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** Those that nobody has acknowledged, the newest first; the others as a number. */
function problems(all: Problem[], now: string): string {
  const open = all.filter(({ acknowledged }) => !acknowledged).toSorted((a, b) => byText(b.since, a.since));
  const known = all.length - open.length;
  const seen = known === 0 ? '' : `, and ${known} acknowledged`;
  return lines(
    `${open.length === 0 ? 'no problem' : counted(open.length, 'problem')}${seen}${open.length === 0 ? '' : ' (gongkai ack ID --until DATE --why …)'}`,
    ...few(open.map((problem) => `  ${problem.id}  ${aboutProblem(problem, now)}`)),
  );
}

const aboutProblem = ({ portal, url, code, message, since, seen, returned }: Problem, now: string): string => {
  const days = ageInDays(since, now);
  const age = since >= now ? 'new' : `since ${since.slice(0, 10)}${days === 0 ? '' : ` (${days} d)`}`;
  const place = url === null || message.includes(url) ? '' : ` (${url})`;
  const goes = returned ? `, comes and goes, last seen ${seen.slice(0, 10)}` : '';
  return `${portal ?? 'all'}: ${code}: ${message}${place}, ${age}${goes}`;
};

/** Numbers first: names in Chinese and addresses are of no fixed width. */
export function status(
  { run, at_work, worked_at, now, portals: views, problems: all }: Overview,
  counts: PortalStatus[],
): string {
  const columns = ['discovered', 'report', 'not_a_report', 'unread', 'not_fetched', 'facts'] as const;
  const row = (cells: string[], rest: string) =>
    [...cells.map((cell, i) => cell.padStart(columns[i]?.length ?? 0)), rest].join('  ');
  const total = columns.map((column) => String(counts.reduce((sum, one) => sum + one[column], 0)));
  return (
    lines(
      row([...columns], 'portal (state, list last read whole, next report)'),
      ...views.map((view, i) =>
        row(
          columns.map((column) => String(counts[i]?.[column] ?? 0)),
          describePortal(view, run !== null, now),
        ),
      ),
      row(total, 'total'),
      ...inTables(counts),
      `${counted(views.length, 'portal')}: ${describeStates(views)}`,
      ...few(
        counts.flatMap(({ portal, unfinished }) =>
          unfinished.map(({ url, outcome, reason }) => `  ${portal}: ${outcome}: ${url}: ${reason ?? ''}`),
        ),
        20,
      ),
      run === null
        ? 'no run yet'
        : `last run ${run.run} ${isAtWork({ run, at_work }) ? 'is at work' : run.exit === null ? 'has not ended: it was killed' : `ended with ${run.exit}`}${run.failure === null ? '' : `: ${run.failure}`}`,
      worked_at === null
        ? 'no run has done its work yet'
        : `last that did its work: ${worked_at}, ${aged(worked_at, now)}`,
    ) + problems(all, now)
  );
}

/** Why there are fewer reports and cells in the tables than the documents above have. */
function inTables(counts: PortalStatus[]): string[] {
  const of = (name: keyof InTables): number => counts.reduce((sum, { tables }) => sum + tables[name], 0);
  const reports = joined(
    [of('reports'), 'in the tables'],
    [of('copies'), 'further copies of the same reports'],
    [of('waiting'), 'not in the tables yet (gongkai build)'],
  );
  const cells = joined(
    [of('cells'), 'in the tables'],
    [of('repeated'), 'printed twice'],
    [of('copied_cells'), 'in further copies'],
    [of('waiting_cells'), 'not in the tables yet'],
  );
  return [`documents that are reports: ${reports}`, `their facts: ${cells}`];
}

/** What is not well is said in words: nobody knows the names of states by heart. */
const describeStates = (views: PortalView[]): string =>
  Object.entries(states)
    .map(([state, [, en]]) => ({ state, en, number: views.filter((view) => view.state === state).length }))
    .filter(({ number }) => number > 0)
    .map(({ state, en, number }) => `${number} ${state}${state === 'ok' ? '' : ` (${en})`}`)
    .join(', ');

function describePortal(
  { portal, state, complete_at, listed_at, expected, problems }: PortalView,
  isAccounted: boolean,
  now: string,
): string {
  const read = isAccounted ? 'never whole' : `read ${listed_at?.slice(0, 10)}`;
  const whole = complete_at ? complete_at.slice(0, 10) : listed_at ? read : 'never';
  const next =
    expected === null ? '' : `, ${expected.year} ${isOverdue(expected, now) ? 'was due' : 'by'} ${expected.by}`;
  const codes = [...new Set(problems.map(({ code }) => ` ${code}`))].join('');
  return `${portal} (${state}, ${whole}${next})${codes}`;
}

const aged = (time: string, now: string): string => {
  const age = ageInDays(time, now);
  return age === 0 ? 'less than a day ago' : `${counted(age, 'day')} ago`;
};

export const checkedPortals = (checks: PortalCheck[]): string =>
  lines(
    'status   rows  reports  portal: family, final address, problems',
    ...checks.map(({ status, outcome, rows, reports, portal, family, detected, index_url, final_url, problems }) => {
      const numbers = [String(status ?? outcome).padEnd(6), String(rows).padStart(5), String(reports).padStart(7)];
      const shown = detected === null || detected === family ? [family] : [`${family}, the page shows ${detected}`];
      const moved = final_url === index_url ? [] : [`-> ${final_url}`];
      return `${numbers.join('  ')}  ${[`${portal}:`, ...shown, ...moved, ...problems.map(({ code, message }) => `${code}: ${message}`)].join(' ')}`;
    }),
    `${counted(checks.length, 'portal')} asked, ${checks.filter(({ reports }) => reports > 0).length} with reports in the list; all answers in portal-checks.json of the data folder`,
  );

/** Of fixed width first: names in Chinese and addresses are not. */
export const portals = (register: (Portal & Pick<PortalLinks, 'detected'>)[]): string => {
  const familyOf = ({ family, detected }: (typeof register)[number]) =>
    detected ? `${family}: ${detected.family}` : family;
  const family = Math.max(...register.map((one) => familyOf(one).length));
  const id = Math.max(...register.map((one) => one.id.length));
  const never = register.filter(({ verified }) => !verified).length;
  return lines(
    ...register.map((one) => {
      const epoch = one.from || one.until ? ` (${one.from ?? ''}–${one.until ?? ''})` : '';
      const known = [one.division, familyOf(one).padEnd(family), (one.verified ?? 'never').padEnd(10)];
      return [...known, one.id.padEnd(id), `${one.name}${epoch}`, one.index_url].join('  ');
    }),
    `${counted(register.length, 'portal')}: division, family, verified, id, name (from–until), address; ${never} of them were never tried live`,
  );
};

export function acknowledged(
  { problems, acknowledged }: { problems: Problem[]; acknowledged: AcknowledgedLine[] },
  now: string,
): string {
  const cured = acknowledged.filter(({ id }) => !problems.some((problem) => problem.id === id));
  return lines(
    ...problems.map((problem) => {
      const until = problem.acknowledged ? `; acknowledged until ${problem.until}: ${problem.why}` : '';
      return `${problem.id}  ${aboutProblem(problem, now)}${until}`;
    }),
    ...cured.map(
      ({ id, portal, code, url, until, why }) => `${id}  ${portal}: ${code}: ${url}: cured; until ${until}: ${why}`,
    ),
    `${counted(problems.filter((one) => !one.acknowledged).length, 'problem')} to see to, ${acknowledged.length} acknowledged`,
  );
}

export const believed = (lines_: BelievedLine[]): string =>
  lines(
    ...lines_.map(({ url, sha256 }) => `${url}: believed as it is now (${sha256.slice(0, 12)}…)`),
    'the tables have it from the next `gongkai nightly` on, or from `gongkai build`; believed.csv of the data folder keeps it',
  );
