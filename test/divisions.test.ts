import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  divisionOf,
  everyDivision,
  fullOrganName,
  isDivisionCode,
  isInvented,
  namesDivision,
} from '../transforms/identity/divisions.ts';

type Row = [code: string, name: string, shortNames: string, from: string, until: string, successors: string];
const rows = JSON.parse(
  readFileSync(new URL('../transforms/identity/divisions.json', import.meta.url), 'utf8'),
) as Row[];

const codeOf = (organ: string, at: number | null = 2022, hint: string | null = null) => divisionOf(organ, { at, hint });

describe('the list', () => {
  it('is in order, every successor is in it, and a code has one name at a time', () => {
    const codes = new Set(rows.map(([code]) => code));
    for (const [i, [code, name, , from, until, successors]] of rows.entries()) {
      expect(code).toMatch(/^\d{6}$/);
      expect(name).toMatch(/^\p{Script=Han}{2,}$/u);
      for (const month of [from, until]) expect(month).toMatch(/^(?:20\d\d-(?:0[1-9]|1[0-2]))?$/);
      expect(successors.split(' ').filter((s) => s !== '' && !codes.has(s))).toEqual([]);
      if (until === '') expect(successors).toBe('');
      const next = rows[i + 1];
      if (next?.[0] !== code) continue;
      expect(`${name} until ${until}`).toBe(`${name} until ${next[3]}`);
    }
  });
  it('knows who took over every county that ended, zones apart', () => {
    const open = rows.filter(([code, , , , until, next]) => until !== '' && next === '' && !/7\d$/.test(code));
    expect(open.map(([code, name]) => code + name)).toEqual([]);
  });
});

