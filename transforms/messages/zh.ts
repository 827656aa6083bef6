import type { About, Excess, Instead, Language, Printed, Shape, Why, WhySaid } from '../finding-kinds.ts';
import { eachOf } from '../forms/form.ts';
import type { Shown } from '../locate/row.ts';
import { withMarksNamed, type Oddity } from '../printed/number.ts';

const instead: Record<Instead, string> = {
  wall: '防火墙的拦截页',
  login: '登录页',
  maintenance: '维护公告',
  error: '出错页',
  index: '链接列表页',
  picture: '图片',
  other_text: '年度报告以外的文字',
  other_year: '另一年度的报告',
  other_publisher: '另一机关的报告',
  unnamed: '缺少机关或年份的报告',
  emptied: '缺少原有表格的报告',
  cut: '被截断的报告',
  unreadable: '无法读取的内容',
};
const why: Record<Why, string> = {
  bytes_gone: '存档中的字节缺失或损坏',
  embedded_page: '正文是嵌入的网页，须由 Word 打开时转换',
  empty: '文件为空',
  json_broken: 'JSON 不完整',
  json_empty: 'JSON 中没有文章',
  mht_without_page: '多部分文件中没有网页',
  not_ooxml: '是复合文件，不是 OOXML 文档',
  not_regular: '不是普通文件',
  ole_without_word: '复合文件中没有 Word 文档',
  ole_without_workbook: '复合文件中没有工作簿',
  pages_without_text: 'PDF 没有一页能打开并有文字或图片',
  word_95: 'Word 95 或更早的文档，或不是 Word 文档',
  word_before_97: '早于 Word 97 的文档',
  workbook_none: '不是工作簿',
  xml_none: '文档的一部分没有 XML',
  zip_without_document: '压缩包中没有文档',
  zip_without_workbook: '压缩包中没有工作簿',
};
const whySaid: Record<WhySaid, string> = {
  archive_damaged: '压缩包损坏',
  cannot_open: '文件无法打开',
  document_damaged: '文档损坏',
  no_pages: '此类型没有可看的页',
  no_reader: '没有读取此类型的程序',
  ole_damaged: '复合文件损坏',
  page_broken: '有一页无法打开',
  pdf_failed: 'PDFium 出错',
  pdf_refused: 'PDF 无法打开',
  picture_damaged: '图片损坏',
  workbook_damaged: '工作簿损坏',
};
const encrypted = {
  document: '文档有密码保护',
  workbook: '工作簿有密码保护',
  pdf: 'PDF 需要密码',
  pdf_scheme: 'PDF 的加密方式不受支持',
};

const andMore = (more: unknown[]): string => (more.length === 0 ? '' : `，另有 ${more.length} 个`);

function excess(e: Excess): string {
  switch (e.what) {
    case 'bytes':
      return `${e.count} 字节，上限 ${e.limit}`;
    case 'result':
      return `读取结果 ${e.count} 字节，上限 ${e.limit}`;
    case 'pages':
      return `${e.count} 页，上限 ${e.limit}`;
    case 'cells':
      return `单元格超过 ${e.limit} 个`;
    case 'characters':
      return `正文超过 ${e.limit} 字`;
    case 'columns':
      return `第 ${e.limit} 列以外仍有文字`;
    case 'entries':
      return `压缩包内文件超过 ${e.limit} 个`;
    case 'json_values':
      return `JSON 中的值超过 ${e.limit} 个`;
    case 'merged_cells':
      return `合并区域覆盖超过 ${e.limit} 个单元格`;
    case 'merged_ranges':
      return `合并区域超过 ${e.limit} 个`;
    case 'nested_elements':
      return `元素嵌套超过 ${e.limit} 层`;
    case 'nested_tables':
      return `表格嵌套超过 ${e.limit} 层`;
    case 'text':
      return `第 ${e.page} 页文字过多`;
    case 'drawing':
      return `第 ${e.page} 页图形过多`;
    case 'pixels':
      return `图片为 ${e.width} × ${e.height} 像素`;
    case 'unpacked':
      return `压缩包内 ${e.name} 解压后超过上限或所声明的大小`;
    case 'memory':
      return `内存容纳不下：${e.said}`;
    case 'picture':
      return `图片过大：${e.said}`;
  }
}

