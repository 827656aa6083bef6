import { describe, expect, test } from 'vitest';
import { isPicture, offeredFiles, withPictures } from '../pipelines/attachments.ts';

const url = 'http://one.simulator.test/nb/content/post_1.html';
const files = (html: string, pictures = false) =>
  offeredFiles(html, url, pictures).map((file) => file.replace('http://one.simulator.test', ''));

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

test('pictures are put where the page shows them, and else at its end', () => {
  const page = withPictures('<p>一</p><img src="1.png"><p>二</p>', url, [
    { url: 'http://one.simulator.test/nb/content/1.png', bytes: Buffer.from('one') },
    { url: 'http://one.simulator.test/nb/content/2.png', bytes: Buffer.from('two') },
  ]);
  const data = (text: string) => `data:image/png;base64,${Buffer.from(text).toString('base64')}`;
  expect(page).toContain(`<p>一</p><img src="${data('one')}"><p>二</p><img src="${data('two')}">`);
});
