import { describe, expect, it } from 'vitest';
import { composeFigures, key, truthOf, type Figures } from '../scripts/compose/figures.ts';
import { htmlBody, htmlPage } from '../scripts/compose/html.ts';
import { cleanStyle } from '../scripts/compose/styles.ts';
import { cell, type Block, type Doc } from '../transforms/doc/doc.ts';
import { readHtml } from '../transforms/formats/html/html.ts';
import { interpret } from '../transforms/interpret.ts';
import { readJson } from '../transforms/formats/html/json.ts';
import { repairMojibake } from '../transforms/characters/mojibake.ts';
import { Unreadable } from '../transforms/findings.ts';

const figures = (more: Partial<Parameters<typeof composeFigures>[0]> = {}): Figures =>
  composeFigures({
    seed: 5,
    publisher: '示例市甲区人民政府',
    division_code: '990101',
    year: 2022,
    edition: '2021',
    ...more,
  });

const codes = (doc: Doc) => interpret(doc).findings.map((f) => f.code);

describe('a JSON answer that holds an article', () => {
  const f = figures();
  const answer = (body: string) =>
    JSON.stringify({
      code: 200,
      data: { title: '示例市甲区人民政府2022年政府信息公开工作年度报告', publish_date: '2023-01-20', content: body },
    });

  it('is read like the page it fills', () => {
    const said = interpret(readJson(answer(htmlBody(f, cleanStyle))));
    const values = new Map(said.facts.map((x) => [key(x.grid, x.line, x.col), x.value]));
    for (const x of truthOf(f).facts) expect(values.get(key(x.grid, x.line, x.col))).toBe(x.value);
    expect(said.report).toMatchObject({ publisher: f.publisher, year: 2022, published_on: '2023-01-20' });
  });

  it.each(['{"a":1}', '[]', '{"content":"短"}', '{broken'])('says that %s holds none', (text) => {
    expect(() => readJson(text)).toThrow(Unreadable);
  });
});

it('tables of different editions in one report are said to be mixed, and pure ones are not', () => {
  const mixed = readHtml(htmlPage(figures({ mixed: true }), cleanStyle));
  expect(codes(mixed)).toContain('edition_mixed');
  expect(codes(readHtml(htmlPage(figures(), cleanStyle)))).not.toContain('edition_mixed');
});

it('regulations of a bureau are kept and named', () => {
  const f = figures({ publisher: '示例市甲区教育局' });
  f.cells.set(key('proactive', 'regulations', 'in_force'), 6);
  const said = interpret(readHtml(htmlPage(f, cleanStyle)));
  expect(said.facts.find((x) => x.line === 'regulations' && x.col === 'in_force')?.value).toBe(6);
  expect(said.findings.find((x) => x.code === 'local_regulations')?.cells).toEqual([
    { grid: 'proactive', line: 'regulations', col: 'in_force' },
  ]);
});

it('numbers without a label after a page break belong to the empty line above, with a finding', () => {
  const header = ['', '自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'].map((t) =>
    cell(t),
  );
  const row = (label: string, values: (number | string)[]) => [cell(label), ...values.map((v) => cell(String(v)))];
  const blank = ['', '', '', '', '', '', ''];
  const table = (rows: ReturnType<typeof row>[], origin: string): Block => ({
    kind: 'table',
    aligned: true,
    origin,
    rows,
  });
  const doc: Doc = {
    title: '示例市甲区教育局2022年政府信息公开工作年度报告',
    metas: {},
    blocks: [
      table(
        [
          header,
          row('一、本年新收政府信息公开申请数量', [2, 1, 0, 0, 0, 0, 3]),
          row('二、上年结转政府信息公开申请数量', blank),
        ],
        'page 1',
      ),
      table([row('', [1, 0, 0, 0, 0, 0, 1]), row('（一）予以公开', [3, 1, 0, 0, 0, 0, 4])], 'page 2'),
    ],
  };
  const said = interpret(doc);
  const carried = said.facts.filter((f) => f.line === 'carried_in').map((f) => f.value);
  expect(carried).toEqual([1, 0, 0, 0, 0, 0, 1]);
  expect(said.findings.find((f) => f.code === 'label_lost')?.cells).toHaveLength(7);
});

it('digits of a table that were recognised with little confidence are one finding, the least sure first', () => {
  const row = (label: string, ...values: [number, number][]) => [
    cell(label),
    ...values.map(([value, ocr]) => ({ ...cell(String(value)), ocr })),
  ];
  const rows = [
    ['', '自然人', '商业企业', '总计'].map((t) => cell(t)),
    row('一、本年新收政府信息公开申请数量', [2, 0.8], [1, 0.99], [3, 0.99]),
    row('二、上年结转政府信息公开申请数量', [0, 0.7], [0, 0.99], [0, 0.84]),
  ];
  const title = '示例市甲区教育局2022年政府信息公开工作年度报告';
  const doc: Doc = { title, metas: {}, blocks: [{ kind: 'table', aligned: true, origin: 'page 1', rows }] };
  const doubts = interpret(doc).findings.filter((f) => f.code === 'ocr_doubt');
  expect(doubts.map(({ cells, details, actual }) => [cells.map((c) => `${c.line} ${c.col}`), details, actual])).toEqual(
    [
      [
        ['carried_in natural_person', 'received natural_person', 'carried_in total'],
        expect.objectContaining({ label: '上年结转政府信息公开申请数量', value: '0', confidence: 70 }),
        null,
      ],
    ],
  );
});

it('text read as GBK is undone over all of GBK, lone bytes and Cyrillic included', () => {
  for (const text of [
    '四、结转下年度继续办理',
    '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
    '公开',
  ])
    expect(repairMojibake(new TextDecoder('gbk').decode(Buffer.from(text))).text).toBe(text);
});

it('numbers of section 二 whose header is lost are named, because two editions have as many columns', () => {
  const rows = [
    [cell('規'), cell('甲'), cell('乙'), cell('丙')],
    [cell('规章'), cell('1'), cell('2'), cell('3')],
    [cell('信息内容'), cell('本年处理决定数量', 3)],
    [cell('行政许可'), cell('5', 3)],
    [cell('行政处罚'), cell('6', 3)],
  ];
  const doc: Doc = {
    title: '示例市甲区教育局2022年政府信息公开工作年度报告',
    metas: {},
    blocks: [{ kind: 'table', aligned: true, origin: 'table 1', rows }],
  };
  const said = interpret(doc);
  expect(said.facts.filter((f) => f.line === 'regulations').map((f) => f.value)).toEqual([1, 2, 3]);
  expect(said.findings.find((f) => f.code === 'edition_unclear')?.cells).toHaveLength(3);
});
