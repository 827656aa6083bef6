import { field, type Table } from '../schema.ts';
import { kinds, levels } from './reports.ts';

/** What ought to be there: the denominator of coverage. */
export const expected_publishers: Table = {
  name: 'expected_publishers',
  zh: '应当发布年报的机关：门户所在各省自2008年条例施行至最新报告年度，县级以上各人民政府，按年；部门、乡镇因无名录未列',
  en: "who ought to publish: in the provinces in which there is a portal, every people's government of county level or above in each year from the Regulations of 2008 to the newest year of a report; no list of departments and townships is known",
  key: ['division_code', 'kind', 'year'],
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
      '该区划（或其名称）次年已不在名录中：本年报告亦可能由后继者发布',
      'true when the next list no longer has this division or name: its successor may have published the report of this year instead',
    ),
    field(
      'portals',
      'INTEGER',
      '登记于该代码之下的门户栏目数；零为未收录',
      'columns that the portals of this snapshot have under this very code; 0: nobody was asked for it by itself',
    ),
  ],
};
