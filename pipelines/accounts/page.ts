import { languages, messageOf, type Finding, type ListedCode } from '../../transforms/findings.ts';
import { html, Markup } from '../inspect/html.ts';
import { isAtWork, states, type Overview, type PortalView } from './overview.ts';
import { ageInDays, type Problem } from './problem.ts';
import { isOverdue } from './silence.ts';

/** More than anybody looks through; `gongkai ack --list` has them all. */
const MOST_PROBLEMS = 500;

/** How things stand as one page, in Chinese and English, that needs no other file and no script. */
export const statusPage = (overview: Overview): string =>
  `<!doctype html>\n${
    html`<html lang="zh">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>gongkai 运行状态 · status</title>
        <style>
          ${new Markup(styleSheet)}
        </style>
      </head>
      <body>
        <h1>gongkai 运行状态 · status</h1>
        ${summary(overview)}
        <h2>问题 · Problems</h2>
        ${problemTable(overview)}
        <h2>门户 · Portals</h2>
        ${portalTable(overview)}
        <footer>${minute(overview.now)} UTC</footer>
      </body>
    </html> `.text
  }`;

function summary({ now, run, at_work, worked_at, portals, problems }: Overview): Markup {
  const open = problems.filter(({ acknowledged }) => !acknowledged).length;
  const counts = Object.entries(states).map(([state, [zh, en]]) => {
    const number = portals.filter((portal) => portal.state === state).length;
    return html`<li class="${state}"><b>${number}</b> ${zh} <small>${en}</small></li>`;
  });
  return html`<ul class="counts">
      ${counts}
    </ul>
    <dl>
      <dt>最近一次运行 <small>last run</small></dt>
      <dd>
        ${run === null ? '—' : html`${run.run}, ${isAtWork({ run, at_work }) ? html`进行中 <small>at work</small>` : ended(run)}`}
      </dd>
      <dt>最近一次完成 <small>last that did its work</small></dt>
      <dd>${worked_at === null ? '从未 · never' : html`${minute(worked_at)} UTC (${ago(worked_at, now)})`}</dd>
      <dt>问题 <small>problems</small></dt>
      <dd>${open} 未处理 <small>open</small>, ${problems.length - open} 已知悉 <small>acknowledged</small></dd>
    </dl>`;
}

function ended({ exit, ended, failure }: NonNullable<Overview['run']>): Markup {
  if (ended === null || exit === null) return html`<b class="trouble">未结束 <small>has not ended</small></b>`;
  return exit > 1
    ? html`<b class="trouble">失败 <small>failed</small> (${exit})</b> ${failure}`
    : html`${minute(ended)} UTC,
      ${exit === 0 ? html`无新问题 <small>nothing new to see</small>` : html`须有人处理 <small>needs a person</small>`}`;
}

function problemTable({ now, problems }: Overview): Markup {
  if (problems.length === 0) return html`<p>无 <small>none</small></p>`;
  const sorted = problems.toSorted(
    (a, b) => Number(a.acknowledged) - Number(b.acknowledged) || (a.since < b.since ? 1 : a.since > b.since ? -1 : 0),
  );
  const left = sorted.length - MOST_PROBLEMS;
  return html`<div class="scroll">
    <table>
      <tr>
        <th>编号<small>id</small></th>
        <th>自<small>since</small></th>
        <th>门户<small>portal</small></th>
        <th>问题<small>problem</small></th>
      </tr>
      ${sorted.slice(0, MOST_PROBLEMS).map(
        (problem) =>
          html`<tr class="${problem.acknowledged ? 'known' : 'trouble'}">
            <td><code>${problem.id}</code></td>
            <td class="time">${problem.since.slice(0, 10)}<small>${ago(problem.since, now)}</small></td>
            <td>
              ${problem.portal === null ? '全部 · all' : html`<a href="#${problem.portal}">${problem.portal}</a>`}
            </td>
            <td>
              ${inChinese(problem)}<small>${problem.code}: ${problem.message}</small
              >${problem.url === null ? null : html`<small>${link(problem.url)}</small>`}${
                problem.acknowledged
                  ? html`<small class="why">已知悉至 · acknowledged until ${problem.until}: ${problem.why}</small>`
                  : null
              }
            </td>
          </tr> `,
      )}
    </table>
    ${left > 0 ? html`<p>另有 ${left} 个 <small>${left} more</small></p>` : null}
  </div>`;
}

