import { escapeHtml } from '../compose/shell.ts';
import { hexOf } from './systems.ts';
import { articleRoute, listPage, pagesOf, text } from './pages.ts';
import type { Entry, Plan, Reply, Route, Routes } from './types.ts';

/**
 * Systems whose lists lie behind an interface: what their columns and answers look like, as published crawlers and stored
 * pages show them. Every word on the pages is our own.
 */
interface Behind {
  /** Path and query of the column. */
  column(plan: Plan): string;
  article(entry: Entry, plan: Plan): string;
  /** The page of the column, and whatever answers beside it: by path, or by path and query. */
  serve(plan: Plan): Record<string, Route['reply']>;
}

const page = (plan: Plan, body: string, after = ''): Reply =>
  text(listPage(plan, body, after), plan.listCharset, plan.contentType);
const fragment = (body: string): Reply => text(body, 'utf-8', 'text/html; charset=utf-8');
const json = (value: unknown): Reply => text(JSON.stringify(value), 'utf-8', 'application/json;charset=UTF-8');
const refused = (): Reply => text('<html><body>403</body></html>', 'utf-8', 'text/html', 403);

const cut = (title: string, at: number) => (title.length > at ? `${title.slice(0, at)}...` : title);
const whole = (entry: Entry, href: string, at = 18) =>
  `<a href="${href}" title="${escapeHtml(entry.title)}">${escapeHtml(cut(entry.title, at))}</a>`;

/** What a page of `size` rows shows; nothing after the last. */
const rowsOf = <T>(rows: T[], number: number, size: number): T[] => rows.slice((number - 1) * size, number * size);
const numberIn = (asked: URLSearchParams | undefined, name: string) => Number(asked?.get(name) ?? 1);

const jpage: Behind = {
  column: () => '/col/col4227/index.html',
  article: (entry) => `/art/${entry.date.replaceAll('-0', '-').replaceAll('-', '/')}/art_4227_${entry.id}.html`,
  serve(plan) {
    const record = (entry: Entry) =>
      `<record><![CDATA[<li>${whole(entry, jpage.article(entry, plan))}<span>${entry.date.replace(/-(?=\d+$)/, '-\n')}</span></li>]]></record>`;
    const proxy = '/module/web/jpage/dataproxy.jsp';
    const parameters = 'webid=30&path=/&columnid=4227&unitid=11850&sourceContentType=1&permissiontype=0';
    const { length } = plan.entries;
    const store = (entries: Entry[], trailer: string) =>
      `<datastore><nextgroup><![CDATA[<a href="${proxy}?page=1&${parameters}"></a>]]></nextgroup><recordset>${entries.map(record).join('\n')}${trailer}</recordset></datastore>`;
    const script = `<script>$("#11850").jpage({ totalRecord:${length}, perPage:1, dataBefore:'<ul>', dataAfter:'</ul>', proxyUrl:'${proxy}' });</script>`;
    return {
      [jpage.column(plan)]: () =>
        page(
          plan,
          `<div id="11850"><script type="text/xml">${store(plan.entries.slice(0, 3), '')}</script></div>`,
          script,
        ),
      [proxy]: (asked) => {
        if (asked?.get('columnid') !== '4227' || asked.get('unitid') !== '11850')
          return fragment('<datastore></datastore>');
        const entries = plan.entries.slice(numberIn(asked, 'startrecord') - 1, numberIn(asked, 'endrecord'));
        const xml = store(entries, '<record><![CDATA[]]></record>');
        return text(xml.replace('<datastore>', `<datastore><totalrecord>${length}</totalrecord>`), 'utf-8', 'text/xml');
      },
    };
  },
};

