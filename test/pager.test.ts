import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { readPager, type Pager } from '../scrapers/pager.ts';
import { addressesOn } from '../scrapers/written.ts';

const HOST = 'http://www.shili.simulator.test';

/** What a page says, its addresses without the host. */
function pagerOf(html: string, path = '/nb/list.htm'): Omit<Pager, 'numbered'> & { numbered: Record<number, string> } {
  const page = HOST + path;
  const pager = readPager(load(html), new URL(page), addressesOn(page, undefined, 'utf-8'));
  const short = (url: string) => url.replace(HOST, '');
  return {
    ...pager,
    next: pager.next === null ? null : short(pager.next),
    numbered: Object.fromEntries(pager.numbered.map(({ number, url }) => [number, short(url)])),
  };
}

const nothing = { pages: null, rows: null, next: null, numbered: {}, asks: null, scripted: null };

test.each<[string, string, object]>([
  ['words', '<a href="list2.htm">下一页</a>', { next: '/nb/list2.htm' }],
  ['words in marks', '<a href="list2.htm"> [下页>>] </a>', { next: '/nb/list2.htm' }],
  ['Traditional words', '<a href="list2.htm">下一頁</a>', { next: '/nb/list2.htm' }],
  ['a picture with words', '<a href="list2.htm"><img src="n.gif" alt="下一页"></a>', { next: '/nb/list2.htm' }],
  [
    'a picture by its name',
    '<p>第1页 <a href="list2.htm"><img src="/img/btn_next.gif" alt=""></a></p>',
    { next: '/nb/list2.htm' },
  ],
  [
    'a picture beside rows',
    '<p>示例</p>第1页 <a href="/nb/p2/"><img src="/img/next.gif" alt=""></a>',
    { next: '/nb/p2/' },
  ],
  ['a title', '<a href="list2.htm" title="下一页"><i class="icon"></i></a>', { next: '/nb/list2.htm' }],
  ['rel', '<link rel="next" href="list2.htm">', { next: '/nb/list2.htm' }],
  [
    'a mark beside numbers',
    '<p><b>1</b> <a href="list2.htm">2</a> <a href="list2.htm">&gt;</a></p>',
    { next: '/nb/list2.htm', numbered: { 2: '/nb/list2.htm' } },
  ],
  ['numbers only', '<p><a href="list.htm">1</a> <a href="list2.htm">2</a></p>', { numbered: { 2: '/nb/list2.htm' } }],
  [
    'numbers in the body',
    '<a href="list.htm">1</a> <a href="list2.htm">[2]</a> <a href="/a.htm">示例</a>',
    { numbered: { 2: '/nb/list2.htm' } },
  ],
  [
    'numbers in a query',
    '<ul><li>1</li><li><a href="?cid=7&page=2">2</a></li></ul>',
    { numbered: { 2: '/nb/list.htm?cid=7&page=2' } },
  ],
  [
    'pages that count down',
    '<span class="p_pages"><span class="p_no_d">1</span><span><a href="list/4.htm">2</a></span><span><a href="list/1.htm">5</a></span><span><a href="list/4.htm">下页</a></span></span>',
    { next: '/nb/list/4.htm', numbered: { 2: '/nb/list/4.htm', 5: '/nb/list/1.htm' } },
  ],
  ['an address in a script', `<a href="javascript:go('list2.htm')">下一页</a>`, { next: '/nb/list2.htm' }],
  ['an address in onclick', `<span onclick="location.href='list2.htm'">下一页</span>`, { next: '/nb/list2.htm' }],
  ['a location of any name', `<a href="#" onclick="location.href='list-2'">下一页</a>`, { next: '/nb/list-2' }],
  ['onclick around', `<li onclick="open('/nb/list2.htm')"><a>下一页</a></li>`, { next: '/nb/list2.htm' }],
  ['a script of its own', '<a href="#" onclick="go(2)">下一页</a>', { scripted: 'go(2)' }],
  ['a script in the address', '<a href="javascript:go(2)">下一页</a>', { scripted: 'javascript:go(2)' }],
  ['an element that is no link', '<span onclick="go(2)">下一页</span>', { scripted: 'go(2)' }],
  ['a button', '<input type="button" value="下一页" onclick="go(2)">', { scripted: 'go(2)' }],
  ['more', '<div onclick="more()">点击加载更多</div>', { scripted: 'more()' }],
  ['more, by a script that is elsewhere', '<div class="more">点击加载更多</div>', { scripted: '点击加载更多' }],
  [
    'numbers, by a script that is elsewhere',
    '<ul class="pagination"><li><a>1</a></li><li><a href="#">2</a></li></ul>',
    { scripted: '2' },
  ],
  ['numbers that say so', '<p><a>1</a><a href="#" data-page="2">2</a></p>', { scripted: '2' }],
  [
    'a drop-down list of addresses',
    '<select onchange="go(this.value)"><option value="list.htm">1</option><option value="list2.htm">2</option></select>',
    { pages: 2, numbered: { 2: '/nb/list2.htm' } },
  ],
  [
    'a drop-down list of numbers',
    '<p>转到第<select onchange="go(this.value)"><option value="1">1</option><option value="2">2</option></select>页</p>',
    { pages: 2, scripted: 'select go(this.value)' },
  ],
])('the next page by %s', (_, html, told) => expect(pagerOf(`<body>${html}</body>`)).toEqual({ ...nothing, ...told }));

