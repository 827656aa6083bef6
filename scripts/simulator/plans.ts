import { revised } from '../compose/damage.ts';
import { truthOf, type Truth } from '../compose/figures.ts';
import { behindRoutes, columnOf } from './behind.ts';
import { countyPlans } from './example-counties.ts';
import { examplePlans } from './example-prefecture.ts';
import { townPlans } from './example-towns.ts';
import { gkmlptRoutes, nodes } from './gkmlpt.ts';
import { guangzhouPlans } from './guangzhou.ts';
import { firstPage, listedRoutes } from './listed.ts';
import { nfcmsRoutes } from './nfcms.ts';
import { plainRoutes } from './plain.ts';
import type { Entry, Misbehaviour, Plan, Route, Routes } from './types.ts';

export const allPlans = (): Plan[] => [...guangzhouPlans(), ...examplePlans(), ...countyPlans(), ...townPlans()];

function indexUrl(plan: Plan): string {
  if (plan.behind) return `http://${plan.host}${columnOf(plan)}`;
  if (plan.system) return `http://${plan.host}${firstPage(plan)}`;
  const shell = `gkmlpt/${plan.shell ?? 'index'}${plan.fragment ? `#${nodes.reports}` : ''}`;
  return `http://${plan.host}${plan.folder}${plan.family === 'gkmlpt' ? shell : ''}`;
}

const columns = ['id', 'division', 'name', 'family', 'index_url', 'from', 'until', 'vantage', 'note'] as const;

const quoted = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** In the shape that `parseRegister` reads. */
export function registerOf(plans: Plan[]): string {
  const rows = plans.map((plan) => ({
    ...plan,
    family: plan.registered ?? plan.family,
    index_url: indexUrl(plan),
    from: '',
    until: '',
    vantage: 'simulator',
  }));
  return [columns.join(), ...rows.map((row) => columns.map((c) => quoted(row[c])).join())].join('\n') + '\n';
}

function build(plan: Plan): Routes {
  if (plan.behind) return behindRoutes(plan);
  if (plan.system) return listedRoutes(plan);
  if (plan.family === 'gkmlpt') return gkmlptRoutes(plan);
  return plan.family === 'nfcms' ? nfcmsRoutes(plan) : plainRoutes(plan);
}

/** What a portal serves while it behaves in this way; modes that only concern the connection serve the usual pages. */
export function routesOf(plan: Plan, mode: Misbehaviour): Routes {
  const listsOf = (entries: Entry[]) => [...build({ ...plan, entries })].filter(([, route]) => route.kind === 'list');
  const othersOf = (entries: Entry[]) => [...build({ ...plan, entries })].filter(([, route]) => route.kind !== 'list');
  if (mode === 'empty') return new Map<string, Route>([...listsOf([]), ...othersOf(plan.entries)]);
  if (mode === 'moved') return new Map<string, Route>(othersOf(plan.entries));
  if (mode === 'dead') {
    const newest = plan.entries.find((e) => e.kind === 'report');
    return new Map<string, Route>([...listsOf(plan.entries), ...othersOf(plan.entries.filter((e) => e !== newest))]);
  }
  if (mode === 'changed') return build({ ...plan, entries: newestRevised(plan.entries) });
  if (mode === 'redesigned') return build({ ...plan, entries: plan.entries.map(redesigned) });
  return build(plan);
}

function newestRevised(entries: Entry[]): Entry[] {
  const newest = entries.find((e) => e.kind === 'report');
  return entries.map((e) => (e === newest && e.kind === 'report' ? { ...e, figures: revised(e.figures) } : e));
}

const redesigned = <E extends Entry>(e: E): E =>
  e.style.frame === 'gkmlpt' ? e : { ...e, style: { ...e.style, frame: e.style.frame === 'plain' ? 'trs' : 'plain' } };

/** What a list of a portal leads to, for evaluation: one row for each article. */
export interface SimulatedDocument {
  portal: string;
  title: string;
  date: string;
  kind: Entry['kind'];
  id: number;
  /** robots.txt closes its folder. */
  closed: boolean;
  /** Of the page, or of the file it links to; null for what holds no report. */
  truth: Truth | null;
}

export const documentsOf = (plan: Plan): SimulatedDocument[] =>
  plan.entries.map((e) => ({
    portal: plan.id,
    title: e.title,
    date: e.date,
    kind: e.kind,
    id: e.id,
    closed: e.closed ?? false,
    truth: e.kind === 'report' ? truthOf(e.figures, e.style.amounts) : e.file?.figures ? truthOf(e.file.figures) : null,
  }));
