import { createHash } from 'node:crypto';
import type { Block, Cell, Table } from '../../transforms/doc/doc.ts';
import { cellsOf, type Placed } from '../../transforms/doc/grid.ts';
import type { Finding } from '../../transforms/findings.ts';
import { proofsOf, type Verdict } from '../../transforms/forms/check.ts';
import { eachOf } from '../../transforms/forms/form.ts';
import { sniff } from '../../transforms/formats/sniff.ts';
import type { Trace } from '../../transforms/interpret.ts';
import type { Reason, Slot } from '../../transforms/locate/candidates.ts';
import type { Match } from '../../transforms/locate/lines.ts';
import type { ReadRow } from '../../transforms/locate/read-grid.ts';
import type { Fact, Reading } from '../../transforms/report.ts';
import { outcomesOf, type Became, type Outcome, type Outcomes } from './cells.ts';
import { html, Markup } from './html.ts';
import { imageUrl, type PageImage } from './page-images.ts';
import { style } from './style.ts';

/** What reading one document gave, with the steps between. */
export interface Inspection {
  reading: Reading;
  /** Null where the document has no Doc: it could not be read. */
  traced: Omit<Trace, 'said'> | null;
  pages: PageImage[];
}

/** No report has as many; with more, the rest of the document is not shown, and the page says so. */
const MOST_CELLS = 15_000;
const MOST_BLOCKS = 4_000;
const MOST_FINDINGS = 500;
const MOST_DEPTH = 3;

/** A page of its own: nothing is loaded, nothing runs, and the document's texts are text. */
export function inspectionPage(inspection: Inspection): string {
  const { reading, traced, pages } = inspection;
  const name = nameOfFile(reading.source.path);
  const outcomes = traced && outcomesOf(traced, reading.facts, reading.findings);
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width" />
        <title>${name} · gongkai inspect</title>
        ${new Markup(`<style>${style}</style>`)}
      </head>
      <body>
        <h1>${name}</h1>
        ${summary(reading)} ${legend(reading)}
        <p class="hint">Choose a cell to see what it became, and why.</p>
        ${findingList(reading.findings, outcomes)}
        ${traced && outcomes ? documentOf(traced.doc.blocks, outcomes, pages) : pages.map((page) => pageOf(page, []))}
      </body>
    </html> `.text
  }`;
}

/** The page may be given to others: the folders of this machine are nobody's business. */
const nameOfFile = (path: string): string => path.split(/[\\/]/).at(-1) ?? '';

function summary({ source, report }: Reading): Markup {
  const { encoding, script, media_type, sha256 } = source;
  const said = [report?.publisher, report?.division_code, report?.year].filter((part) => part !== null);
  const charset = encoding && `, ${encoding.used}${encoding.declared ? ` (declared ${encoding.declared})` : ''}`;
  return html`<dl>
    <dt>report</dt>
    <dd>${report ? said.join(' · ') : 'none: see the findings'}</dd>
    ${
      report?.title
        ? html`<dt>title</dt>
            <dd>${report.title}</dd>`
        : null
    }
    <dt>bytes</dt>
    <dd>${media_type}${charset}; sha256 ${sha256}</dd>
    ${
      script && script !== 'simplified'
        ? html`<dt>script</dt>
            <dd>${script}, shown in simplified characters, as it was read</dd>`
        : null
    }
  </dl>`;
}

const statuses = ['verified', 'contradicted', 'unverified'] as const;

function legend({ facts }: Reading): Markup {
  const count = (status: Fact['status']) => facts.filter((fact) => fact.status === status).length;
  return html`<div class="legend">
    ${statuses.map((status) => html`<span class="${status}">${count(status)} ${status}</span>`)}
    <span class="unverified equation">placed by equation</span>
    <span class="label">label of a line</span><span class="header">header</span> <span class="left">left over</span
    ><span class="ignored">ignored</span>
  </div>`;
}

function findingList(findings: Finding[], outcomes: Outcomes | null): Markup {
  const more = findings.length - MOST_FINDINGS;
  return html`<h2>${findings.length === 1 ? 'One finding' : `${findings.length} findings`}</h2>
    <ul>
      ${findings.slice(0, MOST_FINDINGS).map((found) => html`<li>${findingOf(found)} ${cellLinks(found, outcomes)}</li>`)}
      ${more > 0 ? html`<li>and ${more} more</li>` : null}
    </ul>`;
}

const findingOf = ({ level, code, message }: Finding): Markup =>
  html`<span class="${level}">${level} <b>${code}</b></span
    >: ${message}`;

