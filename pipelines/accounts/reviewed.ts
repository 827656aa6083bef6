import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UsageError } from '../errors.ts';

/**
 * What people decided, as CSV in the data folder that can be reviewed and edited by hand. `acknowledged.csv`: of what they
 * know and need not be told again until a day; portal, code and address are there for whoever reviews the file, the id alone
 * decides.
 */
export const Acknowledged = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/, 'not the id of a problem'),
  portal: z.string(),
  code: z.string(),
  url: z.string(),
  until: z.iso.date(),
  why: z.string().min(1, 'says not why'),
  extent: z.coerce.number().int().min(1).default(1),
});
export type AcknowledgedLine = z.infer<typeof Acknowledged>;

/** `believed.csv`: copies of a page that are right, though an earlier one would speak for it (`resultOf`). */
export const Believed = z.strictObject({
  url: z.string().min(1),
  sha256: z.hash('sha256'),
  on: z.iso.date(),
  why: z.string().min(1, 'says not why'),
});
export type BelievedLine = z.infer<typeof Believed>;

/** @throws UsageError with the line of the first row that is not right: what somebody decided is not passed over */
export function parseReviewed<T>(shape: z.ZodType<T>, csv: string, path: string): T[] {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(csv, { bom: true, columns: true, info: true, skip_empty_lines: true }) as unknown as typeof rows;
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return rows.map(({ record, info }) => {
    const line = shape.safeParse(record);
    if (line.success) return line.data;
    const [issue] = line.error.issues;
    throw new UsageError(`${path} line ${info.lines}: ${issue?.path.join('.') || 'row'}: ${issue?.message}`);
  });
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const printReviewed = <T extends Record<string, string | number>>(
  { shape }: { shape: Record<keyof T & string, unknown> },
  lines: T[],
): string =>
  [
    Object.keys(shape).join(),
    ...lines.map((line) =>
      Object.keys(shape)
        .map((name) => cell(String(line[name])))
        .join(),
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');