const xxgk: Behind = {
  column: () => '/col/col52/index.html',
  article: (entry) => `/art/${entry.date.slice(0, 4)}/1/9/art_52_${entry.id}.html`,
  serve(plan) {
    const row = (entry: Entry) =>
      `<tr><td>${entry.id}/2024-00012</td><td>${whole(entry, xxgk.article(entry, plan))}</td><td>${entry.date}</td></tr>`;
    const search =
      '/module/xxgk/search.jsp?standardXxgk=0&infotypeId=SD02&jdid=3&area=113707850043&divid=div101706&sortfield=createdatetime:0&currpage=1';
    return {
      [xxgk.column(plan)]: () => page(plan, '<div id="div101706"></div>', `<script>$.get('${search}', show);</script>`),
      '/module/xxgk/search.jsp': (asked) => {
        if (asked?.get('area') !== '113707850043' || asked.get('infotypeId') !== 'SD02') return fragment('');
        const pages = pagesOf(plan.entries, 4);
        const rows = pages[numberIn(asked, 'currpage') - 1] ?? [];
        return fragment(
          `<table>${rows.map(row).join('')}</table><div>共${pages.length}页 <a onclick="turn()">下一页</a></div>`,
        );
      },
    };
  },
};

/** One address for each unit and year: only reports, and no list of them. */
const annual: Behind = {
  column: () => '/module/xxgk/xxgkAnnualReport.jsp?area=11370785004',
  article: (entry) => `/module/xxgk/xxgkAnnualReport.jsp?area=11370785004&fbtime=${yearOf(entry)}`,
  serve(plan) {
    const frame = () =>
      page(
        plan,
        '<div class="voice">点击收听年报语音朗读</div>',
        '<select><option>2024</option><option>2023</option></select>',
      );
    const routes = plan.entries.map((entry) => [annual.article(entry, plan), articleRoute(entry, plan).reply] as const);
    return { [annual.column(plan)]: frame, '/module/xxgk/xxgkAnnualReport.jsp': frame, ...Object.fromEntries(routes) };
  },
};

const yearOf = (entry: Entry) => (entry.kind === 'report' ? entry.figures.year : Number(entry.date.slice(0, 4)) - 1);

const jpaas: Behind = {
  column: () => '/zfxxgk/zfxxgknb/index.html',
  // All were moved in one year.
  article: (entry) => `/zfxxgk/zfxxgknb/art/2025/art_${hexOf(entry.id, 32)}.html`,
  serve(plan) {
    const unit = (tag: string, template: string) =>
      `<div class="unit" querydata="{'webId':'3818','pageId':'122984','parseType':'bulidstatic','pageType':'column','tagId':'${tag}','tplSetId':'${template}'}"></div>`;
    const row = (entry: Entry) =>
      `<li><a href="${jpaas.article(entry, plan)}">${escapeHtml(entry.title)} 公告类型：信息公开 ${entry.date}</a></li>`;
    return {
      [jpaas.column(plan)]: () => page(plan, unit('面包屑', 'Nav1') + unit('概览信息列表', 'LpcyxkYSwRoJ')),
      '/api-gateway/jpaas-publish-server/front/page/build/unit': (asked) => {
        if (asked?.get('tplSetId') !== 'LpcyxkYSwRoJ' || asked.get('tagId') !== '概览信息列表') return refused();
        const number = Number(/"pageNo":(\d+)/.exec(asked.get('paramJson') ?? '')?.[1] ?? 1);
        const rows = rowsOf(plan.entries, number, 4).map(row).join('');
        const html = `<ul>${rows}</ul><div class="page" count="${plan.entries.length}" rows="4"></div>`;
        return json({ success: true, code: '200', data: { html } });
      },
    };
  },
};