function cellLinks({ cells }: Finding, outcomes: Outcomes | null): Markup[] {
  const anchors = cells.map((ref) => ({ ref, anchor: outcomes?.factAt(ref)?.anchor ?? null }));
  const found = anchors.filter(({ anchor }) => anchor !== null);
  const links = found
    .slice(0, 3)
    .map(({ ref, anchor }) => html`<small><a href="#${anchor}">${ref.grid}/${ref.line}/${ref.col}</a></small> `);
  return found.length > links.length ? [...links, html`<small>and ${found.length - links.length} more</small>`] : links;
}

/** Blocks in printed order, each page's beside its picture. */
function documentOf(blocks: Block[], outcomes: Outcomes, pages: PageImage[]): Markup {
  const budget = { cells: MOST_CELLS };
  const shown = blocks.slice(0, MOST_BLOCKS).map((block, index) => blockOf(block, index, outcomes, budget));
  const cut =
    blocks.length > shown.length ? html`<p>${blocks.length - shown.length} more blocks are not shown.</p>` : null;
  if (pages.length === 0)
    return html`<h2>Document</h2>
      ${shown}${cut}`;
  let page = pages[0]!.number;
  const numbers = blocks.slice(0, MOST_BLOCKS).map(({ origin }) => {
    const stated = Number(/^page (\d+)/.exec(origin)?.[1] ?? page);
    return (page = pages.some(({ number }) => number === stated) ? stated : page);
  });
  const ofPage = (number: number) => shown.filter((_, i) => numbers[i] === number);
  return html`<h2>Document</h2>
    ${pages.map((each) => pageOf(each, ofPage(each.number)))}${cut}`;
}

const pageOf = ({ number, source, why }: PageImage, blocks: Markup[]): Markup =>
  html`<section class="page" id="page${number}">
    <figure>
      ${source ? html`<img src="${new Markup(source)}" alt="page ${number}" />` : html`<p>${why ?? null}</p>`}
      <figcaption>page ${number}</figcaption>
    </figure>
    <div>${blocks.length > 0 ? blocks : html`<p><small>No block begins on this page.</small></p>`}</div>
  </section> `;

type Budget = { cells: number };

function blockOf(block: Block, index: number, outcomes: Outcomes, budget: Budget): Markup {
  const where = `${block.kind}${block.aside ? ' outside the report' : ''} · ${block.origin}`;
  return html`<div class="block${block.aside ? ' aside' : ''}">
    <span class="number" title="${where}">${index}</span>
    <div>
      ${block.kind === 'table' ? html`<small>${where}</small>` : null}${contentOf(block, index, outcomes, budget)}
    </div>
  </div> `;
}

function contentOf(block: Block, index: number, outcomes: Outcomes, budget: Budget): Markup {
  if (block.kind === 'table') return tableOf(block, index, outcomes, budget);
  if (block.kind === 'picture') {
    const source = block.bytes ? imageUrl(block.bytes, sniff(block.bytes)) : null;
    return source
      ? html`<img src="${new Markup(source)}" alt="${block.alt}" />`
      : html`<p>picture ${block.source.startsWith('data:') ? '(in the page)' : block.source} ${block.alt}</p>`;
  }
  const rows = [...outcomes.beside(index).values()].map((row) => strip(row, outcomes));
  return html`<p class="print">${block.kind === 'heading' ? html`<b>${block.text}</b>` : block.text}</p>
    ${rows}`;
}

function tableOf(table: Table, index: number, outcomes: Outcomes, budget: Budget): Markup {
  const read = outcomes.ofTable(index);
  const beside = outcomes.beside(index);
  const rows: Markup[] = [];
  for (let row = 0; row < table.rows.length && budget.cells > 0; row++) {
    const printed = table.rows[row]!;
    budget.cells -= printed.length;
    const cells = read
      ? cellsOf(read.grid, row)
          .filter((placed) => placed.row === row)
          .map((placed) => cellOf(placed, read.cells.get(placed), outcomes, budget))
      : printed.map((cell) => plainCell(cell, budget));
    rows.push(
      html`<tr>
        ${cells}
      </tr> `,
    );
    const more = beside.get(row);
    if (!more) continue;
    // Spans must not be pushed aside by a row that is not the document's: the strip stands below the table.
    if (!read)
      rows.push(
        html`<tr>
          <td class="text" colspan="${Math.max(1, printed.length)}">${strip(more, outcomes)}</td>
        </tr>`,
      );
  }
  const below = read ? [...beside.values()].map((row) => strip(row, outcomes)) : [];
  const cut = rows.length === 0 || budget.cells > 0 ? null : html`<p>The rest of the table is not shown.</p>`;
  return html`<div class="scroll">
      <table>
        ${rows}
      </table>
    </div>
    ${below}${cut}`;
}

