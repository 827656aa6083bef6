import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { htmlPage, toTraditional } from '../scripts/compose/html.ts';
import { htmlStyles } from '../scripts/compose/styles.ts';
import { textPage, textStyles } from '../scripts/compose/text.ts';
import { decode } from '../transforms/characters/decode.ts';
import type { Doc } from '../transforms/doc/doc.ts';
import { forms } from '../transforms/forms/index.ts';
import { readHtml } from '../transforms/formats/html/html.ts';
import { simplifyDoc, toSimplified } from '../transforms/characters/simplify.ts';
import { readText } from '../transforms/formats/text.ts';
import { figuresOf } from './reading.fixture.ts';

const shared = join(import.meta.dirname, '../../shared');
const docOf = (...lines: string[]): Doc => ({
  title: lines[0] ?? null,
  metas: { ArticleTitle: lines[0] ?? '' },
  blocks: lines.map((text) => ({ kind: 'paragraph', text, origin: 'test' })),
});
const simplified = (...lines: string[]) => {
  const { doc, script } = simplifyDoc(docOf(...lines));
  return { script, lines: doc.blocks.map((b) => (b.kind === 'paragraph' ? b.text : '')) };
};
const labels = forms.flatMap((form) =>
  form.grids.flatMap((grid) => [
    grid.zh,
    ...grid.lines.flatMap((l) => [l.zh, ...l.group, ...l.aliases, ...l.columns.map((c) => c.zh)]),
  ]),
);

describe('Simplified text comes out as it went in', () => {
  it.each([
    '乾安县、乾县、乾隆年间',
    '著作、著名、显著、原著、编著',
    '皇后、后来、王后村、后稷',
    '里程、公里、邻里、万里',
    '丰台、丰都、余姚、剩余、钟楼、钟情',
    '干部、干净、干涉、天干地支',
    '发展、头发、复杂、反复、覆盖、答复',
    '台州市天台县台办',
    '范县范某，岳阳、郁南',
    '征求、征收、特征、象征、宫商角徵羽',
    '了解、瞭望',
    '於潜镇、於陵、彷徨、仿佛、藉此、狼藉、覆核、甯姓',
    '沈阳、沉淀、制度、制造、准备、标准、采购、占用、周边、向着',
  ])('%s', (line) => {
    // Enough Simplified text around, as on every real page, and alone.
    const around = '本年度新收政府信息公开申请，按时办结，没有结转。';
    expect(simplified(around, line, around)).toEqual({ script: 'simplified', lines: [around, line, around] });
  });

  it('the statutory labels, one by one and together', () => {
    for (const label of labels) expect(simplified('本机关总体情况说明', label).lines[1]).toBe(label);
    expect(simplified(...labels).lines).toEqual(labels);
  });

  it('composed pages, the very same object', () => {
    for (const doc of [
      readHtml(htmlPage(figuresOf(), htmlStyles.clean)),
      readText(textPage(figuresOf(), textStyles.pasted)),
    ]) {
      const out = simplifyDoc(doc);
      expect(out.script).toBe('simplified');
      expect(out.doc).toEqual(doc);
    }
  });

  it('text without any evidence', () => {
    expect(simplified('12', '2020', 'abc')).toEqual({ script: null, lines: ['12', '2020', 'abc'] });
  });

  const corpus = join(shared, 'corpus');
  if (!existsSync(corpus)) console.log('simplify: the corpus is not here, its texts are skipped');
  it.runIf(existsSync(corpus))('the Simplified texts of the corpus', () => {
    const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(
      // Below faults/ lie pages damaged on purpose, in mixed encodings too.
      (name) => /source\.(txt|html)$/.test(name) && !name.startsWith('faults/'),
    );
    let checked = 0;
    for (const name of names) {
      if (/traditional|mirror/.test(name)) continue;
      const { text } = decode(readFileSync(join(corpus, name)));
      const doc = name.endsWith('txt') ? readText(text) : readHtml(text);
      expect([name, simplifyDoc(doc).script]).toEqual([name, 'simplified']);
      expect(simplifyDoc(doc).doc).toEqual(doc);
      checked++;
    }
    expect(checked).toBeGreaterThan(5);
  });
});

