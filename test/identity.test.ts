import { foreignDomains } from '../transforms/identity/clones.ts';
import { describe, expect, it } from 'vitest';
import { divisionOf, fullOrganName, isDivisionCode } from '../transforms/identity/divisions.ts';
import type { Block, Doc } from '../transforms/doc/doc.ts';
import { identify, identityGaps } from '../transforms/identity/identity.ts';
import { spansOf } from '../transforms/prose/sections.ts';
import { codesOf, figuresOf, pageOf, readString } from './reading.fixture.ts';

const identityOf = (lines: string[], more: Partial<Doc> = {}) => {
  const blocks: Block[] = lines.map((text) => ({ kind: 'paragraph', text, origin: 'test' }));
  const doc: Doc = { title: null, metas: {}, blocks, ...more };
  const found = identify(doc, spansOf(doc));
  return { ...found.identity, isReport: found.isReport, codes: found.findings.map((f) => f.code) };
};
const text = ['一、总体情况', '本机关按时答复。', '二、主动公开政府信息情况'];

describe('whose report, of which year', () => {
  it('from the first line', () => {
    expect(identityOf(['示例市教育局2021年政府信息公开工作年度报告', ...text])).toMatchObject({
      publisher: '示例市教育局',
      year: 2021,
      isReport: true,
      codes: [],
    });
  });
  it.each([
    [['示例市教育局', '2021年政府信息公开工作年度报告']],
    [['示例市教育局2021年', '政府信息公开工作年度报告']],
    [['示例市教育局', '2021年', '政府信息公开工作年度报告']],
    [['示例市教育局', '二〇二一年政府信息公开工作', '年度报告']],
  ])('a title over several lines: %j', (lines) => {
    expect(identityOf([...lines, ...text])).toMatchObject({ publisher: '示例市教育局', year: 2021 });
  });
  it.each([
    ['behind a dash', ['2021年政府信息公开工作年度报告——示例市教育局', ...text]],
    ['where the report is signed', ['2021年政府信息公开工作年度报告', ...text, '示例市教育局', '2022年1月18日']],
    [
      'signed in other figures',
      ['2021年政府信息公开工作年度报告', ...text, '示例市教育局', '二〇二二年一月十八日', '附件'],
    ],
  ])('the organ stands %s', (_, lines) => {
    expect(identityOf(lines)).toMatchObject({ publisher: '示例市教育局', year: 2021 });
  });
  it('a sentence before a day is no signature', () => {
    const lines = ['2021年政府信息公开工作年度报告', ...text, '抄送示例市财政局。', '2022年1月18日'];
    expect(identityOf(lines).publisher).toBeNull();
  });
  it('the year of a period in the title', () => {
    const title = '示例市教育局政府信息公开工作年度报告（2021年1月1日至2021年12月31日）';
    const blocks: Block[] = [{ kind: 'heading', level: 1, text: title, origin: 'test' }];
    expect(identityOf([], { blocks })).toMatchObject({ publisher: '示例市教育局', year: 2021 });
  });
  it('the title of the article stands before the page title and before what links around it say', () => {
    expect(
      identityOf(['示例市教育局2021年政府信息公开工作年度报告', ...text], {
        metas: { ArticleTitle: '示例市教育局2021年政府信息公开工作年度报告', ContentSource: '示例市人民政府办公室' },
        title: '年报_示例市人民政府门户网站',
      }),
    ).toMatchObject({ publisher: '示例市教育局', year: 2021, codes: [] });
  });
  it('years that disagree: the title wins, and a finding says so', () => {
    expect(
      identityOf(['示例市教育局2021年政府信息公开工作年度报告', ...text], {
        metas: { ArticleTitle: '示例市教育局2020年政府信息公开工作年度报告' },
      }),
    ).toMatchObject({ year: 2020, codes: ['year_disagrees'] });
  });
  it('publishers that disagree', () => {
    const found = identityOf(['示例市财政局2021年政府信息公开工作年度报告', ...text], {
      metas: { ArticleTitle: '示例市教育局2021年政府信息公开工作年度报告' },
    });
    expect(found).toMatchObject({ publisher: '示例市教育局', codes: ['publisher_disagrees'] });
  });
  it('a title that leaves out the city does not disagree', () => {
    expect(
      identityOf(['甲区教育局2021年政府信息公开工作年度报告', ...text], {
        metas: { ArticleTitle: '示例市甲区教育局2021年政府信息公开工作年度报告' },
      }).codes,
    ).toEqual([]);
  });
  it('the office is not the government', () => {
    expect(identityOf(['广州市花都区人民政府办公室2020年政府信息公开工作年度报告', ...text]).publisher).toBe(
      '广州市花都区人民政府办公室',
    );
    expect(identityOf(['广州市花都区人民政府2020年政府信息公开工作年度报告', ...text]).publisher).toBe(
      '广州市花都区人民政府',
    );
    expect(identityOf(['广州市花都区2020年政府信息公开工作年度报告', ...text]).publisher).toBe('广州市花都区人民政府');
  });
  it('without an organ in any title, its source', () => {
    expect(
      identityOf(['2021年政府信息公开工作年度报告', ...text], { metas: { ContentSource: '示例市教育局' } }),
    ).toMatchObject({ publisher: '示例市教育局', year: 2021 });
    expect(identityOf(['2021年政府信息公开工作年度报告', ...text], { metas: { ContentSource: '本网' } })).toMatchObject(
      { publisher: null },
    );
  });
  it('without a year in any title, the period that the figures are of; never the date of publication', () => {
    const period = [
      '示例市教育局政府信息公开工作年度报告',
      '一、总体情况',
      '所列数据统计期限自2021年1月1日至2021年12月31日。',
    ];
    expect(identityOf(period, { metas: { PubDate: '2022-01-28' } })).toMatchObject({
      year: 2021,
      published_on: '2022-01-28',
    });
    expect(identityOf(period.slice(0, 2), { metas: { PubDate: '2022-01-28' } }).year).toBeNull();
  });
  it('a report on its own year, published in that year', () => {
    expect(
      identityOf(['示例市教育局2021年政府信息公开工作年度报告', ...text], { metas: { PubDate: '2021-12-31 10:00' } }),
    ).toMatchObject({ year: 2021, published_on: '2021-12-31', codes: [] });
  });
  it('dates that no calendar has are not published', () => {
    expect(identityOf(text, { metas: { PubDate: '2021-13-45' } }).published_on).toBeNull();
  });
  it('a link to the report of another year behind the article is not its title', () => {
    expect(
      identityOf([
        '示例市教育局2021年政府信息公开工作年度报告',
        ...text,
        '上一篇：示例市教育局2020年政府信息公开工作年度报告',
      ]),
    ).toMatchObject({ year: 2021, codes: [] });
  });
  it('a list of other reports before the article is not its title', async () => {
    const list =
      '<ul><li>示例市财政局2019年政府信息公开工作年度报告</li><li>示例市甲区人民政府2020年政府信息公开工作年度报告</li></ul>';
    const page = pageOf(figuresOf()).replace('<body>', `<body>${list}`);
    const unnamed = page.replace(/<title>.*?<\/title>/, '<title>信息公开</title>');
    for (const html of [page, unnamed, page.replace(/<(\/?)h1>/g, '<$1p>'), unnamed.replace(/<(\/?)h1>/g, '<$1p>')])
      expect((await readString(html)).report).toMatchObject({ publisher: '示例市甲区人民政府', year: 2022 });
  });
  it('a period of other figures than those of the title is a finding', () => {
    const copied = [
      '示例市教育局2021年政府信息公开工作年度报告',
      '一、总体情况',
      '数据统计期限自2020年1月1日起至2020年12月31日止。',
    ];
    expect(identityOf(copied)).toMatchObject({ year: 2021, codes: ['year_disagrees'] });
  });
  it('a line below a title that leaves it out names the organ; below the name of a column it does not', () => {
    const title = '2021年政府信息公开工作年度报告';
    expect(identityOf([title, '示例市教育局', '2022年1月20日', ...text])).toMatchObject({
      publisher: '示例市教育局',
      year: 2021,
    });
    for (const lines of [
      [title, '示例市'],
      [title, '发布机构：示例市教育局'],
      ['政府信息公开年报', '示例市财政局', '索引号：12', title],
    ])
      expect(identityOf([...lines, ...text])).toMatchObject({ publisher: null, year: 2021 });
  });
  it('a title that names an autonomous place by its short name means its government', () => {
    expect(identityOf(['凉山州2022年政府信息公开工作年度报告', ...text])).toMatchObject({
      publisher: '凉山州人民政府',
      division_code: '513400',
    });
  });
  it('so does one that names a place which no list has, but not a zone', () => {
    const publisherOf = (name: string) => identityOf([`${name}2022年政府信息公开工作年度报告`, ...text]).publisher;
    expect(publisherOf('示例市乙区')).toBe('示例市乙区人民政府');
    expect(publisherOf('示例综合实验区')).toBe('示例综合实验区');
    expect(publisherOf('示例社区')).toBe('示例社区');
  });
  it('names of columns around an article do not make it another document, its own title does', () => {
    const isReport = (lines: string[], title: string | null = null) =>
      identityOf([...lines, ...text], { title }).isReport;
    const own = '示例市教育局2012年政府信息公开工作年度报告';
    expect(isReport(['政府信息公开指南', '政府信息公开制度', '信息公开解读', own])).toBe(true);
    expect(isReport([own], '政府信息公开指南')).toBe(true);
    expect(isReport(['关于做好2012年政府信息公开工作年度报告编制工作的通知', own])).toBe(false);
    expect(isReport([], '示例市政府信息公开工作年度报告编制规范')).toBe(false);
    expect(isReport([])).toBeNull();
  });
  it('what titles name and is not believed stays in the details', () => {
    const found = identify(
      {
        title: '示例市教育局2021年政府信息公开工作年度报告',
        metas: {},
        blocks: [
          '首页 > 示例市财政局2021年政府信息公开工作年度报告',
          '示例市教育局2021年政府信息公开工作年度报告',
          ...text,
        ].map((line) => ({ kind: 'paragraph', text: line, origin: 'test' })),
      },
      [],
    );
    expect(found).toMatchObject({
      identity: { publisher: '示例市教育局' },
      details: { publishers: [{ name: '示例市财政局', from: 'navigation' }] },
      findings: [],
    });
  });
  it('a title that names only the place means its government, and does not disagree with itself', () => {
    expect(
      identityOf(['增城区2020年政府信息公开工作年度报告', ...text], { title: '增城区2020年政府信息公开工作年度报告' }),
    ).toMatchObject({ publisher: '广州市增城区人民政府', codes: [] });
  });
  it('gaps are findings', () => {
    const nothing = { publisher: null, division_code: null, year: null, title: null, published_on: null };
    expect(identityGaps(nothing).map((f) => f.code)).toEqual(['publisher_unknown', 'year_unknown']);
    expect(identityGaps({ ...nothing, publisher: '示例局', year: 2021 }).map((f) => f.code)).toEqual([
      'division_unknown',
    ]);
  });
});

