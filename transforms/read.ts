import { decode, type Decoded, type Encoding } from './characters/decode.ts';
import type { Doc } from './doc/doc.ts';
import { offeredFiles, withFetched, type FetchedPicture } from './doc/files.ts';
import { finding, Unreadable, type Finding } from './findings.ts';
import { traceShown } from './hidden.ts';
import { trace, type Interpretation, type Trace } from './interpret.ts';
import { formats as all, type Format } from './formats/index.ts';
import { picturesOf, withPicturesRead } from './formats/pictures.ts';
import type { Reading } from './report.ts';
import { attempts, readScanned, type Ocr } from './formats/scan/index.ts';
import { sniff } from './formats/sniff.ts';

export interface Input {
  bytes: Uint8Array;
  /** Local path or url, for the record only: the content decides how it is read. */
  path: string;
  contentType?: string | null;
  sha256: string;
  /** Address of a page, after redirects. With it, the files that the page offers are named. */
  base?: string;
  /** Pictures that the page shows or links to, as fetched: they are read as part of it. Needs `base`. */
  pictures?: FetchedPicture[];
}

/** A document that was read. */
export interface ReadDocument {
  reading: Reading;
  /** Absolute addresses of the files that the page offers; none without its `base`. */
  files: string[];
}

export interface Tools {
  /** Gives the recogniser for scans, or why there is none, when one is needed; without it they are `needs_ocr`. */
  ocr?: () => Promise<{ ocr: Ocr; missing: null } | { ocr: null; missing: string }>;
  /** The formats to read; all that there are when left out. */
  formats?: readonly Format[];
}

/** Larger documents are refused: the largest reports with pictures are some tens of megabytes. */
const MAX_BYTES = 100 * 1024 * 1024;

/** Read one document. Bad documents never throw: they give a Reading without a report and a finding that says why. */
export const read = async (input: Input, tools: Tools = {}): Promise<Reading> =>
  (await readDocument(input, tools)).reading;

/** Likewise, with the files that the document offers. */
export async function readDocument(input: Input, tools: Tools = {}): Promise<ReadDocument> {
  const { reading, files } = await traceDocument(input, tools);
  return { reading, files };
}

/** Likewise, with the steps between its Doc and its facts; null where it has no Doc. */
export async function traceDocument(
  input: Input,
  tools: Tools = {},
): Promise<ReadDocument & { traced: Omit<Trace, 'said'> | null }> {
  const { bytes, base } = input;
  const { formats = all } = tools;
  const type = sniff(bytes, formats);
  const format = formats.find(({ mediaType }) => mediaType === type) ?? { mediaType: type, marks: [] };
  const decoded = format.fromText && bytes.length <= MAX_BYTES ? decode(bytes, input.contentType ?? null) : null;
  try {
    if (bytes.length > MAX_BYTES)
      throw new Unreadable('too_large', { what: 'bytes', count: bytes.length, limit: MAX_BYTES });
    const { traced, doc } = await understand(input, format, decoded, tools);
    const reading = toReading(input, type, decoded ?? doc?.encoding ?? null, traced.said);
    const offered = doc && base !== undefined ? offeredFiles(doc, base, mayBePictured(reading)) : [];
    return { reading, files: offered, traced };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const said = { ...nothing, findings: [error.finding] };
    return { reading: toReading(input, type, decoded, said), files: [], traced: null };
  }
}

/** Pictures outside the article are ornament; where nothing says which those are, any may be the report. */
const mayBePictured = ({ report, findings }: Reading): boolean =>
  report === null || findings.some(({ code }) => code === 'picture_unread');

function encodingFindings({ lost, repaired, used, beside }: Encoding): Finding[] {
  const findings: Finding[] = [];
  if (lost > 0) findings.push(finding('encoding_lost', [], { characters: lost }, { actual: lost }));
  if (repaired) findings.push(finding('encoding_repaired', [], {}));
  if (beside !== null) findings.push(finding('encoding_mixed', [], { first: used, second: beside }));
  return findings;
}

/**
 * Interpret the Doc of a document, and where its tables are images, those: all pages of a scan, which has no Doc of its
 * own, or the pictures of an article.
 */
