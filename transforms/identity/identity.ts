import { divisionOf, fullOrganName, isDivisionCode, namesDivision } from './divisions.ts';
import type { Block, Doc, Heading, Paragraph } from '../doc/doc.ts';
import { finding, type Finding } from '../findings.ts';
import type { ReportIdentity } from '../report.ts';
import type { Span } from '../prose/sections.ts';
import { parseTitle, findTitle, type Title } from '../printed/title-parts.ts';

/**
 * Whose report, of which year. Precedence: the article's title, then the heading or first lines of the text, then the
 * page title, then a sentence that announces the report. Metadata helps where those are silent; where sources disagree,
 * the first wins and a finding says so. The division comes from the organ's name; the portal's SiteIDCode only decides
 * between divisions of the same name, because county reports are hosted on prefecture portals too.
 */
export function identify(
  doc: Doc,
  spans: Span[],
): { identity: ReportIdentity; isReport: boolean; findings: Finding[] } {
  const titles = titleCandidates(doc, spans);
  const named = titles.find((t) => t.publisher !== null);
  const dated = titles.find((t) => t.year !== null);
  const printed = named?.publisher ?? sourceOf(doc);
  const period = yearOfPeriod(doc);
  const year = dated?.year ?? period;
  const site = /^\d{6}/.exec(doc.metas.SiteIDCode ?? '')?.[0] ?? null;
  const byName = printed ? divisionOf(printed, { at: year, hint: site }) : null;
  const division = byName ?? (site !== null && placesOrgan(site, printed) ? site : null);
  const findings: Finding[] = [];
  const text = plainText(doc);
  const fullName = (organ: string, code: string | null) => fullOrganName(organ, code, text);
  const publisher = printed && fullName(printed, byName);
  const others = titles.filter(
    (t) =>
      t.publisher &&
      publisher &&
      !sameOrgan(t.publisher, publisher) &&
      !sameOrgan(fullName(t.publisher, divisionOf(t.publisher, { at: year, hint: site })), publisher),
  );
  if (others.length > 0)
    findings.push(finding('publisher_disagrees', [], { first: publisher!, second: others[0]!.publisher! }));
  const otherYears = titles.filter((t) => t.year !== null && t.year !== year);
  if (otherYears.length > 0) findings.push(disagreeing('title', year, otherYears[0]!.year));
  else if (year !== null && period !== null && period !== year) findings.push(disagreeing('period', year, period));
  if (byName && site && isDivisionCode(site) && !related(byName, site))
    findings.push(finding('division_disagrees', [], { organ: byName, portal: site }));
  const identity: ReportIdentity = {
    publisher,
    division_code: division,
    year,
    title: (named ?? dated ?? titles[0])?.text ?? null,
    published_on: publishedOn(doc),
  };
  return { identity, isReport: titles.length > 0, findings };
}

/**
 * Whether a portal's code says where an organ is that no known division names: it must be a code of the standard, and the
 * organ's name must not name another place. Invented places, which no list has, have codes of a province 99 that is none.
 */
const placesOrgan = (site: string, organ: string | null): boolean =>
  site.startsWith('99') || (isDivisionCode(site) && (organ === null || !namesDivision(organ)));

const disagreeing = (by: 'title' | 'period', first: number | null, second: number | null): Finding =>
  finding('year_disagrees', [], { first, second, by }, { expected: first, actual: second });

/** Findings for what a report lacks; raised only once the document is known to be a report. */
export function identityGaps({ publisher, division_code, year }: ReportIdentity): Finding[] {
  const findings: Finding[] = [];
  if (!publisher) findings.push(finding('publisher_unknown', [], {}));
  else if (!division_code) findings.push(finding('division_unknown', [], { publisher }));
  if (year === null) findings.push(finding('year_unknown', [], {}));
  return findings;
}

/** Links to the articles before and after this one. */
const NEIGHBOUR = /^\s*[上下]一[篇条页则]/;

