import { everyDivision, fullOrganName, type Division } from '../transforms/identity/divisions.ts';
import { groupedBy } from '../transforms/grouped.ts';
import type { PortalRow } from './inputs.ts';
import { kindOf, levelOf } from './organs.ts';
import type { TableRow } from './schema.ts';

/** The Regulations on Open Government Information came into force in May 2008, and oblige governments to report each year since. */
const FIRST_YEAR = 2008;

/** Whose reports no Regulations of the State Council ask for. */
const ELSEWHERE = /^(?:71|81|82)/;
/** Codes of zones, which are no divisions; islands and administrative committees have no people's government. */
const NO_GOVERNMENT = /7\d$/;
const DIVISION = /[省市县区旗盟州]$/;

const hasGovernment = ({ code, name }: Division): boolean =>
  !ELSEWHERE.test(code) && !NO_GOVERNMENT.test(code) && DIVISION.test(name);

/** Of a report that is there. */
interface Reported {
  publisher: string;
  division_code: string | null;
  year: number;
}

/**
 * Who ought to have published, by division and year up to `latest`. Of governments those in the provinces of the portals: what
 * nobody sets out to collect is no gap, and all provinces at once (58,000 rows) take 0.35 s of each build. No list of
 * departments and townships is known, and their names differ from place to place: expected is who has reported before.
 */
export function* expectedPublishers(portals: PortalRow[], latest: number, reported: Reported[]): Generator<TableRow> {
  yield* governments(portals, latest);
  yield* others(portals, latest, reported);
}

/**
 * Of each year from an organ's first report on, as long as its division has this code; after its last one the organ may
 * have been renamed, merged or abolished.
 */
function* others(portals: PortalRow[], latest: number, reported: Reported[]): Generator<TableRow> {
  const portalsOf = countsOf(portals);
  const ends = new Map<string, number>();
  for (const { code, until } of everyDivision()) ends.set(code, Math.max(until, ends.get(code) ?? 0));
  for (const reports of groupedBy(reported, ({ division_code, publisher }) => [
    `${division_code} ${publisher}`,
  ]).values()) {
    const { division_code: code, publisher } = reports[0]!;
    const kind = kindOf(publisher);
    if (code === null || kind === 'government') continue;
    const years = reports.map(({ year }) => year);
    for (let year = Math.min(...years); year <= latest && year < (ends.get(code) ?? Infinity); year++)
      yield {
        division_code: code,
        kind,
        year,
        publisher,
        level: levelOf(code, kind),
        uncertain: year > Math.max(...years),
        portals: portalsOf.get(code) ?? 0,
        source: 'derived',
      };
  }
}

function countsOf(portals: PortalRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { division } of portals) counts.set(division, (counts.get(division) ?? 0) + 1);
  return counts;
}

function* governments(portals: PortalRow[], latest: number): Generator<TableRow> {
  const portalsOf = countsOf(portals);
  const provinces = new Set([...portalsOf.keys()].map((code) => code.slice(0, 2)));
  for (const division of everyDivision()) {
    const { code, name, from, until } = division;
    if (!provinces.has(code.slice(0, 2)) || !hasGovernment(division)) continue;
    const publisher = fullOrganName(name, code, '');
    for (let year = Math.max(from, FIRST_YEAR); year < Math.min(until, latest + 1); year++)
      yield {
        division_code: code,
        kind: 'government',
        year,
        publisher,
        level: levelOf(code, 'government'),
        uncertain: year === until - 1,
        portals: portalsOf.get(code) ?? 0,
        source: 'regulations',
      };
  }
}
