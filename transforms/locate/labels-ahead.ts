import { columnsOf } from '../forms/form.ts';
import { gridsOf } from '../forms/index.ts';
import { memo } from '../memo.ts';
import { keyOf, labelKeys } from '../printed/labels.ts';
import { columnGroups, groupKey, lineWidth, wholeWidth, widthsOf } from './lexicon.ts';
import type { LabelsAhead, Row, Value } from './row.ts';

/** Shorter labels are words of other labels and columns too. */
const SHORT = 4;

/**
 * Text that was taken out of its layout prints several labels and then as many rows of numbers. Which row is which label's
 * is known by order alone, and only where there are as many rows, or numbers, as the labels have and nothing else among them.
 */
export function pairLabelsAhead(rows: Row[]): Row[] {
  const out: Row[] = [];
  for (let i = 0; i < rows.length;) {
    let end = i + 1;
    while (end < rows.length && rows[end]!.before === '' && !isWholeGrid(rows[end]!)) end++;
    out.push(...paired(rows.slice(i, end)));
    i = end;
  }
  return out;
}

/** A row with labels, and the rows without any that follow it. */
function paired(run: Row[]): Row[] {
  const first = run[0]!;
  const { grid, own, before } = first;
  if (before === '' || isWholeGrid(first)) return run;
  const found = labelsIn(own || before, grid);
  const labels = found?.labels ?? [];
  if (labels.length < 2) {
    // A label beside its numbers is theirs, whatever follows them.
    if (run.length === 1 || own !== '') return run;
  }
  const ahead = (read: LabelsAhead['read']): LabelsAhead => ({ labels, rows: run.length, read });
  const dealt = labels.length === run.length ? run.map(({ values }) => values) : dealtOut(run, labels);
  if (dealt) {
    const each = ahead('each');
    return dealt.map((values, i) => ({
      ...(run[i] ?? first),
      ahead: each,
      own: labels[i]!,
      before: (i === 0 ? found!.above : '') + labels[i]!,
      values,
    }));
  }
  const isOfLast = run.length === 1 && first.cells === 'words' && labels.length > 1;
  // A label beside the numbers is theirs.
  if (isOfLast && own !== '') return run;
  // Lines that are printed side by side may all have lost blanks.
  const isFit =
    isOfLast &&
    wholeWidth(grid) === null &&
    widthsOf(labels.at(-1)!, grid).some((width) => width >= first.values.length);
  const read = ahead(isFit ? 'last' : 'none');
  return run.map((row) => ({ ...row, ahead: read }));
}

/** The numbers of words in a row, where they are as many as the labels have columns together: so many for each. */
function dealtOut(run: Row[], labels: string[]): Value[][] | null {
  if (labels.length < 2 || run.some((row) => row.cells !== 'words')) return null;
  const values = run.flatMap((row) => row.values);
  for (const { lines } of gridsOf(run[0]!.grid)) {
    const widths = labels.map((label) => lines.find((l) => labelKeys(l).includes(label))?.columns.length ?? NaN);
    if (widths.reduce((a, b) => a + b, 0) !== values.length) continue;
    return widths.map((width, i) => {
      const from = widths.slice(0, i).reduce((a, b) => a + b, 0);
      return values.slice(from, from + width).map((value, column) => ({ ...value, column }));
    });
  }
  return null;
}

/** All lines of the grid side by side: its labels are those of columns. */
const isWholeGrid = ({ grid, values }: Row): boolean => wholeWidth(grid) !== null && values.length > lineWidth(grid);

/** The labels of lines that a text is made of, and what stands above the first; null where it holds other text. */
function labelsIn(text: string, grid: string): { above: string; labels: string[] } | null {
  const key = keyOf(text);
  const { labels: known, others } = wordsOf(grid);
  const labels: string[] = [];
  let above = 0;
  for (let at = 0; at < key.length;) {
    const label = known.find(({ printed }) => key.startsWith(printed, at));
    const other = others.find((word) => key.startsWith(word, at));
    if (label && label.printed.length >= (other?.length ?? 0)) {
      if (labels.length === 0) above = at;
      labels.push(label.label);
      at += label.printed.length;
    } else if (other) at += other.length;
    else {
      const numbering = /^(?:\d{1,3}|[一二三四五六七八九十]{1,2})/.exec(key.slice(at, at + 3));
      if (!numbering) return null;
      at += numbering[0].length;
    }
  }
  return { above: key.slice(0, above), labels };
}

/** Labels of the grid's lines as keys, and the words that stand above and between them; longest first. */
const wordsOf = memo((grid: string) => {
  const longestFirst = <T>(items: T[], text: (item: T) => string) =>
    items.toSorted((a, b) => text(b).length - text(a).length);
  const forms = gridsOf(grid);
  // A short label (其他, 总计) is one of a line only with the line's number.
  const labels = forms.flatMap((f) =>
    f.lines.flatMap((line) =>
      labelKeys(line).map((label) => ({
        label,
        printed: label.length < SHORT ? keyOf(line.number) + label : label,
      })),
    ),
  );
  const others = forms.flatMap((f) => [
    ...f.furniture.map(keyOf),
    ...(f.notes ?? []).map(keyOf),
    ...(f.corner ? [keyOf(f.corner)] : []),
    ...(f.head ? [keyOf(f.head)] : []),
    ...f.lines.flatMap((line) => line.group.flatMap((group) => [keyOf(group), groupKey(group)])),
    ...columnsOf(f).flatMap(labelKeys),
  ]);
  return {
    labels: longestFirst(labels, (l) => l.printed),
    others: longestFirst([...new Set([...others, ...columnGroups(), '单位', '万元', '件'])], (w) => w),
  };
});
