import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mentions } from '../scripts/compose/prose.ts';
import { plainWording } from '../scripts/compose/wording.ts';
import { mentionsOf } from '../transforms/prose/mentions.ts';
import { figuresOf } from './reading.fixture.ts';

const said = (text: string) =>
  mentionsOf([{ number: 1, title: '一、总体情况', text }]).map(
    (m) => `${m.line} ${m.value}${m.unit}${m.part ? ' part' : ''}`,
  );

describe('numbers stated for a line', () => {
  it.each([
    ['2021年新收政府信息公开申请575件。', ['received 575件']],
    ['全年共收到政府信息公开申请23宗。', ['received 23宗']],
    ['本年度新受理依申请公开5条，', ['received 5条']],
    ['新增信息公开申请共计1,234件', ['received 1234件']],
    ['新收申请１２件', ['received 12件']],
    ['上年结转18件', ['carried_in 18件']],
    ['上年度结转政府信息公开申请18宗', ['carried_in 18宗']],
    ['18件为上年度结转', ['carried_in 18件']],
    ['本年度办结584件', ['concluded 584件']],
    ['584件均已按期办结', ['concluded 584件']],
    ['办理政府信息公开申请共593件', ['handled 593件']],
    ['结转下年度继续办理9件', ['carried_out 9件']],
    ['结转至2022年度办理9件', ['carried_out 9件']],
    ['9件结转下一年度继续办理', ['carried_out 9件']],
    ['因政府信息公开引起的行政复议3件', ['reconsideration 3件']],
    ['行政复议申请3宗', ['reconsideration 3宗']],
    ['行政诉讼案件4起', ['litigation 4起']],
    ['发生政府信息公开行政诉讼4件', ['litigation 4件']],
    ['新收政府信息公开申请0件', ['received 0件']],
  ])('%s', (sentence, expected) => {
    expect(said(sentence)).toEqual(expected);
  });

  it('several in one sentence', () => {
    expect(said('全年新收政府信息公开申请575件，上年结转18件，本年度办结584件，结转下年度继续办理9件。')).toEqual([
      'received 575件',
      'carried_in 18件',
      'concluded 584件',
      'carried_out 9件',
    ]);
    expect(said('行政复议3件，行政诉讼4件。')).toEqual(['reconsideration 3件', 'litigation 4件']);
    expect(said('发生行政复议3件、行政诉讼4件')).toEqual(['reconsideration 3件', 'litigation 4件']);
  });

  it.each(['件', '宗', '条', '起'] as const)('what is composed, counted in %s', (counter) => {
    const f = figuresOf();
    const text = mentions(f, { ...plainWording, counter }).join('\n');
    const { received, carried_in, concluded, carried_out, reconsideration, litigation } = f.prose;
    expect(said(text)).toEqual([
      `received ${received}${counter}`,
      `carried_in ${carried_in}${counter}`,
      `concluded ${concluded}${counter}`,
      `carried_out ${carried_out}${counter}`,
      `reconsideration ${reconsideration}${counter}`,
      `litigation ${litigation}${counter}`,
    ]);
  });

  it('a sum of 新收 and 上年结转 is not 新收', () => {
    expect(said('收到政府信息公开申请593件（含新收575件、上年结转18件）。')).toEqual([
      'received 575件',
      'carried_in 18件',
    ]);
  });

  it('a part of the whole is marked', () => {
    expect(said('全区新收政府信息公开申请575件，其中区政府办公室收到申请95件。')).toEqual([
      'received 575件',
      'received 95件 part',
    ]);
  });
});

