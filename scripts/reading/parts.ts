import { outcomesOf, type Became } from '../../pipelines/inspect/cells.ts';
import { outcomeColours } from '../../pipelines/inspect/style.ts';
import type { Table } from '../../transforms/doc/doc.ts';
import { cellsOf, type Grid, type Placed } from '../../transforms/doc/grid.ts';
import { nameOf, verdictsOf } from '../../transforms/forms/check.ts';
import { gridOf } from '../../transforms/forms/index.ts';
import { candidatesOf, type Way } from '../../transforms/locate/candidates.ts';
import type { Header } from '../../transforms/locate/headers.ts';
import type { ReadRow } from '../../transforms/locate/read-grid.ts';
import { parsePrinted } from '../../transforms/printed/number.ts';
import type { Fact } from '../../transforms/report.ts';
import { example, type Example } from './example.ts';
import { picture, type Box } from './svg.ts';

/** What `docs/reading.md` shows and the program made: files beside it, and texts between its marks. */
export interface Parts {
  files: Record<string, Uint8Array | string>;
  texts: Record<string, string>;
}

const GRID = 'requests';
/** The rows of the excerpt: the header and the lines down to the row that lost its blanks. */
const EXCERPT = 15;

export async function readingParts(): Promise<Parts> {
  const made = await example();
  const { traced, reading } = made;
  const block = traced.located.rows.find(({ row }) => row.grid === GRID)!.row.block;
  const table = traced.doc.blocks[block] as Table;
  const outcomes = outcomesOf(traced, reading.facts, reading.findings);
  const { grid, cells } = outcomes.ofTable(block)!;
  const [header] = traced.located.headers.get(block)!;
  const rows = traced.located.rows.filter(({ row }) => row.grid === GRID);
  const short = rows.find(({ settled }) => settled?.byEquation)!;
  return {
    files: {
      'example.html': made.bytes,
      'grid.svg': picture(
        gridBoxes(
          grid,
          EXCERPT,
          (placed) => (header && placed.row < header.to ? outcomeColours.header : '#fff'),
          header!,
        ),
      ),
      'ways.svg': picture(wayBoxes(short, rows, reading.facts)),
      'outcomes.svg': picture(gridBoxes(grid, table.rows.length, (placed) => colourOf(cells.get(placed)), header!)),
    },
    texts: {
      bytes: fenced([...chunks(made.bytes)].map((line) => line.join(' ')).join('\n')),
      decoded: fenced(
        JSON.stringify(
          { mediaType: made.mediaType, ...made.decoded, text: `${made.decoded.text.slice(0, 60)}…` },
          null,
          1,
        ),
      ),
      doc: blocksTable(made),
      rows: rowsTable(rows),
      fact: fenced(
        JSON.stringify(
          reading.facts.find(({ place }) => place.block === short.row.block && place.row === short.row.row),
          null,
          1,
        ),
      ),
      findings: reading.findings.map(({ level, code, message }) => `- ${level} \`${code}\`: ${message}`).join('\n'),
    },
  };
}

const fenced = (text: string): string => `\`\`\`\n${text}\n\`\`\``;

function* chunks(bytes: Uint8Array): Generator<string[]> {
  const from = Buffer.from(bytes).indexOf('<title>');
  for (let at = from; at < from + 48; at += 24)
    yield [...bytes.subarray(at, at + 24)].map((byte) => byte.toString(16).padStart(2, '0'));
}

const markdownTable = (head: string[], rows: (string | number)[][]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((text) => String(text).replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`)
    .join('\n');

const blocksTable = ({ traced }: Example): string =>
  markdownTable(
    ['block', 'kind', 'origin', 'what'],
    traced.doc.blocks.map((block, i) => {
      const what =
        block.kind === 'table'
          ? `${block.rows.length} rows`
          : block.kind === 'picture'
            ? block.alt
            : `${block.text.slice(0, 24)}${block.text.length > 24 ? '…' : ''}`;
      return [i, block.kind + (block.aside ? ', aside' : ''), `\`${block.origin}\``, what];
    }),
  );

