import { describe, expect, it } from 'vitest';
import { blankTotals, blankZeros } from '../scripts/compose/damage.ts';
import { truthOf, type Figures } from '../scripts/compose/figures.ts';
import type { Reading } from '../transforms/report.ts';
import {
  against,
  codesOf,
  figuresOf,
  htmlTable,
  pageOf,
  printedCell,
  readString,
  rowOf,
  rowsOf,
  tabRows,
  tabText,
  type Rows,
} from './reading.fixture.ts';

/**
 * Documents that deceive: the layout lies, and blanks keep the equations from saying so. What is read may be less than
 * what is printed; a number in the wrong place without a flag may never be.
 */
const full = figuresOf();
const small = figuresOf({ size: 'small', seed: 3 });
const samples: [string, Figures][] = [
  ['all numbers', full],
  ['blank zeros', blankZeros(small)],
  ['blank totals', blankTotals(full)],
  ['blank zeros and totals', blankTotals(blankZeros(small))],
];
const other = figuresOf({ seed: 99 });
const otherSmall = blankZeros(figuresOf({ seed: 98, size: 'small' }));

const isNumber = (c: { role: string }) => c.role === 'number';
const firstNumber = (row: Rows[number]) => row.findIndex(isNumber);

/** A change of the printed rows of section 三. */
const layouts: Record<string, (rows: Rows) => void> = {
  '法人或其他组织 spans four of its five columns': (rows) => {
    rows[1]!.find((c) => c.text === '法人或其他组织')!.colspan = 4;
  },
  'a column 行次 between labels and numbers': (rows) => {
    rows[0]!.splice(1, 0, printedCell('行次', 1, 3));
    rows.slice(3).forEach((row, i) => row.splice(firstNumber(row), 0, printedCell(String(i + 1))));
  },
  'a column 序号 before the labels': (rows) => {
    rows[0]!.unshift(printedCell('序号', 1, 3));
    rows.slice(3).forEach((row, i) => row.unshift(printedCell(String(i + 1))));
  },
  'a column 代码 with letters': (rows) => {
    rows[0]!.splice(1, 0, printedCell('代码', 1, 3));
    rows.slice(3).forEach((row, i) => row.splice(firstNumber(row), 0, printedCell(`A${i + 1}`)));
  },
  'a group label over one row too many': (rows) => {
    for (const c of rows.flat()) if (c.text.includes('不予公开') && c.role === 'group') c.rowspan++;
  },
  'a group label over one row too many, the next label unknown': (rows) => {
    for (const c of rows.flat()) {
      if (c.text.includes('不予公开') && c.role === 'group') c.rowspan++;
      if (c.text.includes('本机关不掌握')) c.text = '1.此类信息';
    }
  },
  'a group label over one row too few': (rows) => {
    for (const c of rows.flat()) if (c.text.includes('不予公开') && c.role === 'group') c.rowspan--;
  },
  'a number too many at the end of a row': (rows) => {
    rowOf(rows, '予以公开').push(printedCell('77', 1, 1, 'number'));
  },
  'a number too many at the beginning of a row': (rows) => {
    const row = rowOf(rows, '予以公开');
    row.splice(firstNumber(row), 0, printedCell('77', 1, 1, 'number'));
  },
  'an empty cell too many at the beginning of a row': (rows) => {
    const row = rowOf(rows, '予以公开');
    row.splice(firstNumber(row), 0, printedCell('', 1, 1, 'number'));
  },
  'a cell missing in a row': (rows) => {
    const row = rowOf(rows, '予以公开');
    row.splice(firstNumber(row) + 2, 1);
  },
  'the numbers of two lines in cells that span both': (rows) => {
    for (const c of rowOf(rows, '重复申请')) if (isNumber(c)) c.rowspan = 2;
    const below = rowOf(rows, '公开出版物');
    below.splice(0, below.length, ...below.filter((c) => !isNumber(c)));
  },
  'one 0 over all columns of a line': (rows) => {
    const row = rowOf(rows, '重复申请');
    row.splice(firstNumber(row), 7, printedCell('0', 7, 1, 'number'));
  },
  'one number over two columns': (rows) => {
    const row = rowOf(rows, '予以公开');
    row.splice(firstNumber(row) + 1, 2, printedCell('3', 2, 1, 'number'));
  },
  'another column 小计 among the organisations': (rows) => {
    rows[0]!.at(-1)!.colspan++;
    rows[1]!.find((c) => c.text === '法人或其他组织')!.colspan++;
    rows[2]!.push(printedCell('小计'));
    for (const row of rows.slice(3)) {
      const sum = row
        .filter(isNumber)
        .slice(1, 6)
        .reduce((n, c) => n + Number(c.text || 0), 0);
      row.splice(-1, 0, printedCell(sum === 0 ? '' : String(sum), 1, 1, 'number'));
    }
  },
  '小计 in place of a column': (rows) => {
    rows[2]!.splice(3, 1, printedCell('小计'));
    for (const row of rows.slice(3)) {
      const at = firstNumber(row);
      const sum = row.slice(at + 1, at + 6).reduce((n, c) => n + Number(c.text || 0), 0);
      row.splice(at + 4, 1, printedCell(String(sum), 1, 1, 'number'));
    }
  },
  '总计 before the others': (rows) => {
    rows[1]!.unshift(rows[1]!.pop()!);
    for (const row of rows.slice(3)) row.splice(firstNumber(row), 0, row.pop()!);
  },
  'two columns exchanged, header and numbers': (rows) => {
    [rows[2]![0], rows[2]![3]] = [rows[2]![3]!, rows[2]![0]!];
    for (const row of rows.slice(3)) {
      const at = firstNumber(row);
      [row[at + 1], row[at + 4]] = [row[at + 4]!, row[at + 1]!];
    }
  },
};

