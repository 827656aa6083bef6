import type { Portal } from '../../scrapers/portals.ts';
import { judgeTitle, type TitleVerdict } from '../../transforms/printed/title.ts';
import { instead } from '../../transforms/messages/en.ts';
import { finding, inFile, isUnread, said, type Finding } from '../../transforms/findings.ts';
import type { Instead } from '../../transforms/finding-kinds.ts';
import { contentOf, contradicts, insteadOf, namesRather, sameContent } from '../../transforms/identity/revision.ts';
import { sameOrgan } from '../../transforms/identity/identity.ts';
import { groupedBy } from '../../transforms/grouped.ts';
import type { Reading, ReportIdentity } from '../../transforms/report.ts';
import { hasBytes, readingKey, sha256, type PortalLinks, type Readings, type StoredCapture } from './archive.ts';

/** A page as it was captured, with its files as they were then, for as long as their bytes were the same. */
interface Version {
  /** First capture of the page with these bytes; null while there is none. */
  article: StoredCapture | null;
  /** Latest captures, with bytes, of the files the page offered when it was captured. */
  attachments: StoredCapture[];
  /** Latest attempts at files the page offered of which no bytes were ever had. */
  missing: StoredCapture[];
  /** When it was captured, each time, ISO UTC. */
  seen: string[];
}

/** One discovered link with what the archive holds of it, as of the latest version. */
export interface Document extends Version {
  /** First 16 hex digits of the hash of portal and url: stable however often it is listed. */
  document_id: string;
  portal: string;
  url: string;
  /** Where it is asked for: as its list wrote the address last. */
  address: string;
  title: string;
  listed_on: string | null;
  verdict: TitleVerdict;
  /** Files that the list itself names. */
  files: string[];
  /** The versions before that, the latest first. */
  earlier: Version[];
  /** Latest attempt at the page, successful or not. */
  attempt: StoredCapture | null;
  /** Days on which the portal answered that the page is not there (404, 410), since it was last there. */
  gone: string[];
  /** How many whole lists of the portal, one after the other, leave it out. */
  absent: number;
}

/**
 * Portals that are rebuilt, and firewalls, answer 404 for a night or over a weekend: a page that was not there on so many
 * days, and never in between, is withdrawn.
 */
const GONE_DAYS = 3;

/** Lists are rebuilt over some days, and end early without saying so: a week of nights. */
const ABSENT_LISTS = 7;

export const isGone = ({ gone }: Pick<Document, 'gone'>): boolean => gone.length >= GONE_DAYS;

/**
 * What a portal listed whose links are lost, as far as captures tell: articles that were read, under the title that they
 * print themselves. Null where nothing was ever fetched.
 * @param articles captures of its articles, oldest first
 */
export async function linksOfCaptures(
  portal: Portal,
  articles: StoredCapture[],
  readings: Pick<Readings, 'get'>,
): Promise<PortalLinks | null> {
  const last = articles.at(-1);
  if (!last) return null;
  const links = new Map<string, PortalLinks['links'][number]>();
  for (const capture of articles) {
    const report = (await readings.get(readingKey(capture)))?.reading.report;
    const { document_url: url } = capture;
    const first_seen = links.get(url ?? '')?.first_seen ?? capture.requested_at;
    if (url && report?.title)
      links.set(url, { portal: portal.id, url, title: report.title, date: report.published_on, id: null, first_seen });
  }
  return { portal, listed_at: last.requested_at, listed: links.size, links: [...links.values()], problems: [] };
}

/** Every link of the portals, each once a portal, in the order of the lists. Captures must be oldest first. */
export function documentsOf(portals: PortalLinks[], captures: StoredCapture[]): Document[] {
  const held = byDocument(captures);
  return portals.flatMap((links) => documentsIn(links, held));
}

/** Captures by the article they were taken for. */
export const byDocument = (captures: StoredCapture[]): Map<string, StoredCapture[]> =>
  groupedBy(captures, ({ document_url }) => (document_url === null ? [] : [document_url]));

/** Of one portal. */
export const documentsIn = ({ portal, links }: PortalLinks, held: Map<string, StoredCapture[]>): Document[] =>
  links.map((link) => ({
    document_id: sha256(`${portal.id} ${link.url}`).slice(0, 16),
    portal: portal.id,
    url: link.url,
    address: link.at ?? link.url,
    title: link.title,
    listed_on: link.date,
    verdict: judgeTitle(link.title),
    files: link.attachments?.map((file) => file.url) ?? [],
    absent: link.absent ?? 0,
    ...evidence(held.get(link.url) ?? []),
  }));