describe('numbers that say something else', () => {
  it.each([
    '2021年1月1日起至2021年12月31日止。',
    '主动公开政府信息12345条。',
    '发布规范性文件12件，废止3件。',
    '举办培训3次，培训人员120人。',
    '网站访问量1200次。',
    '根据《中华人民共和国政府信息公开条例》第50条。',
    '答复率100%。',
    '',
  ])('%s', (sentence) => {
    expect(said(sentence)).toEqual([]);
  });

  it('a percentage or a comparison with last year is no count', () => {
    expect(said('新收政府信息公开申请同比增长25%。')).toEqual([]);
    expect(said('行政复议案件同比下降3个百分点。')).toEqual([]);
  });

  it.each([
    '较上年减少新收申请20件。',
    '新收政府信息公开申请比上年减少20件。',
    '行政复议案件同比增加2件。',
    '新收申请较去年多20件。',
  ])('a difference from last year is no count: %s', (sentence) => {
    expect(said(sentence)).toEqual([]);
    expect(said(`新收政府信息公开申请120件，${sentence}`)).toEqual(['received 120件']);
  });
});

/** Sentences of our own in the ways that reports say it: order, gaps, scopes, and matters that only look alike. */
const siblings: [sentence: string, lines: string][] = [
  ['全区收到政府信息公开申请件321件，已全部答复。', 'received 321'],
  ['本年度共收到公众提出的信息公开申请88宗，其中通过网络提出60宗，当面提出28宗。', 'received 88'],
  ['甲镇全年接到依申请公开17件，办理完成17件。', 'received 17, concluded 17'],
  ['办理完成15件，办理中2件。', 'concluded 15'],
  [
    '收到政府信息公开申请40件，上年度转结申请8件，共办理完成45件，另有3件申请转结下年度。',
    'received 40, carried_in 8, concluded 45, carried_out 3',
  ],
  ['收到34件信息公开申请，答复30件，顺延到下年度办理4件。', 'received 34, concluded 30, carried_out 4'],
  ['收到公开申请146件（上年度结转16件），办结150件。', 'received 146, carried_in 16, concluded 150'],
  ['收到公开申请142件（未包含上年结转12件）。', 'received 142, carried_in 12'],
  ['共受理申请543件（含上年度结转6件），依法办结541件。', 'carried_in 6, concluded 541'],
  ['受理政府信息公开申请749件（其中新收713件，上年结转36件）。', 'received 713, carried_in 36'],
  ['全年受理投诉件12件。', ''],
  ['新增主动公开政府信息45条，收到申请3件。', 'received 3'],
  ['答复网友留言130条。', ''],
  ['办理人大建议12件、政协提案9件。', ''],
  ['受理行政许可2310件，办结2300件。', ''],
  ['复议后提起行政诉讼1件。', 'litigation 1'],
  ['未经复议直接提起诉讼2件。', 'litigation 2'],
  ['因政府信息公开被申请行政复议6件，其中维持4件、纠正1件、尚未审结1件。', 'reconsideration 6'],
  ['行政复议和行政诉讼案件共15件。', ''],
  ['发生行政复议案件0件、行政诉讼案件0件。', 'reconsideration 0, litigation 0'],
  ['行政复议被纠正1件。', ''],
  ['3件申请被提起行政复议，1件被提起行政诉讼。', 'reconsideration 3, litigation 1'],
  ['其中，网上申请12件，信函申请5件，当面申请1件。', ''],
  ['通过网络收到申请12件。', ''],
  ['通过信函、网络等方式收到申请12件。', 'received 12'],
  ['收到自然人申请10件，法人申请2件。', ''],
  ['去年收到申请30件，今年收到申请45件。', 'received 45'],
  ['2022年收到申请30件，2023年收到申请45件。', 'received 45'],
  ['较去年的30件增加15件。', ''],
  ['同比增加15件。', ''],
  ['收到申请45件，比2022年多15件。', 'received 45'],
  ['第一季度收到申请5件，第二季度收到申请6件。', ''],
  ['自2008年以来收到申请900件。', ''],
  ['收到政府信息公开申请20件，办结18件，结转2件。', 'received 20, concluded 18, carried_out 2'],
  ['收到并办结政府信息公开申请12件。', 'received 12, concluded 12'],
  ['对受理的申请答复64件。', 'concluded 64'],
  ['答复收到的申请64件。', 'concluded 64'],
  ['全年共收到的政府信息公开申请为7件。', 'received 7'],
  ['收到政府信息公开申请，共计12件。', 'received 12'],
  ['本年新收政府信息公开申请数量：28件。', 'received 28'],
  ['政府信息公开行政诉讼（4件）均已审结。', 'litigation 4'],
  ['因政府信息公开引发的行政诉讼4件，均胜诉。', 'litigation 4'],
  ['2件行政复议案件均被维持。', ''],
  ['尚有5件正在办理。', 'carried_out 5'],
  ['正在办理5件。', 'carried_out 5'],
  ['尚未办结3件。', 'carried_out 3'],
  ['未按期办结1件。', ''],
  ['逾期答复0件。', ''],
  ['3件为上年度结转件。', 'carried_in 3'],
  ['包括2022年度结转的2件。', ''],
  ['共处理依申请公开事项77件。', 'handled 77'],
  ['牵头处理政府信息公开申请31件，其中予以公开4件、部分公开3件、不予公开7件、不予处理4件。', 'handled 31'],
  ['办理政府信息公开申请共593件。', 'handled 593'],
  ['全年办理依申请公开件共18宗，其中上年结转2宗，新收16宗。', 'handled 18, carried_in 2, received 16'],
  ['新收申请1,204件，已办结1,190件，结转至2024年继续办理14件。', 'received 1204, concluded 1190, carried_out 14'],
  ['网站发布信息1200条，公开政府信息3000条。', ''],
  ['主动公开规范性文件12件，答复公开申请6件。', 'concluded 6'],
  ['开展培训3次，收到申请2件。', 'received 2'],
  ['通过政务公开栏公开信息20条。', ''],
  ['受理群众申请低保120件。', ''],
  ['收到政府信息公开申请105件，同比减少20件，办结率100%。', 'received 105'],
  ['全年未收到政府信息公开申请。', ''],
  ['申请公开的内容涉及征地拆迁12件、规划8件。', ''],
  ['答复政府信息公开申请64件（含上年度结转申请4件），予以公开40件。', 'concluded 64, carried_in 4'],
  ['共收到信息公开申请20件，按时答复20件，答复率100%。', 'received 20, concluded 20'],
  ['举办新闻发布会5次，答复记者提问30件。', ''],
  ['收到政府信息公开类行政复议申请5件。', 'reconsideration 5'],
  ['行政应诉案件4件。', 'litigation 4'],
  ['共有依申请公开答复29件。', 'concluded 29'],
  ['跨年度办理4件。', ''],
  ['转至下一年度继续办理的申请6件。', 'carried_out 6'],
  ['2件因补正延至次年办理。', ''],
  ['下年度继续办理1件。', 'carried_out 1'],
  ['本年度新接收公开申请9件，往年结转1件。', 'received 9, carried_in 1'],
  ['全年受理公开申请9宗，其中区政府办公室受理公开申请3宗。', 'received 9, received 3 part'],
  ['收到政府信息公开申请4件，均为自然人申请。', 'received 4'],
  ['本年度收到公民、法人和其他组织提出的政府信息公开申请38件。', 'received 38'],
  ['依法依规答复申请人38件。', 'concluded 38'],
  ['办理政府信息公开申请80件，同比增长5.2%；上年结转2件，结转下年办理8件。', 'handled 80, carried_in 2, carried_out 8'],
  ['接收依申请信息公开办理52件，与去年相比增加了32件。', 'received 52'],
  ['收到申请15件，其中13件予以公开，2件结转下年。', 'received 15, carried_out 2'],
  ['收到申请15件,均予以办结。', 'received 15'],
  ['2023年共收到申请15件，较2022年的20件下降25%。', 'received 15'],
  ['规范处置行政复议8件、行政诉讼2件。', 'reconsideration 8, litigation 2'],
  ['被申请复议3宗，被提起诉讼1宗。', 'reconsideration 3, litigation 1'],
  ['因依申请公开产生的复议2件、诉讼1件。', 'reconsideration 2, litigation 1'],
  ['政府信息公开申请引起的行政复议案件数为3件。', 'reconsideration 3'],
  ['向社会公开政府信息3120条，其中政府网站2000条，微信公众号1120条。', ''],
  ['微信公众号推送信息900条，收到留言30条。', ''],
  ['全年共收到12345热线工单8900件，办结8890件。', ''],
  ['全年办结12345热线工单8900件。', ''],
  ['受理各类信访事项40件，办结38件。', ''],
  ['现行有效规范性文件30件，废止2件。', ''],
  ['经统计，全区各单位共收到并受理政府信息公开申请77件。', 'received 77'],
  ['全区共收到公开申请77件，加上上年结转3件，共办理80件。', 'received 77, carried_in 3'],
  ['其中，本年新收70件、上年结转5件。', 'received 70, carried_in 5'],
];

