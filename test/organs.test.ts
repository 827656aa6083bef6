import { expect, test } from 'vitest';
import { kindOf, levelOf } from '../warehouse/organs.ts';

test.each([
  ['示例市甲区人民政府', 'government'],
  ['示例省人民政府', 'government'],
  ['示例地区行政公署', 'government'],
  ['示例盟', 'government'],
  ['示例地区', 'government'],
  ['示例市产业联盟', 'other'],
  ['示例市甲区人民政府办公室', 'office'],
  ['示例省人民政府办公厅', 'office'],
  ['示例市甲区水务局', 'department'],
  ['示例市发展和改革委员会', 'department'],
  ['示例市住房和城乡建设局', 'department'],
  ['示例省教育厅', 'department'],
  ['示例市甲区乙镇人民政府', 'township'],
  ['示例市甲区丙街道办事处', 'township'],
  ['示例县丁乡人民政府', 'township'],
  ['示例市甲区乙镇党政综合办公室', 'township'],
  ['示例市城镇管理中心', 'department'],
  ['示例经济技术开发区管理委员会', 'zone'],
  ['示例经济技术开发区', 'zone'],
  ['天津经济技术开发区', 'zone'],
  ['重庆两江新区管理委员会', 'zone'],
  ['示例新区管委会', 'zone'],
  ['示例岛管委会', 'zone'],
  ['示例风景名胜区管理局', 'zone'],
  ['苏州高新区管委会(虎丘区人民政府)', 'zone'],
  ['苏州高新区管委会（虎丘区人民政府）', 'zone'],
  ['上海市浦东新区人民政府', 'government'],
  ['示例高新区教育局', 'department'],
  ['示例新区某某街道办事处', 'township'],
  ['示例市国有资产监督管理委员会', 'department'],
  ['示例市城市管理委员会', 'department'],
  ['示例社区卫生服务中心', 'department'],
  ['示例市供电公司', 'other'],
])('%s is a %s', (publisher, kind) => {
  expect(kindOf(publisher)).toBe(kind);
});

test('the level follows from the code, and of a township from what it is', () => {
  expect(levelOf('990000', 'department')).toBe('province');
  expect(levelOf('990100', 'office')).toBe('prefecture');
  expect(levelOf('990101', 'government')).toBe('county');
  expect(levelOf('990101', 'township')).toBe('township');
  expect(levelOf(null, 'township')).toBe('township');
  expect(levelOf(null, 'department')).toBeNull();
});
