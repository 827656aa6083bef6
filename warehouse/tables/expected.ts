import { coded, field, type Table } from '../schema.ts';
import { kinds, levels } from './reports.ts';

/** What ought to be there: the denominator of coverage. */
export const expected_publishers: Table = {
  name: 'expected_publishers',
  zh: '应当发布年报的机关：门户所在各省自2008年条例施行至最新报告年度，县级以上各人民政府，按年；部门、乡镇等无名录可据，自其首份所得报告之年度起列入',
  en: "who ought to publish: in the provinces in which there is a portal, every people's government of county level or above in each year from the Regulations of 2008 to the newest year of a report; of departments, townships and others, of whom no list is known, those of whom a report is here, from its year on",
  key: ['division_code', 'kind', 'year', 'publisher'],
  fields: [
    field(
      'division_code',
      'VARCHAR',
      '当年的行政区划代码（GB/T 2260，六位）',
      'GB/T 2260 code of the division in that year, six digits',
    ),
    field('kind', 'VARCHAR', '机关类别', 'kind of organ', { values: kinds }),
    field('year', 'INTEGER', '报告所属年度', 'year that the report is about'),
    field('publisher', 'VARCHAR', '机关名称（当年的区划名称）', 'name of the organ, by the name of the division then'),
    field('level', 'VARCHAR', '层级', 'level', { values: levels }),
    field(
      'uncertain',
      'BOOLEAN',
      '未必应有：该区划（或其名称）次年已不在名录中，本年报告亦可能由后继者发布；部门、乡镇等，该年在其最后一份所得报告之后，或已更名、合并、撤销',
      'true when nobody may owe it: the next list no longer has this division or name, and its successor may have published the report of this year; or the year is after the last report of an organ that is derived, which may have been renamed, merged or abolished',
    ),
    field(
      'portals',
      'INTEGER',
      '登记于该代码之下的门户栏目数；零为未收录',
      'columns that the portals of this snapshot have under this very code; 0: nobody was asked for it by itself',
    ),
    field('source', 'VARCHAR', '依据', 'by what it is expected', {
      values: [
        coded('regulations', '《政府信息公开条例》所定：各级人民政府', 'the Regulations oblige each such government'),
        coded('derived', '推定：该机关另有年度的报告在此', 'derived: a report of this organ on a year is here'),
      ],
    }),
  ],
};
