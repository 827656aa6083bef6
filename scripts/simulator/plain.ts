import { escapeHtml } from '../compose/shell.ts';
import { addAttachment } from './attached.ts';
import { articleRoute, listPage, pagesOf, text } from './pages.ts';
import type { Entry, Plan, Routes } from './types.ts';

const perPage = 8;
const nameOf = (entry: Entry) => `${entry.date.slice(0, 4)}_${entry.id}.htm`;

/** Lists made by hand in a layout table, or rows that a script writes. */
export function plainRoutes(plan: Plan): Routes {
  const routes: Routes = new Map();
  for (const entry of plan.entries) {
    routes.set(plan.folder + nameOf(entry), articleRoute(entry, plan));
    addAttachment(routes, entry);
  }
  if (plan.scripted) addScripted(routes, plan);
  else addStatic(routes, plan);
  return routes;
}

const pageName = (i: number) => (i === 0 ? 'list.htm' : `list${i + 1}.htm`);

function addStatic(routes: Routes, plan: Plan) {
  const pages = pagesOf(plan.entries, perPage);
  pages.forEach((page, i) => {
    const rows = page.map(
      (e) =>
        `<tr><td width="20">·</td><td><a href="${nameOf(e)}">${escapeHtml(e.title)}</a></td><td>[${e.date}]</td></tr>`,
    );
    const next = i + 1 < pages.length ? `<a href="${pageName(i + 1)}">下一页</a>` : '下一页';
    const html = listPage(
      plan,
      `<table width="760" align="center">${rows.join('\n')}</table>`,
      `<p>第${i + 1}页 ${next}</p>`,
    );
    const list = { kind: 'list' as const, reply: () => text(html, plan.listCharset, plan.contentType) };
    routes.set(plan.folder + pageName(i), list);
    if (i === 0) routes.set(plan.folder, list);
  });
}

/** Addresses are put together in the browser: neither the page nor the data file holds one. */
function addScripted(routes: Routes, plan: Plan) {
  const rows = plan.entries.map((e) => [nameOf(e).replace('.htm', ''), e.title, e.date]);
  const script = [
    `var rows = ${JSON.stringify(rows)};`,
    "var list = document.getElementById('list');",
    'rows.forEach(function (row) {',
    "  var item = document.createElement('li');",
    "  var link = document.createElement('a');",
    "  link.href = row[0] + '.' + 'htm';",
    '  link.textContent = row[1];',
    "  var date = document.createElement('span');",
    '  date.textContent = row[2];',
    '  item.append(link, date);',
    '  list.append(item);',
    '});',
    '',
  ].join('\n');
  const html = listPage(plan, '<ul id="list"></ul>', '<script src="list.js"></script>');
  routes.set(plan.folder, { kind: 'list', reply: () => text(html, plan.listCharset, plan.contentType) });
  routes.set(`${plan.folder}list.js`, {
    kind: 'list',
    reply: () => text(script, 'utf-8', 'text/javascript; charset=utf-8'),
  });
}
