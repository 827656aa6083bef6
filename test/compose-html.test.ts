import * as cheerio from 'cheerio';
import { describe, expect, test } from 'vitest';
import { blankZeros } from '../scripts/compose/damage.ts';
import { encode } from '../scripts/compose/encode.ts';
import { composeFigures, truthOf, type Figures } from '../scripts/compose/figures.ts';
import { htmlBody, htmlPage, type HtmlStyle } from '../scripts/compose/html.ts';
import { escapeHtml, scriptString } from '../scripts/compose/shell.ts';
import { cleanStyle, htmlStyles, styleOf } from '../scripts/compose/styles.ts';
import { textPage, textStyles } from '../scripts/compose/text.ts';

const make = (edition: '2019' | '2021', more: Partial<Parameters<typeof composeFigures>[0]> = {}): Figures =>
  composeFigures({
    seed: 11,
    publisher: '示例市乙区人民政府',
    division_code: '990102',
    year: 2021,
    edition,
    size: 'large',
    ...more,
  });

/** Rows of the innermost tables, spans expanded; a cell that a span covers repeats the text. */
function grids(html: string): string[][][] {
  const $ = cheerio.load(html);
  return $('table')
    .toArray()
    .filter((t) => $(t).find('table').length === 0)
    .map((t) => {
      const out: string[][] = [];
      $(t)
        .find('tr')
        .each((y, tr) => {
          let x = 0;
          $(tr)
            .children('td')
            .each((_, td) => {
              while (out[y]?.[x] !== undefined) x++;
              const text = $(td).text().replaceAll('\u00a0', '').trim();
              for (let dy = 0; dy < Number($(td).attr('rowspan') ?? 1); dy++) {
                for (let dx = 0; dx < Number($(td).attr('colspan') ?? 1); dx++) (out[y + dy] ??= [])[x + dx] = text;
              }
            });
        });
      return out;
    });
}

const number = (text: string) => {
  const ascii = text
    .replace(/[０-９－＋，]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[,+]/g, '');
  return /^-?\d+$/.test(ascii) ? Number(ascii) : null;
};

const requestsOf = (html: string) =>
  grids(html).filter((g) => (g[0]?.length ?? 0) === 10 && g[0]?.at(-1)?.includes('申请人情况'));

const facts = (f: Figures, grid: string) =>
  truthOf(f)
    .facts.filter((x) => x.grid === grid)
    .map((x) => x.value);

describe('every style prints every cell of section 三 in its place', () => {
  const styles: [string, HtmlStyle][] = [
    ...Object.entries(htmlStyles),
    ...Array.from({ length: 20 }, (_, seed): [string, HtmlStyle] => [`random ${seed}`, styleOf(seed)]),
  ];
  test.each(styles)('%s', (_, style) => {
    for (const f of [make('2019'), blankZeros(make('2021')), make('2021', { mixed: true })]) {
      const tables = requestsOf(htmlBody(f, style));
      expect(tables.length).toBe(style.parts);
      for (const row of tables.flat()) expect(row.length).toBe(10);
      const rows = tables.flatMap((t) => t.slice(3)).filter((row) => row[2] !== '小计');
      expect(rows.flatMap((row) => row.slice(3).map(number))).toEqual(facts(f, 'requests'));
    }
  });
});

test('sections 二 and 四 are rectangles with their numbers', () => {
  const f = make('2019');
  const all = grids(htmlBody(f, cleanStyle));
  const proactive = all.find((g) => g[0]?.length === 4)!;
  expect(proactive.every((row) => row.length === 4)).toBe(true);
  expect(
    proactive
      .find((row) => row[0] === '行政许可')
      ?.slice(1)
      .map(number),
  ).toEqual(facts(f, 'proactive').slice(6, 9));
  const disputes = all.find((g) => g[0]?.length === 15)!;
  expect(disputes.at(-1)?.map(number)).toEqual(facts(f, 'disputes'));
});

describe('peculiarities', () => {
  const f = make('2021');

  test('a table cut in two repeats its header and gives the group label on the first part only', () => {
    const [first, second] = requestsOf(htmlBody(f, htmlStyles.split));
    expect(first!.at(-1)![1]).toBe('（三）不予公开');
    expect(second![3]![1]).toBe('');
    expect(second![0]).toEqual(first![0]);
    const [, repeated] = requestsOf(htmlBody(f, htmlStyles.split_repeated));
    expect(repeated![3]![1]).toBe('（三）不予公开');
  });

  test('headers written downwards', () => {
    expect(htmlBody(f, htmlStyles.split)).toContain('自<br>然<br>人');
  });

  test('Word splits labels and numbers over spans', () => {
    const html = htmlBody(f, htmlStyles.word);
    expect(html).toContain('<o:p></o:p>');
    expect(html).toMatch(/>\d+<\/span><span[^>]*>\d+<\/span>/);
  });

  test('amounts with their unit in the header, in the cell, or nowhere', () => {
    const g = { ...f, cells: new Map(f.cells).set('proactive/fees/amount', 12_345_678.9) };
    expect(htmlBody(g, cleanStyle)).toContain('<td colspan="3">1234.56789</td>');
    expect(htmlBody(g, htmlStyles.yuan)).toContain('<td colspan="3">12,345,678.9元</td>');
    const bare = htmlBody(g, htmlStyles.unitless);
    expect(bare).toContain('<td colspan="3">1234.56789</td>');
    expect(bare).not.toContain('万元');
  });

  test.each(['-', '—', '/', ''] as const)('absent cells as "%s"', (absent) => {
    const html = htmlBody(blankZeros(f), { ...cleanStyle, absent });
    expect(html.split(`<td>${absent || '&nbsp;'}</td>`).length).toBeGreaterThan(20);
  });

  test('labels in their variants still name the same line', () => {
    expect(htmlBody(f, htmlStyles.aliases)).not.toBe(htmlBody(f, cleanStyle));
    expect(htmlBody(f, htmlStyles.aliases)).toBe(htmlBody(f, htmlStyles.aliases));
  });

  test('the text states the totals with the counter of the style', () => {
    expect(htmlBody(f, { ...cleanStyle, counter: '宗' })).toContain(`新收政府信息公开申请${f.prose.received}宗`);
  });
});