const label: Behind = {
  column: () => '/public/column/6596221?type=4&catId=7065111&action=list',
  article: (entry) => `/public/6596221/${entry.id}.html`,
  serve(plan) {
    const script =
      "Ls.load('#list', { url: '/site/label/8888', data: { IsAjax: 1, dataType: 'html', labelName: 'publicInfoList', siteId: 6786551, pageSize: 4, action: 'list', isDate: true, dateFormat: 'yyyy-MM-dd', length: 20, organId: 6596221, type: 4, catId: 7065111, cId: '', result: '暂无相关信息', file: '/c3/hs/publicInfoList_newest' } });";
    return {
      [label.column(plan)]: () =>
        page(
          plan,
          '<div class="xxgk_navli" id="list"></div>',
          `<script>${script} Ls.pagination({ pageCount:2 });</script>`,
        ),
      '/site/label/8888': (asked) => {
        if (asked?.get('siteId') !== '6786551' || asked.get('catId') !== '7065111') return refused();
        const rows = rowsOf(plan.entries, numberIn(asked, 'pageIndex'), 4).map(
          (entry) =>
            `<li><a href="${label.article(entry, plan)}">${escapeHtml(cut(entry.title, numberIn(asked, 'length')))}</a><span class="date">${entry.date}</span></li>`,
        );
        return fragment(rows.length > 0 ? `<ul>${rows.join('')}</ul>` : '暂无相关信息');
      },
    };
  },
};

const trsArticle = (entry: Entry, suffix: string) =>
  `${entry.date.slice(0, 7).replace('-', '')}/t${entry.date.replaceAll('-', '')}_${entry.id}.${suffix}`;

/** JSON with line breaks in its strings, and a template in place of nothing. */
const was: Behind = {
  column: () => '/zwgk/zfxxgknb/',
  article: (entry) => `/zwgk/zfxxgknb/${trsArticle(entry, 'htm')}`,
  serve(plan) {
    const search =
      '/was5/web/search?channelid=294271&templet=advsch.jsp&sortfield=-docreltime&classsql=chnlid%3D35207&prepage=4&page=1';
    const doc = (entry: Entry) =>
      `{"title":"${entry.title}","pubtime":"${entry.date.replaceAll('-', '.')}","url":"http://${plan.host}${was.article(entry, plan)}","content":"第一段\n\t第二段","file":"","filedesc":""}`;
    return {
      [was.column(plan)]: () => page(plan, '<ul id="docs"></ul>', `<script>var url = "${search}";</script>`),
      '/was5/web/search': (asked) => {
        if (asked?.get('channelid') !== '294271' || asked.get('classsql') !== 'chnlid=35207') return refused();
        const docs = rowsOf(plan.entries, numberIn(asked, 'page'), 4).map(doc);
        const none = '{"title":"文章标题","pubtime":"","url":"","content":""}';
        return text(`{"docs":[\n${docs.join(',\n') || none}\n]}`, 'utf-8', 'text/html; charset=utf-8');
      },
    };
  },
};

/** The answer is a call, on another host than the articles. */
const jsonp: Behind = {
  column: () => '/szf/ndbg/',
  article: (entry) => `/szf/ndbg/${trsArticle(entry, 'html')}`,
  serve(plan) {
    const search = `http://${plan.searchHost}/govsearch/jsonp/gkml/zf_list.jsp?page=1&lb=58855&sword=&searchColumn=all&searchYear=all&SType=1&channelId=58855&callback=result`;
    return {
      [jsonp.column(plan)]: () => page(plan, '<div id="list"></div>', `<script src="${escapeHtml(search)}"></script>`),
      '/govsearch/jsonp/gkml/zf_list.jsp': (asked) => {
        const data = rowsOf(plan.entries, numberIn(asked, 'page'), 4).map((entry) => ({
          title: `&nbsp;${escapeHtml(entry.title)}`,
          puburl: `http://${plan.host}${jsonp.article(entry, plan)}`,
          tip: { dates: entry.date, efectdate: '' },
        }));
        const answer = { num: String(plan.entries.length), nPage: Math.ceil(plan.entries.length / 4), data };
        return text(`\r\n\r\n\uFEFF\r\nresult(${JSON.stringify(answer)});\r\n`, 'utf-8', 'text/html');
      },
    };
  },
};

