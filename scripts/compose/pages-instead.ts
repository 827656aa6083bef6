import { composeFigures } from './figures.ts';
import { htmlPage } from './html.ts';
import type { PageRecipe } from './recipe.ts';
import { cleanStyle } from './styles.ts';

/** What sites send in place of an article, and an article that did not come whole. */

const shown =
  (title: string, body: string): PageRecipe =>
  () => ({
    extension: 'html',
    bytes: Buffer.from(
      `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${title}</title></head><body><div class="main">${body}</div></body></html>\n`,
    ),
  });

const links = Array.from(
  { length: 24 },
  (_, i) => `<li><a href="/xwzx/news_${i}.html">示例市召开第${i + 1}次政务服务工作推进会</a></li>`,
);

export const insteadPages = {
  'html-instead-login': shown(
    '统一身份认证平台',
    '<h2>统一身份认证平台</h2><form><p>用户名 <input name="user"></p><p>密码 <input type="password"></p><button>登录</button></form>',
  ),
  'html-instead-wall': shown(
    '访问受限',
    '<h1>您的访问可能对网站造成威胁，已被拦截</h1><p>如有疑问，请把本页的编号告诉网站的管理人员。</p>',
  ),
  'html-instead-maintenance': shown(
    '示例市人民政府门户网站',
    '<h1>公告</h1><p>因系统升级维护，本网站将于近日暂停服务，给您带来的不便敬请谅解。</p>',
  ),
  'html-instead-error': shown('出错了', '<h1>404</h1><p>您访问的页面不存在或已被删除。</p>'),
  'html-instead-index': shown('示例市人民政府门户网站', `<ul>${links.join('\n')}</ul>`),
  'html-cut-short': () => {
    const figures = composeFigures({
      seed: 5,
      publisher: '示例市丁县交通运输局',
      division_code: '990124',
      year: 2022,
    });
    const page = Buffer.from(htmlPage(figures, cleanStyle));
    return { extension: 'html', bytes: page.subarray(0, Math.floor(page.length * 0.6)) };
  },
} satisfies Record<string, PageRecipe>;