function evidence(captures: StoredCapture[]): Version & Pick<Document, 'earlier' | 'attempt' | 'gone'> {
  const attempts = captures.filter((capture) => capture.kind === 'article');
  const pages = attempts.filter(hasBytes);
  const versions: Version[] = [];
  for (const [i, article] of pages.entries()) {
    const next = pages[i + 1];
    const version = versionOf(article, next ? captures.slice(0, captures.indexOf(next)) : captures);
    const before = versions.at(-1);
    if (before && bytesOf(before) === bytesOf(version)) before.seen.push(...version.seen);
    else versions.push(version);
  }
  const [latest = nothing, ...earlier] = versions.toReversed();
  const since = attempts.slice(attempts.findLastIndex(hasBytes) + 1);
  const gone = since.flatMap((c) => (c.outcome === 'not_found' ? [c.requested_at.slice(0, 10)] : []));
  return { ...latest, earlier, attempt: attempts.at(-1) ?? null, gone: [...new Set(gone)] };
}

const nothing: Version = { article: null, attachments: [], missing: [], seen: [] };

/** @param captures until the page was captured next */
function versionOf(article: StoredCapture, captures: StoredCapture[]): Version {
  const files = captures.filter(isFile);
  // Offered then: tried since the page was captured. A file that failed this time is taken from an earlier night.
  const since = captures.slice(captures.indexOf(article)).filter(isFile);
  const offered = [...new Set(since.map(({ url }) => url))].map((url) => files.filter((file) => file.url === url));
  return {
    article,
    attachments: offered.flatMap((tried) => tried.findLast(hasBytes) ?? []),
    missing: offered.flatMap((tried) => (tried.some(hasBytes) ? [] : (tried.at(-1) ?? []))),
    seen: [article.requested_at],
  };
}

const isFile = ({ kind }: StoredCapture): boolean => kind === 'attachment';

const bytesOf = ({ article, attachments, missing }: Version): string =>
  [article, ...attachments, ...missing].map((capture) => `${capture?.url} ${capture?.sha256}`).join('\n');

/** A page without any table, or without one of the form: its files or pictures may hold what it lacks. */
export const lacksTables = ({ facts, findings }: Reading): boolean =>
  facts.length === 0 || findings.some(({ code }) => code === 'grid_missing');

/** Whether it has the text of a report, of which tables may be no part: small organs state their numbers in words. */
const states = ({ mentions, sections }: Reading): boolean =>
  mentions.length > 0 || sections.some(({ number, text }) => number > 0 && text !== '');

/** Of a page, once a file speaks for it: what the page does not hold is no fault then. */
const ABOUT_CONTENT = ['grid_missing', 'line_missing', 'picture_unread', 'not_a_report'];

/**
 * The one reading of a document whose page may offer files: the page when it has the tables, else the file with the
 * most numbers. What could not be read beside it stays visible as findings.
 */
export function combine(page: Reading, offered: Reading[]): Reading {
  const files = offered.filter((file) => !isOfAnother(file, page));
  if (files.length === 0 || !lacksTables(page)) return page;
  const best = files.toSorted((a, b) => b.facts.length - a.facts.length || Number(states(b)) - Number(states(a)))[0];
  const holdsMore = (file: Reading) =>
    file.facts.length > page.facts.length || (page.facts.length === 0 && states(file) && !states(page));
  const unread = files.filter((file) => file !== best || !holdsMore(file)).flatMap(unreadIn);
  if (best && holdsMore(best)) {
    // The page with its pictures repeats what the page says.
    const said = new Set(best.findings.map((finding) => JSON.stringify(finding)));
    const ofPage = page.findings.filter((f) => !ABOUT_CONTENT.includes(f.code) && !said.has(JSON.stringify(f)));
    const { report, findings } = oneIdentity(best.report, page.report);
    return { ...best, report, findings: [...best.findings, ...ofPage, ...unread, ...findings] };
  }
  const report = page.report ?? files.find((file) => file.report)?.report ?? null;
  return { ...page, report, findings: [...page.findings, ...unread, ...files.flatMap(pageInPlaceOf)] };
}

