import { divisionOf, divisionsOf, fullOrganName, isDivisionCode, namesDivision, type Option } from './divisions.ts';
import type { Block, Doc, Heading, Paragraph } from '../doc/doc.ts';
import { finding, type Finding } from '../findings.ts';
import type { Reading, ReportIdentity } from '../report.ts';
import type { Span } from '../prose/sections.ts';
import { once } from '../memo.ts';
import { foldForms } from '../characters/radicals.ts';
import { organName } from '../printed/organ.ts';
import { judgeTitle, plainTitle, YEAR } from '../printed/title.ts';
import { findTitle, parseCandidate, parseTitle, type Title } from '../printed/title-parts.ts';

/**
 * Whose report, of which year. Precedence: the article's title, then the heading or first lines of the text, then the
 * page title, then the title of a notice or a sentence that announces the report. Metadata helps where those are silent;
 * where sources disagree, the first wins and a finding says so. The division comes from the organ's name; where the portal
 * stands only decides between divisions of the same name, because county reports are hosted on prefecture portals too.
 */
export function identify(
  doc: Doc,
  spans: Span[],
): { identity: ReportIdentity; isReport: boolean | null; details: Reading['details']; findings: Finding[] } {
  const candidates = titleCandidates(doc, spans);
  const titles = candidates.map((c) => c.title);
  const named = titles.find((t) => t.publisher !== null);
  const dated = titles.find((t) => t.year !== null);
  const printed = named?.publisher ?? sourceOf(doc) ?? signedBy(doc);
  const period = yearOfPeriod(doc);
  const year = dated?.year ?? period;
  const site = /^\d{6}/.exec(doc.metas.SiteIDCode ?? '')?.[0] ?? null;
  const text = once(() => plainText(doc.blocks));
  const opening = once(() => plainText(doc.blocks.slice(0, spans[1]?.from ?? OPENING)));
  const divisionFor = (organ: string) => divisionOf(organ, { at: year, hint: site }) ?? placedBy(organ);
  /** A name of several divisions, by where the document says that it is: 南京市鼓楼区, or the prefecture of its site. */
  const placedBy = (organ: string) => {
    const options = divisionsOf(organ, year);
    if (options.length < 2) return null;
    const only = (places: (option: Option) => boolean) => {
      const [code, ...more] = new Set(options.filter(places).map((o) => o.code));
      return more.length === 0 ? (code ?? null) : null;
    };
    const head = () => [doc.metas.SiteName, doc.title, doc.metas.ContentSource, opening()].join('\n');
    return (
      only(({ name, above }) => above.some((a) => text().includes(a + name))) ??
      only(({ above }) => above.some((a) => head().includes(a)))
    );
  };
  const byName = printed ? divisionFor(printed) : null;
  const division = byName ?? (site !== null && placesOrgan(site, printed) ? site : null);
  const findings: Finding[] = [];
  const fullName = (organ: string) => fullOrganName(organ, divisionFor(organ), text());
  const publisher = printed && fullName(printed);
  const isOther = ({ title: { publisher: organ } }: Candidate) =>
    organ !== null && publisher !== null && !sameOrgan(organ, publisher) && !sameOrgan(fullName(organ), publisher);
  const others = candidates.filter(isOther);
  const second = others.find((c) => c.from !== 'navigation');
  if (second) findings.push(finding('publisher_disagrees', [], { first: publisher!, second: second.title.publisher! }));
  const otherYears = candidates.filter(
    (c) => c.from !== 'navigation' && c.title.year !== null && c.title.year !== year,
  );
  if (otherYears.length > 0) findings.push(disagreeing('title', year, otherYears[0]!.title.year));
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
  return { identity, isReport: isReport(doc, candidates), details: lost(others), findings };
}

