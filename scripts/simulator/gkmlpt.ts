import { scriptString } from '../compose/shell.ts';
import { nfcmsRoutes } from './nfcms.ts';
import { addAttachment, addressOf } from './attached.ts';
import { articleRoute, listPage, pagesOf, text } from './pages.ts';
import type { Entry, Plan, Routes } from './types.ts';

const perPage = 100;
/** The node of annual reports, a second one that holds the newer ones again, and one that leads to an ordinary column. */
export const nodes = { reports: 721, recent: 725, older: 730 };

const pathOf = (entry: Entry, plan: Plan, name: 'post' | 'mpost') =>
  `${plan.folder}gkmlpt/content/${Math.floor(entry.id / 1e6)}/${Math.floor(entry.id / 1e3)}/${name}_${entry.id}.html`;

/** A shell that only runs with JavaScript, a JSON interface behind it, and articles with their body inside a script. */
export function gkmlptRoutes(plan: Plan): Routes {
  const routes: Routes = new Map();
  // Without a fragment in the register the tree has a node that leads to an ordinary column with the oldest reports.
  const isOlder = (e: Entry) => plan.fragment !== true && e.kind === 'report' && e.figures.year === 2019;
  const older = plan.entries.filter(isOlder);
  const entries = plan.entries.filter((e) => !isOlder(e));
  const recent = entries.filter((e) => e.date >= '2023');
  const column = `${plan.folder}nb/`;
  for (const entry of entries) {
    routes.set(pathOf(entry, plan, 'post'), articleRoute(entry, plan));
    routes.set(`${pathOf(entry, plan, 'post')}?jump=true`, articleRoute(entry, plan));
    routes.set(pathOf(entry, plan, 'mpost'), articleRoute(entry, plan));
    addAttachment(routes, entry);
  }
  if (older.length > 0)
    for (const [path, route] of nfcmsRoutes({ ...plan, folder: column, entries: older })) routes.set(path, route);
  const tree = treeOf(plan, entries.length, recent.length, older.length > 0 ? `http://${plan.host}${column}` : '');
  routes.set(`${plan.folder}gkmlpt/${plan.shell ?? 'index'}`, {
    kind: 'list',
    reply: () => text(shellPage(plan, tree), 'utf-8', plan.contentType),
  });
  addApi(routes, plan, nodes.reports, entries);
  addApi(routes, plan, nodes.recent, recent);
  return routes;
}

/** The fragment of the interface's sid. */
const sidOf = (plan: Plan) => `9${plan.division.slice(1)}`;

const node = (id: number, name: string, post_count: number, jump_url = '') => ({
  id,
  name,
  parent: 700,
  children: [],
  jump_url,
  post_count,
});

function treeOf(plan: Plan, all: number, recent: number, column: string) {
  const children = [
    node(nodes.reports, '政府信息公开年度报告', all),
    ...(plan.fragment === true ? [] : [node(nodes.recent, '政府信息公开年报（近年）', recent)]),
    ...(column === '' ? [] : [node(nodes.older, '政府信息公开年报（历年）', 0, column)]),
  ];
  return [
    { id: 701, name: '政府信息公开指南', parent: 0, children: [], jump_url: '', post_count: 1 },
    { id: 700, name: '法定主动公开内容', parent: 0, children, jump_url: '', post_count: all },
  ];
}

/** Unquoted keys and single quotes: a JavaScript object; only the value of TREE is JSON. */
const shellPage = (plan: Plan, tree: unknown) =>
  listPage(
    plan,
    `<div id="app"></div><script>window._CONFIG = { NAME: ${scriptString(plan.name)}, SID: '${sidOf(plan)}', SERVICE_AREA_ID: 1, ` +
      `${plan.shell === 'annualreport' ? '' : `TREE: ${JSON.stringify(tree)}, `}THEME: 'default', // theme\n MOBILE: false };</script><script src="${plan.folder}gkmlpt/app.js"></script>`,
  );

function addApi(routes: Routes, plan: Plan, node: number, entries: Entry[]) {
  const address = (page: number | null) =>
    `${plan.folder}gkmlpt/api/all/${node}?${page === null ? '' : `page=${page}&`}sid=${sidOf(plan)}`;
  const rows = entries.map((e) => rowOf(e, plan));
  const pages = pagesOf(rows, perPage);
  const body = (articles: unknown[]) =>
    `${JSON.stringify({ total: rows.length, articles, classify: { id: node, post_count: rows.length } })}\n`;
  const add = (page: number | null, articles: unknown[]) =>
    routes.set(address(page), { kind: 'list', reply: () => text(body(articles), 'utf-8', 'application/json') });
  // Page 0 and page 1 are the same rows, and so is the address without a page.
  add(null, pages[0] ?? []);
  add(0, pages[0] ?? []);
  pages.forEach((articles, i) => add(i + 1, articles));
  if (plan.end === 'empty') add(pages.length + 1, []);
}

/** Types are mixed on the real platform: sizes and `relation` are strings. */
function rowOf(entry: Entry, plan: Plan) {
  const time = Date.parse(`${entry.date}T00:25:04+08:00`) / 1000;
  const address = (name: 'post' | 'mpost') => `http://${plan.host}${pathOf(entry, plan, name)}`;
  const file = entry.kind === 'report' ? undefined : entry.file;
  return {
    id: entry.id,
    title: entry.title,
    // The page of reports alone leads to articles with a query, the catalogue to the same without.
    url: plan.shell === 'annualreport' && entry.id % 2 === 0 ? `${address('post')}?jump=true` : address('post'),
    post_url: address(entry.twin ? 'mpost' : 'post'),
    publisher: plan.name,
    // Local time shortly after midnight: read as UTC it is the day before.
    created_at: `${entry.date} 00:25:04`,
    create_time: time,
    display_publish_time: time,
    document_number: '',
    identifier: `SL${plan.division}-${entry.id}`,
    attachment: file
      ? [
          {
            id: entry.id + 1,
            name: `${entry.title}.${file.format}`,
            type: file.format,
            size: '26624',
            url: `http://${plan.host}${addressOf(entry.id, file)}`,
          },
        ]
      : [],
    relation: '[]',
    is_abolished: 0,
  };
}
