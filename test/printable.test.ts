import { expect, test } from 'vitest';
import { createLog } from '../pipelines/cli/progress.ts';
import { printable } from '../pipelines/cli/printable.ts';
import * as render from '../pipelines/cli/render.ts';

const HOSTILE = '年报\u001b]0;owned\u0007\u001b[2J\u009b31m\r覆盖\u202e倒\b';

test('nothing of a page reaches a terminal but what can be seen', () => {
  expect(printable(HOSTILE)).toBe('年报 ]0;owned [2J 31m 覆盖 倒 ');
  expect(printable('一行\n二行\n')).toBe('一行\n二行\n');
  expect(render.lines(HOSTILE)).toBe(`${printable(HOSTILE)}\n`);
});

test('neither by a line of the log', () => {
  const written: string[] = [];
  const { write } = process.stderr;
  process.stderr.write = ((text: string) => written.push(text) > 0) as typeof write;
  try {
    createLog({ quiet: false, terminal: false }).warn(HOSTILE);
  } finally {
    process.stderr.write = write;
  }
  expect(written).toEqual([`${printable(HOSTILE)}\n`]);
});
