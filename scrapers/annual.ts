import type { Frame } from './annual-frame.ts';
import { ended, sentOf, type Page, type Run } from './run.ts';

/** Hanweb's module of annual reports has one address for each unit and year and no list of them: all years are asked for. */

/** The first year that the Regulations of 2008 ask a report on. */
const FIRST_YEAR = 2008;
const MAX_UNITS = 200;

/** Every year of every unit that the page leads to, its own first. */
export async function readAnnual(run: Run, shown: Page): Promise<void> {
  const frame = await run.io.look('frame', sentOf(shown));
  if ('unseen' in frame) return run.problem('list_failed', { list: shown.url, said: frame.unseen });
  const at = new URL(shown.url);
  const own = at.searchParams.get('area');
  const module = own === null ? new URL(frame.module ?? '/module/xxgk/xxgkAnnualReport.jsp', at) : at;
  const areas = own === null ? frame.areas : [own];
  if (areas.length === 0) return run.problem('column_missing', { list: shown.url });
  if (areas.length > MAX_UNITS) run.problem('page_limit', { list: shown.url, columns: areas.length, read: MAX_UNITS });
  for (const area of areas.slice(0, MAX_UNITS)) await readUnit(run, area, module);
}

async function readUnit(run: Run, area: string, module: URL): Promise<void> {
  // One that ignores the year shows the same report for all of them.
  const shown: Frame[] = [];
  const before = run.found.links.length;
  for (let year = run.io.now().getUTCFullYear(); year >= FIRST_YEAR; year -= 1) {
    const url = addressOf(module, area, year);
    const page = await run.io.get(url, 'list');
    if (page.outcome === 'not_found' || page.outcome === 'empty') continue;
    if (page.outcome !== 'ok') {
      ended(run, page, url, 2, false);
      if (page.outcome === 'disallowed' || page.outcome === 'postponed') return;
      continue;
    }
    run.pages += 1;
    const frame = await run.io.look('frame', sentOf(page));
    if ('unseen' in frame) {
      run.problem('list_failed', { list: url, said: frame.unseen });
      continue;
    }
    if (!frame.holds || shown.some((other) => showSame(other, frame))) continue;
    shown.push(frame);
    // The address itself says what it leads to, where the page prints no title.
    const title = frame.title ?? `${year}年政府信息公开年度报告`;
    run.found.add({ href: url, base: url, title, date: null, id: `${area} ${year}` });
  }
  if (run.found.links.length === before) run.problem('list_empty', { list: module.href, how: 'page' });
}

/** With the parameters in the order in which the page has them. */
function addressOf(module: URL, area: string, year: number): string {
  const url = new URL(module);
  url.searchParams.set('area', area);
  url.searchParams.set('fbtime', String(year));
  url.hash = '';
  return url.href;
}

/** A counter, a date and a time of day: what two copies of one page differ in. */
const MOST_COUNTED = 7;
/** Whether both show one report. Reports of two years differ in the year, which their text names, if in nothing else. */
function showSame(a: Frame, b: Frame): boolean {
  if (a.words !== b.words || a.numbers.length !== b.numbers.length) return false;
  const other = a.numbers.flatMap((number, i) => (number === b.numbers[i] ? [] : [number, b.numbers[i] ?? '']));
  return other.length <= 2 * MOST_COUNTED && !other.some((number) => /^(?:19|20)\d\d$/.test(number));
}