function cellOf(
  { cell, colspan, rowspan }: Placed,
  became: Became | undefined,
  outcomes: Outcomes,
  budget: Budget,
): Markup {
  const spans = html`${colspan > 1 ? html` colspan="${colspan}"` : null}${rowspan > 1 ? html` rowspan="${rowspan}"` : null}`;
  return became
    ? markedCell(became, spans, nestedOf(cell, budget), outcomes)
    : html`<td${spans}>${textOf(cell)}${nestedOf(cell, budget)}</td>`;
}

const markedCell = (became: Became, spans: Markup | null, more: Markup | null, outcomes: Outcomes): Markup =>
  html`<td id="${became.id}" class="${classOf(became)}" ${spans}>
    <a href="#${became.id}">${became.text}</a>${more}${noteOf(became, outcomes)}
  </td>`;

const classOf = ({ outcome, fact }: Became): string =>
  fact?.placed === 'by_equation' ? `${outcome} equation` : outcome;

const plainCell = (cell: Cell, budget: Budget, depth = 0): Markup =>
  html`<td${cell.colspan > 1 ? html` colspan="${Math.min(cell.colspan, 1000)}"` : null}${
    cell.rowspan > 1 ? html` rowspan="${Math.min(cell.rowspan, 1000)}"` : null
  }>${textOf(cell)}${nestedOf(cell, budget, depth)}</td>`;

const textOf = ({ text, unread }: Cell): Markup =>
  html`<span class="print">${text === '' && unread ? `(${unread})` : text}</span>`;