describe('divisions', () => {
  it.each([
    ['广州市增城区人民政府', null, '440118'],
    ['广东省广州市增城区人民政府', null, '440118'],
    ['广州市人民政府', null, '440100'],
    ['广东省人民政府办公厅', null, '440000'],
    ['北京市朝阳区人民政府', null, '110105'],
    ['长春市朝阳区人民政府', null, '220104'],
    ['南京市鼓楼区人民政府', null, '320106'],
    ['福州市鼓楼区卫生健康局', null, '350102'],
    ['鼓楼区人民政府', null, null],
    ['鼓楼区人民政府', '320106', '320106'],
    ['鼓楼区人民政府', '320100', '320106'],
    ['鼓楼区人民政府', '350100', '350102'],
    ['鼓楼区人民政府', '440100', null],
    ['朝阳区教育局', '110105', '110105'],
    ['乾安县人民政府', null, '220723'],
    ['示例市甲区人民政府', '990101', null],
    ['某某集团公司', '440100', null],
  ])('%s with the portal of %s: %s', (organ, hint, code) => {
    expect(divisionOf(organ, { at: null, hint })).toBe(code);
  });
  it('invented codes are none of GB/T 2260', () => {
    expect(isDivisionCode('990101')).toBe(false);
    expect(isDivisionCode('440118')).toBe(true);
  });
  it('a district carries its prefecture, a county does not unless its report does', () => {
    expect(fullOrganName('洪泽区人民政府', '320813', '')).toBe('淮安市洪泽区人民政府');
    expect(fullOrganName('乾安县人民政府', '220723', '')).toBe('乾安县人民政府');
    expect(fullOrganName('新疆生产建设兵团第八师石河子市', null, '')).toBe('新疆生产建设兵团第八师石河子市');
    expect(fullOrganName('乾安县人民政府', '220723', '松原市乾安县人民政府')).toBe('松原市乾安县人民政府');
    expect(fullOrganName('广州市增城区人民政府', '440118', '')).toBe('广州市增城区人民政府');
    expect(fullOrganName('某局', null, '')).toBe('某局');
  });
  it('a county report on the portal of its prefecture is in order; on that of another place it is a finding', () => {
    const title = ['广州市增城区人民政府2020年政府信息公开工作年度报告', ...text];
    expect(identityOf(title, { metas: { SiteIDCode: '4401000012' } })).toMatchObject({
      division_code: '440118',
      codes: [],
    });
    expect(identityOf(title, { metas: { SiteIDCode: '4401180001' } })).toMatchObject({
      division_code: '440118',
      codes: [],
    });
    expect(identityOf(title, { metas: { SiteIDCode: '3201060001' } })).toMatchObject({
      division_code: '440118',
      codes: ['division_disagrees'],
    });
  });
  it('an organ without a place in its name is where its portal is', () => {
    expect(
      identityOf(['教育局2021年政府信息公开工作年度报告', ...text], { metas: { SiteIDCode: '4401180001' } }),
    ).toMatchObject({ division_code: '440118' });
  });
  it('the division is the one in force in the year of the report', () => {
    const of = (name: string, year: number) =>
      identityOf([`${name}人民政府${year}年政府信息公开工作年度报告`, ...text], {
        metas: { SiteIDCode: '3701000001' },
      });
    expect(of('章丘市', 2015)).toMatchObject({ division_code: '370181', codes: [] });
    expect(of('章丘区', 2018)).toMatchObject({ division_code: '370114', publisher: '济南市章丘区人民政府', codes: [] });
    expect(of('寿县', 2014).division_code).toBe('341521');
    expect(of('寿县', 2018).division_code).toBe('340422');
  });
  it('a place that is not known, or known more than once, is not that of the portal', () => {
    for (const name of ['济南市某县', '某县', '鼓楼区']) {
      const title = [`${name}人民政府2021年政府信息公开工作年度报告`, ...text];
      const found = identityOf(title, { metas: { SiteIDCode: '3701000001' } });
      expect(found.division_code).toBeNull();
      expect(identityGaps(found).map((f) => f.code)).toEqual(['division_unknown']);
    }
  });
  it('a league has no people’s government', () => {
    expect(identityOf(['锡林郭勒盟2022年政府信息公开工作年度报告', ...text])).toMatchObject({
      publisher: '锡林郭勒盟',
      division_code: '152500',
    });
  });
  it.each(['359000', '370199', '000000'])('the site code %s is no division', (code) => {
    const title = ['示例综合实验区2022年政府信息公开工作年度报告', ...text];
    expect(identityOf(title, { metas: { SiteIDCode: `${code}0001` } }).division_code).toBeNull();
  });
  it('nor does it disagree with the organ', () => {
    const title = ['广州市增城区人民政府2022年政府信息公开工作年度报告', ...text];
    expect(identityOf(title, { metas: { SiteIDCode: '3590000001' } })).toMatchObject({
      division_code: '440118',
      codes: [],
    });
  });
  it('an invented place has the code of its page, which is of no province', () => {
    const title = ['示例市甲区人民政府2022年政府信息公开工作年度报告', ...text];
    expect(identityOf(title, { metas: { SiteIDCode: '9901010001' } }).division_code).toBe('990101');
  });
  it('the site code of a ministry is no division', () => {
    expect(
      identityOf(['某部2021年政府信息公开工作年度报告', ...text], { metas: { SiteIDCode: 'bm14000002' } })
        .division_code,
    ).toBeNull();
  });
});

