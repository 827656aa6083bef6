import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { families } from './families/index.ts';
import { refusal } from './addresses.ts';

/** One publisher's column in one epoch: a line of the register. Dates are YYYY-MM-DD; null where the epoch is open. */
export interface Portal {
  /** Lower-case slug, frozen for ever. */
  id: string;
  /** Six digits of GB/T 2260; invented places use codes outside its assigned range. */
  division: string;
  name: string;
  /** Key of `families`. */
  family: string;
  index_url: string;
  /** First day on which this column was in force. */
  from: string | null;
  /** Last day on which this column was in force. */
  until: string | null;
  /** Network from which it can be reached; `any` where no limit is known. */
  vantage: string;
  note: string;
}

const date = z
  .string()
  .refine((text) => text === '' || isDate(text), 'not a date YYYY-MM-DD')
  .transform((text) => text || null);

const row = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'not a lower-case slug'),
    division: z.string().regex(/^\d{6}$/, 'not six digits'),
    name: z.string().min(1),
    family: z.string().refine((id) => families.has(id), `not one of ${[...families.keys()].join(', ')}`),
    index_url: z.string().refine((url) => refusal(url) === null, 'not a plain http(s) address'),
    from: date,
    until: date,
    vantage: z.string().regex(/^[a-z0-9-]+$/, 'not a lower-case slug'),
    note: z.string(),
  })
  .refine((portal) => !portal.from || !portal.until || portal.from <= portal.until, 'from is after until');

const columns = Object.keys(row.shape);

/**
 * Reads the register. The header names the columns in their order.
 * @throws Error with the line number on the first row that is not right.
 */
export function parseRegister(csv: string): Portal[] {
  const [header, ...rows] = parse(csv, {
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  if (header?.record.join() !== columns.join())
    throw new Error(`register line 1: the header must be ${columns.join()}`);
  const lineOf = new Map<string, number>();
  return rows.map(({ record, info }) => {
    const fail = (message: string): never => {
      throw new Error(`register line ${info.lines}: ${message}`);
    };
    if (record.length !== columns.length) fail(`${record.length} cells, ${columns.length} expected`);
    const parsed = row.safeParse(Object.fromEntries(columns.map((name, index) => [name, record[index]])));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return fail(`${issue?.path.join('.') || 'row'}: ${issue?.message}`);
    }
    const earlier = lineOf.get(parsed.data.id);
    if (earlier !== undefined) fail(`id ${parsed.data.id} is already on line ${earlier}`);
    lineOf.set(parsed.data.id, info.lines);
    return parsed.data;
  });
}

/** The portals whose epoch holds `day` (YYYY-MM-DD). */
export function inForce(portals: Portal[], day: string): Portal[] {
  return portals.filter((portal) => (portal.from ?? day) <= day && day <= (portal.until ?? day));
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