/** `damaged` cells hold something else than the figures by the case itself: what is printed there is not judged. */
const unflagged = (f: Figures, reading: Reading): string[] =>
  against(f, reading).look.filter((line) => line.includes('NOT FLAGGED'));

describe.each(samples)('section 三 with %s', (_, f) => {
  it.each(Object.entries(layouts))('%s', async (name, change) => {
    const rows = rowsOf(f, 'requests');
    change(rows);
    // A number put over two columns, or in place of a column, is printed there: it is the truth of no cell.
    const judged = /one number over|in place of/.test(name) ? withoutPrintedOver(f, name) : f;
    expect(unflagged(judged, await readString(pageOf(f, { requests: htmlTable(rows) }))), 'as HTML').toEqual([]);
    if (!/span/.test(name))
      expect(unflagged(judged, await readString(tabText(f, { requests: tabRows(rows) }))), 'as text').toEqual([]);
  });
});

function withoutPrintedOver(f: Figures, name: string): Figures {
  const gone = name.startsWith('one number') ? /^requests\/granted\// : /^requests\/.*\/legal_service_org$/;
  return { ...f, cells: new Map([...f.cells].map(([k, v]) => [k, gone.test(k) ? null : v])) };
}

describe('section 二, which no equation guards', () => {
  const proactive = async (change: (rows: Rows) => void, f = full) => {
    const rows = rowsOf(f, 'proactive');
    change(rows);
    return {
      html: unflagged(f, await readString(pageOf(f, { proactive: htmlTable(rows) }))),
      text: unflagged(f, await readString(tabText(f, { proactive: tabRows(rows) }))),
    };
  };
  const none = { html: [], text: [] };

  it.each(['2019', '2021'] as const)('a number that spans two lines belongs to neither: %s', async (edition) => {
    const change = (rows: Rows) => {
      for (const c of rowOf(rows, '行政处罚')) if (isNumber(c)) c.rowspan = 2;
      rowOf(rows, '行政强制').splice(1);
    };
    expect(await proactive(change, figuresOf({ edition }))).toEqual(none);
  });
  it('columns in another order', async () => {
    const change = (rows: Rows) => {
      for (const row of rows) if (row.length === 4) [row[2], row[3]] = [row[3]!, row[2]!];
    };
    expect(await proactive(change)).toEqual(none);
  });
  it('a column of last year beside this year', async () => {
    const change = (rows: Rows) => {
      for (const row of rows)
        if (row.length === 4) row.splice(1, 0, printedCell(row.some(isNumber) ? '999' : '上年制发件数'));
    };
    expect(await proactive(change)).toEqual(none);
  });
  it('a cell too many in one row', async () => {
    const change = (rows: Rows) => rowOf(rows, '规范性文件').splice(1, 0, printedCell('9', 1, 1, 'number'));
    expect(await proactive(change as (rows: Rows) => void)).toEqual(none);
  });
  it('a column 序号 between label and numbers', async () => {
    const change = (rows: Rows) => {
      let n = 0;
      for (const row of rows)
        if (row.length > 1) row.splice(1, 0, printedCell(row.some(isNumber) ? String(++n) : '序号'));
    };
    expect(await proactive(change, blankZeros(small, ['proactive']))).toEqual(none);
    expect(await proactive(change)).toEqual(none);
  });

  const inForce = String(full.cells.get('proactive/normative_documents/in_force'));
  const cellAs = async (html: string) => {
    const table = htmlTable(rowsOf(full, 'proactive'));
    expect(table).toContain(`<td>${inForce}</td>`);
    const reading = await readString(pageOf(full, { proactive: table.replace(`<td>${inForce}</td>`, html) }));
    return unflagged(full, reading);
  };
  it.each([
    ['a footnote mark', `<td>${inForce}<sup>1</sup></td>`],
    ['a footnote in brackets', `<td>${inForce}<sup>[1]</sup></td>`],
    ['a circled footnote mark', `<td>${inForce}①</td>`],
    ['a superscript digit', `<td>${inForce}²</td>`],
    ['a deleted number', `<td><del>1</del>${inForce}</td>`],
    ['a struck number', `<td><s>1</s>${inForce}</td>`],
    ['a number struck by style', `<td><span style="text-decoration:line-through">1</span>${inForce}</td>`],
    ['a field of a form', `<td><input type="text" value="${inForce}"></td>`],
    ['a text area', `<td><textarea>${inForce}</textarea></td>`],
    ['a choice', `<td><select><option>1<option selected>${inForce}</select></td>`],
    ['a picture', '<td><img src="figure.png"></td>'],
    ['a table of its own', `<td><table><tr><td>${inForce}</td></tr></table></td>`],
    ['a hidden cell before it', `<td style="display:none">9</td><td>${inForce}</td>`],
    ['hidden text in it', `<td><span style="display:none">9</span>${inForce}</td>`],
    ['two numbers', `<td>${inForce}<br>9</td>`],
    ['a comment', `<td>${inForce}<!-- 9 --></td>`],
    ['a script', `<td>${inForce}<script>9</script></td>`],
    ['ruby', `<td><ruby>${inForce}<rt>9</rt></ruby></td>`],
  ])('a cell with %s', async (_, html) => {
    expect(await cellAs(html)).toEqual([]);
  });

  it.each([
    ['千元', 1e3],
    ['十万元', 1e5],
    ['百万元', 1e6],
    ['万美元', null],
    ['元/万元', null],
    ['美元', null],
    ['港元', null],
  ])('an amount in %s is not taken for another unit', async (unit, yuan) => {
    const f: Figures = { ...full, cells: new Map(full.cells).set('proactive/fees/amount', 1_230_000) };
    const table = htmlTable(rowsOf(f, 'proactive'));
    const reading = await readString(pageOf(f, { proactive: table.replace('（单位：万元）', `（单位：${unit}）`) }));
    const amount = reading.facts.find((x) => x.line === 'fees')!;
    if (yuan !== null && amount.unit === 'yuan') expect(amount.value).toBe(123 * yuan);
    else {
      expect(amount).toMatchObject({ unit: 'unknown', value: 123 });
      expect(codesOf(reading)).toContain('unit_unknown');
    }
  });
});

