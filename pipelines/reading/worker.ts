import { looks } from '../../scrapers/looks.ts';
import { formats } from '../../transforms/formats/index.ts';
import { sniff } from '../../transforms/formats/sniff.ts';
import { readDocument, type Input, type ReadDocument } from '../../transforms/read.ts';
import { serve } from './child.ts';
import { createOcr } from './ocr.ts';

/** The model is loaded by the first scan only: most processes never see one. */
let recognition: ReturnType<typeof createOcr> | undefined;

// Before the time of the first document begins.
await Promise.all(formats.map(({ fromBytes, fromText }) => (fromBytes ?? fromText)?.()));

const read = (input: Input): Promise<ReadDocument> => readDocument(input, { ocr: () => (recognition ??= createOcr()) });

/** What the pool's processes do: whatever looks into bytes from outside, as a page can be as hostile as any file. */
const tasks = {
  ...looks,
  read,
  /** Of a page alone; null for what is none. */
  readPage: async (input: Input): Promise<ReadDocument | null> =>
    sniff(input.bytes) === 'text/html' ? read(input) : null,
};
export type ReadingTasks = typeof tasks;

serve(tasks);
