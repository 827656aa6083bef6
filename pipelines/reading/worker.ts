import { formats } from '../../transforms/formats/index.ts';
import { readDocument, type Input } from '../../transforms/read.ts';
import { serve } from './child.ts';
import { createOcr } from './ocr.ts';

/** The model is loaded by the first scan only: most processes never see one. */
let recognition: ReturnType<typeof createOcr> | undefined;

// Before the time of the first document begins.
await Promise.all(formats.map(({ fromBytes, fromText }) => (fromBytes ?? fromText)?.()));

/** The process that reads documents for the pool: text too, as a page can be as hostile as any file. */
serve((input: Input) => readDocument(input, { ocr: () => (recognition ??= createOcr()) }));
