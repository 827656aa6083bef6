import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDocument, walk } from '../pipelines/reading/walk.ts';
import { readArticles } from '../scrapers/catalogue.ts';
import { readRows } from '../scrapers/rows.ts';
import { sniff } from '../transforms/formats/sniff.ts';

/** Pages that once held up a run for minutes; each takes milliseconds. */
describe('hostile pages', () => {
  const seconds = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  };

  it('lines that look like the headers of a message', () => {
    expect(seconds(() => sniff(Buffer.from('key: value\r\n'.repeat(5_000))))).toBeLessThan(2);
    expect(
      sniff(Buffer.from('From: a\r\nSubject: b\r\n c\r\nContent-Type: multipart/related; boundary=x\r\n\r\n')),
    ).toBe('multipart/related');
  });

  it('anchors of one address in one element', () => {
    const anchors = '<a href="/art/2024/1/2/art_1_2.html">x</a>'.repeat(20_000);
    const rows = { address: /\/art_(?<id>\d+_\d+)\.html/, files: /\.pdf$/, only: 'all' as const };
    let found = 0;
    const took = seconds(() => {
      found = readRows(`<div>${anchors}</div>`, 'http://www.example.gov.cn/', rows).rows.length;
    });
    expect(found).toBe(20_000);
    expect(took).toBeLessThan(10);
  });

  it.each([
    ['clicks inside of clicks', '<div onclick="x()">'.repeat(4_900)],
    ['tables inside of tables', '<table><tr><td>'.repeat(1_600)],
    ['pages beside pages', `<ul>${'<li onclick="go(1)">下一页</li>'.repeat(50)}</ul>`.repeat(400)],
    ['numbers', '<a href="l2.htm">2</a><a href="l3.htm">3</a>'.repeat(8_000)],
    ['calls and comments without an end', `<script>${'createPageHTML('.repeat(50_000)}${'/*'.repeat(50_000)}`],
  ])('a list of %s', (_, html) => {
    const rows = { address: /\.html?$/, files: /\.pdf$/, only: 'dated' as const };
    const before = process.cpuUsage();
    readRows(`${html}虚构县2023年政府信息公开年报 2024-01-20`, 'http://one.simulator.test/nb/', rows);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
  });

  it('a title of opening brackets', () => {
    const json = JSON.stringify({ total: 1, articles: [{ id: 1, title: '<'.repeat(200_000), url: '/x' }] });
    expect(seconds(() => readArticles(json))).toBeLessThan(2);
  });
});

describe('names of files', () => {
  let dir: string;
  beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'gongkai-'))));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('a link to itself does not stop the folder', () => {
    symlinkSync(join(dir, 'loop'), join(dir, 'loop'));
    writeFileSync(join(dir, 'page.html'), '<p>x</p>');
    const ignored: string[] = [];
    expect([...walk([dir], (path, why) => ignored.push(`${path} ${why}`))]).toEqual([join(dir, 'page.html')]);
    expect(ignored).toEqual([`${join(dir, 'loop')} a link that leads nowhere`]);
  });

  it('a name in another encoding is not passed over', async () => {
    writeFileSync(Buffer.concat([Buffer.from(join(dir, 'z')), Buffer.from([0xb9, 0xab]), Buffer.from('.html')]), '<p>');
    const paths = [...walk([dir], () => undefined)];
    expect(paths).toHaveLength(2);
    expect(await openDocument(paths[1]!)).toMatchObject({
      bytes: Buffer.from('<p>'),
      path: join(dir, String.raw`z\xb9\xab.html`),
    });
  });
});
