import { serve } from '../pipelines/reading/child.ts';
import { looks } from '../scrapers/looks.ts';
import { readDocument, type Input, type ReadDocument } from '../transforms/read.ts';

/** The reading process with a parser of lists that a page can make misbehave by the word that stands in it. */
const does: Record<string, () => unknown> = {
  HANGS: () => {
    for (;;);
  },
  EATS: () => {
    for (const kept: Buffer[] = []; ;) kept.push(Buffer.alloc(8 << 20, 1));
  },
  SWELLS: () => 'x'.repeat(65 << 20),
  FAILS: () => (null as unknown as string[]).length,
  DIES: () => process.exit(7),
};

const read = (input: Input): Promise<ReadDocument> => readDocument(input);

serve({
  ...looks,
  rows: (page: Parameters<typeof looks.rows>[0]) => {
    const text = Buffer.from(page.bytes).toString();
    const name = Object.keys(does).find((word) => text.includes(word));
    return name === undefined ? looks.rows(page) : does[name]!();
  },
  read,
  readPage: read,
});
