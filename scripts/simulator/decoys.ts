import { cleanStyle } from '../compose/styles.ts';
import type { Encoding } from './organs.ts';
import type { HtmlStyle } from '../compose/html.ts';
import type { OtherEntry } from './types.ts';

/** Articles that stand in the same lists and are no annual reports. */
export function decoysOf(
  place: string,
  firstId: number,
  encoding: Encoding,
  over: Partial<HtmlStyle> = {},
): OtherEntry[] {
  const common = { charset: encoding.charset, style: { ...cleanStyle, charset: encoding.label, ...over } };
  return [
    {
      ...common,
      kind: 'notice',
      id: firstId,
      title: `关于做好${place}2023年政府信息公开工作年度报告编制和发布工作的通知`,
      date: '2023-12-20',
      body: '<p>各单位：</p><p>请于2024年1月31日前发布年度报告，并填写下列各表。联系电话：0000-0000000。</p>',
    },
    {
      ...common,
      kind: 'website_report',
      id: firstId + 1,
      title: `${place}人民政府网站工作年度报表（2022年度）`,
      date: '2023-01-25',
      body:
        '<table border="1"><tr><td>独立用户访问总量（单位：个）</td><td>51234</td></tr><tr><td>网站总访问量（单位：次）</td><td>90412</td></tr>' +
        '<tr><td>信息发布（单位：条）</td><td>总数</td><td>612</td></tr></table>',
    },
    {
      ...common,
      kind: 'summary',
      id: firstId + 2,
      title: `${place}2021年政务公开工作总结`,
      date: '2022-01-10',
      body: '<p>全年召开会议4次，举办培训2次。</p>',
    },
  ];
}

/** Ordinary articles that fill a category until it needs a second page. */
export const othersOf = (place: string, firstId: number, count: number): OtherEntry[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'other' as const,
    id: firstId + i,
    title: `${place}公共服务事项公示（第${i + 1}期）`,
    date: `2022-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
    charset: 'utf-8' as const,
    style: { ...cleanStyle, frame: 'gkmlpt' as const },
    body: '<p>公示期为五个工作日。</p>',
  }));
