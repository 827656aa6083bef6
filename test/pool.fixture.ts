import { serve } from '../pipelines/reading/child.ts';
import type { Input, ReadDocument } from '../transforms/read.ts';

/** A process that misbehaves as its task's path asks, and otherwise says who it is. */
const kept: Buffer[] = [];

const read = async ({ path, bytes, sha256 }: Input): Promise<ReadDocument> => {
  if (path === 'hang') for (;;);
  if (path === 'exit') process.exit(3);
  if (path === 'abort') process.abort();
  if (path === 'throw') throw new Error(`a defect in '${process.execPath}' seen by\n/home/someone/report.doc`);
  if (path === 'native') for (;;) kept.push(Buffer.alloc(8 << 20, 1));
  if (path === 'heap') for (const heap: number[][] = []; ;) heap.push(Array<number>(1_000_000).fill(heap.length));
  if (path === 'greedy') kept.push(Buffer.alloc(120 << 20, 1));
  if (path === 'slow') await new Promise((resolve) => setTimeout(resolve, 200));
  const reading = {
    source: { path, sha256, media_type: `pid ${process.pid}`, encoding: null, script: null },
    report: null,
    facts: [],
    mentions: [],
    sections: [{ number: 0, title: '', text: String(bytes.length) }],
    findings: [],
  };
  return { reading, files: [] };
};

serve({ read });
