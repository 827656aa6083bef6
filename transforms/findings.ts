/** A cell of the form: the three codes of `docs/codebook`. */
export interface CellRef {
  grid: string;
  line: string;
  col: string;
}

/** What is wrong, as data. Never thrown: a finding is published beside the numbers it is about. */
export interface Finding {
  /** From the closed list in `findings` (codes.ts), or the code of a violated equation. */
  code: string;
  level: 'error' | 'warning' | 'info';
  cells: CellRef[];
  expected: number | null;
  actual: number | null;
  message: string;
}

/** Every code a finding may have besides the codes of violated equations: its level and what it says. */
export const findingCodes = {
  // the document
  not_a_report: { level: 'info', zh: '不是政府信息公开工作年度报告', en: 'the document is not an annual report' },
  unreadable: { level: 'error', zh: '文件无法读取', en: 'the document cannot be read' },
  encrypted: { level: 'error', zh: '文件已加密', en: 'the document is encrypted' },
  too_large: { level: 'error', zh: '文件超出限制', en: 'the document exceeds a limit' },
  needs_ocr: { level: 'error', zh: '扫描件，未识别', en: 'the document is an image and was not recognised' },
  limit_time: { level: 'error', zh: '读取超时', en: 'reading took longer than its limit' },
  limit_memory: { level: 'error', zh: '读取占用内存超限', en: 'reading needed more memory than its limit' },
  crashed: { level: 'error', zh: '读取进程崩溃', en: 'the process that read the document crashed' },
  picture_unread: { level: 'warning', zh: '正文中的图片未读', en: 'a picture in the article was not read' },
  second_report: {
    level: 'error',
    zh: '文件含有另一份报告',
    en: 'the document holds another report, which was not read',
  },
  // text
  encoding_lost: { level: 'warning', zh: '编码中有字符丢失', en: 'characters were lost in an encoding' },
  encoding_repaired: { level: 'info', zh: '乱码已还原', en: 'wrongly decoded text was restored' },
  foreign_domain: { level: 'warning', zh: '正文出现非政府域名', en: 'the text names a domain outside .gov.cn' },
  clone_text: {
    level: 'warning',
    zh: '文字带有镜像站插入的注音',
    en: 'readings inserted by a clone site were removed',
  },
  // identity
  publisher_unknown: { level: 'error', zh: '发布机关不明', en: 'no publisher could be read' },
  publisher_disagrees: {
    level: 'warning',
    zh: '发布机关说法不一',
    en: 'title, text and metadata name different publishers',
  },
  year_unknown: { level: 'error', zh: '年份不明', en: 'no year could be read' },
  year_disagrees: { level: 'warning', zh: '年份说法不一', en: 'title, text and url state different years' },
  division_unknown: { level: 'warning', zh: '行政区划不明', en: 'no division code could be derived' },
  division_disagrees: {
    level: 'warning',
    zh: '行政区划说法不一',
    en: 'title and metadata point to different divisions',
  },
  // tables
  grid_missing: { level: 'error', zh: '缺少法定表格', en: 'a statutory table is not in the document' },
  grid_repeated: { level: 'error', zh: '同一表格出现多次', en: 'a statutory table is printed more than once' },
  line_missing: { level: 'warning', zh: '缺少表格行', en: 'a line of the form is not printed' },
  label_fuzzy: { level: 'warning', zh: '行标签与规定不符', en: 'a line was recognised by a similar label' },
  label_lost: { level: 'warning', zh: '行标签缺失', en: 'a line was recognised by its place alone' },
  order_unusual: { level: 'warning', zh: '行次序异常', en: 'a line stands out of the statutory order' },
  row_leftover: { level: 'warning', zh: '有数字的行不属于表格', en: 'a row with numbers is no line of the form' },
  row_shape: { level: 'error', zh: '单元格数与列数不符', en: 'the cells of a row do not fit its columns' },
  row_ambiguous: { level: 'error', zh: '空白处无法确定', en: 'where the blanks of a row were cannot be decided' },
  cell_leftover: { level: 'warning', zh: '单元格没有对应的列', en: 'a printed number has no column in its line' },
  columns_repeated: { level: 'error', zh: '相同的列重复出现', en: 'the same columns stand side by side' },
  column_guessed: { level: 'warning', zh: '列标题与规定不符', en: 'a column was recognised by its place or likeness' },
  column_unknown: { level: 'warning', zh: '多出的列', en: 'a column is not of the form' },
  table_too_large: { level: 'error', zh: '表格过大', en: 'a table is larger than is believable' },
  edition_mixed: { level: 'info', zh: '各表版本不同', en: 'tables of different editions in one report' },
  edition_unclear: { level: 'warning', zh: '版本不明', en: 'no header says which edition a table follows' },
  // values
  value_text: { level: 'warning', zh: '单元格不是数字', en: 'a value cell holds text' },
  value_odd: { level: 'warning', zh: '数字印法异常', en: 'a number is printed oddly' },
  value_fraction: { level: 'warning', zh: '件数带小数', en: 'a count has a fraction' },
  value_negative: { level: 'warning', zh: '件数为负', en: 'a count is negative' },
  unit_unknown: { level: 'warning', zh: '金额单位不明', en: 'an amount is printed without a unit' },
  ocr_doubt: { level: 'warning', zh: '识别把握不足', en: 'a number was recognised with little confidence' },
  total_absent: { level: 'warning', zh: '缺少总计', en: 'a row has numbers but no total, unlike the others' },
  suspect_cell: { level: 'warning', zh: '可疑单元格', en: 'a failing row and a failing column cross in this cell' },
  local_regulations: {
    level: 'info',
    zh: '无立法权机关填报规章',
    en: 'an organ without the power to make regulations reports some',
  },
  // several documents, found while building the tables
  'witness.disagree': {
    level: 'warning',
    zh: '同一报告的不同版本数字不一',
    en: 'another document of the report prints another number',
  },
  'witness.missing': { level: 'info', zh: '另一版本缺少部分数字', en: 'another document of the report lacks cells' },
  'witness.extra': {
    level: 'warning',
    zh: '另一版本多出部分数字',
    en: 'another document of the report has cells that the chosen one lacks',
  },
  'fact.repeated': { level: 'error', zh: '同一单元格读出两次', en: 'one cell was read twice in a document' },
  'identity.incomplete': {
    level: 'error',
    zh: '报告归属不全',
    en: 'a report without publisher or year is in no table of reports',
  },
  'date.invalid': { level: 'warning', zh: '日期无效', en: 'a printed date does not exist' },
} as const satisfies Record<string, { level: Finding['level']; zh: string; en: string }>;

export type FindingCode = keyof typeof findingCodes;

export const finding = (
  code: FindingCode,
  cells: CellRef[],
  message: string,
  numbers: { expected?: number | null; actual?: number | null } = {},
): Finding => ({
  code,
  level: findingCodes[code].level,
  cells,
  expected: numbers.expected ?? null,
  actual: numbers.actual ?? null,
  // Printed labels may hold line breaks; a message is one line.
  message: message.replace(/\s*\n\s*/g, ' '),
});

/** A document that no reader can turn into a `Doc`; `code` becomes the finding. */
export class Unreadable extends Error {
  readonly code: 'unreadable' | 'encrypted' | 'too_large' | 'needs_ocr';

  constructor(code: Unreadable['code'], message: string) {
    super(message);
    this.name = 'Unreadable';
    this.code = code;
  }
}