const rowsTable = (rows: ReadRow[]): string =>
  markdownTable(
    ['row', 'label', 'values', 'line', 'how', 'score', 'way', 'by equation'],
    rows
      .slice(0, EXCERPT - 3)
      .map(({ row, match, settled }) => [
        row.row,
        row.own,
        row.values.map((v) => v.raw || '·').join(' '),
        `\`${match?.line.code ?? '–'}\``,
        match?.how ?? '–',
        match ? Math.round(match.score * 100) / 100 : '–',
        settled?.way?.because ?? '–',
        settled?.byEquation ? 'yes' : '',
      ]),
  );

const colourOf = (became: Became | undefined): string => (became ? outcomeColours[became.outcome] : '#fff');

const ROW = 20;
const MARGIN = 24;

/** The table as it is laid out: cells with their spans, rows and columns counted from 0, and what stands above each column. */
function gridBoxes(grid: Grid, rows: number, fillOf: (placed: Placed) => string, header: Header): Box[] {
  const widthOf = (column: number) => (header.targets.has(column) ? 128 : column + 1 < header.firstValue ? 90 : 190);
  const lefts = [MARGIN];
  for (let column = 0; column < grid.columns; column++) lefts.push(lefts[column]! + widthOf(column));
  const boxes: Box[] = [];
  for (let column = 0; column < grid.columns; column++) {
    const place = { x: lefts[column]!, width: widthOf(column) + 8, height: ROW, bare: true as const };
    const target = header.targets.get(column);
    boxes.push({ ...place, y: 0, text: target?.col ?? '' }, { ...place, y: ROW, text: String(column) });
  }
  for (let row = 0; row < rows; row++) {
    const y = (row + 2) * ROW;
    boxes.push({ x: 0, y, width: MARGIN, height: ROW, text: String(row), bare: true });
    for (const placed of cellsOf(grid, row)) {
      if (placed.row !== row) continue;
      const x = lefts[placed.column]!;
      boxes.push({
        x,
        y,
        width: lefts[placed.column + placed.colspan]! - x,
        height: Math.min(placed.rowspan, rows - row) * ROW,
        text: placed.cell.text,
        fill: fillOf(placed),
      });
    }
  }
  return boxes;
}

/** Every way to read the row that lost its blanks, and the equation that refuses it. */
function wayBoxes({ row }: ReadRow, rows: ReadRow[], facts: Fact[]): Box[] {
  const { edition } = facts.find((fact) => fact.grid === row.grid)!;
  const candidates = candidatesOf(
    rows.map((r) => r.row),
    rows.map((r) => r.match),
    gridOf(edition, row.grid),
  );
  const { slots, ways } = candidates.find((candidate) => candidate?.row === row)!;
  const width = 110;
  const boxes: Box[] = slots.map(({ column }, i) => ({
    x: i * width,
    y: 0,
    width,
    height: ROW,
    text: column.zh,
    fill: outcomeColours.header,
  }));
  for (const [n, way] of ways.entries()) {
    const y = (n + 1) * ROW;
    const refusal = refusalOf(way, facts);
    for (const [i, { value }] of way.cells.entries())
      boxes.push({
        x: i * width,
        y,
        width,
        height: ROW,
        text: value.raw,
        fill: value.raw === '' ? outcomeColours.ignored : refusal ? '#fff' : outcomeColours.verified,
      });
    boxes.push({
      x: slots.length * width,
      y,
      width: 420,
      height: ROW,
      text: refusal ?? 'all equations of the row and its columns hold',
      bare: true,
      ...(refusal ? {} : { bold: true }),
    });
  }
  return boxes;
}

/** The first equation over the row that would fail if it were read this way. */
function refusalOf(way: Way, facts: Fact[]): string | null {
  const values = new Map(way.cells.map(({ slot, value }) => [`${slot.line.code}/${slot.column.code}`, value.raw]));
  const supposed = facts.map((fact): Fact => {
    const raw = fact.grid === GRID ? values.get(`${fact.line}/${fact.col}`) : undefined;
    const printed = raw === undefined ? null : parsePrinted(raw);
    return printed ? { ...fact, value: printed.value ?? 0, absence: null } : fact;
  });
  const names = new Set([...values.keys()].map((name) => `${GRID}/${name}`));
  const failing = verdictsOf(supposed, 'within').find(
    ({ result, left, right }) => result === 'fails' && [...left, ...right].some((term) => names.has(nameOf(term))),
  );
  return failing ? `${failing.equation.code} at ${failing.at}: ${failing.leftSum} ≠ ${failing.rightSum}` : null;
}
