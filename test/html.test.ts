import { describe, expect, test } from 'vitest';
import { readHtml } from '../transforms/formats/html/html.ts';
import { literalsOf } from '../transforms/formats/html/literals.ts';

const linesOf = (html: string) =>
  readHtml(html).blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));

test('the element in which a system puts its articles parts them from what stands before', () => {
  expect(linesOf('<span>首页</span><ucapcontent>一、总体情况<p>虚构。</p></ucapcontent>')).toEqual([
    '首页',
    '一、总体情况',
    '虚构。',
  ]);
  expect(linesOf('<span>首页</span><another>一、总体情况<p>虚构。</p></another>')).toEqual([
    '首页一、总体情况',
    '虚构。',
  ]);
});

test('a link to an attachment is known by its class where its address does not say what it is', () => {
  const files = (html: string) => readHtml(html).files?.map(({ address, name }) => [address, name]);
  expect(files('<a class="icon nfw-cms-attachment" href="/get?id=7">附件：<b>年报</b></a>')).toEqual([
    ['/get?id=7', '附件：年报'],
  ]);
  expect(files('<a class="nfw-cms-attachments" href="/get?id=7">附件</a>')).toEqual([]);
});

test('a picture in its own address has its bytes, and a picture elsewhere none', () => {
  const data = `data:image/png;base64,${Buffer.from('png').toString('base64')}`;
  const bytes = (source: string) =>
    readHtml(`<img src="${source}">`).blocks.map((block) => block.kind === 'picture' && block.bytes);
  expect(bytes(data)).toEqual([Buffer.from('png')]);
  expect([bytes('1.png'), bytes('data:text/html;base64,AAAA')]).toEqual([[undefined], [undefined]]);
});

describe('a cell is read as it is seen', () => {
  const cellOf = (cell: string, head = '') => {
    const [table] = readHtml(`<html><head>${head}</head><body><table><tr>${cell}<td>7</td></tr></table>`).blocks;
    return table?.kind === 'table' ? table.rows.at(-1)!.map(({ text, unread }) => unread ?? text) : [];
  };
  const sheet = (css: string) => `<style>${css}</style>`;

  test.each([
    ['a rule of the page hides', '.a .h{display:none}', '<td class="a"><i class="h">9</i>12</td>', '12'],
    ['the more specific rule wins', '.h{display:none} td .h{display:inline}', '<td><i class="h">9</i>12</td>', '912'],
    ['the later rule wins', '.h{display:none} .h{display:inline}', '<td><i class="h">9</i>12</td>', '912'],
    ['what is important wins', '.h{display:none!important} #i{display:inline}', '<td><i id=i class=h>9</i>12', '12'],
    ['its own style wins', '.h{display:none}', '<td><i class="h" style="display:inline">9</i>12</td>', '912'],
    ['for narrow windows', '@media(max-width:600px){.h{display:none}}', '<td><i class="h">9</i>12</td>', '912'],
    ['for paper', '@media print{.h{display:none}}', '<td><i class="h">9</i>12</td>', '912'],
    ['for this window', '@media screen and (min-width:600px){.h{display:none}}', '<td><i class=h>9</i>12', '12'],
    ['in a comment of old browsers', '<!-- .h{display:none} -->', '<td><i class="h">9</i>12</td>', '12'],
    ['behind a mistake', 'a{b;c:;{}} @x; .h{display:none}', '<td><i class="h">9</i>12</td>', '12'],
    ['with a selector that nobody knows', 'i:has-not(x){display:none}', '<td><i class="h">9</i>12</td>', '912'],
    ['text of no size within text of some', '.t{font-size:0} i{font-size:9pt}', '<td class="t">9<i>12</i></td>', '12'],
    ['digits by the sheet', '.h::before{content:"1"}', '<td><i class="h"></i>2</td>', 'styled'],
    ['no digits by the sheet', '.h::before{content:"·"}', '<td><i class="h"></i>2</td>', '2'],
  ])('%s', (_, css, cell, text) => {
    expect(cellOf(cell, sheet(css))).toEqual([text, '7']);
  });

  test.each([
    ['an unseen cell keeps its place', '<td style="visibility:hidden">9</td>', ['', '7']],
    ['a cell that is gone has none', '<td style="display:none">9</td>', ['7']],
    ['a spacer is no digit', '<td>12<img src="a.gif" width="1"></td>', ['12', '7']],
    ['text adjusted by a point is no mark', '<td>1<span style="mso-text-raise:1.0pt">2</span></td>', ['12', '7']],
    ['digits of the size of a dot', '<td>12<i style="font-size:1px">3</i></td>', ['pale', '7']],
    ['a number of that size alone', '<td style="font-size:1pt">12</td>', ['12', '7']],
    ['digits of a small size', '<td>12<i style="font-size:x-small">3</i></td>', ['123', '7']],
    ['a mark by its font', '<td>12<i style="font-variant-position:super">1</i></td>', ['12 (1)', '7']],
    ['a mark moved up', '<td>12<i style="font-size:8px;transform:translateY(-6px)">1</i></td>', ['12 (1)', '7']],
    ['turned around', '<td><bdo dir="rtl">12</bdo></td>', ['\u202e12\u202c', '7']],
    ['turned around by style', '<td style="direction:rtl;unicode-bidi:bidi-override">12</td>', ['\u202e12\u202c', '7']],
    ['a formula', '<td><math><mn>12</mn></math></td>', ['picture', '7']],
    ['drawn', '<td><svg><text>12</text></svg></td>', ['picture', '7']],
    ['cells are aligned, not raised', '<td style="vertical-align:super"><i>1</i>2</td>', ['12', '7']],
    ['a row is struck through', '</tr><tr style="text-decoration:line-through"><td>1</td>', ['struck', 'struck']],
    ['a cell is struck through', '<td style="text-decoration:line-through">12</td>', ['struck', '7']],
  ])('%s', (_, cell, texts) => {
    expect(cellOf(cell)).toEqual(texts);
  });
});

