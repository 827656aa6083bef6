import { blankTotals, blankZeros, revised } from '../compose/damage.ts';
import {
  departmentOf,
  departments,
  districts,
  governmentOf,
  officeOf,
  prefecture,
  type InventedPlace,
} from '../compose/names.ts';
import { cleanStyle } from '../compose/styles.ts';
import type { HtmlStyleName } from '../compose/styles.ts';
import { attachedReport } from './attached.ts';
import { decoysOf, othersOf } from './decoys.ts';
import { manners, type Manner } from './manners.ts';
import { encodings, reportsOf, turn, variedTitles } from './organs.ts';
import type { Entry, Plan, ReportEntry } from './types.ts';

/** 示例市 and its districts: nothing of it exists. */

const { utf8 } = encodings;
const gb = encodings.gbAsUtf8;

/** How small organs print their many zeros. */
const zeroStyles: HtmlStyleName[] = ['empty_cells', 'dashes', 'slashes', 'long_dashes', 'clean'];

function districtPlan(place: InventedPlace, manner: Manner, index: number): Plan {
  const base = 7_100_000 + index * 1000;
  const common = { division_code: place.division_code, encodings: manner.encodings, ...manner.organ };
  const government = reportsOf(
    { ...common, publisher: governmentOf(place), size: 'large', styles: manner.styles },
    base,
  );
  const department = reportsOf(
    {
      ...common,
      publisher: departmentOf(place, turn(departments, index)),
      size: 'small',
      styles: manner.family === 'gkmlpt' ? ['gkmlpt'] : [turn(zeroStyles, index)],
      titles: variedTitles,
      damage: (f) => (f.year >= 2022 ? blankZeros(f) : f),
    },
    base + 20,
  );
  const over = {
    ...(manner.family === 'gkmlpt' ? { frame: 'gkmlpt' as const } : {}),
    ...(manner.organ?.traditional ? { script: 'traditional' as const } : {}),
  };
  const entries: Entry[] = [
    ...government,
    ...department,
    ...decoysOf(place.name, base + 40, turn(manner.encodings, 0), over),
    attachedReport(place, base + 43, manner.file, turn(manner.encodings, 0), over),
  ];
  if (index < 2) entries[0] = { ...government[0]!, twin: true };
  if (manner.plan?.fragment) entries.push(...othersOf(place.name, base + 100, 85));
  return {
    ...portal(`sim-shili-${manner.slug}`, place, governmentOf(place), `www.${manner.slug}.shili`, manner.folder),
    family: manner.family,
    // One portal closes a folder to robots and puts two reports there.
    entries: sorted(
      manner.slug === 'xin'
        ? entries.map((e) => (e.id > base + 23 && e.id < base + 26 ? { ...e, closed: true } : e))
        : entries,
    ),
    ...manner.plan,
  };
}

const portal = (id: string, place: InventedPlace, name: string, host: string, folder: string): Plan => ({
  id,
  division: place.division_code,
  name,
  family: 'nfcms',
  host: `${host}.simulator.test`,
  folder,
  entries: [],
  note: 'invented place (虚构)',
  invented: true,
  contentType: 'text/html',
  listCharset: 'utf-8',
});

const sorted = (entries: Entry[]) => entries.toSorted((a, b) => b.date.localeCompare(a.date) || a.id - b.id);

function cityPlans(districtPlans: Plan[]): Plan[] {
  const organ = { division_code: prefecture.division_code, encodings: [utf8, gb, encodings.utf8AsGb] };
  const city = portal('sim-shili', prefecture, governmentOf(prefecture), 'www.shili', '/zwgk/zfxxgknb/szf/');
  const bureaus = departments.slice(0, 4).flatMap((department, i) =>
    reportsOf(
      {
        ...organ,
        publisher: departmentOf(prefecture, department),
        size: 'small',
        styles: [turn(zeroStyles, i + 1), i === 3 ? 'unitless' : 'clean'],
        titles: variedTitles,
        damage: (f) => (i === 0 && f.year === 2021 ? blankTotals(f) : i < 3 ? blankZeros(f, ['requests']) : f),
      },
      7_010_000 + i * 20,
    ),
  );
  return [
    {
      ...city,
      contentType: 'text/html; charset=UTF-8',
      entries: sorted([
        ...reportsOf(
          {
            ...organ,
            encodings: [utf8],
            publisher: governmentOf(prefecture),
            size: 'large',
            styles: ['clean', 'word', 'notes', 'yuan', 'layout', 'split'],
          },
          7_000_000,
        ),
        ...reportsOf(
          {
            ...organ,
            encodings: [utf8],
            publisher: officeOf(prefecture),
            size: 'small',
            styles: ['clean', 'dashes'],
            damage: blankZeros,
          },
          7_000_020,
        ),
        ...decoysOf(prefecture.name, 7_000_040, utf8),
        attachedReport(prefecture, 7_000_043, 'pdf', utf8, {}),
      ]),
    },
    {
      ...city,
      id: 'sim-shili-departments',
      name: '示例市各部门',
      folder: '/zwgk/zfxxgknb/bm/',
      entries: sorted(bureaus),
    },
    {
      ...city,
      id: 'sim-shili-districts',
      name: '示例市各区',
      folder: '/zwgk/zfxxgknb/qx/',
      entries: districtPlans.map((plan, i) => republished(plan, i)),
    },
  ];
}

/** The city shows its districts' reports on 2023 once more; in the second of them one number is not the same. */
function republished(plan: Plan, index: number): ReportEntry {
  const entry = plan.entries.find(
    (e): e is ReportEntry => e.kind === 'report' && e.figures.year === 2023 && e.figures.publisher === plan.name,
  );
  if (!entry) throw new Error(`${plan.id} has no report on 2023`);
  const { twin: _, ...rest } = entry;
  const figures = index === 1 ? revised(entry.figures) : entry.figures;
  return { ...rest, id: 7_020_000 + index, charset: 'utf-8', style: cleanStyle, figures };
}

export function examplePlans(): Plan[] {
  const own = districts.map((place, i) => districtPlan(place, turn(manners, i), i));
  return [...cityPlans(own), ...own];
}
