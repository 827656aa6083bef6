import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { openMaking } from './files.ts';

const CHUNK = 1 << 20;
/** Most lines of the log are shorter, and each is appended by itself. */
const TAIL = 1 << 12;

/** Appends lines; `flushed` waits for the disk. A last line cut by a crash is removed first. */
export function appendLines(path: string, lines: string[]): void {
  if (lines.length === 0) return;
  const file = existsSync(path) ? openSync(path, 'r+') : openMaking(path, 'w+');
  try {
    const { size } = fstatSync(file);
    let at = endOfLastLine(file, size);
    if (at < size) ftruncateSync(file, at);
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    for (let done = 0; done < bytes.length;) {
      const written = writeSync(file, bytes, done, bytes.length - done, at);
      done += written;
      at += written;
    }
  } finally {
    closeSync(file);
  }
}

function endOfLastLine(file: number, size: number): number {
  const block = Buffer.allocUnsafe(TAIL);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - TAIL);
    const got = readSync(file, block, 0, end - start, start);
    const newline = block.subarray(0, got).lastIndexOf(10);
    if (newline >= 0) return start + newline + 1;
    end = start;
  }
  return 0;
}

export interface Line {
  bytes: Buffer;
  /** Position of the line in the file, in bytes. */
  offset: number;
}

/**
 * Complete lines of a file from an offset on, without reading it whole; what follows the last line end was cut by a
 * crash and is left out.
 */
export function* linesOf(path: string, from = 0): Generator<Line> {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    const block = Buffer.alloc(CHUNK);
    let rest: Buffer = Buffer.alloc(0);
    let offset = from;
    for (;;) {
      const got = readSync(file, block, 0, CHUNK, offset + rest.length);
      if (got === 0) return;
      const text = Buffer.concat([rest, block.subarray(0, got)]);
      let start = 0;
      for (let end = text.indexOf(10, start); end >= 0; end = text.indexOf(10, start)) {
        yield { bytes: text.subarray(start, end), offset: offset + start };
        start = end + 1;
      }
      rest = text.subarray(start);
      offset += start;
    }
  } finally {
    closeSync(file);
  }
}