describe('a header that lacks a cell', () => {
  const lacking = (f: Figures, label: string): Rows => {
    const rows = rowsOf(f, 'disputes');
    const row = rows.find((r) => r.some((c) => c.text === label))!;
    row.splice(
      row.findIndex((c) => c.text === label),
      1,
    );
    return rows;
  };
  it.each(['未经复议直接起诉', '复议后起诉', '结果纠正'])('%s: no number moves to another column', async (label) => {
    const reading = await readString(pageOf(full, { disputes: htmlTable(lacking(full, label)) }));
    expect(against(full, reading)).toMatchObject({ wrong: 0, extra: 0, unflagged: 0 });
  });

  it.each(samples)('any cell of sections 三 and 四 but a group above others: no number moves: %s', async (_, f) => {
    for (const grid of ['requests', 'disputes'])
      for (const [y, row] of rowsOf(f, grid).entries())
        for (const [x, { text }] of row.entries()) {
          if (row.some(isNumber) || /办理结果|勾稽|申请人情况|法人|^行政/.test(text)) continue;
          const rows = rowsOf(f, grid).map((r, i) => (i === y ? r.toSpliced(x, 1) : r));
          const reading = await readString(pageOf(f, { [grid]: htmlTable(rows) }));
          expect(unflagged(f, reading), `${grid} without ${text}`).toEqual([]);
        }
  });

  it.each(samples)('a column of section 三 that is not printed is not taken for blank: %s', async (_, f) => {
    const rows = rowsOf(f, 'requests').map((row, y) => {
      const at = row.length - (y < 3 ? 2 : 4);
      return y < 2 ? row : row.filter((_, i) => i !== at);
    });
    expect(unflagged(f, await readString(pageOf(f, { requests: htmlTable(rows) })))).toEqual([]);
  });
});

it.each([1, 2, 5])(
  'text whose blanks collapsed and that lacks column %i: the totals are not taken for blank',
  async (column) => {
    const pasted = rowsOf(full, 'requests')
      .map((row) => row.filter((_, i) => !row.some(isNumber) || i !== firstNumber(row) + column))
      .map((row) => row.map((c) => c.text.replaceAll('\n', '')).join(' '))
      .join('\n');
    expect(unflagged(full, await readString(tabText(full, { requests: pasted })))).toEqual([]);
  },
);

