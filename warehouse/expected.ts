import { everyDivision, fullOrganName, type Division } from '../transforms/identity/divisions.ts';
import type { PortalRow } from './inputs.ts';
import { levelOf } from './organs.ts';
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

/**
 * Which governments ought to have published, by division and year up to `latest`, in the provinces of the portals: what
 * nobody sets out to collect is no gap, and all provinces at once (58,000 rows) take 0.35 s of each build. Departments and
 * townships are not in it, as no list of them is known.
 */
export function* expectedPublishers(portals: PortalRow[], latest: number): Generator<TableRow> {
  const portalsOf = new Map<string, number>();
  for (const { division } of portals) portalsOf.set(division, (portalsOf.get(division) ?? 0) + 1);
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
      };
  }
}
