import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drawFigures } from '../compose/draw.ts';
import { htmlPage } from '../compose/html.ts';
import { titleOf } from '../compose/prose.ts';
import { seedOf } from '../compose/random.ts';
import { htmlStyles } from '../compose/styles.ts';

/**
 * A process that serves any number of portals, `p<N>.simulator.test`, until its parent goes: lists of so many articles that
 * are not made before they are asked for. What is confirmed by its ETag is not sent again.
 */

const PER_PAGE = 50;
const [asked, style] = process.argv.slice(2);
const articles = Number(asked);
const pages = Math.ceil(articles / PER_PAGE);
const figures = drawFigures(seedOf('bench', 'fetching', 2));
const report = htmlPage(figures, style === 'clean' ? htmlStyles.clean : htmlStyles.word);

const titleFor = (host: string, n: number) => titleOf(figures).replace(/^示例市../, `示例市${host.slice(1)}区${n}号`);

function listOf(host: string, page: number): string {
  const first = (page - 1) * PER_PAGE;
  const rows = Array.from({ length: Math.min(PER_PAGE, articles - first) }, (_, i) => {
    const title = titleFor(host, first + i);
    return `<li><a title="${title}" href="/nb/content/post_${first + i}.html">${title}</a><span>2024-01-20</span></li>`;
  });
  const turn = Array.from({ length: pages }, (_, i) => `<a href="${nameOf(i + 1)}">${i + 1}</a>`).join(' ');
  return `<html><body><ul>${rows.join('\n')}</ul><div class="page">${turn} 共${pages}页</div></body></html>`;
}
const nameOf = (page: number) => (page === 1 ? '/nb/index.html' : `/nb/index_${page}.html`);

function bodyOf(host: string, path: string): string | null {
  const article = /^\/nb\/content\/post_(\d+)\.html$/.exec(path)?.[1];
  if (article !== undefined) return report.replace('</body>', `<!-- ${host} ${article} --></body>`);
  const page = path === '/nb/' ? '1' : (/^\/nb\/index(?:_(\d+))?\.html$/.exec(path)?.[1] ?? '1');
  return path.startsWith('/nb/') && Number(page) <= pages ? listOf(host, Number(page)) : null;
}

const count = { requests: 0, articles: 0, bodies: 0, bytes: 0 };
const server = createServer(({ url = '', headers }, response) => {
  const host = (headers.host ?? '').split('.')[0] ?? '';
  const body = bodyOf(host, url);
  const isArticle = url.includes('/content/');
  count.requests++;
  if (isArticle) count.articles++;
  if (body === null) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('none');
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  if (headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  const bytes = Buffer.from(body);
  if (isArticle) count.bodies++;
  count.bytes += bytes.length;
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': bytes.length, etag })
    .end(bytes);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
// Asked for: what there was since it was asked before.
process.on('message', () => {
  process.send?.({ ...count });
  Object.assign(count, { requests: 0, articles: 0, bodies: 0, bytes: 0 });
});
process.on('disconnect', () => process.exit());