const oddities: Record<Oddity, string> = {
  commas: '逗号不在千位',
  digits: '位数超出数字所能表示',
  figure: '不是普通数字的数码',
  hidden: '数码之间有不可见字符',
  long: '过长，不是数字',
  money: '件数带金额单位',
  note: '单元格内有注',
  one: '应为横线处印作“一”',
  parted: '两个数字，或一个数字被断开',
  signs: '符号不止一个',
  stray: '数字旁有多余字符',
  unit: '单位不明',
  white_space: '数字内有空白',
  words: '不是单独一个数字',
  zero: '以零开头',
};
const shown: Record<Shown, string> = {
  merged: '几行合用的一个数字',
  pale: '颜色极浅或带有标记、不知是否算数的数字',
  picture: '图片',
  struck: '只有划去或涂黑的内容',
  styled: '由网页样式表填入的内容',
  table: '表中之表',
};
const printed = ({ label, column, value }: Printed): string => `${label}·${column}“${withMarksNamed(value)}”`;
const others = ({ cells }: About): string => (cells.length > 1 ? `等 ${cells.length} 个单元格` : '');
const odd = (d: Printed & { oddities: Oddity[] }, about: About): string =>
  `${printed(d)}${others(about)}：${d.oddities.map((o) => oddities[o]).join('，')}`;
const row = ({ label, values, columns, placings, rows }: Shape): string =>
  `${label}${rows > 1 ? `等 ${rows} 行` : ''}：${values.length} 个单元格（${values.join(' ')}），应为 ${columns} 列` +
  (placings === null ? '' : `；符合勾稽关系的填法有 ${placings} 种`);

const answer = ({ status }: { status: number | null }): string => (status === null ? '没有应答' : `HTTP ${status}`);
const because = ({ said }: { said?: string }): string => (said === undefined ? '' : `：${said}`);
const counts = (of: Record<string, number>): string =>
  Object.entries(of)
    .map(([what, count]) => `${count} ${what}`)
    .join('，');

const overdue = { organ: '部门或乡镇', government: '人民政府' };