describe('whole pages', () => {
  const f = make('2021');

  test('metas of the national standard, and the word that the place is invented', () => {
    const $ = cheerio.load(htmlPage(f, cleanStyle));
    expect($('meta[name=ArticleTitle]').attr('content')).toBe('示例市乙区人民政府2021年政府信息公开工作年度报告');
    expect($('meta[name=SiteIDCode]').attr('content')).toMatch(/^990102\d{4}$/);
    expect($('meta[name=PubDate]').attr('content')).toBe(`${f.published_on} 10:21`);
    expect($('body').text()).toContain('虚构');
  });

  test('the catalogue platform hides the article in a script that evaluates to it', () => {
    const html = htmlPage(f, htmlStyles.gkmlpt);
    const script = cheerio.load(html)('body script').last().text();
    expect(script).not.toContain('<');
    const content = new Function('window', `${script}; return window._CONFIG.DETAIL.content;`)({});
    expect(content).toBe(htmlBody(f, htmlStyles.gkmlpt));
  });

  test('Traditional script', () => {
    expect(htmlPage(f, htmlStyles.traditional)).toContain('政府信息公開工作年度報告');
  });

  test('nothing that a name holds becomes markup', () => {
    const page = htmlPage({ ...f, publisher: '<b>"&甲' }, cleanStyle);
    expect(page).not.toContain('<b>');
    expect(escapeHtml('a\u00a0<&>"')).toBe('a&nbsp;&lt;&amp;&gt;&quot;');
    expect(scriptString('</script>"')).not.toMatch(/<|[^\\]\/|""$/);
  });
});

describe('bytes', () => {
  test('are in the charset really used', () => {
    const text = '年度報告〔2021〕';
    expect(new TextDecoder('gb18030', { fatal: true }).decode(encode(text, 'gb18030'))).toBe(text);
    expect([...encode('報', 'big5')]).toEqual([0xb3, 0xf8]);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(encode(text, 'gb18030'))).toThrow(/not valid/);
  });

  test('are refused where a character would be lost', () => {
    expect(() => encode('报告', 'big5')).toThrow(/报/);
  });
});

describe('text extractions', () => {
  const f = make('2021');

  test('tabs keep the order of the numbers of a line', () => {
    const { received } = f.prose;
    const row = textPage(f, textStyles.tabs)
      .split('\n')
      .find((line) => line.includes('一、本年新收'));
    expect(row?.split('\t').at(-1)).toBe(String(received));
  });

  test('every row of a Markdown table of section 三 has the same number of cells', () => {
    const lines = textPage(f, textStyles.markdown).split('\n');
    const start = lines.findIndex((l) => l.includes('申请人情况'));
    const table = lines.slice(start, lines.indexOf('', start));
    expect(table.length).toBe(3 + 1 + 25);
    expect(new Set(table.map((l) => l.split('|').length))).toEqual(new Set([12]));
  });

  test('pasted lines wrap labels and collapse blanks', () => {
    const g = { ...f, cells: new Map(f.cells) };
    for (const [path, value] of [
      ['natural_person', 92],
      ['enterprise', 2],
      ['research_institution', null],
      ['public_welfare_org', null],
      ['legal_service_org', null],
      ['other_org', null],
      ['total', 94],
    ] as const) {
      g.cells.set(`requests/concluded/${path}`, value);
    }
    const text = textPage(g, textStyles.pasted);
    expect(text).toContain('（七）总计 92 2 94\n');
    expect(text).toContain('5.要求行政机关确认或重新出\n具已获取信息 ');
    expect(text).toMatch(/^- 2 -$/m);
  });

  test('numbers behind the first piece of a label; pages that end inside of a table', () => {
    expect(textPage(f, textStyles.pasted_first)).toMatch(/5\.要求行政机关确认或重 (\d+ ){6}\d+\n新出具已获取信息\n/);
    const heads = textPage(f, textStyles.pasted_heads);
    expect(heads).toMatch(/\d\n\n- 2 -\n示例市乙区人民政府2021年政府信息公开工作年度报告\n\n/);
    const pages = [...heads.matchAll(/^- (\d+) -$/gm)].map((m) => Number(m[1]));
    expect(pages).toEqual(pages.map((_, i) => i + 1));
  });

  test('a Markdown table for every line of the form', () => {
    const text = textPage(f, textStyles.markdown_lines);
    const tables = text.split('\n\n').filter((block) => block.startsWith('| 列1 |'));
    expect(tables.find((block) => block.includes('（七）总计'))?.split('\n').length).toBe(3);
  });

  test('one cell a line', () => {
    const lines = textPage(f, textStyles.cell_per_line).split('\n');
    const at = lines.indexOf('（七）总计');
    expect(lines.slice(at + 1, at + 8).map(Number)).toEqual(
      truthOf(f)
        .facts.filter((x) => x.line === 'concluded')
        .map((x) => x.value),
    );
  });
});