const portalTable = ({ portals, now }: Overview): Markup =>
  html`<div class="scroll">
    <table>
      <tr>
        <th>门户<small>portal</small></th>
        <th>区划<small>division</small></th>
        <th>系统<small>family</small></th>
        <th>状态<small>state</small></th>
        <th>列表完整读出<small>list last read whole</small></th>
        <th class="number">报告<small>reports</small></th>
        <th class="number">单元格<small>cells</small></th>
        <th>下一报告<small>next report</small></th>
      </tr>
      ${portals.map((portal) => portalRow(portal, now))}
    </table>
  </div>`;

function portalRow(view: PortalView, now: string): Markup {
  const { portal, name, division, family, index_url, state, complete_at, reports, cells, expected, problems } = view;
  const [zh, en] = states[state];
  const open = problems.filter(({ acknowledged }) => !acknowledged).length;
  return html`<tr class="${state}" id="${portal}">
    <td>${link(index_url, name)}<small>${portal}</small></td>
    <td>${division}</td>
    <td>${family}</td>
    <td>${zh}${open > 0 ? html` (${open})` : null}<small>${en}</small></td>
    <td class="time">
      ${complete_at === null ? '从未 · never' : html`${complete_at.slice(0, 10)}<small>${ago(complete_at, now)}</small>`}
    </td>
    <td class="number">${reports}</td>
    <td class="number">${cells}</td>
    <td class="time">
      ${expected === null ? '—' : html`${expected.year}<small>${isOverdue(expected, now) ? '已过期 · was due' : '截至 · due'} ${expected.by}</small>`}
    </td>
  </tr> `;
}

/** An address that a portal gave is text unless it is one of the web. */
const link = (url: string, text = url): Markup =>
  /^https?:\/\//.test(url) ? html`<a href="${url}" rel="noopener noreferrer">${text}</a>` : html`${text}`;

/** The address stands below. */
function inChinese({ code, details, message, url }: Problem): string {
  const found = { code, details, message, level: 'error', cells: [], expected: null, actual: null };
  try {
    return without(url, messageOf(found as unknown as Finding, 'zh'));
  } catch {
    // An account of an earlier version of the program may have other codes and details.
    return languages.zh[code as ListedCode]?.[0] ?? code;
  }
}

const without = (url: string | null, message: string): string => message.replace(` (${url})`, '');

const minute = (time: string): string => time.slice(0, 16).replace('T', ' ');

function ago(time: string, now: string): string {
  const days = ageInDays(time, now);
  return days === 0 ? '今天 · today' : `${days} 天前 · ${days} ${days === 1 ? 'day' : 'days'} ago`;
}

const styleSheet = `
:root { font: 15px/1.45 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1d2430; background: #fff; }
body { margin: 1.5rem auto 4rem; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
small { color: #5d6878; font-size: .8rem; } td small, th small { display: block; font-weight: normal; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; list-style: none; }
.counts li { border: 1px solid #d5dbe3; border-left: .4rem solid #b8c0cc; padding: .3rem .7rem; } .counts b { font-size: 1.2rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; min-width: 48rem; font-size: .92rem; } th { text-align: left; vertical-align: bottom; }
th, td { border-bottom: 1px solid #d5dbe3; padding: .3rem .5rem; vertical-align: top; } th.number, td.number { text-align: right; white-space: nowrap; } .time { white-space: nowrap; }
tr > :first-child { border-left: .4rem solid transparent; padding-left: .6rem; } tr:target { background: #f1f5fb; }
tr.ok > :first-child, .counts .ok { border-left-color: #3f9b57; } tr.known > :first-child, .counts .known { border-left-color: #d5a52a; }
tr.trouble > :first-child, .counts .trouble { border-left-color: #c8402f; } tr.never > :first-child, .counts .never, tr.closed > :first-child, .counts .closed { border-left-color: #6c7686; }
tr.stale > :first-child, .counts .stale, tr.overdue > :first-child, .counts .overdue { border-left-color: #a36b1f; }
b.trouble { color: #a52a1c; } .why { color: #7a5a00; } code { font-size: .85rem; } a { color: #1b4f9c; } footer { margin-top: 2rem; color: #5d6878; font-size: .8rem; }
`;
