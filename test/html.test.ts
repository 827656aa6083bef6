import { expect, test } from 'vitest';
import { readHtml } from '../transforms/formats/html/html.ts';

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
  expect(files('<a class="icon nfw-cms-attachment" href="/download?id=7">附件：<b>年报</b></a>')).toEqual([
    ['/download?id=7', '附件：年报'],
  ]);
  expect(files('<a class="nfw-cms-attachments" href="/download?id=7">附件</a>')).toEqual([]);
});

test('a picture in its own address has its bytes, and a picture elsewhere none', () => {
  const data = `data:image/png;base64,${Buffer.from('png').toString('base64')}`;
  const bytes = (source: string) =>
    readHtml(`<img src="${source}">`).blocks.map((block) => block.kind === 'picture' && block.bytes);
  expect(bytes(data)).toEqual([Buffer.from('png')]);
  expect([bytes('1.png'), bytes('data:text/html;base64,AAAA')]).toEqual([[undefined], [undefined]]);
});
