import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Block, Doc } from '../transforms/doc/doc.ts';
import { identify, identityGaps } from '../transforms/identity/identity.ts';
import { spansOf } from '../transforms/prose/sections.ts';
import { divisionOf } from '../transforms/identity/divisions.ts';

/** Whose report it is, composed: divisions × organs × shapes of titles and pages, counted. */
type Row = [code: string, name: string, shortNames: string, from: string, until: string, successors: string];
const rows = JSON.parse(
  readFileSync(new URL('../transforms/identity/divisions.json', import.meta.url), 'utf8'),
) as Row[];

const YEAR = 2022;
const year = (month: string, otherwise: number) => (month === '' ? otherwise : Number(month.slice(0, 4)));
const inForce = rows.filter(([, , , from, until]) => year(from, 0) <= YEAR && YEAR < year(until, 9999));
const nameOf = new Map(inForce.map(([code, name]) => [code, name]));
const prefectureOf = (code: string): string =>
  nameOf.get(code.endsWith('00') ? '' : `${code.slice(0, 4)}00`) ??
  (code.endsWith('0000') ? '' : nameOf.get(`${code.slice(0, 2)}0000`)) ??
  '';
const pick = <T>(list: readonly T[], i: number): T => list[i % list.length]!;

const endings = [
  '人民政府',
  '人民政府办公室',
  '教育局',
  '发展和改革委员会',
  '卫生健康委',
  '城市管理综合行政执法局',
  '市场监督管理局（知识产权局）',
  '机关事务管理中心',
  '公安局交通警察大队',
  '政务服务中心',
  '档案馆',
  '气象局',
  '供销合作社联合社',
  '人民法院',
  '城关镇人民政府',
  '东风街道办事处',
  '红星乡人民政府',
  '经济开发区管委会',
  '高新技术产业开发区管理委员会',
];

/** How titles print organ and year. */
const shapes: ((organ: string) => string)[] = [
  (o) => `${o}${YEAR}年政府信息公开工作年度报告`,
  (o) => `${o}${YEAR}年度政府信息公开年报`,
  (o) => `${o}关于${YEAR}年政府信息公开工作情况的报告`,
  (o) => `${o}政府信息公开工作年度报告${YEAR}年`,
  (o) => `${o}政府信息公开年报（${YEAR}年度）`,
  (o) => `${o}政府信息公开年报${YEAR}年度`,
  (o) => `${YEAR}年${o}政府信息公开工作年度报告`,
  (o) => `${o} ${YEAR} 年政府信息公开工作年度报告（修订版）`,
  (o) => `${o}${YEAR}年政府信息公开工作年度报告-最终版`,
  (o) => `${o}${YEAR}年政府信息公开工作年度报告更正版`,
  (o) => `${o}${YEAR}年政府信息公开工作年度报告NEW`,
  (o) => `${o}${YEAR}年政府信息公开工作年度报告.doc 下载`,
  (o) => `${o}${YEAR}年政府信息公开工作年度报告 2023-01-20 10:30`,
  (o) => `${o}${YEAR}年政府信息公开工作年度报告 2023年1月20日 10时30分`,
  (o) => `${o}二〇二二年政府信息公开工作年度报告`,
  (o) => `《${o}${YEAR}年政府信息公开工作年度报告》`,
  (o) => `${YEAR}年政府信息公开工作年度报告（${o}）`,
];

/** What stands around titles, and is no part of the organ's name. */
const surroundings: ((title: string) => string)[] = [
  (t) => t,
  (t) => `标题：${t}`,
  (t) => `名　　称: ${t}`,
  (t) => `信息名称：${t}`,
  (t) => `  • ${t}`,
  (t) => `· ${t}`,
  (t) => `● ${t}`,
  (t) => `◆${t}`,
  (t) => `- ${t}`,
  (t) => `1、${t}`,
  (t) => `(3) ${t}`,
  (t) => `附件：${t}`,
  (t) => `当前位置：首页 > 政务公开 > 政府信息公开年报 > ${t}`,
  (t) => `您的位置：首页»信息公开»${t}`,
  (t) => `当前位置： 首页政务公开政府信息公开政府信息公开年报 ${t}`,
  (t) => `365bet(中国)官方网站-${t}`,
  (t) => `\u001b[31m${t}\u001b[0m`,
  (t) => `\u202e${t}\u202c`,
  (t) => `\u200b\ufeff${t}`,
  (t) => `<script>alert(1)</script>${t}`,
  (t) => `=cmd|' /C calc'!A0${t}`,
  (t) => `${t} 来源：示例市 时间：2023-01-18`,
  (t) => `${t}_示例市人民政府门户网站`,
  (t) => `【年报】${t}`,
  (t) => `现公布${t}`,
  (t) => `特向社会公开${t}`,
];