export const zh: Language = {
  not_a_report: [
    '不是政府信息公开工作年度报告',
    ({ page }) => (page ? `是${instead[page]}` : '标题、表格和章节均不是年度报告的'),
  ],
  unreadable: ['文件无法读取', (d) => ('said' in d ? `${whySaid[d.why]}：${d.said}` : why[d.why])],
  encrypted: ['文件已加密', (d) => (d.what === 'entry' ? `压缩包内 ${d.name} 已加密` : encrypted[d.what])],
  too_large: ['文件超出限制', excess],
  needs_ocr: [
    '扫描件，未识别',
    ({ what, missing }) =>
      `${what === 'image' ? '文件是图片' : 'PDF 各页是图片'}；识别须安装可选软件包` +
      (missing === undefined ? '' : `（${missing}）`),
  ],
  limit_time: ['读取超时', ({ seconds }) => `${seconds} 秒内未能读完`],
  limit_memory: ['读取占用内存超限', ({ megabytes }) => `需要的内存超过 ${megabytes} MB`],
  crashed: [
    '读取进程崩溃',
    (d) =>
      d.how === 'not_started'
        ? '读取进程未能启动'
        : d.how === 'ended'
          ? `读取进程终止：${d.said}`
          : `读取程序出错：${d.said}`,
  ],
  picture_unread: ['正文中的图片未读', ({ pictures }) => `缺少表格，正文中有 ${pictures} 张图片未读`],
  pages_unread: [
    '文件有未读的页',
    ({ read, pages, lost }) =>
      lost === undefined ? `共 ${pages} 页，只读了前 ${read} 页` : `共 ${pages} 页，读了 ${read} 页；${lost}`,
  ],
  second_report: ['文件含有另一份报告', ({ where }) => `另一份报告自 ${where} 开始，未读`],
  encoding_lost: ['编码中有字符丢失', ({ characters }) => `丢失 ${characters} 个字符`],
  encoding_mixed: ['一页之中有两种编码', ({ first, second }) => `${first} 与 ${second}，各段按其编码读取`],
  encoding_repaired: ['乱码已还原', () => '发布前误解码的文字已还原'],
  foreign_domain: ['正文出现非政府域名', ({ domain }) => `正文出现 ${domain}`],
  clone_text: ['文字带有镜像站插入的注音', ({ readings }) => `去掉括号中的注音 ${readings} 处`],
  publisher_unknown: ['发布机关不明', () => '标题和正文均未写明机关'],
  publisher_disagrees: ['发布机关说法不一', ({ first, second }) => `标题为“${first}”，别处为“${second}”`],
  year_unknown: ['年份不明', () => '标题和正文均未写明年份'],
  year_disagrees: [
    '年份说法不一',
    ({ first, second, by }) => `标题为 ${first} 年，${by === 'title' ? '别处' : '统计期限'}为 ${second} 年`,
  ],
  division_unknown: ['行政区划不明', ({ publisher }) => `GB/T 2260 中没有“${publisher}”所属的区划`],
  division_disagrees: ['行政区划说法不一', ({ organ, portal }) => `机关属于 ${organ}，门户标明 ${portal}`],
  grid_missing: ['缺少法定表格', ({ label }) => `文件中没有“${label}”表`],
  form_unknown: [
    '表格不属于任何已知版本',
    ({ label, where, rows }) => `${label}：${where} 的 ${rows} 行不属于任何已知版本，均未读`,
  ],
  cells_joined: ['表格的单元格连在一起', ({ labels }) => `${labels.join('；')}：标签与数字之间没有间隔，均未读`],
  grid_blank: [
    '表格空白而正文有数字，或全部表格空白',
    ({ label, stated }) =>
      `${label}：表格全部空白${stated.length > 0 ? `，而正文有 ${stated.join('、')}` : '，没有任何数字'}`,
  ],
  grid_repeated: [
    '同一表格出现多次',
    (d, { cells }) =>
      'times' in d
        ? `${d.grid} 表出现 ${d.times} 次而数字不同，采用${d.read === 'first' ? '第一次' : '报告年度的一次'}`
        : `${cells[0]?.line}/${cells[0]?.col} 印了两次：“${d.first}”与“${d.second}”`,
  ],
  line_hidden: ['表格行被隐藏', ({ labels }) => `文件中隐藏的行，已读取：${labels.join('；')}`],
  line_missing: [
    '缺少表格行',
    ({ labels, without }) => `${labels.join('；')}：${without.length > 0 ? `缺少 ${without.join('、')}` : '未印出'}`,
  ],
  label_fuzzy: [
    '行标签与规定不符',
    ({ labels: [first, ...more] }) => `“${first?.printed}”视为${first?.label}${andMore(more)}`,
  ],
  label_lost: [
    '行标签缺失',
    ({ labels: [first, ...more] }) =>
      first?.printed === null
        ? `分页后无标签的数字视为${first.label}${andMore(more)}`
        : `“${first?.printed}”依位置视为${first?.label}${andMore(more)}`,
  ],
  order_unusual: ['行或列的次序异常', ({ labels }) => `${labels.join('、')}不在规定的次序`],
  labels_ahead: [
    '多个行标签连在数字之前',
    ({ grid, labels, rows, read }) =>
      read === 'each'
        ? `${grid} 表：${labels.join('；')}之后有各行的数字，依次读取`
        : `${grid} 表：${labels.length} 个标签${labels.length > 0 ? `（${labels.join('；')}）` : ''}之后有 ${rows} 行，${read === 'last' ? '视为最后一个标签的数字' : '均未读'}`,
  ],
  row_leftover: [
    '有数字的行不属于表格',
    ({ grid, rows: [first, ...more] }) =>
      `${grid} 表：“${first?.printed}” ${first?.values.join(' ')}${more.length > 0 ? `，另有 ${more.length} 行` : ''}`,
  ],
  row_shape: ['单元格数与列数不符', row],
  row_ambiguous: ['空白处无法确定', row],
  cell_missing: [
    '行内单元格少于列数，缺少哪些由等式推定',
    ({ labels }) => `${labels.join('、')}缺少单元格，缺少哪些由等式推定`,
  ],
  cell_leftover: [
    '单元格没有对应的列',
    ({ printed, label }) =>
      `${printed.map((p) => `“${p.value}”在“${p.header}”之下`).join('，')}，而${label ?? '该行'}没有此列`,
  ],
  lines_parted: [
    '每一项按机关各部分分行填写',
    ({ label, parts }) => `${label}：每一项分行填写（${parts.join('、')}），均未读`,
  ],
  columns_repeated: ['相同的列重复出现', ({ where }) => `${where}：相同的列并列，均未读`],
  header_displaced: ['表头与数字不对应', ({ where }) => `${where}：表头缺少单元格或合并范围有误，按单元格个数读取`],
  column_guessed: [
    '列标题与规定不符',
    ({ where, header, grid, col }) => `${where}：列标题“${header}”依位置视为 ${grid} 表 ${col}`,
  ],
  column_unknown: [
    '多出的列',
    ({ where, header }) => `${where}：${header === null ? '有表式所无的列' : `表式没有“${header}”列，其数字未读`}`,
  ],
  table_too_large: ['表格过大', ({ where }) => `${where}：表格已截断`],
  edition_mixed: ['各表版本不同', ({ editions }) => editions.map((e) => `${e.grid} 用 ${e.edition} 年表式`).join('，')],
  edition_unclear: ['版本不明', ({ edition }) => `没有这些列的标题，按 ${edition} 年表式读取`],
  value_text: ['单元格不是数字', odd],
  value_odd: ['数字印法异常', odd],
  cell_unread: [
    '单元格显示的内容不是可读的文字',
    ({ shows }, { cells }) =>
      `${cells[0]?.grid} 的 ${cells[0]?.line} · ${cells[0]?.col}${cells.length > 1 ? ` 等 ${cells.length} 个单元格` : ''}：${shown[shows]}`,
  ],
  value_fraction: ['件数带小数', (d, about) => `${printed(d)}${others(about)}：件数应为整数`],
  value_negative: ['件数为负', (d, about) => `${printed(d)}${others(about)}：件数不应为负`],
  unit_unknown: [
    '金额单位不明',
    (d) =>
      `${printed(d)}：${d.units.length === 0 ? '单元格、列标题、行内和表外均无单位' : `单位印作${d.units.join('、')}`}，照印刷原样`,
  ],
  unit_conflict: ['金额单位不一致', (d) => `${printed(d)}：所印单位有${d.units.join('、')}`],
  ocr_doubt: [
    '识别把握不足',
    (d, about) => `${printed(d)}${others(about)}：识别把握${about.cells.length > 1 ? '不低于' : ''} ${d.confidence}%`,
  ],
  total_absent: ['缺少总计', ({ labels }) => `${labels.join('；')}：有数字而无总计，其他行有`],
  suspect_cell: [
    '可疑单元格',
    (d, { cells, expected, actual }) =>
      `若 ${cells[0]?.line} · ${cells[0]?.col} 为 ${expected} 而不是 ${actual}，${d.row} 与 ${d.column} 均成立`,
  ],
  local_regulations: ['无立法权机关填报规章', ({ publisher }) => `${publisher}无权制定规章，而填报了规章`],
  'witness.disagree': [
    '同一报告的不同版本数字不一',
    ({ url, first, second, unit }) =>
      `${url} 印为“${second}”，所采用的文档印为“${first}”` +
      (unit ? `；只有${unit === 'first' ? '所采用的' : '另一'}文档注明单位` : ''),
  ],
  'witness.missing': ['另一版本缺少部分数字', ({ url }, { cells }) => `${url} 缺少其中 ${cells.length} 格`],
  'witness.extra': ['另一版本多出部分数字', ({ url }, { cells }) => `只有 ${url} 有其中 ${cells.length} 格`],
  'fact.repeated': ['同一单元格读出两次', (d) => `文档再次印出此格：先为“${d.first}”，后为“${d.second}”`],
  'identity.incomplete': [
    '报告归属不全',
    ({ lacks }) => ({ reading: '没有读取结果', publisher: '发布机关不明', year: '年份不明' })[lacks],
  ],
  'date.invalid': ['日期无效', ({ date }) => `列表所载日期为“${date}”`],
  report_kept: [
    '页面已不是该报告，以先前存档为准',
    (d) => `读取自 ${d.captured} 的存档；最近一次是${instead[d.instead]}${d.redirected ? `（${d.redirected}）` : ''}`,
  ],
  report_alternates: [
    '页面交替显示报告的不同版本，以最近一次新出现者为准',
    ({ captured, since }) => `读取自 ${captured} 的存档；自 ${since} 起页面反复变换`,
  ],
  'attachment.disagree': [
    '页面与附件说法不一',
    (d) =>
      `${{ publisher: '发布机关', division_code: '行政区划代码', year: '年份' }[d.what]}：页面为 ${d.first}，附件为 ${d.second}`,
  ],
  'attachment.not_fetched': ['页面缺少表格而附件未取得', (d) => `${d.url}：${d.outcome}${because(d)}`],
  list_missing: ['列表页不存在', (d) => `列表页不存在（${answer(d)}）`],
  list_blocked: ['门户拒绝访问', (d) => `门户拒绝访问（${answer(d)}）`],
  list_empty: [
    '列表为空',
    (d) =>
      d.how === 'page'
        ? '页面没有列出文章'
        : d.how === 'shell'
          ? `列表页是空壳（${answer(d)}）`
          : `${d.pages} 页没有列出本门户的文章（略去：${counts(d.ignored)}）`,
  ],
  list_error: ['列表无法取得', (d) => `${d.outcome}（${answer(d)}）${because(d)}`],
  host_closed: ['暂停访问该主机', (d) => `暂停访问该主机${because(d)}`],
  list_short: [
    '列表所列少于所称',
    (d) =>
      'pages' in d
        ? `所称 ${d.stated} 页，取得 ${d.pages} 页`
        : `${d.column === undefined ? '' : `栏目 ${d.column}：`}所称 ${d.stated} 篇，列出 ${d.articles} 篇`,
  ],
  list_shrunk: ['列表只剩原来的一半或更少', (d) => `列出 ${d.articles} 篇，原有 ${d.before} 篇`],
  list_wrong: [
    '列表的位置上是别的页面',
    ({ articles, known, to }) =>
      `${to ?? '该页'} 列出 ${articles} 篇，${known === 0 ? '标题都不是报告' : `没有已知的 ${known} 份报告`}`,
  ],
  reports_unlisted: ['报告不再列出', ({ reports, examples }) => `${reports} 份报告不再列出：${examples.join(' ')}`],
  list_failed: ['读取列表出错', (d) => d.said],
  page_error: [
    '列表的后续页无法取得',
    (d) => ('page' in d ? `第 ${d.page} 页：${d.outcome}（${answer(d)}）${because(d)}` : `栏目 ${d.column}：${d.said}`),
  ],
  page_limit: [
    '列表过长',
    (d) =>
      'columns' in d
        ? `共 ${d.columns} 个栏目，只读 ${d.read} 个`
        : `${d.column === undefined ? '' : `栏目 ${d.column}：`}超过 ${d.pages} 页`,
  ],
  pages_scripted: ['后续页只能由脚本打开', ({ next }) => `下一页不是本门户的网址：${next}`],
  pages_lost: [
    '列表缺页，或某页不是该页',
    ({ pages, how }) =>
      `第 ${pages.slice(0, 10).join('、')}${pages.length > 10 ? '…' : ''} 页：${{ missing: '不存在', empty: '没有列出文章', repeated: '与前面的页相同' }[how]}`,
  ],
  robots_disallowed: [
    'robots.txt 不允许取列表',
    (d) => (d.said === undefined ? 'robots.txt 不允许取列表' : `列表不得抓取：${d.said}`),
  ],
  browser_missing: [
    '列表须用浏览器打开，而没有浏览器',
    (d) => (d.tried.length === 0 ? '列表须用浏览器打开，而所用机器没有' : `${d.said}；试过 ${d.tried.join('、')}`),
  ],
  shell_unreadable: ['目录平台的页面与预期不符', (d) => d.said ?? '网址不是此种目录的'],
  column_missing: ['没有找到年度报告栏目', () => '栏目树中没有名为年度报告的栏目'],
  column_off_site: ['栏目在别的网站', ({ column, to }) => `栏目 ${column} 指向 ${to}`],
  row_unreadable: ['列表有读不出的行', ({ column, rows }) => `栏目 ${column}：${rows} 行读不出`],
  rows_astray: [
    '报告的行没有网址',
    ({ reports, examples }) => `${reports} 行的标题是报告，但没有可取的网址：${examples.join('；')}`,
  ],
  rows_unlike: [
    '报告的网址不合门户系统的样式',
    ({ reports, examples }) => `${reports} 份报告的网址与此系统的不同：${examples.join(' ')}`,
  ],
  links_off_site: [
    '报告在别的网站',
    ({ reports, examples }) => `${reports} 份报告在别的网站，须各自登记：${examples.join(' ')}`,
  ],
  article_gone: ['文章已不存在', (d) => `文章已不存在（${answer(d)}）`],
  article_blocked: ['门户拒绝访问文章', (d) => `门户拒绝访问文章（${answer(d)}）${because(d)}`],
  article_failed: ['文章无法取得', (d) => `${d.outcome}（${answer(d)}）${because(d)}`],
  file_failed: ['文章的附件无法取得', (d) => `${d.outcome}${because(d)}`],
  document_unread: ['文档未能读出', (d) => `文档未能读出：${d.said}`],
  report_lost: ['页面已不是原来的报告，沿用先前存档', (d) => `页面已不是原来的报告：是${instead[d.instead]}`],
  report_unsteady: ['页面交替显示报告的不同版本', ({ since }) => `自 ${since} 起页面在报告的不同版本间反复变换`],
  articles_alike: ['门户的多篇文章情形相同', (d) => `${d.articles} 篇（${d.examples.join('、')}等）：${d.alike}`],
  report_without_table: ['报告中没有找到表格', ({ year }) => `${year} 年报告中没有找到表格`],
  report_overdue: [
    '应公布之日已过，未见上一年度报告',
    ({ year, of, by }) =>
      `没有${of.map((one) => overdue[one]).join('及')}的 ${year} 年报告（应于 ${by} 前公布），而有前一年的`,
  ],
  reports_fell: ['门户的报告少于以前', ({ now, before, on }) => `现有 ${now} 份报告，${on} 有 ${before} 份`],
  cells_fell: ['门户报告的单元格少于以前', ({ now, before, on }) => `现有 ${now} 格，${on} 有 ${before} 格`],
  portals_unreached: [
    '有门户须从别的网络访问，而登记表中没有本次所用网络的名称',
    ({ vantage, portals }) =>
      `没有门户的网络为 ${vantage}，另有 ${portals.length} 个须从别的网络访问：${portals.slice(0, 5).join('、')}`,
  ],
  check_failed: ['数据表的检查未通过', (d) => `${d.check}：${d.said}（${d.rows}）`],
  archive_damaged: ['存档的文件损坏', (d) => d.said],
  equation: (equation, d, { expected, actual }) =>
    'at' in d
      ? `${equation.zh}：${d.at === null ? '' : `${eachOf(equation) === 'line' ? '行' : '列'} ${d.at}：`}${actual} ≠ ${expected}`
      : `${equation.zh}：正文为 ${d.stated.join('、')}，表中为 ${actual}`,
};
