import { pageKinds, type Instead } from '../finding-kinds.ts';
import { isUnread } from '../findings.ts';
import { parseCandidate, parseTitle, type Title } from '../printed/title-parts.ts';
import type { Fact, Reading } from '../report.ts';
import { sameOrgan } from './identity.ts';

/** Two readings of one address, taken at different times: whether they are of one document, and say the same. */

const nameOf = ({ grid, line, col }: Fact): string => `${grid}/${line}/${col}`;

/**
 * What the later of two readings is, where it is not a version of the report that the earlier one is; null where it is
 * one: of the same publisher and year, and with every table that had numbers. Other numbers are a revision.
 * @param before of a report
 */
export function insteadOf(before: Reading, now: Reading): Instead | null {
  const { report } = now;
  if (report === null) return withoutReport(now);
  if (report.year !== null && report.year !== before.report?.year) return 'other_year';
  if (report.publisher !== null && !sameOrgan(report.publisher, before.report?.publisher ?? ''))
    return 'other_publisher';
  if (before.facts.length > 0 && now.facts.length === 0)
    return pageInPlaceOfFile(now) ?? (now.findings.some(isUnread) ? 'unreadable' : 'emptied');
  if (report.publisher === null || report.year === null) return 'unnamed';
  const there = new Set(now.facts.map(nameOf));
  const lost = before.facts.filter((fact) => !there.has(nameOf(fact)));
  const isBlank = [...filledGrids(before)].some((grid) => !filledGrids(now).has(grid));
  if (lost.length === 0) return isBlank ? 'emptied' : null;
  if (now.source.ended === false && before.source.ended !== false) return 'cut';
  const grids = new Set(now.facts.map(({ grid }) => grid));
  return isBlank || lost.some(({ grid }) => !grids.has(grid)) ? 'emptied' : null;
}

/** Tables that count something: a form whose numbers did not come is no revision, one whose zeros are left out may be. */
const filledGrids = ({ facts }: Reading): Set<string> =>
  new Set(facts.flatMap(({ grid, value }) => (value === null || value === 0 ? [] : [grid])));

function withoutReport({ source, findings }: Reading): Instead {
  if (source.media_type.startsWith('image/')) return 'picture';
  const none = findings.find((found) => found.code === 'not_a_report');
  if (none) return none.details.page ?? 'other_text';
  return 'unreadable';
}

const pageInPlaceOfFile = ({ findings }: Reading): Instead | undefined =>
  findings
    .flatMap((found) => (found.code === 'attachment.not_fetched' ? [found.details.outcome] : []))
    .flatMap((outcome) => pageKinds.filter((kind) => kind === outcome))[0];

/** Whether a title, as a list prints it now, names the one and not the other. */
export function namesRather(printed: string, one: Reading, other: Reading): boolean {
  const title = parseTitle(printed) ?? parseCandidate(printed);
  return title !== null && fits(title, one) && !fits(title, other);
}

/** A title that leaves out organ or year speaks against none. */
export const contradicts = (printed: string, reading: Reading): boolean => {
  const title = parseTitle(printed) ?? parseCandidate(printed);
  return title !== null && !fits(title, reading);
};

const fits = ({ publisher, year }: Title, { report }: Reading): boolean =>
  (year === null || year === report?.year) && (publisher === null || sameOrgan(publisher, report?.publisher ?? ''));

/** Lines that a page prints anew for every visit: how often it was seen, and what time it is. */
const FURNITURE =
  /(?:浏览|阅读|点击|访问|查看)(?:次数|人数|总数|总量|量|数|率)[:：\s]{0,3}\d*次?|(?:现在|当前|北京|今天)(?:时间|是)?[:：\s]{0,3}20\d\d[-年/.][-年月日/.:：\d\s]{0,30}(?:星期[一二三四五六日天])?[:：\d\s]{0,12}/g;

/** Whether two readings of other bytes say the same: what differs is furniture of the page, or its markup. */
export const sameContent = (a: Reading, b: Reading): boolean => contentOf(a) === contentOf(b);

/** All that a reading says, as text: equal where two readings of other bytes say the same. */
export const contentOf = ({ source: { media_type }, sections, facts, findings, ...rest }: Reading): string =>
  JSON.stringify({
    media_type,
    ...rest,
    sections: sections.map((section) => ({ ...section, text: withoutFurniture(section.text) })),
    // Where on the page a cell stands is no part of what it says.
    facts: facts.map((fact) => ({ ...fact, place: null })),
    findings: findings.map(({ code, cells, message }) => [code, cells, message]),
  });

const withoutFurniture = (text: string): string => text.replace(FURNITURE, '').replace(/\s+/g, ' ').trim();