async function understand(
  { bytes, base, pictures = [] }: Input,
  format: Format,
  decoded: Decoded | null,
  tools: Tools,
): Promise<{ traced: Trace; doc: Doc | null }> {
  const type = format.mediaType;
  let doc: Doc;
  try {
    doc = await docOf(format, bytes, decoded);
  } catch (error) {
    if (!(error instanceof Unreadable) || error.finding.code !== 'needs_ocr') throw error;
    const { ocr, missing } = (await tools.ocr?.()) ?? { ocr: null, missing: null };
    if (!ocr) throw missing === null ? error : new Unreadable('needs_ocr', { ...error.finding.details, missing });
    return { traced: await bestAttempt((attempt) => readScanned(bytes, type, ocr, attempt)), doc: null };
  }
  if (base !== undefined && pictures.length > 0) doc = withFetched(doc, base, pictures);
  const traced = traceShown(doc);
  const { said } = traced;
  const count = picturesOf(doc).length;
  if (count === 0 || !lacksPictures(said, type)) return { traced, doc };
  const { ocr } = (await tools.ocr?.()) ?? { ocr: null };
  const seen = ocr && (await bestAttempt((attempt) => withPicturesRead(doc, bytes, type, ocr, attempt)));
  if (seen && seen.said.facts.length > said.facts.length) return { traced: seen, doc };
  const unread = finding('picture_unread', [], { pictures: count }, { actual: count });
  return { traced: { ...traced, said: { ...said, findings: [...said.findings, unread] } }, doc };
}

/** A web page has pictures of everything; pages of a PDF that are pictures may be the report behind a letter. */
const lacksPictures = ({ report, findings }: Trace['said'], type: string): boolean =>
  report ? findings.some(({ code }) => code === 'grid_missing') : type === 'application/pdf';

async function docOf(
  { mediaType, fromText, fromBytes }: Format,
  bytes: Uint8Array,
  decoded: Decoded | null,
): Promise<Doc> {
  if (fromText && decoded) return (await fromText())(decoded.text);
  if (fromBytes) return (await fromBytes())(bytes);
  throw new Unreadable('unreadable', bytes.length === 0 ? { why: 'empty' } : { why: 'no_reader', said: mediaType });
}

/** Scans: again with other detectors until the equations hold; else the attempt that they speak for most. */
async function bestAttempt(readAgain: (attempt: number) => Promise<Doc>): Promise<Trace> {
  let best: Trace | null = null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const traced = trace(await readAgain(attempt));
    if (!best || soundness(traced.said) > soundness(best.said)) best = traced;
    if (best.said.facts.length > 0 && !best.said.findings.some((f) => f.level === 'error')) break;
  }
  return best!;
}

const soundness = ({ facts }: Interpretation): number =>
  facts.reduce((sum, f) => sum + (f.status === 'verified' ? 2 : f.status === 'contradicted' ? -3 : 0), 0) +
  facts.length / 1000;

const nothing: Interpretation = { script: null, report: null, facts: [], mentions: [], sections: [], findings: [] };

function toReading(input: Input, type: string, encoding: Encoding | null, said: Interpretation): Reading {
  const { script, ...rest } = said;
  return {
    source: {
      path: input.path,
      sha256: input.sha256,
      media_type: type,
      encoding: encoding && { declared: encoding.declared, used: encoding.used, repaired: encoding.repaired },
      script,
      ...(hasEnd(input.bytes, type) ? {} : { ended: false as const }),
    },
    ...rest,
    findings: [...(encoding ? encodingFindings(encoding) : []), ...said.findings],
  };
}

/** What stands at the end of whole documents of a type; a page may go on with scripts and includes. */
const ENDS: Record<string, { mark: RegExp; within: number }> = {
  'text/html': { mark: /<\/(?:html|body)/i, within: 65_536 },
  'application/pdf': { mark: /%%EOF/, within: 2048 },
};

function hasEnd(bytes: Uint8Array, type: string): boolean {
  const end = ENDS[type];
  if (!end) return true;
  const from = Math.max(0, bytes.length - end.within);
  const last = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from).toString('latin1');
  return end.mark.test(last) || end.mark.test(last.replaceAll('\0', ''));
}