test.each<[string, string]>([
  ['the end of a list', '<a href="#">下一页</a>'],
  ['a control without effect', '<a href="javascript:void(0);">下一页</a>'],
  ['a control that is off', '<a class="disabled" href="list9.htm">下一页</a><button disabled>下一页</button>'],
  ['words that are no link', '<span>下一页</span>'],
  ['days and slides', '<div class="calendar"><a href="#">1</a><a href="#">2</a></div>'],
  ['dots of a slide show', '<p class="swiper-pagination"><a href="#">1</a><a href="#">2</a></p>'],
  ['one page', '<ul class="pagination"><li><a href="#">1</a></li></ul>'],
  ['more of something else', '<a href="javascript:;">查看更多</a><button onclick="go()">更多</button>'],
  ['more that is hidden', '<div style="display: none">加载更多</div>'],
  ['the page itself', '<a href="list.htm">下一页</a><a href="?">2</a>'],
  ['more of another column', '<a href="/xw/">&gt;&gt;</a>'],
  ['the next article', '<a href="a2.htm">下一篇</a>'],
  ['numbers that are titles', '<p>文号 <a href="/a/7.htm">7</a> 已公开</p>'],
  ['months', '<select><option>1</option><option>2</option><option>3</option></select>'],
  ['years', '<p>页<select><option>2023</option><option>2022</option></select></p>'],
])('no further page: %s', (_, html) => expect(pagerOf(`<body>${html}</body>`)).toEqual(nothing));

test.each<[string, object]>([
  ['共5条 第1/2页', { pages: 2, rows: 5 }],
  ['共 35 条记录，第 1 页/共 3 页', { pages: 3, rows: 35 }],
  ['共有35条信息　页次：１/３页', { pages: 3, rows: 35 }],
  ['总记录数：35　总页数：3', { pages: 3, rows: 35 }],
  ['当前第12页，共30页', { pages: 30 }],
  ['共35条 1/3 <a href="list2.htm">下页</a>', { pages: 3, rows: 35, next: '/nb/list2.htm' }],
  ['<span>共 35 条</span><b>1</b><a href="list2.htm">2</a>', { rows: 35, numbered: { 2: '/nb/list2.htm' } }],
  ['1 of 3 <a href="list2.htm">next</a>', { pages: 3, next: '/nb/list2.htm' }],
  ['共三页，第一页', { pages: 3 }],
  ['共有十二条记录 第一页/共二页', { pages: 2, rows: 12 }],
  ['<p>示例</p><a href="list2.htm">下一页</a> <span>1/3</span>', { pages: 3, next: '/nb/list2.htm' }],
  ['<i data-total="35" data-pagesize="10" data-pagecount="4"></i>', { pages: 4, rows: 35 }],
  ['<i data-total="35"></i>', {}],
  ['第12页', {}],
  ['共收到申请5条，办结3条', {}],
])('what is printed as %s', (text, told) => {
  expect(pagerOf(`<body><ul><li>2024/1/29 示例</li></ul><div>${text}</div></body>`)).toEqual({ ...nothing, ...told });
});