/** The organs that titles of the document name and that are not believed to have published it, once each. */
function lost(others: Candidate[]): Reading['details'] {
  const named = new Map(others.map(({ title, from }) => [title.publisher!, from] as const).toReversed());
  if (named.size === 0) return undefined;
  return { publishers: [...named].toReversed().map(([name, from]) => ({ name, from })) };
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

/** A document without section titles begins with its title; its first blocks may hold it. */
const OPENING = 12;

interface Candidate {
  title: Title;
  from: NonNullable<Reading['details']>['publishers'][number]['from'];
}

/** In the order in which they are believed. */
function titleCandidates(doc: Doc, spans: Span[]): Candidate[] {
  const opening = doc.blocks.slice(0, Math.max(spans[1]?.from ?? 0, Math.min(doc.blocks.length, OPENING)));
  const page = parseTitle(doc.title ?? '');
  const article = parseTitle(doc.metas.ArticleTitle ?? '');
  const lines = openingTitles(opening);
  const cells = opening.flatMap((b) =>
    b.kind === 'table' && b.rows.length <= 3 ? b.rows.flat().map((c) => parseTitle(c.text)) : [],
  );
  const from = (place: Candidate['from'], ...titles: (Title | null)[]): Candidate[] =>
    titles.filter((t) => t !== null).map((title) => ({ title, from: place }));
  const found = [
    ...from('article', article),
    ...ranked(lines, page, spans.length > 1),
    ...from('line', ...cells),
    ...from('page', page),
  ];
  if (found.some((c) => c.title.publisher)) return found;
  const texts = opening.filter((b) => b.kind === 'heading' || b.kind === 'paragraph').map((b) => b.text);
  const notice = [doc.metas.ArticleTitle ?? '', ...texts, doc.title ?? '']
    .map(parseCandidate)
    .find((t) => t?.publisher);
  return [...found, ...from('notice', notice ?? null), ...from('sentence', announcedIn(doc, spans))];
}

/** A sentence before the second section that announces the report: further on, it is about others. */
function announcedIn(doc: Doc, spans: Span[]): Title | null {
  let own: Title | null = null;
  for (const block of doc.blocks.slice(0, spans.find((s) => s.number > 1)?.from))
    if (block.kind === 'heading' || (block.kind === 'paragraph' && !block.aside)) {
      const announced = findTitle(block.text);
      if (announced?.publisher) return announced;
      own ??= announced;
    }
  return own;
}

/** What a document is that has such a title, whatever it cites or quotes. */
const OTHER_DOCUMENT = new Set([
  'notice',
  'explanation',
  'template',
  'rule or guide',
  'part of a year',
  'academic year',
]);

/** Names of columns (政府信息公开指南, 政策解读) stand around articles, and have none of these words. */
const OF_REPORTS = /报告|年报|通知|函$/;

/**
 * Whether the titles say that it is a report, or that it is none; null where they say neither. The first title that
 * decides does: of the article, of the page, of the first lines. A title that a notice or sentence only announces decides
 * nothing.
 */
function isReport(doc: Doc, candidates: Candidate[]): boolean | null {
  const printed = candidates.some((c) => c.from !== 'notice' && c.from !== 'sentence');
  const lines = doc.blocks.slice(0, OPENING).filter((b) => b.kind === 'heading' || b.kind === 'paragraph');
  const texts = lines
    .toSorted((a, b) => Number(b.kind === 'heading') - Number(a.kind === 'heading'))
    .map((b) => b.text);
  for (const title of [doc.metas.ArticleTitle ?? '', doc.title ?? '', ...texts]) {
    if (NEIGHBOUR.test(title) || !title.includes('公开')) continue;
    const verdict = judgeTitle(GOES_ON.exec(title)?.[1] ?? title);
    if (verdict.kind === 'report') return true;
    if (verdict.kind === 'other' && OTHER_DOCUMENT.has(verdict.reason) && OF_REPORTS.test(title)) return false;
  }
  return printed || null;
}

interface Opening {
  title: Title;
  heading: boolean;
  navigation: boolean;
}

/** Titles among the lines before the text, also those set over several lines (organ on one, year and words on the next). */
function openingTitles(opening: Block[]): Opening[] {
  const lines = opening.filter((b) => (b.kind === 'heading' || b.kind === 'paragraph') && !NEIGHBOUR.test(b.text)) as (
    Heading | Paragraph
  )[];
  return lines.flatMap(({ text, kind }, at): Opening[] => {
    const heading = kind === 'heading';
    const navigation = NAVIGATION.test(text);
    const whole = CLAUSES.test(text) ? null : parseTitle(text);
    const begun = parseTitle(GOES_ON.exec(text)?.[1] ?? '');
    const single = begun?.publisher ? begun : (whole ?? begun);
    if (single?.publisher) return [{ title: single, heading, navigation }];
    const joined = [2, 3].map((n) => {
      const several = lines.slice(at, at + n).map((l) => l.text);
      return several.every((t) => t.length <= 40 && !CLAUSES.test(t)) ? parseTitle(several.join('')) : null;
    });
    // Without a year it is the name of a column, and what follows another.
    const signed = single?.year && { ...single, publisher: lineOfOrgan(lines[at + 1]?.text ?? '') };
    const titles = [...joined, ...(signed && signed.publisher ? [signed] : []), single];
    return titles.filter((t) => t !== null).map((title) => ({ title, heading, navigation }));
  });
}

/** The organ whose name is all of a line, as below a title that leaves it out; 示例市 alone is the name of a site. */
function lineOfOrgan(line: string): string | null {
  const printed = plainTitle(line.slice(0, 100));
  return /[^省市县区]$/.test(printed) && organName(printed) === printed ? printed : null;
}

/** A sentence is no title. */
const CLAUSES = /[，。；！？]|(?<=\p{Script=Han})[,;!?](?=\p{Script=Han})/u;
/** A line that begins with a title and goes on after white space, with source and date or with all of the text. */
const GOES_ON = /^([^。]{6,80}?(?:报告|年报)\S{0,40})\s/;

/**
 * Lists of links to other reports stand before articles too: what the page title repeats is believed first, then
 * headings, then the line nearest to the text (the first line of all where no section begins the text); a trail of links
 * last. Where the nearest line is believed and something else supports it, other lines before it are navigation.
 */
function ranked(titles: Opening[], page: Title | null, nearest: boolean): Candidate[] {
  const repeated = ({ title }: Opening) =>
    page !== null && page.publisher === title.publisher && page.year === title.year;
  const score = (o: Opening) => (repeated(o) ? 2 : 0) + (o.heading ? 1 : 0) - (o.navigation ? 3 : 0);
  const byPlace = nearest ? titles.toReversed() : titles;
  // A title over several lines gives its parts too: what names the organ stands before them.
  const ordered = byPlace.toSorted(
    (a, b) => score(b) - score(a) || Number(b.title.publisher !== null) - Number(a.title.publisher !== null),
  );
  const believed = ordered[0];
  const own = byPlace.find((o) => o.title.publisher !== null && !o.navigation);
  const supported = own !== undefined && own === believed && (repeated(own) || own.heading);
  const differs = ({ title }: Opening) =>
    own !== undefined &&
    ((title.publisher !== null && title.publisher !== own.title.publisher) ||
      (title.year !== null && title.year !== own.title.year));
  return ordered.map((o) => ({
    title: o.title,
    from: o !== believed && (o.navigation || (supported && differs(o))) ? 'navigation' : 'line',
  }));
}

/** The trail of links from the home page to this one. */
const NAVIGATION = /[>»›→]|^\s*(?:您?(?:当前|现在|所在)的?(?:位置|栏目)|首页)/;

const plainText = (blocks: Block[]): string =>
  blocks.map((b) => (b.kind === 'paragraph' || b.kind === 'heading' ? b.text.replace(/\s/g, '') : '')).join('');

/** The same organ, allowing for a title that leaves out the city or says 政府办 for its office's own report. */
export const sameOrgan = (a: string, b: string): boolean => a === b || a.endsWith(b) || b.endsWith(a);

/** County of its prefecture, or the other way round. */
function related(a: string, b: string): boolean {
  const digits = (code: string) => code.replace(/(?:00){1,2}$/, '');
  return a.startsWith(digits(b)) || b.startsWith(digits(a));
}

/** Newspapers and other sites are sources as well. */
function sourceOf(doc: Doc): string | null {
  const source = organName(foldForms(doc.metas.ContentSource ?? ''));
  return source !== null && /(?:政府|办公[室厅]|局|委员会|厅|办事处|管委会)$/.test(source) ? source : null;
}

/** At the end of letters and reports their organ stands on a line of its own, and the day below it. */
function signedBy(doc: Doc): string | null {
  const lines = doc.blocks.filter((b) => b.kind === 'paragraph' && !b.aside && b.text !== '') as Paragraph[];
  const day = lines.findLastIndex(({ text }) => DAY.test(plainTitle(text.slice(0, 100))));
  return day < 1 || day < lines.length - AFTER_SIGNING ? null : lineOfOrgan(lines[day - 1]!.text);
}
const DAY = new RegExp(`^${YEAR}年[\\d一二三四五六七八九十]{1,2}月[\\d一二三四五六七八九十]{1,3}日$`, 'u');
/** Attachments and the like may follow. */
const AFTER_SIGNING = 4;

/** "自2020年1月1日起至2020年12月31日": the period a report states for its figures. */
function yearOfPeriod(doc: Doc): number | null {
  for (const block of doc.blocks) {
    if ((block.kind !== 'paragraph' && block.kind !== 'heading') || block.aside) continue;
    if (!/[月⽉㋀-㋋]/.test(block.text)) continue;
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