/** In the order in which they are believed. */
function titleCandidates(doc: Doc, spans: Span[]): Title[] {
  const opening = doc.blocks.slice(0, Math.max(spans[1]?.from ?? 0, Math.min(doc.blocks.length, 12)));
  const page = parseTitle(doc.title ?? '');
  const printed = ranked(openingTitles(opening), page, spans.length > 1);
  const cells = opening.flatMap((b) =>
    b.kind === 'table' && b.rows.length <= 3 ? b.rows.flat().map((c) => parseTitle(c.text)) : [],
  );
  const found = [parseTitle(doc.metas.ArticleTitle ?? ''), ...printed, ...cells, page].filter((t) => t !== null);
  if (found.some((t) => t.publisher)) return found;
  for (const block of doc.blocks)
    if (block.kind === 'heading' || (block.kind === 'paragraph' && !block.aside)) {
      const announced = findTitle(block.text);
      if (announced) return [...found, announced];
    }
  return found;
}

interface Opening {
  title: Title;
  heading: boolean;
}

/** Titles among the lines before the text, also those set over several lines (organ on one, year and words on the next). */
function openingTitles(opening: Block[]): Opening[] {
  const lines = opening.filter((b) => (b.kind === 'heading' || b.kind === 'paragraph') && !NEIGHBOUR.test(b.text)) as (
    Heading | Paragraph
  )[];
  return lines.flatMap(({ text, kind }, i): Opening[] => {
    const heading = kind === 'heading';
    const single = parseTitle(text);
    if (single?.publisher) return [{ title: single, heading }];
    const joined = [2, 3].map((n) => {
      const several = lines.slice(i, i + n).map((l) => l.text);
      return several.every((t) => t.length <= 40) ? parseTitle(several.join('')) : null;
    });
    return [...joined, single].filter((t) => t !== null).map((title) => ({ title, heading }));
  });
}

/**
 * Lists of links to other reports stand before articles too: what the page title repeats is believed first, then
 * headings, then the line nearest to the text (the first line of all where no section begins the text).
 */
function ranked(titles: Opening[], page: Title | null, nearest: boolean): Title[] {
  const repeated = ({ title }: Opening) =>
    page !== null && page.publisher === title.publisher && page.year === title.year;
  const score = (o: Opening) => (repeated(o) ? 2 : 0) + (o.heading ? 1 : 0);
  // A title over several lines gives its parts too: what names the organ stands before them.
  return (nearest ? titles.toReversed() : titles)
    .toSorted((a, b) => score(b) - score(a) || Number(b.title.publisher !== null) - Number(a.title.publisher !== null))
    .map((o) => o.title);
}

const plainText = (doc: Doc): string =>
  doc.blocks.map((b) => (b.kind === 'paragraph' || b.kind === 'heading' ? b.text.replace(/\s/g, '') : '')).join('');

/** The same organ, allowing for a title that leaves out the city or says 政府办 for its office's own report. */
const sameOrgan = (a: string, b: string): boolean => a === b || a.endsWith(b) || b.endsWith(a);

/** County of its prefecture, or the other way round. */
function related(a: string, b: string): boolean {
  const digits = (code: string) => code.replace(/(00)+$/, '');
  return a.startsWith(digits(b)) || b.startsWith(digits(a));
}

function sourceOf(doc: Doc): string | null {
  const source = (doc.metas.ContentSource ?? '').trim();
  return /(政府|办公室|办公厅|局|委员会|厅|街道办事处|办事处|管委会)$/.test(source) ? source : null;
}

/** "自2020年1月1日起至2020年12月31日": the period a report states for its figures. */
function yearOfPeriod(doc: Doc): number | null {
  for (const block of doc.blocks) {
    if (block.kind !== 'paragraph' || block.aside) continue;
    const text = block.text.normalize('NFKC').replace(/\s/g, '');
    const match = /(20\d\d)年1月1日起?(?:至|到|—|-|~)+(?:(20\d\d)年)?12月31日/.exec(text);
    if (match && (match[2] ?? match[1]) === match[1]) return Number(match[1]);
  }
  return null;
}

function publishedOn(doc: Doc): string | null {
  const stated = [doc.metas.PubDate, doc.metas.pubdate, doc.metas.PublishDate];
  for (const block of doc.blocks.slice(0, 30))
    if (block.kind === 'paragraph' || block.kind === 'heading') {
      const match = /(?:发布|公开|成文|印发|发文)?(?:时间|日期)[：:\s]*(20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})/.exec(
        block.text,
      );
      if (match) stated.push(match[1]);
    }
  for (const text of stated) {
    const match = /(20\d\d|19\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(text ?? '');
    if (!match) continue;
    const [, y, m, d] = match as unknown as [string, string, string, string];
    if (Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31)
      return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  }
  return null;
}
