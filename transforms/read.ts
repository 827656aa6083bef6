import { decode, type Decoded } from './characters/decode.ts';
import type { Doc } from './doc/doc.ts';
import { offeredFiles, withFetched, type FetchedPicture } from './doc/files.ts';
import { finding, Unreadable, type Finding } from './findings.ts';
import { interpret, type Interpretation } from './interpret.ts';
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
  const { bytes, base } = input;
  const { formats = all } = tools;
  const type = sniff(bytes, formats);
  const format = formats.find(({ mediaType }) => mediaType === type) ?? { mediaType: type, marks: [] };
  const decoded = format.fromText && bytes.length <= MAX_BYTES ? decode(bytes, input.contentType ?? null) : null;
  try {
    if (bytes.length > MAX_BYTES)
      throw new Unreadable('too_large', { what: 'bytes', count: bytes.length, limit: MAX_BYTES });
    const { said, doc } = await understand(input, format, decoded, tools);
    const reading = toReading(input, type, decoded, said);
    const offered = doc && base !== undefined ? offeredFiles(doc, base, mayBePictured(reading)) : [];
    return { reading, files: offered };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const said = { ...nothing, findings: [error.finding] };
    return { reading: toReading(input, type, decoded, said), files: [] };
  }
}

/** Pictures outside the article are ornament; where nothing says which those are, any may be the report. */
const mayBePictured = ({ report, findings }: Reading): boolean =>
  report === null || findings.some(({ code }) => code === 'picture_unread');

function encodingFindings({ lost, repaired }: Decoded): Finding[] {
  const findings: Finding[] = [];
  if (lost > 0) findings.push(finding('encoding_lost', [], { characters: lost }, { actual: lost }));
  if (repaired) findings.push(finding('encoding_repaired', [], {}));
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
): Promise<{ said: Interpretation; doc: Doc | null }> {
  const type = format.mediaType;
  let doc: Doc;
  try {
    doc = await docOf(format, bytes, decoded);
  } catch (error) {
    if (!(error instanceof Unreadable) || error.finding.code !== 'needs_ocr') throw error;
    const { ocr, missing } = (await tools.ocr?.()) ?? { ocr: null, missing: null };
    if (!ocr) throw missing === null ? error : new Unreadable('needs_ocr', { ...error.finding.details, missing });
    return { said: await bestAttempt((attempt) => readScanned(bytes, type, ocr, attempt)), doc: null };
  }
  if (base !== undefined && pictures.length > 0) doc = withFetched(doc, base, pictures);
  const said = interpret(doc);
  const count = picturesOf(doc).length;
  if (count === 0 || !said.report || !said.findings.some((f) => f.code === 'grid_missing')) return { said, doc };
  const { ocr } = (await tools.ocr?.()) ?? { ocr: null };
  const seen = ocr && (await bestAttempt((attempt) => withPicturesRead(doc, bytes, type, ocr, attempt)));
  if (seen && seen.facts.length > said.facts.length) return { said: seen, doc };
  const unread = finding('picture_unread', [], { pictures: count }, { actual: count });
  return { said: { ...said, findings: [...said.findings, unread] }, doc };
}

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
async function bestAttempt(readAgain: (attempt: number) => Promise<Doc>): Promise<Interpretation> {
  let best: Interpretation | null = null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const said = interpret(await readAgain(attempt));
    if (!best || soundness(said) > soundness(best)) best = said;
    if (best.facts.length > 0 && !best.findings.some((f) => f.level === 'error')) break;
  }
  return best!;
}

const soundness = ({ facts }: Interpretation): number =>
  facts.reduce((sum, f) => sum + (f.status === 'verified' ? 2 : f.status === 'contradicted' ? -3 : 0), 0) +
  facts.length / 1000;

const nothing: Interpretation = { script: null, report: null, facts: [], mentions: [], sections: [], findings: [] };

function toReading(input: Input, type: string, decoded: Decoded | null, said: Interpretation): Reading {
  const { script, ...rest } = said;
  return {
    source: {
      path: input.path,
      sha256: input.sha256,
      media_type: type,
      encoding: decoded && { declared: decoded.declared, used: decoded.used, repaired: decoded.repaired },
      script,
    },
    ...rest,
    findings: [...(decoded ? encodingFindings(decoded) : []), ...said.findings],
  };
}
