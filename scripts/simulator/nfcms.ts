import { escapeHtml } from '../compose/shell.ts';
import { addAttachment } from './attached.ts';
import { articleRoute, listPage, pagesOf, text } from './pages.ts';
import type { Entry, Plan, Routes } from './types.ts';

const perPage = 12;

const pathOf = (entry: Entry, plan: Plan) =>
  `${plan.folder}${entry.closed ? 'internal/' : ''}content/post_${entry.id}.html`;

/** Static lists `index.html`, `index_2.html`…; articles `content/post_N.html`, their twins `post_N_app.html`. */
export function nfcmsRoutes(plan: Plan): Routes {
  const routes: Routes = new Map();
  const rows = plan.entries.flatMap((entry) => {
    const path = pathOf(entry, plan);
    routes.set(path, articleRoute(entry, plan));
    addAttachment(routes, entry);
    if (!entry.twin) return [row(entry, path, plan)];
    const twin = path.replace('.html', '_app.html');
    routes.set(twin, articleRoute(entry, plan));
    return [row(entry, path, plan), row(entry, twin, plan)];
  });
  const pages = pagesOf(rows, perPage);
  pages.forEach((page, i) => {
    const turn = pages.map((_, n) => `<a href="${pageName(n)}">${n + 1}</a>`).join(' ');
    const html = listPage(
      plan,
      `<ul class="news_list">${page.join('\n')}</ul>`,
      `<div class="page">${turn} 共${pages.length}页</div>`,
    );
    const list = { kind: 'list' as const, reply: () => text(html, plan.listCharset, plan.contentType) };
    routes.set(plan.folder + pageName(i), list);
    if (i === 0) routes.set(plan.folder, list);
  });
  return routes;
}

const pageName = (i: number) => (i === 0 ? 'index.html' : `index_${i + 1}.html`);

const row = (entry: Entry, path: string, plan: Plan) =>
  `<li><a title="${escapeHtml(entry.title)}" href="http://${plan.host}${path}" target="_blank">${escapeHtml(entry.title)}</a><span>${entry.date}</span></li>`;