describe('names of sites in the text', () => {
  const domains = (...texts: string[]) => foreignDomains(texts).map((f) => f.message);
  it('outside .gov.cn are found', () => {
    expect(domains('访问www.156152.com查询', 'http://www.example.org/a.html')).toEqual([
      'the text names www.156152.com',
      'the text names www.example.org',
    ]);
    expect(domains('ｗｗｗ．１５６１５２．ｃｏｍ')).toEqual(['the text names www.156152.com']);
  });
  it('of the state, addresses of mail and numbers are not', () => {
    expect(domains('http://www.example.gov.cn/', 'xxgk@example.com', '1.2.3', 'www.gov.cn', '第3.5条')).toEqual([]);
  });
});

describe('documents that are no report', () => {
  it.each([
    [
      'a website report',
      '<h1>示例市人民政府2021年政府网站工作年度报表</h1><table><tr><td>网站名称</td><td>示例</td></tr><tr><td>总访问量</td><td>12</td></tr></table>',
    ],
    ['a notice', '<h1>关于做好2021年政府信息公开工作年度报告编制工作的通知</h1><p>各单位：请按时报送。</p>'],
    ['a summary', '<h1>示例市2021年政务公开工作总结</h1><p>一、总体情况</p><p>略。</p>'],
    ['an error page', '<h1>404</h1><p>您访问的页面不存在</p>'],
    ['a list', '<ul><li><a href=1>公告一</a><li><a href=2>公告二</a></ul>'],
    ['nothing', '<html></html>'],
  ])('%s', async (_, html) => {
    const reading = await readString(`<html><body>${html}</body></html>`);
    expect(reading).toMatchObject({ report: null, facts: [] });
    expect(codesOf(reading)).toEqual(['not_a_report']);
  });
});

it('a page of a Traditional mirror has the same identity', async () => {
  const f = figuresOf({ publisher: '广州市增城区人民政府', division_code: '440118' });
  const simplified = await readString(pageOf(f));
  expect(simplified.report).toMatchObject({ publisher: '广州市增城区人民政府', division_code: '440118', year: 2022 });
});