describe('two sets of tables in one document', () => {
  it.each(samples)('two years stacked in one table: %s', async (name, f) => {
    const last = name.includes('zeros') ? otherSmall : other;
    for (const [a, b] of [
      [f, last],
      [last, f],
    ] as const)
      expect(
        unflagged(
          f,
          await readString(pageOf(f, { requests: htmlTable([...rowsOf(a, 'requests'), ...rowsOf(b, 'requests')]) })),
        ),
      ).toEqual([]);
  });

  it.each(samples)('two years stacked in one table, the labels of the first misspelt: %s', async (name, f) => {
    const last = name.includes('zeros') ? otherSmall : other;
    const misspelt = rowsOf(f, 'requests').map((r) =>
      r.map((c) => ({ ...c, text: c.text.replace('属于', '系').replace('申请', '申靖') })),
    );
    const reading = await readString(pageOf(f, { requests: htmlTable([...misspelt, ...rowsOf(last, 'requests')]) }));
    expect(unflagged(f, reading)).toEqual([]);
  });

  const sideBySide = (f: Figures, last: Figures): Rows => {
    const right = rowsOf(last, 'requests');
    return rowsOf(f, 'requests').map((row, y) => (y < 3 ? row : [...row, ...right[y]!.filter(isNumber)]));
  };
  it.each(samples)('two years side by side in text: %s', async (name, f) => {
    const rows = sideBySide(f, name.includes('zeros') ? otherSmall : other);
    expect(unflagged(f, await readString(tabText(f, { requests: tabRows(rows) }))), 'tabs').toEqual([]);
    const pasted = rows
      .map((row) =>
        row
          .map((c) => c.text.replaceAll('\n', ''))
          .filter((t) => t !== '')
          .join(' '),
      )
      .join('\n');
    expect(unflagged(f, await readString(tabText(f, { requests: pasted }))), 'pasted').toEqual([]);
  });

  it.each(samples)(
    'two years side by side are one cause: at most three findings, the first names it: %s',
    async (name, f) => {
      const rows = sideBySide(f, name.includes('zeros') ? otherSmall : other);
      const headed = rows.map((row, y) => (y < 3 ? [...row, ...row.filter((c) => c.role === 'header')] : row));
      const pasted = rows.map((row) => row.map((c) => c.text.replaceAll('\n', '')).join(' ')).join('\n');
      for (const page of [
        pageOf(f, { requests: htmlTable(rows) }),
        pageOf(f, { requests: htmlTable(headed) }),
        tabText(f, { requests: tabRows(rows) }),
        tabText(f, { requests: pasted }),
      ]) {
        const reading = await readString(page);
        const about = reading.findings.filter((x) => x.code !== 'division_unknown');
        expect(about.length, JSON.stringify(about.map((x) => x.code))).toBeLessThanOrEqual(3);
        if (!reading.facts.some((x) => x.grid === 'requests'))
          expect(name.includes('zeros') ? ['columns_repeated', 'row_shape'] : ['columns_repeated']).toContain(
            about[0]?.code,
          );
      }
    },
  );

  it.each(samples)('the tables of a second report do not fill the gaps of the first: %s', async (_, f) => {
    const printed: Figures = { ...f, cells: new Map([...f.cells].filter(([k]) => !k.startsWith('disputes/'))) };
    const page = pageOf(f, { disputes: '<p>见附图。</p>' }).replace(
      '</div></body>',
      `<h1>示例市甲区教育局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>略。</p><p>四、政府信息公开行政复议、行政诉讼情况</p>${htmlTable(rowsOf(other, 'disputes'))}</div></body>`,
    );
    expect(unflagged(printed, await readString(page))).toEqual([]);
  });

  it('a whole second report after the first: the first is read', async () => {
    const second = pageOf({ ...other, publisher: '示例市甲区教育局' });
    const body = /<body>(.*)<\/body>/s.exec(second)![1]!;
    const reading = await readString(pageOf(full).replace('</body>', `${body}</body>`));
    expect(reading.report).toMatchObject({ publisher: full.publisher, year: full.year });
    expect(against(full, reading)).toMatchObject({ wrong: 0, missing: 0, extra: 0 });
    expect(codesOf(reading).some((c) => ['second_report', 'grid_repeated'].includes(c))).toBe(true);
  });
});

it('a blank template is not a report of zeros', async () => {
  const blank: Figures = { ...full, cells: new Map([...full.cells.keys()].map((k) => [k, null])) };
  const reading = await readString(pageOf(blank, {}, '关于做好2022年政府信息公开工作年度报告编制和发布工作的通知'));
  expect(reading.facts.filter((x) => x.value !== null)).toEqual([]);
  expect(truthOf(blank).facts.every((x) => x.value === null)).toBe(true);
  expect(reading.report).toBeNull();
  expect(codesOf(reading)).toContain('not_a_report');
});
