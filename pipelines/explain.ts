import { proofsOf } from '../transforms/forms/check.ts';
import { forms, lineOf } from '../transforms/forms/index.ts';
import { kindOf, termsOf, type Term } from '../transforms/forms/form.ts';
import type { CellRef } from '../transforms/findings.ts';
import { withDatabase } from '../warehouse/duckdb.ts';
import { UsageError } from './errors.ts';
import { ifThere, type Archive } from './archive/archive.ts';

/** One published number back to the bytes it was read from. */
export interface Explanation {
  report: Record<string, unknown>;
  fact: Record<string, unknown>;
  document: Record<string, unknown>;
  /** Archived bytes; `intact` is false when they no longer have their hash. */
  archive: { path: string; intact: boolean };
  /** Requests that returned exactly these bytes, oldest first. */
  captures: Record<string, unknown>[];
  /** Only those `within` the tables of its year count as proofs; the others compare it with another year, or a sentence. */
  equations: { code: string; kind: ReturnType<typeof kindOf>; zh: string; en: string }[];
  findings: Record<string, unknown>[];
}

/**
 * @param cell `<report_id>/<grid>/<line>/<col>`, codes as in the tables
 * @throws UsageError when it is not such a path or there is no such number
 */
export async function explain(cell: string, archive: Archive): Promise<Explanation> {
  const parts = cell.split('/');
  const [report_id = '', grid = '', line = '', col = ''] = parts;
  if (parts.length !== 4 || parts.includes('')) {
    throw new UsageError(`${cell} does not name a cell: REPORT_ID/GRID/LINE/COL is expected`);
  }
  return withDatabase(archive.local.database, { readOnly: true }, async ({ rows }) => {
    const report = (await rows(`SELECT * FROM reports WHERE report_id = ${text(report_id)}`))[0];
    if (!report) throw new UsageError(`no report ${report_id}; try: gongkai sql "select report_id from reports"`);
    const at = `report_id = ${text(report_id)} AND grid = ${text(grid)} AND line = ${text(line)} AND col = ${text(col)}`;
    const fact = (await rows(`SELECT * FROM facts WHERE ${at}`))[0];
    if (!fact)
      throw new UsageError(
        `report ${report_id} prints no ${grid}/${line}/${col}; try: gongkai sql "select grid, line, col from facts where report_id = '${report_id}'"`,
      );
    const document =
      (await rows(`SELECT * FROM documents WHERE document_id = ${text(String(fact['document_id']))}`))[0] ?? {};
    const hash = String(report['sha256']);
    return {
      report,
      fact,
      document,
      archive: { path: archive.blobs.placeOf(hash), intact: await isIntact(archive, hash) },
      captures: await rows(
        `SELECT url, requested_at, status, kind, via, vantage, simulated FROM captures WHERE sha256 = ${text(hash)} ORDER BY requested_at, nth`,
      ),
      equations: equationsOver(String(fact['edition']), { grid, line, col }),
      findings: await rows(
        `SELECT code, level, cells, expected, actual, message FROM findings WHERE report_id = ${text(report_id)} ` +
          `AND list_contains(string_split(cells, ' '), ${text(`${grid}/${line}/${col}`)}) ORDER BY finding_id`,
      ),
    };
  });
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const isIntact = async ({ blobs }: Archive, hash: string): Promise<boolean> => {
  const bytes = await ifThere(blobs.get(hash));
  return bytes !== null && bytes.length > 0;
};

/** Equations of the form that this cell is a term of. */
function equationsOver(edition: string, cell: CellRef): Explanation['equations'] {
  const form = forms.find((form) => form.edition === edition);
  return (form?.equations ?? [])
    .filter((equation) => equation.grid === cell.grid && termsOf(equation).some((term) => isFor(term, cell)))
    .map((equation) => ({ code: equation.code, kind: kindOf(equation), zh: equation.zh, en: equation.en }));
}

const isFor = ({ line, col, stated }: Term, cell: CellRef): boolean =>
  stated === undefined && (line ?? cell.line) === cell.line && (col ?? cell.col) === cell.col;

/** What the form calls the line and the column. */
function labelsOf(fact: Explanation['fact']): string[] {
  const cell = { edition: String(fact['edition']), grid: String(fact['grid']), line: String(fact['line']) };
  const line = lineOf(cell);
  return [line?.zh, line?.columns.find(({ code }) => code === fact['col'])?.zh].filter((label) => label !== undefined);
}

const KINDS = { within: 'equation', series: 'series', prose: 'prose' };

/** For a person: one thing a line, from the number down to the bytes. */
export function describe({ report, fact, document, archive, captures, equations, findings }: Explanation): string {
  const value = fact['value'] === null ? `no number (${fact['absence']})` : `${fact['value']} ${fact['unit']}`;
  const labels = labelsOf(fact).join(' · ');
  const notes = [
    fact['status'],
    fact['placed'] && `placed ${fact['placed']}`,
    fact['read_by'] && `read by ${fact['read_by']}`,
  ];
  return [
    `${report['publisher']}, ${report['year']}${report['invented'] ? ' (invented place)' : ''}`,
    `value      ${value}, printed as ${JSON.stringify(fact['raw'])} (${notes.filter(Boolean).join(', ')})`,
    `form       edition ${fact['edition']}, ${fact['grid']}/${fact['line']}/${fact['col']}${labels && ` (${labels})`}`,
    `place      block ${fact['block']}, row ${fact['row']}, column ${fact['cell_column']} (from 0)`,
    `document   ${document['document_id']}: ${document['title']}`,
    `address    ${document['url']}`,
    `archived   ${archive.path}${archive.intact ? '' : ' (DAMAGED OR MISSING)'}`,
    ...captures.map(
      (c) => `captured   ${c['requested_at']} UTC from ${c['url']}${c['simulated'] ? ' (simulated)' : ''}`,
    ),
    `proofs     ${proofsOf(fact)}`,
    ...equations.map(({ code, kind, en }) => `${KINDS[kind].padEnd(10)} ${code}: ${en}`),
    ...findings.map(({ code, message }) => `finding    ${code}: ${message}`),
    '',
  ].join('\n');
}
