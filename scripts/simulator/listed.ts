import { escapeHtml } from '../compose/shell.ts';
import { addAttachment } from './attached.ts';
import { articleRoute, listPage, pagesOf, text } from './pages.ts';
import { systems, type List, type System } from './systems.ts';
import type { Plan, Route, Routes } from './types.ts';

const perPage = 4;

/** Static lists, of which one may lead to others: of years, of kinds of units, of units. */
export function listedRoutes(plan: Plan): Routes {
  const system = systemOf(plan);
  const routes: Routes = new Map();
  for (const column of ['', ...Object.keys(plan.columns ?? {})]) addColumn(routes, plan, column, system);
  return routes;
}

export const firstPage = (plan: Plan): string => addressOf(systemOf(plan), plan.folder);

/** Path of a list: that of its folder, where the system answers there. */
function addressOf(system: System, folder: string): string {
  const name = system.page(1, { pages: 1, rows: 0, folder });
  return system.folder ? folder : name.startsWith('/') ? name : folder + name;
}

function systemOf({ id, system }: Plan): System {
  if (!system) throw new Error(`${id} names no system`);
  return systems[system];
}

function addColumn(routes: Routes, plan: Plan, column: string, system: System): void {
  const folder = plan.folder + column;
  const entries = plan.entries.filter((entry) => (entry.column ?? '') === column);
  const at = (name: string) => (name.startsWith('/') ? name : folder + name);
  const rows = entries.flatMap((entry) => {
    if (entry.instead) return [];
    addAttachment(routes, entry);
    const address = system.article(entry, folder);
    routes.set(at(address), articleRoute(entry, plan));
    return [system.row(entry, address)];
  });
  const pages = pagesOf(rows, perPage);
  const list: List = { pages: pages.length, rows: rows.length, folder };
  const standing = entries.find((entry) => entry.instead);
  pages.forEach((page, i) => {
    // Besides its own columns, that of a year shows those beside it.
    const own = i > 0 ? '' : columnsIn(plan, column, system) + (column === '' ? '' : columnsIn(plan, '', system));
    const html = listPage(plan, `${aside}${own}<ul class="list">${page.join('\n')}</ul>`, system.pager(i + 1, list));
    const route: Route = standing
      ? articleRoute(standing, plan)
      : { kind: 'list', reply: () => text(html, plan.listCharset, plan.contentType) };
    routes.set(at(system.page(i + 1, list)), route);
    if (i === 0 && system.folder) routes.set(folder, route);
  });
}

/** What stands beside every list of disclosed information, and is no list of reports. */
const aside =
  '<div class="side"><a href="/zwgk/zfxxgkzn/">政府信息公开指南</a> <a href="/zwgk/ysqgk/">依申请公开</a></div>';

/** The columns that one leads to: those in it that are in no other of them. */
function columnsIn({ columns = {}, folder }: Plan, column: string, system: System): string {
  const inside = Object.keys(columns).filter((path) => path !== column && path.startsWith(column));
  const next = inside.filter((path) => !inside.some((other) => other !== path && path.startsWith(other)));
  if (system.leads && next.length > 0) return system.leads(next.map((path) => addressOf(system, folder + path)));
  const links = next.map((path) => {
    const address = escapeHtml(addressOf(system, folder + path));
    return `<li><a href="${address}">${escapeHtml(columns[path] ?? '')}</a></li>`;
  });
  return links.length > 0 ? `<ul class="columns">${links.join('')}</ul>` : '';
}
