import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { isDivisionCode, isInvented, STATE } from '../transforms/identity/divisions.ts';
import { refusal } from './addresses.ts';

/** One publisher's column in one epoch: a line of the register. Dates are YYYY-MM-DD; null where the epoch is open. */
export interface Portal {
  /** Lower-case slug, frozen for ever. */
  id: string;
  /** Six digits of GB/T 2260; 000000 for the state's own organs. Invented places use codes outside its assigned range. */
  division: string;
  name: string;
  /** Key of `families`. One that this code does not read costs its portal and no other. */
  family: string;
  index_url: string;
  /** First day on which this column was in force. */
  from: string | null;
  /** Last day on which this column was in force. */
  until: string | null;
  /** Network from which it can be reached; `any` where no limit is known. */
  vantage: string;
  note: string;
  /** Hosts at which this column stood before. */
  aliases?: string[];
  /** `seen`: this very address; `derived`: it follows from that of an article. */
  how?: 'seen' | 'derived';
  /** Where: an address, or in words. */
  seen_in?: string;
  /** Day on which a person saw that the column answers; null: never. */
  verified?: string | null;
}

const date = z
  .string()
  .refine((text) => text === '' || isDate(text), 'not a date YYYY-MM-DD')
  .transform((text) => text || null);

/** A code of GB/T 2260, that of the state, or an invented one. */
export const isDivision = (code: string): boolean => code === STATE || isDivisionCode(code) || isInvented(code);

const slug = z.string().regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, 'not a lower-case slug');

const row = z
  .strictObject({
    id: slug,
    division: z
      .string()
      .regex(/^\d{6}$/, 'not six digits')
      .refine(isDivision, 'no division ever had this code'),
    name: z.string().min(1),
    family: slug,
    index_url: z.string().refine((url) => refusal(url) === null, 'not a plain http(s) address'),
    from: date,
    until: date,
    vantage: slug,
    aliases: z
      .string()
      .transform((hosts) => hosts.split(' ').filter(Boolean))
      .refine(
        (hosts) => hosts.every((host) => refusal(`http://${host}/`) === null && !host.includes('/')),
        'not hosts with a blank between',
      )
      .optional(),
    how: z.enum(['seen', 'derived']).optional(),
    seen_in: z.string().min(1).optional(),
    verified: z
      .union([z.literal('never').transform(() => null), date.refine((day) => day !== null, 'never, or a day')])
      .optional(),
    note: z.string(),
  })
  .refine((portal) => !portal.from || !portal.until || portal.from <= portal.until, 'from is after until');

const columns = Object.keys(row.shape);
const required = [...columns.slice(0, columns.indexOf('aliases')), 'note'];

/**
 * Reads the register. The header names the columns, in any order; `aliases` and those after it may be left out.
 * @throws Error with the line number on the first row that is not right.
 */
export function parseRegister(csv: string): Portal[] {
  const [header, ...rows] = parse(csv, {
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const names = header?.record ?? [];
  const wrong = [
    ...required.filter((name) => !names.includes(name)),
    ...names.filter((name) => !columns.includes(name)),
  ];
  if (wrong.length > 0 || new Set(names).size < names.length)
    throw new Error(`register line 1: the header must be of ${columns.join()} (not right: ${wrong.join()})`);
  const lineOf = new Map<string, number>();
  return rows.map(({ record, info }) => {
    const fail = (message: string): never => {
      throw new Error(`register line ${info.lines}: ${message}`);
    };
    if (record.length !== names.length) fail(`${record.length} cells, ${names.length} expected`);
    const parsed = row.safeParse(Object.fromEntries(names.map((name, index) => [name, record[index]])));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return fail(`${issue?.path.join('.') || 'row'}: ${issue?.message}`);
    }
    for (const [what, value] of [
      ['id', parsed.data.id],
      ['index_url', addressKey(parsed.data.index_url)],
    ] as const) {
      const earlier = lineOf.get(value);
      if (earlier !== undefined) fail(`${what} ${parsed.data[what]} is already on line ${earlier}`);
      lineOf.set(value, info.lines);
    }
    return parsed.data;
  });
}

/** The columns that the header of a register names, in its order. */
export const registerColumns = (csv: string): string[] =>
  (parse(csv, { bom: true, to_line: 1, relax_column_count: true }) as string[][])[0] ?? columns;

/** A line of a register with these columns. */
export function registerLine(portal: Portal, names: string[] = columns): string {
  const cells: Record<string, string> = {
    ...portal,
    from: portal.from ?? '',
    until: portal.until ?? '',
    aliases: portal.aliases?.join(' ') ?? '',
    how: portal.how ?? '',
    seen_in: portal.seen_in ?? '',
    verified: portal.verified ?? 'never',
  };
  return names.map((name) => quoted(cells[name] ?? '')).join();
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The same column answers by http and https, with www and without. */
const addressKey = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, '//');

/** The portals whose epoch holds `day` (YYYY-MM-DD). */
export function inForce(portals: Portal[], day: string): Portal[] {
  return portals.filter((portal) => (portal.from ?? day) <= day && day <= (portal.until ?? day));
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
