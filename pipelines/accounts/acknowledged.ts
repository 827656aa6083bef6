import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Acknowledgement } from './problem.ts';

/**
 * `acknowledged.csv`: what somebody knows of and need not be told again until a day. Portal, code and address are there
 * for whoever reviews the file; the id alone decides.
 */
export interface AcknowledgedLine extends Acknowledgement {
  portal: string;
  code: string;
  url: string;
}

export const Line = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/, 'not the id of a problem'),
  portal: z.string(),
  code: z.string(),
  url: z.string(),
  until: z.iso.date(),
  why: z.string().min(1, 'says not why'),
  extent: z.coerce.number().int().min(1).default(1),
});
const columns = Object.keys(Line.shape) as (keyof AcknowledgedLine)[];

/** @throws UsageError with the line of the first row that is not right: what somebody acknowledged is not passed over */
export function parseAcknowledged(csv: string, path: string): AcknowledgedLine[] {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(csv, { bom: true, columns: true, info: true, skip_empty_lines: true }) as unknown as typeof rows;
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return rows.map(({ record, info }) => {
    const line = Line.safeParse(record);
    if (line.success) return line.data;
    const [issue] = line.error.issues;
    throw new UsageError(`${path} line ${info.lines}: ${issue?.path.join('.') || 'row'}: ${issue?.message}`);
  });
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const printAcknowledged = (lines: AcknowledgedLine[]): string =>
  [columns.join(), ...lines.map((line) => columns.map((name) => cell(String(line[name]))).join())]
    .map((line) => `${line}\n`)
    .join('');
