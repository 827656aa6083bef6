import { describe, expect, it } from 'vitest';
import { mhtFile, mhtStyles, type MhtStyle } from '../scripts/compose/mht.ts';
import { encode } from '../scripts/compose/encode.ts';
import { readMht } from '../transforms/formats/mht.ts';
import { sniff } from '../transforms/formats/sniff.ts';
import type { Doc } from '../transforms/doc/doc.ts';

const linesOf = ({ blocks }: Doc): string[] =>
  blocks.map((block) =>
    (block.kind === 'table'
      ? block.rows.flat().map((c) => c.text)
      : [block.kind === 'picture' ? `picture of ${block.bytes?.length ?? 'no'} bytes` : block.text]
    ).join('|'),
  );
const page = '<p>示例市甲区2023年年度报告</p><table><tr><td>收件</td><td>12</td></tr></table>';
const styles = Object.entries<MhtStyle>(mhtStyles);
const message = (...lines: string[]) => Buffer.from(lines.join('\r\n'));

describe('a page in one file', () => {
  it.each(styles)('as saved: %s', async (_, style) => {
    for (const charset of ['utf-8', 'gb18030'] as const) {
      const bytes = mhtFile(encode(page, charset), style);
      expect(sniff(bytes)).toBe('multipart/related');
      const doc = await readMht(bytes);
      expect(linesOf(doc)).toEqual(['示例市甲区2023年年度报告', '收件|12']);
      expect(doc.encoding).toMatchObject({ used: charset, declared: style.label });
    }
  });

  it('shows its pictures with their bytes, and offers only what is elsewhere on the web', async () => {
    const html =
      '<p>全文</p><img src="page.files/a.png"><img src="page.files/b.png"><a href="page.files/c.doc">附件</a>' +
      '<a href="http://one.example.test/d.pdf">附件</a>';
    const picture = { name: 'a.png', type: 'image/png', bytes: Buffer.from('0123456789') };
    for (const [, style] of styles.filter(([, { maker }]) => maker === 'word')) {
      const doc = await readMht(mhtFile(Buffer.from(html), style, [picture]));
      expect(linesOf(doc).slice(0, 3)).toEqual(['全文', 'picture of 10 bytes', 'picture of no bytes']);
      expect(doc.files?.map(({ address }) => address)).toEqual(['http://one.example.test/d.pdf']);
    }
    const web = await readMht(mhtFile(Buffer.from(html), mhtStyles.browser, [picture]));
    expect(linesOf(web)).toContain('picture of 10 bytes');
    expect(web.files?.map(({ address }) => address)).toEqual([
      'http://www.example.test/nb/page.files/b.png',
      'http://www.example.test/nb/page.files/c.doc',
      'http://one.example.test/d.pdf',
    ]);
  });

  it('finds pictures by their id, and a page within further parts', async () => {
    const bytes = message(
      'Content-Type: multipart/mixed; boundary="out"',
      '',
      'preamble <p>0</p>',
      '--out',
      'Content-Type: multipart/alternative; boundary=in',
      '',
      '--in',
      'Content-Type: text/plain',
      '',
      'plain',
      '--in',
      'Content-Type: text/html',
      '',
      '<p>1</p><img src="cid:x@y">',
      '--in--',
      '--out',
      'Content-Type: image/jpeg',
      'Content-ID: <x@y>',
      'Content-Transfer-Encoding: base64',
      '',
      'AAAA',
      '--out--',
      '',
    );
    expect(linesOf(await readMht(bytes))).toEqual(['1', 'picture of 3 bytes']);
  });

  it('reads the sheets that a page of frames shows, one after the other', async () => {
    const frames = '<html><frameset rows="*,39"><frame src="page.files/sheet001.htm"></frameset></html>';
    const sheets = [frames, page, '<table><tr><td>甲</td><td>1</td></tr></table>'].map((text) => Buffer.from(text));
    expect(linesOf(await readMht(mhtFile(sheets, mhtStyles.word)))).toEqual([
      '示例市甲区2023年年度报告',
      '收件|12',
      '甲|1',
    ]);
    const [, ...others] = sheets;
    expect(linesOf(await readMht(mhtFile(others, mhtStyles.word)))).toEqual(['示例市甲区2023年年度报告', '收件|12']);
  });

  it('is read as far as it goes where it was cut, and after blank lines', async () => {
    const bytes = mhtFile(Buffer.from(page + '<p>乙</p>'), mhtStyles.word);
    const cut = bytes.subarray(0, Buffer.from(bytes).indexOf('</table>'));
    expect(linesOf(await readMht(cut))).toEqual(['示例市甲区2023年年度报告', '收件|12']);
    const late = Buffer.concat([Buffer.from('\r\n\r\n '), bytes]);
    expect(sniff(late)).toBe('multipart/related');
    expect(linesOf(await readMht(late))).toHaveLength(3);
  });

  it.each([
    [
      'no page in it',
      message('Content-Type: multipart/related; boundary=x', '', '--x', '', 'text', '--x--'),
      'mht_without_page',
    ],
    [
      'headers without end',
      message('Content-Type: multipart/related', ...Array<string>(40_000).fill('X-Key: value')),
      'document_damaged',
    ],
    [
      'more parts than a page has',
      message('Content-Type: multipart/related; boundary=x', '', ...Array<string>(9_000).fill('--x\r\n\r\n')),
      'document_damaged',
    ],
  ])('says why it cannot be read: %s', async (_, bytes, why) => {
    await expect(readMht(bytes)).rejects.toMatchObject({ code: 'unreadable', finding: { details: { why } } });
  });

  it('costs as much time as it is long', async () => {
    const seconds = async (lines: number, line: string) => {
      const bytes = message(
        'Content-Type: multipart/related; boundary=x',
        '',
        '--x',
        'Content-Type: text/html',
        '',
        '',
        ...Array<string>(lines).fill(line),
      );
      const start = performance.now();
      await readMht(bytes);
      return performance.now() - start;
    };
    for (const line of ['--xx', '-', '--x ='.repeat(20), '=E4=B8']) {
      await seconds(2_000, line);
      expect(await seconds(40_000, line)).toBeLessThan(40 * Math.max(await seconds(4_000, line), 20));
    }
  });
});