function nestedOf({ nested = [] }: Cell, budget: Budget, depth = 0): Markup | null {
  if (nested.length === 0) return null;
  if (depth >= MOST_DEPTH) return html`<small>(tables inside are not shown)</small>`;
  return html`${nested.map((table) => {
    budget.cells -= table.rows.reduce((sum, row) => sum + row.length, 0);
    if (budget.cells <= 0) return html`<small>(a table inside is not shown)</small>`;
    return html`<table>
      ${table.rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => plainCell(cell, budget, depth + 1))}
          </tr>`,
      )}
    </table>`;
  })}`;
}

/** A row of values beside what is printed: text has no cells, and blanks that were lost are nowhere on the page. */
function strip(cells: Became[], outcomes: Outcomes): Markup {
  const [first] = cells;
  const blank = cells.every(({ text }) => text === '');
  const besides = `${first?.row?.row.own ?? ''}: ${blank ? 'blank cells, not printed' : 'read besides'}`;
  return html`<div class="scroll">
    <small>${first?.outcome === 'label' ? 'row read as' : besides}</small>
    <table>
      <tr>
        ${cells.map((became) => markedCell(became, null, null, outcomes))}
      </tr>
    </table>
  </div>`;
}

const reasons: Record<Reason, string> = {
  header: 'it stands under the header of its column',
  header_order: 'the values follow the order of the header above, whose columns are not in the order of the form',
  count: 'the row has as many values as its line has columns',
  padding: 'the rows around it have the same empty cells before their numbers',
  blanks: 'where the blanks are was supposed, and only this way makes the equations hold',
};
const recognitions: Record<Match['how'], string> = {
  exact: 'its label is that of the line',
  fuzzy: 'its label is like that of the line',
  order: 'its label is lost; its place between its neighbours decides',
};
const outcomeWords: Record<Outcome, string> = {
  verified: 'verified: all equations that cover it hold, and enough of them',
  contradicted: 'contradicted: an equation that covers it fails',
  unverified: 'unverified: no equation applies, or too few',
  label: 'label of a line',
  header: 'header',
  left: 'left over: no fact was made of it',
  ignored: 'ignored',
};

function noteOf(became: Became, outcomes: Outcomes): Markup {
  const { id, outcome, what, text, row, slot, fact, verdicts, findings } = became;
  const line = slot?.line ?? row?.match?.line ?? null;
  const way = row?.settled?.way;
  const labelled = row && outcome !== 'ignored';
  return html`<div class="note">
    <a class="close" href="#-" title="close">×</a>
    <h3>${text === '' ? '(blank)' : text}</h3>
    <dl>
      <dt>became</dt>
      <dd>
        ${what === '' || outcome === 'header' ? null : html`${what}; `}${outcome === 'header' ? what : outcomeWords[outcome]}
      </dd>
      ${
        fact
          ? html`<dt>value</dt>
              <dd>
                ${fact.value === null ? `none (${fact.absence})` : `${fact.value} ${fact.unit}`}${fact.read_by ? ', read from a picture' : null}
              </dd>`
          : null
      }
      ${
        fact
          ? html`<dt>cell</dt>
              <dd>${fact.grid}/${fact.line}/${fact.col} · edition ${fact.edition}</dd>`
          : null
      }
      ${
        labelled
          ? html`<dt>line</dt>
              <dd>${line ? `${line.number}${line.zh} · ${line.code} · ${line.en}` : 'none of the form'}</dd>`
          : null
      }
      ${
        slot
          ? html`<dt>column</dt>
              <dd>${slot.column.zh} · ${slot.column.code} · ${slot.column.en}</dd>`
          : null
      }
      ${labelled ? matchOf(row, slot) : null}
      ${
        fact && way
          ? html`<dt>column because</dt>
              <dd>
                ${reasons[way.because]}
                (${way.because}${fact.placed === 'by_equation' ? ', by equation' : ', not by equation'})
              </dd>`
          : null
      }
      ${
        fact
          ? html`<dt>proofs</dt>
              <dd>${proofsOf(fact)}${fact.placed ? ` (placed ${fact.placed})` : null}</dd>`
          : null
      }
      <dt>place</dt>
      <dd>
        ${fact ? `block ${fact.place.block}, row ${fact.place.row}, column ${fact.place.column} (from 0)` : placeOf(id)}
      </dd>
    </dl>
    ${
      verdicts.length > 0
        ? html`<h4>Equations over it</h4>
            ${verdicts.map((verdict) => sumOf(verdict, fact, outcomes))}`
        : null
    }
    ${
      findings.length > 0
        ? html`<h4>Findings about it</h4>
            <ul>
              ${findings.slice(0, 20).map(detailed)}
            </ul>`
        : null
    }
  </div>`;
}

const placeOf = (id: string): string => {
  const [, block, row, column] = /^b(\d+)r(\d+)(?:[cv](\d+))?$/.exec(id) ?? [];
  return `block ${block}, row ${row}${column === undefined ? '' : `, column ${column}`} (from 0)`;
};

function matchOf({ row, match }: ReadRow, slot: Slot | null): Markup {
  const because = match
    ? `${recognitions[match.how]} (${match.how}, score ${Math.round(match.score * 100) / 100})`
    : slot && 'its row holds all lines of the table, one beside the other';
  return html`<dt>printed label</dt>
    <dd>${row.own === '' ? '(none)' : row.own}</dd>
    ${
      because
        ? html`<dt>line because</dt>
            <dd>${because}</dd>`
        : null
    }`;
}

/** The equation with the numbers of its cells, each leading to its own. */
function sumOf(
  { equation, at, left, right, leftSum, rightSum, result }: Verdict,
  self: Fact | null,
  outcomes: Outcomes,
): Markup {
  const isOverLines = eachOf(equation) === 'column';
  const termOf = (term: Verdict['left'][number]): Markup => {
    const { anchor, value } = outcomes.factAt(term) ?? { anchor: null, value: null };
    const text = html`${isOverLines ? term.line : term.col} ${value ?? '–'}`;
    if (self?.line === term.line && self.col === term.col) return html`<b>${text}</b>`;
    return anchor ? html`<a href="#${anchor}" class="${value ? 'some' : 'none'}">${text}</a>` : text;
  };
  const side = (terms: Verdict['left'], sum: number): Markup => {
    const signed = terms.map((term, i) => html`${term.sign < 0 ? ' − ' : i > 0 ? ' + ' : ''}${termOf(term)}`);
    return terms.length > 1 ? html`${sum} (${signed})` : html`${signed}`;
  };
  const verdict = { holds: '=', fails: '≠', open: 'cannot be compared with' }[result];
  return html`<div class="sum">
    <span class="${result}">${result}</span> ${equation.code}${at === null ? null : html` at ${at}`}<br />
    ${side(left, leftSum)} ${verdict} ${side(right, rightSum)}
  </div>`;
}

const detailed = (found: Finding): Markup =>
  html`<li>${findingOf(found)}<br /><small>${JSON.stringify(found.details)}</small></li>`;