/** The page of another report, to which 下一页 or a frame leads: of an article in pages each bears the same name. */
function isOfAnother({ source, report }: Reading, page: Reading): boolean {
  if (source.media_type !== 'text/html' || source.path === page.source.path || !report || !page.report) return false;
  const { year, publisher } = page.report;
  return (
    (year !== null && report.year !== null && report.year !== year) ||
    (publisher !== null && report.publisher !== null && !sameOrgan(report.publisher, publisher))
  );
}

const unreadIn = ({ source, findings }: Reading): Finding[] =>
  findings.filter(isUnread).map((found) => inFile(found, source.path));

/** Of a file in whose place a page came: what a site shows to whoever it does not serve now. */
const pageInPlaceOf = ({ source, findings }: Reading): Finding[] =>
  findings.flatMap((found) =>
    found.code === 'not_a_report' && source.media_type === 'text/html'
      ? [finding('attachment.not_fetched', [], { url: source.path, outcome: found.details.page ?? 'other_text' })]
      : [],
  );

/** The file says whose report it is; what it leaves out its page says, and where the two differ is a finding. */
function oneIdentity(file: ReportIdentity | null, page: ReportIdentity | null) {
  if (!file || !page) return { report: file ?? page, findings: [] };
  const report: ReportIdentity = {
    publisher: file.publisher ?? page.publisher,
    division_code: file.division_code ?? page.division_code,
    year: file.year ?? page.year,
    title: file.title ?? page.title,
    published_on: file.published_on ?? page.published_on,
  };
  const differ = (['publisher', 'division_code', 'year'] as const).filter(
    (name) => page[name] !== null && report[name] !== page[name],
  );
  const findings = differ.map((what) =>
    finding('attachment.disagree', [], { what, first: page[what], second: report[what] }),
  );
  return { report, findings };
}

/** Files that a page without its tables offers and that could not be had: one finding each. */
export function withMissingFiles(reading: Reading, missing: StoredCapture[]): Reading {
  if (!lacksTables(reading)) return reading;
  const findings = missing.map(({ url, outcome, error }) =>
    finding('attachment.not_fetched', [], { url, outcome, ...(error ? { said: said(error) } : {}) }),
  );
  return { ...reading, findings: [...reading.findings, ...findings] };
}

export type Outcome = 'report' | 'not_a_report' | 'unread' | 'not_fetched';

/** Where a discovered link ended. `reading` is null while none of its bytes were read. */
export function outcomeOf(document: Document, reading: Reading | null): { outcome: Outcome; reason: string | null } {
  const { verdict, article, attempt } = document;
  if (verdict.kind === 'other') return { outcome: 'not_a_report', reason: verdict.reason };
  if (article === null) {
    return {
      outcome: 'not_fetched',
      reason: attempt ? [attempt.outcome, attempt.error].filter(Boolean).join(': ') : 'not tried yet',
    };
  }
  if (reading === null) return { outcome: 'unread', reason: 'not read yet' };
  const unread = reading.findings.find((found) => isUnread(found) || found.code === 'attachment.not_fetched');
  // A page that names its report while the numbers are in a file that is not read: nothing of it was read yet.
  if (unread && reading.facts.length === 0) return { outcome: 'unread', reason: unread.code };
  if (reading.report) {
    // Without them it cannot be told from another report, so it is counted among what a person has to look at.
    if (reading.report.publisher === null) return { outcome: 'unread', reason: 'its publisher is not known' };
    if (reading.report.year === null) return { outcome: 'unread', reason: 'its year is not known' };
    // A page that holds neither numbers nor text names its report only: those were lost, or come by a script.
    if (reading.facts.length === 0 && !states(reading))
      return { outcome: 'unread', reason: 'it holds neither a number nor the text of the report' };
    return { outcome: 'report', reason: null };
  }
  const other = reading.findings.find((finding) => finding.code === 'not_a_report');
  if (!other) return { outcome: 'unread', reason: 'no report found' };
  // What a site shows instead of an article, or of the one that the title names, says nothing about that.
  const isBelieved = verdict.kind === 'candidate' && other.details.page === undefined;
  return { outcome: isBelieved ? 'not_a_report' : 'unread', reason: other.message };
}

