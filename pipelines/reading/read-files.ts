import { isUnread } from '../../transforms/findings.ts';
import type { Reading } from '../../transforms/report.ts';
import { readAll } from './readers.ts';
import { DATA, isData, nameOf, openDocument, walk } from './walk.ts';

export interface ReadFilesOptions {
  paths: string[];
  json: boolean;
  print: (text: string) => void | Promise<void>;
  note: (line: string) => void;
}

/** `gongkai read PATH…`: one result a document, in order, whether or not it can be read. Gives how many could not be. */
export async function readFiles({
  paths,
  json,
  print,
  note,
}: ReadFilesOptions): Promise<{ read: number; unreadable: number }> {
  const ignored = (path: string, why: string) => note(`ignored ${shown(path)}: ${why}`);
  const counts = { read: 0, unreadable: 0 };
  // Named before the first is read: a misspelt path is told at once, not after an hour.
  const documents = [...walk(paths, ignored)];
  await readAll(documents, openDocument, async (path, { reading }) => {
    if (isData(nameOf(path), reading)) return ignored(nameOf(path), DATA);
    counts.read++;
    if (isUnreadable(reading)) counts.unreadable++;
    await print(`${json ? JSON.stringify(reading) : summary(reading)}\n`);
  });
  return counts;
}

/** A name as a terminal may print it: control and direction marks escaped. */
const shown = (path: string): string =>
  path.replace(/[\p{Cc}\p{Cf}]/gu, (mark) => `\\u{${mark.codePointAt(0)!.toString(16)}}`);

const isUnreadable = (reading: Reading): boolean => reading.report === null && reading.findings.some(isUnread);

function summary({ source, report, facts, mentions, findings }: Reading): string {
  const count = (status: string) => facts.filter((fact) => fact.status === status).length;
  const who = report
    ? `${report.publisher ?? 'publisher unknown'} (${report.division_code ?? 'no division code'}), ${report.year ?? 'year unknown'}`
    : 'no report';
  const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const numbers =
    `  ${plural(facts.length, 'cell')}: ${count('verified')} verified, ${count('contradicted')} contradicted, ` +
    `${count('unverified')} unverified; ${plural(mentions.length, 'number')} in the text`;
  const encoding = source.encoding ? `, ${source.encoding.used}` : '';
  return [
    shown(source.path),
    `  ${who}; ${source.media_type}${encoding}${source.script ? `, ${source.script}` : ''}`,
    ...(report ? [numbers] : []),
    ...findings.map(({ level, code, message }) => `  ${level} ${code}: ${message}`),
  ].join('\n');
}