describe('Traditional text is converted', () => {
  it.each([
    ['規範性文件', '规范性文件'],
    ['行政復議、行政訴訟', '行政复议、行政诉讼'],
    ['行政覆議結果維持', '行政复议结果维持'],
    ['依申請公開的答覆', '依申请公开的答复'],
    ['著力推進、圍繞著重點', '着力推进、围绕着重点'],
    ['著名著作的編著者', '著名著作的编著者'],
    ['甯夏回族自治區', '宁夏回族自治区'],
    ['衞生健康局敍明理由', '卫生健康局叙明理由'],
    ['祇有一個', '只有一个'],
    ['皇后與後來', '皇后与后来'],
    ['乾隆年間的乾淨', '乾隆年间的干净'],
    ['頭髮發展', '头发发展'],
    ['本機關不掌握相關政府信息', '本机关不掌握相关政府信息'],
    [
      '自然人、商業企業、科研機構、社會公益組織、法律服務機構',
      '自然人、商业企业、科研机构、社会公益组织、法律服务机构',
    ],
    ['為、爲、裡、裏、衆、眾、啟、啓、線、綫、床、牀', '为、为、里、里、众、众、启、启、线、线、床、床'],
  ])('%s → %s', (from, to) => {
    const around = '本機關對政府信息公開條例的執行';
    expect(simplified(around, from)).toMatchObject({
      script: 'traditional',
      lines: ['本机关对政府信息公开条例的执行', to],
    });
  });

  it('words stay words: 文件 is never 文档, 信息 never 資訊', () => {
    const { lines } = simplified('規範性文件與政府信息、軟件、網絡、程序、數據');
    expect(lines).toEqual(['规范性文件与政府信息、软件、网络、程序、数据']);
  });

  it('every statutory label survives the way to Traditional and back', () => {
    const there = labels.map(toTraditional);
    expect(there).not.toEqual(labels);
    // 覆议 is the one label that is printed only where 複議 was converted badly.
    expect(simplified(...there)).toEqual({
      script: 'traditional',
      lines: labels.map((l) => l.replace('覆议', '复议')),
    });
  });

  it('a whole page: title, metadata, cells and nested tables', () => {
    const table = (text: string): Doc => ({
      title: `標題${text}`,
      metas: { ArticleTitle: `單位${text}` },
      blocks: [
        {
          kind: 'table',
          aligned: true,
          origin: 't',
          rows: [
            [
              {
                text: `規章${text}`,
                colspan: 1,
                rowspan: 1,
                nested: [
                  {
                    kind: 'table',
                    aligned: true,
                    origin: 'n',
                    rows: [[{ text: `總計${text}`, colspan: 1, rowspan: 1 }]],
                  },
                ],
              },
            ],
          ],
        },
        { kind: 'picture', source: '規.png', alt: `圖${text}`, origin: 'p' },
      ],
    });
    const { doc } = simplifyDoc(table('的情況報告書與數據'));
    expect(JSON.stringify(doc)).not.toMatch(/[標題單規總計圖況報書與數據](?!\.png)/);
    // What is no prose stays as it was written.
    expect(doc.blocks[1]).toMatchObject({ source: '規.png' });
  });
});

describe('mixed pages', () => {
  it('each line by its own script', () => {
    const s = '乾安县人民政府办公室著作权说明，为群众办实事，发布规范性文件。';
    const t = '行政覆議與行政訴訟的情況說明，對外發佈規範性文件。';
    const out = simplified(s, t, s, t);
    expect(out.script).toBe('mixed');
    expect(out.lines).toEqual([
      s,
      '行政复议与行政诉讼的情况说明，对外发布规范性文件。',
      s,
      '行政复议与行政诉讼的情况说明，对外发布规范性文件。',
    ]);
  });
  it('a Simplified page with one Traditional name is Simplified', () => {
    const s = '本机关按时办结全部政府信息公开申请，没有结转到下年度的申请，也没有行政复议与诉讼案件发生。';
    expect(simplified(s, s, '（書法：示例）', s)).toEqual({ script: 'simplified', lines: [s, s, '（書法：示例）', s] });
  });
});

const suite = join(shared, 'suites/opencc/testcases.json');
if (!existsSync(suite)) console.log('simplify: the cases of OpenCC are not here, their comparison is skipped');

describe.runIf(existsSync(suite))('OpenCC', () => {
  /** Cases that go by another rule here, each with the reason. */
  const differ: Record<string, string> = {
    BYVoid_OpenCC_PR_1228_existing_behaviors: '殢 stays: the converter has no rule for a character of poetry',
    BYVoid_OpenCC_PR_1229_existing_behaviors: '圞 stays: the converter has no rule for a character of poetry',
    BYVoid_OpenCC_PR_464_xi_vs_xi: '谿 in 谿工 and 樠 have no rule in the converter',
  };

  it('converts at least 52 of the 55 cases t2s', () => {
    const { cases } = JSON.parse(readFileSync(suite, 'utf8').replace(/,(\s*[}\]])/g, '$1')) as {
      cases: { id: string; input: string; expected: Record<string, string> }[];
    };
    const own = cases.filter((c) => c.expected.t2s !== undefined);
    expect(own.length).toBe(55);
    const missed = own.filter((c) => toSimplified(c.input) !== c.expected.t2s);
    expect(missed.map((c) => c.id).sort()).toEqual(Object.keys(differ).sort());
    expect(own.length - missed.length).toBeGreaterThanOrEqual(52);
  });
});
