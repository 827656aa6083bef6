import { Presets, SingleBar } from 'cli-progress';
import { printable } from './printable.ts';

/** What a run says while it works. Always on stderr: stdout belongs to the result. */
export interface Log {
  /** `about`: for whoever keeps the lines, what a line is about. */
  info: (line: string, about?: About) => void;
  warn: (line: string, about?: About) => void;
  /** Long work of `total` steps; call `done` once. */
  bar: (label: string, total: number) => Bar;
}

interface About {
  portal?: string;
  code?: string;
}

export interface Bar {
  step: () => void;
  done: () => void;
}

const write = (line: string): void => void process.stderr.write(`${printable(line)}\n`);

/** Bars on a terminal; elsewhere one line at the start and one for each further quarter of the work. */
export const createLog = (o: { quiet: boolean; terminal: boolean }): Log => ({
  info: (line) => (o.quiet ? undefined : write(line)),
  warn: (line) => write(line),
  bar: (label, total) =>
    o.quiet || total === 0 ? silentBar : o.terminal ? terminalBar(label, total) : lineBar(label, total),
});

const silentBar: Bar = { step: () => undefined, done: () => undefined };

function terminalBar(label: string, total: number): Bar {
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total} {eta_formatted}`, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { step: () => bar.increment(), done: () => bar.stop() };
}

function lineBar(label: string, total: number): Bar {
  let count = 0;
  let shown = 0;
  return {
    step: () => {
      count++;
      const quarter = Math.floor((4 * count) / total);
      if (quarter > shown) write(`${label} ${count}/${total}`);
      shown = Math.max(shown, quarter);
    },
    done: () => undefined,
  };
}
