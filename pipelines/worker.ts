import { readFile } from 'node:fs/promises';
import { read } from '../transforms/read.ts';
import { serve } from './child.ts';
import { createOcr } from './ocr.ts';
import type { Task } from './pool.ts';

/** The process that reads documents for the pool. */
serve(async ({ path, sha256, contentType, bytes, file }: Task) => {
  const content = bytes ?? (file === undefined ? new Uint8Array() : await readFile(file));
  const input = { path, sha256, contentType: contentType ?? null, bytes: content };
  const reading = await read(input);
  if (!reading.findings.some(({ code }) => code === 'needs_ocr')) return reading;
  // The model is loaded by the first scan only: most processes never see one.
  const { ocr, missing } = await (recognition ??= createOcr());
  if (ocr) return read(input, { ocr });
  for (const finding of reading.findings) if (finding.code === 'needs_ocr') finding.message += ` (${missing})`;
  return reading;
});

let recognition: ReturnType<typeof createOcr> | undefined;