const text = ['一、总体情况', '本机关按时答复。', '二、主动公开政府信息情况', '略。'];
const page = (lines: string[], more: Partial<Doc> = {}): Doc => ({
  title: null,
  metas: {},
  blocks: [...lines, ...text].map((line): Block => ({ kind: 'paragraph', text: line, origin: 'test' })),
  ...more,
});
const identityOf = (doc: Doc) => {
  const found = identify(doc, spansOf(doc));
  const gaps = identityGaps(found.identity);
  return { ...found.identity, ...found, codes: [...found.findings, ...gaps].map((f) => f.code) };
};
const folded = (organ: string) => organ.normalize('NFKC');

describe('composed', () => {
  it('every division × organs: the code of the place, of the prefecture below which it is named', () => {
    const missed: string[] = [];
    let tried = 0;
    for (const [i, [code, name]] of inForce.entries())
      for (let n = 0; n < 4; n++) {
        const organ = `${prefectureOf(code)}${name}${pick(endings, i * 5 + n)}`;
        const found = divisionOf(organ, { at: YEAR, hint: null });
        tried++;
        if (found !== code) missed.push(`${organ}: ${found}, not ${code}`);
      }
    expect(tried).toBeGreaterThan(12_000);
    expect(missed.slice(0, 20)).toEqual([]);
  });

  it('divisions × organs × titles × what stands around them: the organ and its year', () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const [i, [code, name]] of inForce.entries()) {
      if (i % 3 > 0) continue;
      const organ = `${prefectureOf(code)}${name}${pick(endings, i / 3)}`;
      const title = pick(shapes, Math.floor(i / 3))(organ);
      for (let n = 0; n < 3; n++) {
        const line = pick(surroundings, i + n * 7)(title);
        const found = identityOf(page([line]));
        tried++;
        const wanted = `${folded(organ)} ${YEAR} ${code}`;
        const read = `${found.publisher} ${found.year} ${found.division_code}`;
        if (read !== wanted) wrong.push(`${JSON.stringify(line)}: ${read}, not ${wanted}`);
      }
    }
    expect(tried).toBeGreaterThan(3000);
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  const organs = inForce
    .filter((_, i) => i % 17 === 0)
    .map(([code, name], i) => ({ organ: `${prefectureOf(code)}${name}${pick(endings, i)}`, code }));
  const title = `${YEAR}年政府信息公开工作年度报告`;
  const count = (cases: { of: string; doc: Doc; wanted: string }[], read: (doc: Doc) => string) =>
    cases.flatMap(({ of, doc, wanted }) => (read(doc) === wanted ? [] : [`${of}: ${read(doc)}, not ${wanted}`]));
  const saying = (doc: Doc) => {
    const { publisher, year: of, codes } = identityOf(doc);
    return [publisher, of, ...codes].join(' ');
  };

  it('what is no organ is none, and a finding says so', () => {
    const nobody = [
      '我局', '本机关', '本单位', '我区', '我街道', '本镇', '该局', '各部门', '各镇街', '市直部门', '街道办事处', '人民政府', '办公室', '乡镇',
      '全市', '全区各部门', '365bet(中国)官方网站', '某某娱乐城官网', '某某体育平台', '<script>alert(1)</script>', "=cmd|' /C calc'!A0",
      '\u202e\u202c', '\u001b[31m', '首页>政务公开', '标题：', '•', '中华人民共和国', '政务公开专栏', '信息来源：', '关于公布', '现将', '特向社会公开',
    ]; // prettier-ignore
    const wrong = nobody.flatMap((organ) =>
      shapes.flatMap((shape) => {
        const { publisher, codes } = identityOf(page([shape(organ)]));
        return publisher === null && codes.includes('publisher_unknown') ? [] : [`${shape(organ)}: ${publisher}`];
      }),
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it('prose that names laws and other organs names no publisher and does not disagree', () => {
    const prose: ((other: string) => string)[] = [
      (o) => `根据《中华人民共和国政府信息公开条例》和《${o}政府信息公开工作年度报告格式》规定编制本报告。`,
      (o) => `根据国务院办公厅、${o}有关要求，编制本年度报告`,
      (o) => `全年政府网站公开信息64条,其中部门工作59条、${o}政策文件3条、财务公开1条、政府信息公开年报1条`,
      (o) => `按照${o}关于做好2021年政府信息公开工作年度报告的通知要求`,
      (o) => `${o}对我单位2021年政府信息公开工作年度报告进行了检查`,
      (o) => `参照${o}2021年政府信息公开工作年度报告的做法，我们改进了工作，现报告如下`,
      (o) => `一是按时编制政府信息公开工作年度报告；二是配合${o}做好2021年政府信息公开年报`,
      (o) => `上级${o}的政府信息公开年报`,
    ];
    const cases = organs.flatMap(({ organ }, i) => {
      const other = pick(organs, i + 40).organ;
      return prose.map((say) => ({
        of: say(other),
        doc: page([organ + title, say(other)]),
        wanted: `${folded(organ)} ${YEAR}`,
      }));
    });
    expect(cases.length).toBeGreaterThan(1500);
    expect(count(cases, saying).slice(0, 20)).toEqual([]);
  });

  it('a sentence that announces the report names its organ', () => {
    const sentences: ((o: string) => string)[] = [
      (o) =>
        `根据《中华人民共和国政府信息公开条例》规定和《关于印发〈年度报告格式〉的通知》要求,现发布《${o}${title}》。本报告统计期限如下。`,
      (o) => `今年以来工作平稳。现根据上级要求,特向社会公开${o}${title},本报告中使用数据统计期限如下。`,
      (o) => `根据《条例》规定，现公布${o}${title}。`,
      (o) => `现将${o}${title}公布如下：`,
      (o) => `按照要求，编制并公布了《${o}${title}》。`,
      (o) => `根据规定，编制${o}${YEAR}年度政府信息公开年度报告。`,
      (o) => `现向社会公布${YEAR}年${o}政府信息公开工作年度报告，欢迎监督。`,
    ];
    const cases = organs.flatMap(({ organ }) =>
      sentences.map((say) => ({
        of: say(organ),
        doc: page(['一、总体情况', say(organ)]),
        wanted: `${folded(organ)} ${YEAR}`,
      })),
    );
    expect(count(cases, saying).slice(0, 20)).toEqual([]);
    const own = ['现公布我局', '特向社会公开本单位', '现将我区', '现发布《我街道'].map((lead) => ({
      of: lead,
      doc: page(['一、总体情况', `根据规定，${lead}${title}。`]),
      wanted: ` ${YEAR} publisher_unknown`,
    }));
    expect(count(own, saying)).toEqual([]);
  });

  it('a notice that publishes the report names it; its page decides', () => {
    const notices: ((o: string) => string)[] = [
      (o) => `关于公布${o}${title}的公告`,
      (o) => `关于印发${o}${title}的通知`,
      (o) => `${o}关于公布${title}的公告`,
      (o) => `${o}关于印发${YEAR}年度政府信息公开年度报告的通知`,
      (o) => `${o}关于${title}发布的公告`,
      (o) => `示例省人民政府办公厅关于印发${o}${title}的通知`,
      (o) => `${o}${YEAR}年政府信…`,
      (o) => `${o}${YEAR}年政府信息公开工作年...`,
    ];
    const cases = organs.flatMap(({ organ }) =>
      notices.map((say) => ({ of: say(organ), doc: page([say(organ)]), wanted: `${folded(organ)} ${YEAR} null` })),
    );
    const read = (doc: Doc) => {
      const { publisher, year: of, isReport } = identityOf(doc);
      return `${publisher} ${of} ${isReport}`;
    };
    expect(count(cases, read).slice(0, 20)).toEqual([]);
  });

  it('a document of another kind that cites reports is none', () => {
    const titles = [
      '示例市人民政府办公厅关于做好政府信息公开情况统计工作的通知',
      '示例市人民政府办公室关于报送2021年政府信息公开工作年度报告的通知',
      '关于做好2021年政府信息公开工作年度报告编制和公布工作的通知',
      '《示例市2021年政府信息公开工作年度报告》解读',
      '示例市政府信息公开工作年度报告格式（模板）',
      '示例市政府信息公开工作年度报告编制规范',
      '示例大学2020-2021学年信息公开工作年度报告',
      '示例学院2022—2023学年度信息公开工作报告',
      '示例市2021年第一季度政府信息公开工作报告',
    ];
    const cites: ((o: string) => string)[] = [
      (o) => `作为编制《${o}政府信息公开工作年度报告》的依据,于3月底前向社会公布。`,
      (o) => `请于1月底前公布《${o}${title}》。`,
      (o) => `《${o}${title}》`,
      (o) => `附件：${o}${title}`,
      (o) => `${o}${title}`,
    ];
    const wrong = organs.flatMap(({ organ }, i) =>
      cites.flatMap((cite) => {
        const heading = pick(titles, i);
        const inLines = identityOf(page([heading, cite(organ)])).isReport;
        const inPage = identityOf(page([cite(organ)], { title: heading })).isReport;
        return inLines === false && inPage === false ? [] : [`${heading} / ${cite(organ)}: ${inLines} ${inPage}`];
      }),
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it('lists and trails of links before a title do not disagree with it', () => {
    const cases = organs.flatMap(({ organ }, i) => {
      const others = [1, 2, 3].map((n) => pick(organs, i + n * 7).organ);
      const own = organ + title;
      const wanted = `${folded(organ)} ${YEAR}`;
      return [
        { of: 'list', doc: page([...others.map((o) => o + title), own], { title: own }), wanted },
        {
          of: 'years',
          doc: page([2019, 2020, 2021].map((y) => own.replace('2022', `${y}`)).concat(own), { title: own }),
          wanted,
        },
        { of: 'trail', doc: page([`首页 > 年报 > ${others[0]}${title}`, own]), wanted },
        { of: 'trail behind', doc: page([own, `当前位置：首页 > 年报 > ${others[0]}${title}`]), wanted },
        { of: 'column', doc: page([`首页 > 政务公开 > 2022 > 街道办事处${title}`, own]), wanted },
      ];
    });
    expect(count(cases, saying).slice(0, 20)).toEqual([]);
    const { details } = identityOf(cases.find((c) => c.of === 'list')!.doc);
    expect(details?.publishers.map((p) => p.from)).toEqual(['navigation', 'navigation', 'navigation']);
  });

  it('a name of several divisions: open, unless the document says where it is', () => {
    const shared = inForce.filter(
      ([code, name]) =>
        !code.endsWith('00') && inForce.some((r) => r[1] === name && r[0].slice(0, 4) !== code.slice(0, 4)),
    );
    expect(shared.length).toBeGreaterThan(60);
    const wrong: string[] = [];
    for (const [code, name] of shared) {
      const lines = [`${name}教育局${title}`];
      const above = prefectureOf(code);
      const read = [
        identityOf(page(lines)),
        identityOf(page(lines, { metas: { SiteIDCode: `${code.slice(0, 4)}000001` } })),
        identityOf(page(lines, { metas: { SiteName: `${above}人民政府` } })),
        identityOf(page(lines, { title: `${lines[0]}_${above}${name}人民政府门户网站` })),
        identityOf(page([...lines, `来源：${above}${name}教育局`])),
        identityOf(page([...lines, ...text, `${above}${name}教育局按时答复。`])),
      ].map((found) => found.division_code);
      if (read.join() !== ['', code, code, code, code, code].join())
        wrong.push(`${above}${name} ${code}: ${read.join()}`);
    }
    expect(wrong).toEqual([]);
    expect(identityOf(page([`鼓楼区人民政府${title}`])).codes).toEqual(['division_unknown']);
  });

  it('no code of a site that is none of the standard', () => {
    const known = new Set(rows.map(([code]) => code));
    const wrong: string[] = [];
    for (let n = 0; n < 2000; n++) {
      const code = String(100000 + ((n * 7919) % 890000));
      const found = identityOf(
        page([`示例综合实验区${title}`], { metas: { SiteIDCode: `${code}0001` } }),
      ).division_code;
      if (found !== (known.has(code) ? code : null)) wrong.push(`${code}: ${found}`);
    }
    expect(wrong).toEqual([]);
  });
});
