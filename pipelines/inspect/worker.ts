import { traceDocument, type Input, type ReadDocument } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { serve } from '../reading/child.ts';
import { createOcr } from '../reading/ocr.ts';
import { inspectionPage } from './page.ts';
import { pageImages } from './page-images.ts';

/** A document that was read, and the page that shows how. */
type Inspected = ReadDocument & { html: string };

/** Loaded by the first scan only, as for reading. */
let recognition: ReturnType<typeof createOcr> | undefined;
const ocr = () => (recognition ??= createOcr());

/** The page is made in the process that reads: what a hostile document makes large or slow ends with it. */
async function inspected(input: Input): Promise<Inspected> {
  const { reading, traced } = await traceDocument(input, { ocr });
  const { media_type: type } = reading.source;
  const pages = await pageImages(input.bytes, type, type === 'image/tiff' ? (await ocr()).ocr : null);
  return { reading, files: [], html: inspectionPage({ reading, traced, pages }) };
}

const tasks = {
  read: inspected,
  /** Of a document that no reader ended with, there is its finding. */
  unread: (reading: Reading): string => inspectionPage({ reading, traced: null, pages: [] }),
};
export type InspectTasks = typeof tasks;

serve(tasks);
