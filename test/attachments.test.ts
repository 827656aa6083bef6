import { describe, expect, test } from 'vitest';
import { isPicture, offeredFiles, withFetched } from '../transforms/doc/files.ts';
import { readHtml } from '../transforms/formats/html/html.ts';

const url = 'http://one.simulator.test/nb/content/post_1.html';
const files = (html: string, pictures = false) =>
  offeredFiles(readHtml(html), url, pictures).map((file) => file.replace('http://one.simulator.test', ''));

describe('files that a page offers', () => {
  test('links, frames and objects, each once and absolute', () => {
    const html =
      '<a href="a.pdf#page=2">全文</a><a href="/nb/content/a.pdf">下载</a><iframe src="/f/b.docx"></iframe>' +
      '<embed src="c.doc"><object data="d.xlsx"></object><a class="nfw-cms-attachment" href="/download?id=7">附件</a>' +
      '<a href="post_2.html">上一篇</a><a href="javascript:void(0)">打印</a><a href="file:///etc/passwd.pdf">x</a>';
    expect(files(html)).toEqual([
      '/nb/content/a.pdf',
      '/download?id=7',
      '/f/b.docx',
      '/nb/content/c.doc',
      '/nb/content/d.xlsx',
    ]);
  });

  test('pictures where they are asked for, beside the files', () => {
    const html = '<img src="1.png"><img src="data:image/png;base64,AAAA"><a href="a.pdf">附件</a>';
    expect(files(html)).toEqual(['/nb/content/a.pdf']);
    expect(files(html, true)).toEqual(['/nb/content/a.pdf', '/nb/content/1.png']);
  });

  test('what systems hand out under addresses that say nothing of files', () => {
    const html =
      '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=57E1">年度报告</a>' +
      '<a href="/xian/c1/1000394_attachments/1000549.shtml">附件</a><a href="/xian/c1/202301/c01_7.shtml">上一篇</a>';
    expect(files(html)).toEqual([
      '/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=57E1',
      '/xian/c1/1000394_attachments/1000549.shtml',
    ]);
  });

  test('what stands in elements and attributes of a system alone', () => {
    const html =
      '<div id="attribute"><span class="gk fj"><file href="/resource/a.doc">附件</file></span></div><a to-href="b.pdf">附件</a>';
    expect(files(html)).toEqual(['/nb/content/b.pdf', '/resource/a.doc']);
  });

  test('an article inside a script offers its files too', () => {
    const body = `<p>${'示例市甲区年度报告，'.repeat(30)}</p><p><a href="/attachment/1/2.pdf">点击下载</a></p>`;
    const script = `<script>window._CONFIG = { DETAIL: {"content":${JSON.stringify(body).replaceAll('<', '\\u003C')}} }</script>`;
    expect(files(script)).toEqual(['/attachment/1/2.pdf']);
  });
});

test('a picture by its declared type, or by its name where none is declared', () => {
  expect(isPicture('http://x.test/1', 'image/jpeg')).toBe(true);
  expect(isPicture('http://x.test/1.png', 'application/octet-stream')).toBe(true);
  expect(isPicture('http://x.test/1.png', 'application/pdf')).toBe(false);
});

describe('pictures that were fetched', () => {
  const fetched = (name: string) => ({ url: `http://one.simulator.test/nb/content/${name}`, bytes: Buffer.from(name) });
  const shown = (html: string, ...names: string[]) =>
    withFetched(readHtml(html), url, names.map(fetched)).blocks.map((block) =>
      block.kind === 'picture'
        ? `${block.source}${block.aside ? ' aside' : ''}: ${Buffer.from(block.bytes ?? []).toString()}`
        : block.kind,
    );

  test('are put where the page shows them, and else at its end', () => {
    const html = '<p>一</p><p><a href="/nb/content/2.png#top">附件</a></p><img src="1.png"><p>二</p><img src="3.png">';
    expect(shown(html, '1.png', '2.png')).toEqual([
      'paragraph',
      'paragraph',
      '1.png: 1.png',
      'paragraph',
      '3.png: ',
      '/nb/content/2.png#top: 2.png',
    ]);
  });

  test('belong to the first place that shows them, and to the cell that does', () => {
    expect(shown('<img src="1.png"><img src="/nb/content/1.png">', '1.png')).toEqual([
      '1.png: 1.png',
      '/nb/content/1.png: ',
    ]);
    expect(shown('<table><tr><td><img src="1.png"></td><td>二</td></tr></table>', '1.png')).toEqual(['table']);
  });

  test('are no part of the article where it is not the article that offers them', () => {
    const sections = ['一、总体情况', '二、主动公开政府信息情况', '三、收到和处理政府信息公开申请情况'];
    const article = sections.map((title) => `<p>${title}</p>`).join('');
    const page = (inside: string, outside: string) => `<div>${article}${inside}</div><div>${outside}</div>`;
    const link = '<a href="1.png"></a>';
    expect(shown(page(link, ''), '1.png').at(-1)).toBe('1.png: 1.png');
    expect(shown(page('', link), '1.png').at(-1)).toBe('1.png aside: 1.png');
  });
});

test('a page says under which address its links are', () => {
  const doc = readHtml('<base href="/files/"><a href="a.pdf">年报</a><img src="1.png">');
  expect(doc.files).toEqual([
    { how: 'linked', address: 'a.pdf', name: '年报', origin: 'html>body>a' },
    { how: 'shown', address: '1.png', name: '', origin: 'html>body>img' },
  ]);
  expect(offeredFiles(doc, url, false)).toEqual(['http://one.simulator.test/files/a.pdf']);
});