describe('ways of saying it', () => {
  it.each(siblings)('%s', (sentence, lines) => {
    const stated = mentionsOf([{ number: 1, title: '', text: sentence }]);
    expect(stated.map((m) => `${m.line} ${m.value}${m.part ? ' part' : ''}`).join(', ')).toBe(lines);
  });
});

interface Passage {
  text: string;
  want: Record<string, number>;
}
const passages = '../shared/corpus/prose.json';
if (!existsSync(passages)) console.warn(`${passages} is not here: statements of real reports are not tried`);

describe.runIf(existsSync(passages))('statements of real reports', () => {
  it('all are found, none is wrong, none is extra', () => {
    const known: Passage[] = existsSync(passages) ? JSON.parse(readFileSync(passages, 'utf8')) : [];
    const differing = known.filter(({ text, want }) => {
      const found = mentionsOf([{ number: 1, title: '', text }]).map((m) => [m.line, m.value] as const);
      return found.length !== Object.keys(want).length || found.some(([line, value]) => want[line] !== value);
    });
    expect(differing).toEqual([]);
    expect(known.length).toBeGreaterThan(20);
  });
});

it('each with its whole sentence, as printed', () => {
  const text = '２０２１年，本机关 新收政府信息公开申请 ５７５ 件；办结584件。下一句。';
  const [first, second] = mentionsOf([{ number: 1, title: '', text }]);
  expect(first).toMatchObject({ value: 575, sentence: '２０２１年，本机关 新收政府信息公开申请 ５７５ 件；' });
  expect(second).toMatchObject({ value: 584, sentence: '办结584件。' });
});

it('long hostile text takes no time', () => {
  const start = performance.now();
  for (const text of [
    '新收'.repeat(50_000),
    `新收${'('.repeat(50_000)}`,
    '1'.repeat(100_000),
    '复议申请'.repeat(20_000),
    '其中'.repeat(50_000) + '新收5件',
    '收到申请5件'.repeat(8_000),
    '结转上年'.repeat(10_000) + '5件',
    '('.repeat(50_000) + '5件' + ')'.repeat(40_000),
    '较上年收到'.repeat(8_000) + '5件',
  ])
    mentionsOf([{ number: 1, title: '', text }]);
  expect(performance.now() - start).toBeLessThan(3000);
});

it('a number right after a comma, with a dated note before what it counts', () => {
  const text = '全年共收到政府信息公开申请 80 件，期限内办结 79 件，1 件（12 月 30 日收案）结转下年度继续办理。';
  const stated = mentionsOf([{ number: 1, title: '', text }]).map((m) => [m.line, m.value]);
  expect(stated).toEqual([
    ['received', 80],
    ['concluded', 79],
    ['carried_out', 1],
  ]);
});