test('an article in a hidden element is read where the page shows none', () => {
  const article = '<div style="display:none"><p>一、总体情况</p><p>虚构。</p></div>';
  expect(linesOf(`<p>首页</p>${article}`)).toEqual(['首页', '一、总体情况', '虚构。']);
  expect(linesOf(`<p>一、总体情况</p>${article}`)).toEqual(['一、总体情况']);
});

test('a rowspan ends with its row group, and one of 0 reaches to there', () => {
  const [table] = readHtml(
    '<table><thead><tr><th rowspan="9">1</th><th>2</th></tr><tr><th>3</th></tr></thead><tbody><tr><td rowspan="0">4</td></tr><tr></tr></tbody></table>',
  ).blocks;
  expect(table?.kind === 'table' && table.rows.map((row) => row.map(({ rowspan }) => rowspan))).toEqual([
    [2, 1],
    [1],
    [2],
    [],
  ]);
});

test('literals that a script puts together are one; those with a computed number between them are not', () => {
  const literals = (script: string) => literalsOf(script);
  expect(literals(`s = '<p>' + "a\\u4e00\\x3C";\ns += \`b\n\`;`)).toEqual(['<p>a一<b\n']);
  expect(literals(`document.write('a');\ndocument.write('b')`)).toEqual(['ab']);
  expect(literals(`'<td>' + count + '</td>'`)).toEqual(['<td>', '</td>']);
  expect(literals(`don't`)).toEqual([]);
});

test.each([
  ['<iframe src="/pdfjs/web/viewer.html?file=%2Fa%2F7.pdf&page=1">', '/a/7.pdf'],
  ['<iframe src="/any/show.html?file=7.pdf#page=2">', '/any/7.pdf'],
  ['<a href="../viewer.jsp?url=https://x.example/7.pdf">看</a>', 'https://x.example/7.pdf'],
  ['<embed src="7.pdf">', '7.pdf'],
  ['<object data="7.pdf"></object>', '7.pdf'],
  [
    '<a href="/module/download/downfile.jsp?classid=0&amp;filename=7.doc">下载</a>',
    '/module/download/downfile.jsp?classid=0&filename=7.doc',
  ],
  ['<a href="/download.do?id=7">下载</a>', '/download.do?id=7'],
  [
    '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&amp;wbfileid=7">x</a>',
    '/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=7',
  ],
  [`<a href="#" onclick="window.open('/f/7.docx')">看</a>`, '/f/7.docx'],
  [`<a href="javascript:window.open('/f/7.docx')">看</a>`, '/f/7.docx'],
  ['<div data-pdf="/f/7.pdf"></div>', '/f/7.pdf'],
  ['<script>PDFObject.embed("/f/7.pdf", "#v");</script>', '/f/7.pdf'],
  ['<a href="/f/t7.shtml">年度报告.docx</a>', '/f/t7.shtml'],
  ['<img src="blank.gif" data-src="/p/7.png">', '/p/7.png'],
  ['<img src="/p/7.jpg!w800">', '/p/7.jpg!w800'],
])('%s offers a file', (html, address) => {
  expect(readHtml(html).files?.map((file) => file.address)).toEqual([address]);
});

test.each([
  ['<iframe src="body.html"></iframe>', ['body.html']],
  ['<frameset><frame src="top.html"><frame src="b2022.html"></frameset>', ['b2022.html']],
  ['<meta http-equiv="refresh" content="0; url=/nb/7.html">', ['/nb/7.html']],
  ['<p>正在跳转…请点击<a href="7.htm">这里</a></p>', ['7.htm']],
  [`<p>${'此页有字。'.repeat(30)}</p>1 <a href="7_2.htm">2</a> <a href="7_2.htm">[下一页]</a>`, ['7_2.htm']],
  [`<p>${'此页有字。'.repeat(30)}</p><a href="#">下一页</a><a href="javascript:go(2)">下一页</a>`, []],
  [
    `<p>${'此页有字。'.repeat(30)}</p><script>createPageHTML(3, 0, "t1_2", "html");</script>`,
    ['t1_2_1.html', 't1_2_2.html'],
  ],
  [
    `<p>${'此页有字。'.repeat(30)}</p><script>createPageHTML(1, 0, "t1_2", "html");createPageHTML(3, 0, "index", "html")</script>`,
    [],
  ],
  ['<p>请点击<a href="7.htm">上一篇</a>或<a href="8.htm">下一篇</a></p>', []],
  ['<iframe src="https://share.example/x.html"></iframe><iframe src="/inc/footer.html"></iframe>', []],
  [`<meta http-equiv="refresh" content="600; url=/nb/7.html"><p>${'此页有字。'.repeat(30)}</p>`, []],
])('%s stands for the pages %j', (html, addresses) => {
  expect(readHtml(html).files?.map((file) => file.address)).toEqual(addresses);
});

test.each(['<a href="/download/">下载中心</a>', '<a href="/list.html?id=7">年报</a>', '<script>load("a.js")</script>'])(
  '%s offers none',
  (html) => {
    expect(readHtml(html).files).toEqual([]);
  },
);