describe('every division', () => {
  const year = (month: string, otherwise: number) => (month === '' ? otherwise : Number(month.slice(0, 4)));
  const nameAt = (code: string, at: number): string =>
    rows.find((r) => r[0] === code && year(r[3], 0) <= at && at < year(r[4], 9999))?.[1] ?? '';
  it('is found by its name below that of its prefecture, in its time', () => {
    const missed: string[] = [];
    for (const [code, name, , from, until] of rows) {
      const at = until === '' ? 2030 : Math.max(year(until, 0) - 1, year(from, 0));
      const above = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`].filter((c) => c !== code);
      const organ = `${above.map((c) => nameAt(c, at)).join('')}${name}人民政府`;
      const found = codeOf(organ, at);
      if (found !== code) missed.push(`${code} ${organ} ${at}: ${found}`);
    }
    expect(missed).toEqual([]);
  });
});

describe('in force at the year of the report', () => {
  it.each([
    ['章丘市人民政府', 2015, '370181'],
    ['章丘区人民政府', 2018, '370114'],
    ['淮安市洪泽县人民政府', 2014, '320829'],
    ['淮安市洪泽区人民政府', 2018, '320813'],
    ['广州市萝岗区人民政府', 2013, '440116'],
    ['增城市教育局', 2012, '440183'],
    ['北京市崇文区人民政府', 2009, '110103'],
    ['襄樊市人民政府', 2009, '420600'],
    ['襄阳市人民政府', 2012, '420600'],
    ['莱芜市莱城区人民政府', 2016, '371202'],
    ['铜仁地区行政公署', 2010, '522200'],
    // One name before and after: the county that moved, the county town that became the prefecture.
    ['寿县人民政府', 2014, '341521'],
    ['寿县人民政府', 2015, '340422'],
    ['寿县人民政府', null, '340422'],
    ['公主岭市人民政府', null, '220184'],
    ['巢湖市人民政府', 2009, '341400'],
    ['巢湖市人民政府', 2014, '340181'],
    ['江达县人民政府', 2013, '542122'],
    ['江达县人民政府', 2016, '540321'],
    // Portals write the new name over old reports.
    ['淮安市洪泽区人民政府', 2010, '320813'],
  ])('%s %s: %s', (organ, at, code) => {
    expect(codeOf(organ, at)).toBe(code);
  });
  it('two divisions of one name leave it open, also a year after one of them ended, unless the portal decides', () => {
    // 东乡县 in 江西 until 2016; the short name of 东乡族自治县 in 甘肃 for ever.
    expect(codeOf('东乡县人民政府', 2015)).toBeNull();
    expect(codeOf('东乡县人民政府', 2017)).toBeNull();
    expect(codeOf('东乡县人民政府', 2015, '361000')).toBe('361029');
    expect(codeOf('东乡县人民政府', 2015, '620000')).toBe('622926');
    expect(codeOf('抚州市东乡县人民政府', 2015)).toBe('361029');
    expect(codeOf('东乡县人民政府', 2020)).toBe('622926');
  });
});

describe('short names', () => {
  const autonomous = new Map(
    rows.filter(([, name, , , until]) => until === '' && /自治[州县旗]$/.test(name)).map((r) => [r[1], r]),
  );
  it('of all autonomous prefectures, counties and banners', () => {
    expect(autonomous.size).toBe(150);
    for (const [code, name, shortNames] of autonomous.values()) {
      expect(`${name} ${shortNames}`).toMatch(/ \S+[州县旗]/);
      for (const short of shortNames.split(' '))
        expect([short, codeOf(`${short}人民政府`, 2022, code)]).toEqual([short, code]);
    }
  });
  it.each([
    ['凉山州人民政府', '513400'],
    ['恩施州教育局', '422800'],
    ['黔东南州人民政府办公室', '522600'],
    ['乳源县人民政府', '440232'],
    ['连南县人民政府', '441826'],
    ['鄂温克旗人民政府', '150724'],
    ['科右前旗人民政府', '152221'],
    ['广西南宁市人民政府', '450100'],
    ['内蒙古自治区人民政府', '150000'],
    ['内蒙古兴安盟行政公署', '152200'],
    ['黑龙江省人民政府', '230000'],
    ['海南省人民政府', '460000'],
    ['海南州人民政府', '632500'],
    ['哈尔滨道里区人民政府', '230102'],
    ['攀枝花西区教育局', '510403'],
    ['湛江霞山区发展和改革局', '440803'],
    // Two prefectures under a prefecture.
    ['伊犁州塔城地区行政公署', '654200'],
  ])('%s: %s', (organ, code) => {
    expect(codeOf(organ)).toBe(code);
  });
});

describe('zones', () => {
  it.each([
    ['天津经济技术开发区管理委员会', '120000'],
    ['重庆两江新区管理委员会', '500000'],
    ['两江新区管理委员会', '500000'],
    ['西咸新区管委会', '610000'],
    ['苏州高新区管委会', '320500'],
    ['苏州高新区管委会(虎丘区人民政府)', '320505'],
    ['徐州高新区管委会（鼓楼区人民政府）', '320302'],
    ['阿拉善高新区管委会', '152900'],
    ['昆山经济技术开发区管委会', '320583'],
    ['武汉市东湖新技术开发区管委会', '420100'],
    // 长沙市 or 长沙县: the city holds both.
    ['长沙经济技术开发区管委会', '430100'],
    ['郑州航空港经济综合实验区管委会', '410173'],
    ['示例高新技术产业开发区管委会', null],
  ])('%s: %s', (organ, code) => {
    expect(codeOf(organ)).toBe(code);
  });
  it('苏州 alone is no name of a division', () => {
    expect(codeOf('苏州大学')).toBeNull();
  });
});

describe('a division that is not known', () => {
  it.each([
    '济南市某县人民政府',
    '济南市甲乙区教育局',
    '锡林郭勒盟某旗人民政府',
    '某省略盟行政公署',
    '济南市某某区某某街道办事处',
    '新疆维吾尔自治区某某地区行政公署',
    '南京市萧山区人民政府',
    '某某自治县人民政府',
  ])('is not the one above it: %s', (organ) => {
    expect(codeOf(organ, 2022, '370100')).toBeNull();
    expect(namesDivision(organ)).toBe(true);
  });
  it.each([
    '济南市某某镇人民政府',
    '济南市柳市镇人民政府',
    '济南市柳市河镇人民政府',
    '济南市杭州湾路街道办事处',
    '济南市红旗街道办事处',
    '济南市广州大桥街道办事处',
    '济南市某某乡人民政府',
    '济南市市场监督管理局',
    '济南市文化市场综合执法支队',
    '济南市城市管理局',
    '济南市山区建设委员会',
    '济南市上市公司协会',
    '济南市民盟委员会',
    '济南市各县区联合会',
    '济南市住房和城市更新局',
    '济南市教育局某某区分局',
    '济南市高新区管委会',
    '济南市某某风景名胜区管理局',
    '济南市（全市）公安局',
    '济南市社区矫正管理局',
    '济南市区域合作办公室',
  ])('a town, street, office or zone is none: %s', (organ) => {
    expect(codeOf(organ)).toBe('370100');
  });
  it.each(['城区街道办事处', '北京东路街道办事处', '教育局', '市教育局', '地区教育局', '示例综合实验区'])(
    'no division at all: %s',
    (organ) => {
      expect(codeOf(organ, 2022, '140500')).toBeNull();
      expect(namesDivision(organ)).toBe(false);
    },
  );
});

describe('the name of an organ', () => {
  it.each([
    ['增城区', '440118', '广州市增城区人民政府'],
    ['洪泽县', '320829', '洪泽县人民政府'],
    ['莱城区', '371202', '莱芜市莱城区人民政府'],
    ['襄城区', '420602', '襄阳市襄城区人民政府'],
    ['兴安盟', '152200', '兴安盟'],
    ['阿克苏地区', '652900', '阿克苏地区'],
    ['苏州工业园区', '320576', '苏州工业园区'],
  ])('%s: %3$s', (organ, code, name) => {
    expect(fullOrganName(organ, code, '')).toBe(name);
  });
  it('hostile names cost nothing', () => {
    const start = performance.now();
    for (const part of ['市', '自治', '中心', '苏州', '新', '(', '城市', '镇', '东路', '郊区镇'])
      for (const name of [part.repeat(50_000), `苏州高新区${part.repeat(50_000)}`]) codeOf(name);
    expect(performance.now() - start).toBeLessThan(1000);
  });
  it('codes of no division are none', () => {
    expect(isDivisionCode('359000')).toBe(false);
    expect(isDivisionCode('370181')).toBe(true);
  });
});

it('organs of the state are of no place, and not invented; codes of no province are', () => {
  expect(['000000', '440100', '820000', '990100'].filter(isInvented)).toEqual(['990100']);
});

it('every division is there, under each of its names', () => {
  expect(everyDivision()).toHaveLength(rows.length);
  const named = (code: string) => everyDivision().filter((d) => d.code === code);
  expect(named('440183')).toEqual([
    { code: '440183', name: '增城市', from: -Infinity, until: 2014, successors: ['440118'] },
  ]);
});
