import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'cheerio';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../pipelines/errors.ts';
import { html } from '../pipelines/inspect/html.ts';
import { inspect } from '../pipelines/inspect/inspect.ts';
import { inspectionPage } from '../pipelines/inspect/page.ts';
import { pageImages } from '../pipelines/inspect/page-images.ts';
import { launchBrowser } from '../scripts/compose/pdf.ts';
import { cell, type Doc } from '../transforms/doc/doc.ts';
import { trace } from '../transforms/interpret.ts';
import { traceDocument } from '../transforms/read.ts';

const sourceOf = (name: string): string => {
  const folder = join('test', 'pages', name);
  return join(
    folder,
    readdirSync(folder).find((file) => file.startsWith('source.'))!,
  );
};

async function inspected(bytes: Uint8Array, path = 'source') {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { reading, traced } = await traceDocument({ bytes, path, sha256 });
  const pages = await pageImages(bytes, reading.source.media_type, null);
  return { reading, traced, pages, page: inspectionPage({ reading, traced, pages }) };
}

describe('every fact has its cell, with line, column and reason', () => {
  test.each([
    'html-edition-2021',
    'html-labels-misspelt',
    'html-row-with-empty-cell-too-many',
    'html-disputes-sum-wrong',
    'annex-sums-wrong',
    'doc-plain',
    'text-tabs',
    'text-pasted-split',
    'text-blanks-collapsed-joint',
    'text-total-column-first',
    'pdf-unruled',
    'xlsx-tight-texts',
    'clone-taiwan-vocabulary',
  ])('%s', async (name) => {
    const { reading, page } = await inspected(readFileSync(sourceOf(name)));
    expect(reading.facts.length).toBeGreaterThan(0);
    const $ = load(page);
    const ids = $('[id]')
      .toArray()
      .map((each) => $(each).attr('id'));
    expect(new Set(ids).size).toBe(ids.length);
    const shown = new Map<string, string>();
    for (const td of $('td[id]').toArray()) {
      const terms = new Map(
        $(td)
          .find('> .note > dl > dt')
          .toArray()
          .map((dt) => [$(dt).text(), $(dt).next().text().replace(/\s+/g, ' ').trim()]),
      );
      const path = terms.get('cell');
      if (path === undefined) continue;
      expect(shown.has(path)).toBe(false);
      expect(terms.get('line')).toMatch(/ · [a-z_]+ · /);
      expect(terms.get('line because')).toMatch(/\((exact|fuzzy|order), score|holds all lines/);
      const said = ['column', 'column because', 'place'].map((term) => terms.get(term)).join('\n');
      shown.set(path, `${$(td).attr('class')}\n${$(td).find('> a').text()}\n${said}`);
    }
    const missing = reading.facts.filter((fact) => {
      const is = shown.get(`${fact.grid}/${fact.line}/${fact.col} · edition ${fact.edition}`)?.split('\n') ?? [];
      const { block, row, column } = fact.place;
      return !(
        is[0] === (fact.placed === 'by_equation' ? `${fact.status} equation` : fact.status) &&
        is.includes(fact.raw) &&
        is.some((text) => text.includes(` · ${fact.col} · `)) &&
        is.some((text) => text.endsWith(fact.placed === 'by_equation' ? ', by equation)' : ', not by equation)')) &&
        is.at(-1) === `block ${block}, row ${row}, column ${column} (from 0)`
      );
    });
    expect(missing).toEqual([]);
    expect(shown.size).toBe(reading.facts.length);
    for (const found of reading.findings)
      expect($('body > ul').text().replace(/\s+/g, ' ')).toContain(found.message.slice(0, 60));
  });
});

test('a cell that fails says the sums, a row left over its finding', async () => {
  const wrong = load((await inspected(readFileSync(sourceOf('html-disputes-sum-wrong')))).page);
  expect(wrong('td.contradicted .sum .fails').length).toBeGreaterThan(0);
  expect(wrong('td.contradicted .note').first().text()).toContain('error disputes.');
  const left = load((await inspected(readFileSync(sourceOf('text-pasted-blanks-collapsed')))).page);
  const whole = load((await inspected(readFileSync(sourceOf('annex-html')))).page);
  expect(whole('td.left').length).toBe(0);
  expect(left('td.left .note').first().text()).toMatch(/ways to read its row are left|row_ambiguous/);
});

test('of lines that are printed again, for another year, no fact is made, and their cells say so', async () => {
  const { reading, page } = await inspected(readFileSync(sourceOf('html-last-year-after-named')));
  const again = load(page)('td.ignored:contains("in a further printing of the same lines")');
  expect(again.length).toBeGreaterThan(100);
  expect(reading.facts.length).toBeGreaterThan(100);
});

describe('in a browser', () => {
  let browser: Browser;
  let dir: string;
  beforeAll(async () => {
    browser = await launchBrowser();
    dir = mkdtempSync(join(tmpdir(), 'inspect-'));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** The page, and all that it did besides being shown. */
  async function opened(page: string): Promise<{ tab: Page; did: string[] }> {
    const file = join(dir, 'page.html');
    writeFileSync(file, page);
    const address = pathToFileURL(file).href;
    const tab = await browser.newPage();
    const did: string[] = [];
    tab.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:image/png;base64,'))
        did.push(`asked for ${request.url()}`);
    });
    tab.on('console', (message) => void did.push(message.text()));
    tab.on('pageerror', (error) => void did.push(error.message));
    tab.on('dialog', (dialog) => void did.push(dialog.message()));
    await tab.goto(address);
    return { tab, did };
  }

  test('choosing a cell shows what it became, and nothing else happens', async () => {
    const { page } = await inspected(readFileSync(sourceOf('html-disputes-sum-wrong')));
    const { tab, did } = await opened(page);
    const chosen = tab.locator('td.contradicted').first();
    expect(await chosen.locator('.note').isVisible()).toBe(false);
    await chosen.locator('> a').click();
    expect(await chosen.locator('.note').isVisible()).toBe(true);
    expect(await chosen.locator('.note').innerText()).toContain('Equations over it');
    expect(await tab.locator('.note:visible').count()).toBe(1);
    await chosen.locator('.close').click();
    expect(await tab.locator('.note:visible').count()).toBe(0);
    const colours = await tab.evaluate(`['verified', 'contradicted', 'unverified', 'label', 'header', 'ignored']
      .map((name) => getComputedStyle(document.querySelector('td.' + name)).backgroundColor)`);
    expect(new Set(colours as string[]).size).toBe(6);
    expect(did).toEqual([]);
    await tab.close();
  });

  test('a hostile document is inert text', async () => {
    const evil = [
      `<script>alert(1)</script>`,
      `</td></table><img src="http://attacker.test/a.png" onerror="alert(2)">`,
      `"><svg onload=alert(3)>`,
      `' autofocus onfocus='alert(4)`,
      '</style><style>*{background:url(http://attacker.test/)}',
      '<base href="http://attacker.test/"><meta http-equiv="refresh" content="0;url=http://attacker.test/">',
      '${alert(5)}<!-- ]]> &lt;script&gt;',
      'abc\u202ecba\u2066\u200b\ud800\u0000',
      '长'.repeat(50_000),
    ];
    const doc: Doc = {
      title: evil[0]!,
      metas: {},
      blocks: [
        ...evil.map((text) => ({ kind: 'paragraph' as const, text, origin: text })),
        { kind: 'heading', level: 1, text: evil.join(' '), origin: evil[2]! },
        {
          kind: 'picture',
          source: 'http://attacker.test/b.png',
          alt: evil[2]!,
          origin: 'x',
          bytes: Buffer.from('<svg onload="alert(6)"/>'),
        },
        {
          kind: 'table',
          aligned: true,
          origin: evil[3]!,
          rows: evil.map((text) => [
            cell(text, 1e9, 1e9),
            { ...cell(text), nested: [{ kind: 'table', aligned: true, origin: '', rows: [[cell(text)]] }] },
          ]),
        },
        {
          kind: 'table',
          aligned: false,
          origin: '',
          rows: [['一、本年新收政府信息公开申请数量', '1', '2', '<b>3']].map((row) => row.map((text) => cell(text))),
        },
      ],
    };
    const { said, ...traced } = trace(doc);
    const { script: _, ...rest } = said;
    const source = {
      path: `/home/somebody/${evil[2]}`,
      sha256: '',
      media_type: evil[1]!,
      encoding: { declared: evil[0]!, used: 'utf-8', repaired: false },
      script: null,
    };
    const { tab, did } = await opened(
      inspectionPage({ reading: { ...rest, source }, traced, pages: [{ number: 1, source: null, why: evil[1]! }] }),
    );
    const text = await tab.locator('body').innerText();
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('abc⟨U+202E⟩cba⟨U+2066⟩⟨U+200B⟩⟨U+D800⟩⟨U+0000⟩');
    expect(text).toContain('more characters)');
    expect(text).not.toContain('/home/somebody');
    expect(
      await tab
        .locator('script, svg, base, iframe, object, form, meta[http-equiv=refresh], [onerror], [onload], [onfocus]')
        .count(),
    ).toBe(0);
    expect(await tab.locator('style').count()).toBe(1);
    expect(did).toEqual([]);
    await tab.close();
  });

  test('a PDF stands beside the pictures of its pages', async () => {
    const { page, pages } = await inspected(readFileSync(sourceOf('pdf-ruled')));
    const { tab, did } = await opened(page);
    expect(pages.length).toBeGreaterThan(1);
    const widths = await tab.evaluate(`[...document.querySelectorAll('.page img')].map((img) => img.naturalWidth)`);
    expect(widths).toHaveLength(pages.length);
    expect(Math.min(...(widths as number[]))).toBeGreaterThan(900);
    expect(await tab.locator('#page1 td.unverified').count()).toBeGreaterThan(0);
    expect(await tab.locator('#page2 td.verified').count()).toBeGreaterThan(0);
    expect(did).toEqual([]);
    await tab.close();
  });
});

test('a document without end gives a page with one', () => {
  const rows = Array.from({ length: 3_000 }, (_, r) => Array.from({ length: 40 }, (_, c) => cell(`${r}.${c}`)));
  const paragraph = { kind: 'paragraph' as const, text: '字', origin: '' };
  const blocks = [
    { kind: 'table' as const, aligned: true, origin: '', rows },
    ...Array.from({ length: 9_000 }, () => paragraph),
  ];
  const { said, ...traced } = trace({ title: null, metas: {}, blocks });
  const { script: _, ...rest } = said;
  const source = { path: 'a', sha256: '', media_type: '', encoding: null, script: null };
  const page = inspectionPage({ reading: { ...rest, source }, traced, pages: [] });
  expect(page).toContain('The rest of the table is not shown');
  expect(page).toContain('more blocks are not shown');
  expect(page.length).toBeLessThan(20e6);
});

test('an image that no browser shows, and a file that is none, say so', async () => {
  expect(await pageImages(Buffer.from('II*\0'), 'image/tiff', null)).toEqual([
    { number: 1, source: null, why: 'image/tiff is not shown' },
  ]);
  expect(await pageImages(Buffer.from('%PDF-1.7 broken'), 'application/pdf', null)).toEqual([
    { number: 1, source: null, why: expect.any(String) },
  ]);
  expect(await pageImages(Buffer.from('<p>'), 'text/html', null)).toEqual([]);
});

test('html escapes what it is given, except markup that it made', () => {
  const inner = html`<b>${'<&>"\''}</b>`;
  expect(html`<p title="${'"'}">${[inner, 1, null]}</p>`.text).toBe(
    '<p title="&quot;"><b>&lt;&amp;&gt;&quot;&#39;</b>1</p>',
  );
});

describe('gongkai inspect', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'inspect-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('writes the page where it is told, and replaces nothing unasked', async () => {
    const out = join(dir, 'how.html');
    const source = sourceOf('html-edition-2021');
    expect(await inspect(source, { out })).toEqual({ out, isRead: true });
    const first = readFileSync(out, 'utf8');
    expect(load(first)('td.verified').length).toBeGreaterThan(100);
    await expect(inspect(source, { out })).rejects.toThrow(UsageError);
    writeFileSync(out, 'something');
    await inspect(source, { out, force: true });
    expect(readFileSync(out, 'utf8')).toBe(first);
  });

  test('a document that cannot be read has a page that says why', async () => {
    const path = join(dir, 'broken.pdf');
    writeFileSync(path, '%PDF-1.7 broken');
    const out = join(dir, 'broken.html');
    expect(await inspect(path, { out })).toEqual({ out, isRead: false });
    expect(load(readFileSync(out, 'utf8'))('.error').text()).toContain('unreadable');
  });

  test('what no reading process gets to see has a page too', async () => {
    const out = join(dir, 'device.html');
    expect(await inspect('/dev/null', { out })).toEqual({ out, isRead: false });
    expect(load(readFileSync(out, 'utf8'))('.error').text()).toContain('unreadable');
  });

  test('the document itself, folders and what is not there are refused', async () => {
    const path = join(dir, 'page.html');
    writeFileSync(path, '<p>字');
    await expect(inspect(path, { out: path, force: true })).rejects.toThrow('the document itself');
    await expect(inspect(dir, {})).rejects.toThrow('is a folder');
    await expect(inspect(join(dir, 'nothing'), {})).rejects.toThrow('no such file');
    expect(readFileSync(path, 'utf8')).toBe('<p>字');
    expect(existsSync('page.html.inspect.html')).toBe(false);
  });
});