/** Fields have names that are made for each table, and stand nowhere in the page; what is asked is posted as JSON. */
const irs: Behind = {
  column: () => '/zfxxgk/zfxxgknb/',
  article: (entry) => `/zfxxgk/zfxxgknb/${trsArticle(entry, 'html')}`,
  serve(plan) {
    const script = `var channelId = '59993'; var pageNo = 1;
      $.ajax({ type: 'post', url: '/irs/front/list', contentType: 'application/json', data: JSON.stringify({
        code: '189682f495f', tenantId: 303, tableName: "t_18797a40156", pageNo: pageNo, pageSize: 4,
        sorts: [{ sortField: 'save_time', sortOrder: 'DESC' }],
        customFilter: { operator: 'and', properties: [{ property: 'channel_id', operator: 'eq', value: channelId }], },
      }) });`;
    return {
      [irs.column(plan)]: () => page(plan, '<ul id="list"></ul>', `<script>${script}</script>`),
      '/irs/front/list': (asked) => {
        const { tableName, customFilter, pageNo, pageSize } = JSON.parse(asked?.get('json') ?? '{}');
        if (tableName !== 't_18797a40156' || customFilter?.properties?.[0]?.value !== '59993') return refused();
        const list = rowsOf(plan.entries, Number(pageNo), Number(pageSize)).map((entry) => ({
          rec_id: String(entry.id),
          f_2023419200054: '虚构的市政务公开办公室',
          f_2023419305471: `<em>${escapeHtml(entry.title)}</em>`,
          f_2023921132911: '本报告所列地方纯属虚构。'.repeat(30),
          doc_pub_url: `http://${plan.host}${irs.article(entry, plan)}`,
          save_time: `${entry.date} 09:00:00`,
        }));
        return json({ success: true, data: { list, pager: { pageNo, pageSize, total: plan.entries.length } } });
      },
    };
  },
};

const channel: Behind = {
  column: () => '/renxian/c100549/xxgk_list.shtml',
  article: (entry) => `/renxian/c100549/202501/${hexOf(entry.id, 32)}.shtml`,
  serve: (plan) => ({
    [channel.column(plan)]: () =>
      page(plan, '<ul class="pageList"></ul>', `<script>var channelId = "${hexOf('channel', 32)}";</script>`),
    '/getFileListByCodeId': (asked) => {
      if (asked?.get('channelId') !== hexOf('channel', 32)) return refused();
      const results = rowsOf(plan.entries, numberIn(asked, 'page'), numberIn(asked, 'size')).map((entry) => ({
        titleHtml: `<em>${escapeHtml(entry.title)}</em>`,
        url: channel.article(entry, plan),
        publishedTimeStr: `${entry.date} 09:00:00`,
        domainMetaList: [],
      }));
      return json({ code: 200, results: { data: { total: plan.entries.length, results } } });
    },
  }),
};

export const behinds = { jpage, xxgk, annual, jpaas, label, was, jsonp, irs, channel } satisfies Record<string, Behind>;
export type BehindName = keyof typeof behinds;

function behindOf({ id, behind }: Plan): Behind {
  if (!behind) throw new Error(`${id} names no interface`);
  return behinds[behind];
}

export const columnOf = (plan: Plan): string => behindOf(plan).column(plan);

export function behindRoutes(plan: Plan): Routes {
  const system = behindOf(plan);
  const routes: Routes = new Map();
  for (const entry of plan.entries) routes.set(sorted(system.article(entry, plan)), articleRoute(entry, plan));
  for (const [path, reply] of Object.entries(system.serve(plan)))
    if (!routes.has(sorted(path))) routes.set(sorted(path), { kind: 'list', reply });
  return routes;
}

/** Routes have their parameters in one order. */
function sorted(path: string): string {
  const url = new URL(path, 'http://simulator.test');
  url.searchParams.sort();
  return url.pathname + url.search;
}
