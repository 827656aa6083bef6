import { readFile } from 'node:fs/promises';
import { decode } from '../../transforms/characters/decode.ts';
import { read, type Input } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { offeredFiles, withPictures } from '../attachments.ts';
import { serve } from './child.ts';
import { createOcr } from './ocr.ts';
import type { Answer, Task } from './pool.ts';

type Pictures = NonNullable<Task['pictures']>;

/** The process that reads documents for the pool. */
serve(async ({ path, sha256, contentType, bytes, file, base, pictures }: Task): Promise<Answer> => {
  const content = bytes ?? (file === undefined ? new Uint8Array() : await readFile(file));
  const input = { path, sha256, contentType: contentType ?? null, bytes: content };
  if (base !== undefined && pictures) return { reading: await readPictured(input, base, pictures), files: [] };
  const reading = await readWithOcr(input);
  if (base === undefined || reading.source.media_type !== 'text/html') return { reading, files: [] };
  // Pictures outside the article are ornament; where nothing says which those are, any may be the report.
  const pictured = reading.report === null || reading.findings.some(({ code }) => code === 'picture_unread');
  return { reading, files: offeredFiles(decode(content, input.contentType).text, base, pictured) };
});

async function readWithOcr(input: Input): Promise<Reading> {
  const reading = await read(input);
  if (!reading.findings.some(({ code }) => code === 'needs_ocr' || code === 'picture_unread')) return reading;
  // The model is loaded by the first scan only: most processes never see one.
  const { ocr, missing } = await (recognition ??= createOcr());
  if (ocr) return read(input, { ocr });
  for (const finding of reading.findings) if (finding.code === 'needs_ocr') finding.message += ` (${missing})`;
  return reading;
}

/** The source is that of the page itself: the pictures are put into a copy that is forgotten again. */
async function readPictured(input: Input, base: string, pictures: Pictures): Promise<Reading> {
  const decoded = decode(input.bytes, input.contentType ?? null);
  const bytes = Buffer.from(withPictures(decoded.text, base, pictures));
  const reading = await readWithOcr({ ...input, bytes, contentType: 'text/html; charset=utf-8' });
  const { declared, used, repaired } = decoded;
  return { ...reading, source: { ...reading.source, encoding: { declared, used, repaired } } };
}

let recognition: ReturnType<typeof createOcr> | undefined;