/** A document as of the version that speaks for it, what that says, and where it leaves the document. */
export interface Result {
  document: Document;
  /** Null while its bytes were not read. */
  reading: Reading | null;
  outcome: Outcome;
  reason: string | null;
  /** What the latest version is instead, where an earlier one speaks. */
  superseded: Instead | null;
  /** The day since which the page shows contents that it had before in turns, so that none of them is a revision; null where it does not. */
  inTurnsSince: string | null;
  /** Hash of the page that a person may say is right, where its latest version is a report and does not speak. */
  offered: string | null;
  /** When what is wrong with the latest version was first seen; null where nothing is. */
  wrongSince: string | null;
  /** How many contents of it were believed, one after the other. */
  contents: number;
  /** The day since which the portal says that the page is not there, where it does for good. */
  withdrawnOn: string | null;
}

/** The document as it is and as it was, the latest first. */
export const versionsOf = (document: Document): Document[] => [
  document,
  ...document.earlier.map((version) => ({ ...document, ...version })),
];

/** A version with its reading. */
interface Read {
  document: Document;
  reading: Reading;
}

/** Versions in a row that are the same thing, which is not the report of before. */
interface Refused {
  instead: Instead;
  /** Of the latest. */
  read: Read;
  seen: string[];
}

/** The page went back to a content that another one took over from: which is right, none of its copies tells. */
interface Turns {
  /** Of the first return, ISO UTC. */
  since: string;
  /** What it shows now, and when it was seen so without a change. */
  read: Read;
  seen: string[];
}

/**
 * The version that speaks for a document. A later one takes over where it is the same report; of what differs in bytes only,
 * the first is cited, so that a counter on the page is no revision. What a page turned into does not take back what it
 * published, until it is settled that the page was corrected; nor does a page that shows two contents in turns. Depends on
 * captures, readings and what a person said alone.
 * @param believed hashes of copies of the page of which a person said that they are right
 */
export async function resultOf(
  document: Document,
  readingOf: (document: Document) => Promise<Reading | null>,
  believed: ReadonlySet<string> = new Set(),
): Promise<Result> {
  let good: Read | null = null;
  let refused: Refused | null = null;
  let turns: Turns | null = null;
  /** A person said so of the one that speaks, and the page has shown nothing new since. */
  let isDecided = false;
  const had = new Set<string>();
  let latest: Omit<Read, 'reading'> & { reading: Reading | null } = { document, reading: null };
  for (const version of versionsOf(document).toReversed()) {
    const reading = await readingOf(version);
    // Of what reads the same, here too the first.
    if (!latest.reading || !reading || !sameContent(latest.reading, reading)) latest = { document: version, reading };
    if (reading === null) continue;
    const read: Read = { document: version, reading };
    const isReport = outcomeOf(version, reading).outcome === 'report';
    const isBelieved = isReport && believed.has(version.article?.sha256 ?? '');
    const other: Instead | null = good && (insteadOf(good.reading, reading) ?? (isReport ? null : 'emptied'));
    if (good && other !== null && !isBelieved) {
      refused = refusedAfter(refused, { instead: other, read, seen: version.seen });
      if (!isReport || !isSettled(refused, good, document.title)) continue;
    }
    refused = null;
    if (!isReport) continue;
    const content = contentOf(reading);
    if (isBelieved) {
      turns = null;
      isDecided = true;
    } else if (good && other === null && had.has(content)) {
      if (turns === null && content === contentOf(good.reading)) continue;
      turns = turnsAfter(turns, read, version.seen);
      if (!isLasting(turns.seen)) continue;
      [turns, isDecided] = [null, false];
    } else [turns, isDecided] = [null, false];
    if (good && content === contentOf(good.reading)) continue;
    had.add(content);
    good = read;
  }
  const contents = had.size;
  const withdrawnOn = good === null ? null : withdrawal(document, refused);
  if (latest.reading === null || good === null) {
    const ended = outcomeOf(latest.document, latest.reading);
    const isWrong = ended.outcome === 'unread' && latest.reading !== null && !isWhole(latest.reading);
    const wrongSince = isWrong ? (versionsOf(document).at(-1)?.seen[0] ?? null) : null;
    const nothing = { superseded: null, inTurnsSince: null, offered: null };
    return { ...latest, ...ended, ...nothing, wrongSince, contents, withdrawnOn };
  }
  const { document: spoken, reading } = good;
  const wrongSince = isCut(reading) ? (spoken.seen[0] ?? null) : null;
  const kind = { outcome: 'report', reason: null, superseded: null, inTurnsSince: null, offered: null } as const;
  const result: Result = { ...good, ...kind, wrongSince, contents, withdrawnOn };
  const withKept = (kept: Finding): Reading => ({ ...reading, findings: [...reading.findings, kept] });
  if (refused !== null) {
    const { document: shown, reading: said } = refused.read;
    return {
      ...result,
      reading: withKept(keptInstead(spoken, refused)),
      superseded: refused.instead,
      offered: outcomeOf(shown, said).outcome === 'report' ? (shown.article?.sha256 ?? null) : null,
      wrongSince: refused.seen[0] ?? null,
    };
  }
  // Which of its contents is right somebody has said.
  if (turns === null || isDecided) return result;
  const captured = spoken.article?.requested_at.slice(0, 10) ?? '';
  const since = turns.since.slice(0, 10);
  return {
    ...result,
    reading: withKept(finding('report_alternates', [], { captured, since })),
    inTurnsSince: since,
    offered: turns.read.document.article?.sha256 ?? null,
    wrongSince: turns.since,
  };
}