test.each<[string, string, string, object]>([
  [
    'TRS, whose second page is _1',
    '/nb/',
    'createPageHTML(3, 0, "index", "html");',
    { pages: 3, numbered: { 2: '/nb/index_1.html', 3: '/nb/index_2.html' } },
  ],
  [
    'TRS, on a later page',
    '/nb/index_1.htm',
    "createPageHTML('3','1','index','htm')",
    { pages: 3, numbered: { 1: '/nb/index.htm', 3: '/nb/index_2.htm' } },
  ],
  [
    'UCAP, whose second page is _2',
    '/nb/common_list.shtml',
    "createPageHTML('page_div', 3, 1, 'common_list', 'shtml', 35);",
    { pages: 3, rows: 35, numbered: { 2: '/nb/common_list_2.shtml', 3: '/nb/common_list_3.shtml' } },
  ],
  [
    'an order of TRS that counts from one',
    '/nb/index.html',
    'createPageHTML(3, 1, "index", "html")',
    { pages: 3, numbered: { 2: '/nb/index_2.html', 3: '/nb/index_3.html' } },
  ],
  ['one page', '/nb/', 'createPageHTML(1, 0, "index", "html")', { pages: 1 }],
  ['a definition', '/nb/', 'function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) {}', {}],
  [
    'a call in a comment',
    '/nb/',
    '// createPageHTML(9, 0, "index", "html")\n/* createPageHTML(9, 0, "index", "html") */',
    {},
  ],
  [
    'variables',
    '/nb/index.htm',
    'var currentPage = 0;\nvar countPage = 2;\ndocument.write("<a href=\\"index"+"_" + (currentPage+1) + "."+"htm\\">下一页</a>");',
    { pages: 2, numbered: { 2: '/nb/index_1.htm' } },
  ],
  ['totals of a widget', '/nb/', "$('#u').jpage({totalRecord:189, perPage:15})", { rows: 189 }],
  ['layui', '/nb/', "laypage.render({elem: 'p', count: 189, limit: 15})", { rows: 189 }],
  ['a count of pages', '/nb/', 'var opt = {"pageCount": 4}', { pages: 4 }],
  ['a count of anything', '/nb/', 'var visits = {count: 189}', {}],
  [
    'a block of a template',
    '/columns/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f/index.html',
    "get('/columns/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f/templates/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f/blocks/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f')",
    {
      asks: `${HOST}/columns/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f/templates/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f/blocks/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f?page={number}&fix=0`,
    },
  ],
])('what a script is given: %s', (_, path, script, told) => {
  expect(pagerOf(`<body><script>${script}</script></body>`, path)).toEqual({ ...nothing, ...told });
});

test('variables without a name go on as the names of the rows do', () => {
  const rows = '<a href="/index.html">首页</a><a href="./202401/t1_1.shtml">一</a><a href="./202401/t1_2.shtml">二</a>';
  const { numbered } = pagerOf(`${rows}<script>var currentPage = 0; var countPage = 2;</script>`, '/nb/');
  expect(numbered).toEqual({ 2: '/nb/index_1.shtml' });
});

test('a drop-down list of thousands takes a time in proportion to its length', () => {
  const html = (pages: number) =>
    `<p>页<select>${Array.from({ length: pages }, (_, i) => `<option value="l_${i + 1}.htm">${i + 1}</option>`).join('')}</select></p>`;
  const timeOf = (work: () => void): number => {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    return user + system;
  };
  const read = pagerOf(html(9999));
  expect([read.pages, Object.keys(read.numbered).length]).toEqual([9999, 1000]);
  const least = (work: () => void) => Math.min(...[1, 2, 3].map(() => timeOf(work)));
  // Three times the parsing of the page alone; comparing each entry with each took forty.
  expect(least(() => pagerOf(html(9999)))).toBeLessThan(15 * least(() => load(html(9999))));
});
