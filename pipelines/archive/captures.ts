import { statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import type { Archive, StoredCapture } from './archive.ts';
import type { Damage } from './damage.ts';
import { filesOf, flushed, sayFull, writeAtomic } from './files.ts';
import { appendLines, linesOf } from './ndjson.ts';

const ENDING = '.ndjson';
const NEWLINE = Buffer.from('\n');

/** The log of captures, a file a day. What is latest is what was appended last, whatever the clock said. */
export function capturesIn(dir: string, damage: Damage): Archive['captures'] {
  const days = new Map<string, Day>();
  let today: { date: string; path: string } | null = null;
  /** Files with lines that the disk was not waited for. */
  const written = new Set<string>();
  const names = () => filesOf(dir, ENDING).map((name) => name.slice(0, -ENDING.length));
  const pathOf = (name: string) => join(dir, name + ENDING);

  function* linesIn(name: string): Generator<Buffer> {
    for (const { bytes } of linesOf(pathOf(name))) yield bytes;
  }
  function parsed(name: string, bytes: Buffer): StoredCapture[] {
    const checked = parse(bytes);
    if (!('why' in checked)) return [checked];
    const path = pathOf(name);
    damage.note(path, `a line is no capture (${checked.why})`, () => setAside(path));
    return [];
  }
  /** What the night needs of one file. */
  function dayOf(name: string): Day {
    const { size, mtimeMs } = statSync(pathOf(name));
    const known = days.get(name);
    if (known?.size === size && known.mtimeMs === mtimeMs) return known;
    // In the order of the log, that of a Map.
    let n = 0;
    const kept = new Map<string | number, StoredCapture>();
    for (const bytes of linesIn(name))
      for (const capture of parsed(name, bytes)) {
        const key = isOther(capture) ? otherKey(capture) : n++;
        kept.delete(key);
        kept.set(key, capture);
      }
    const captures = [...kept.values()];
    const day = { size, mtimeMs, captures };
    days.set(name, day);
    return day;
  }

  return {
    append: async (capture) => {
      const date = capture.requested_at.slice(0, 10);
      if (date !== today?.date) today = { date, path: pathOf(nameAfter(names().at(-1), date)) };
      const { path } = today;
      try {
        appendLines(path, [JSON.stringify(capture)]);
        written.add(path);
      } catch (error) {
        throw sayFull(error, path);
      }
    },
    flush: async () => {
      for (const path of written) {
        written.delete(path);
        try {
          await flushed(path);
        } catch (error) {
          throw sayFull(error, path);
        }
      }
    },
    read: async () => {
      // Backwards: of lists, nine tenths of the log, hardly anything of a day is held beside what came later.
      const later = new Set<string>();
      const days: StoredCapture[][] = [];
      for (const name of names().toReversed()) {
        const day = dayOf(name);
        day.captures = day.captures.filter((capture) => !isOther(capture) || !later.has(otherKey(capture)));
        for (const capture of day.captures) if (isOther(capture)) later.add(otherKey(capture));
        days.push(day.captures);
      }
      return days.toReversed().flat();
    },
    all: function* () {
      for (const name of names()) for (const bytes of linesIn(name)) yield* parsed(name, bytes);
    },
    filter: async (keep) => {
      let nth = 0;
      for (const name of names()) {
        const lines = [...linesIn(name)];
        const kept = lines.filter((bytes) => {
          const [capture] = parsed(name, bytes);
          return capture === undefined || keep(capture, nth++);
        });
        // The name of the last file decides where the next capture goes.
        if (kept.length < lines.length)
          await writeAtomic(pathOf(name), Buffer.concat(kept.flatMap((bytes) => [bytes, NEWLINE])));
      }
    },
  };
}

interface Day {
  size: number;
  mtimeMs: number;
  /** In the order of the log: every one made for an article; of other addresses the last of each status. */
  captures: StoredCapture[];
}

export const isOther = (capture: StoredCapture): boolean => capture.document_url === null;

/** Lists and robots.txt are asked for every night and are nine tenths of the log; a night needs the last of each status. */
export const otherKey = ({ url, form, kind, status, via }: StoredCapture): string =>
  [url, kind, status, via, form ?? ''].join(' ');

/**
 * The file that a capture of this date goes into, so that the files in the order of their names are the captures in the
 * order in which they were made: where the last file is of a later date (the clock was wrong then, or is now), its name is
 * `<that date>~<this date>`.
 */
export function nameAfter(last: string | undefined, date: string): string {
  const dates = last?.split('~') ?? [];
  // Asked before midnight, answered after it.
  if (last && Date.parse(dates.at(-1) ?? '') - Date.parse(date) === 86_400_000) return last;
  const passed = dates.findIndex((before, i) => before < date || (before === date && i === dates.length - 1));
  return [...(passed === -1 ? dates : dates.slice(0, passed)), date].join('~');
}

export const CaptureLine = z.looseObject({
  url: z.string(),
  portal: z.string(),
  kind: z.string(),
  requested_at: z.string(),
  outcome: z.string(),
  sha256: z.string().nullable(),
  document_url: z.string().nullable(),
  simulated: z.boolean(),
});

function parse(line: Buffer): StoredCapture | { why: string } {
  try {
    const value: unknown = JSON.parse(line.toString());
    const checked = CaptureLine.safeParse(value);
    return checked.success ? (value as StoredCapture) : { why: z.prettifyError(checked.error).replaceAll('\n', ' ') };
  } catch (error) {
    return { why: messageOf(error).slice(0, 100) };
  }
}

/** Moves the lines that are no captures out of the log, to a file beside it. */
async function setAside(path: string): Promise<string> {
  const lines = [...linesOf(path)].map(({ bytes }) => Buffer.concat([bytes, NEWLINE]));
  const isGood = (line: Buffer) => !('why' in parse(line));
  await appendFile(`${path}.damaged`, Buffer.concat(lines.filter((line) => !isGood(line))));
  await writeAtomic(path, Buffer.concat(lines.filter(isGood)));
  return `such lines were moved to ${path}.damaged, and what they recorded is asked for again when it is missed`;
}