/** What it shows now, seen again, or the other content. */
function turnsAfter(before: Turns | null, read: Read, seen: string[]): Turns {
  const isSame = before !== null && sameContent(before.read.reading, read.reading);
  return { since: before?.since ?? seen[0] ?? '', read, seen: isSame ? [...before.seen, ...seen] : seen };
}

/** Nothing of it would be better tomorrow: what is there can be read, with another program or a password. */
const isWhole = ({ source, findings }: Reading): boolean =>
  !source.media_type.startsWith('image/') &&
  findings.some(({ code }) => code === 'needs_ocr' || code === 'picture_unread' || code === 'encrypted');

/** It lacks a table, and its end: a first copy that was cut short on its way, or a page that is written so. */
const isCut = ({ source, findings }: Reading): boolean =>
  source.ended === false && findings.some(({ code }) => code === 'grid_missing');

function keptInstead({ article }: Document, { instead, read }: Refused) {
  const now = read.document.article;
  return finding('report_kept', [], {
    captured: article?.requested_at.slice(0, 10) ?? '',
    instead,
    ...(now && now.final_url !== now.url && now.final_url !== article?.final_url ? { redirected: now.final_url } : {}),
  });
}

/** The day since which the portal itself says that there is no such report: by its answer, or by its list and page together. */
function withdrawal({ gone, absent }: Document, refused: Refused | null): string | null {
  if (isGone({ gone })) return gone[0] ?? null;
  if (refused === null || refused.read.reading.report !== null || absent < ABSENT_LISTS) return null;
  return refused.seen[0]?.slice(0, 10) ?? null;
}

/** What was refused already, seen again, or another thing. */
function refusedAfter(before: Refused | null, now: Refused): Refused {
  const { report, facts } = now.read.reading;
  const was = before?.read.reading;
  const isSame =
    before?.instead === now.instead &&
    was?.report?.year === report?.year &&
    was?.report?.publisher === report?.publisher &&
    was?.facts.length === facts.length;
  return isSame && before ? { ...now, seen: [...before.seen, ...now.seen] } : now;
}

/** A correction is seen so often, over so many days; a page that shows another report by mistake is mended by then. */
const SETTLED_TIMES = 3;
const SETTLED_DAYS = 30;

/**
 * Whether a page that shows another report than before, or less of it, was corrected: where the list names what it shows
 * now, and not what it showed; or where it showed the same ever since, and the list says nothing against it.
 */
function isSettled({ read, seen }: Refused, good: Read, title: string): boolean {
  if (read.reading.facts.length === 0) return false;
  if (namesRather(title, read.reading, good.reading)) return true;
  return isLasting(seen) && !contradicts(title, read.reading);
}

function isLasting(seen: string[]): boolean {
  const days = (Date.parse(seen.at(-1) ?? '') - Date.parse(seen[0] ?? '')) / 86_400_000;
  return seen.length >= SETTLED_TIMES && days >= SETTLED_DAYS;
}

/** What somebody has to look at: a title of a report without the report, or a page that no longer is what it was. */
export function troubleOf(result: Result): string | null {
  const { outcome, reason, reading, superseded, inTurnsSince, withdrawnOn } = result;
  if (withdrawnOn !== null) return null;
  if (inTurnsSince !== null)
    return `since ${inTurnsSince} its page shows two contents in turns, and the later one is read`;
  if (superseded !== null) return `its page is now ${instead[superseded]}, and an earlier copy is read`;
  if (outcome === 'unread') return reason;
  return outcome === 'report' && reading && isCut(reading) ? 'its page has no end and lacks a table' : null;
}
