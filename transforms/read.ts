import { decode, type Decoded } from './characters/decode.ts';
import type { Doc } from './doc/doc.ts';
import { finding, Unreadable, type Finding } from './findings.ts';
import { interpret, type Interpretation } from './interpret.ts';
import { readHtml } from './formats/html/html.ts';
import { readJson } from './formats/html/json.ts';
import { readDocx } from './formats/word/docx.ts';
import { readDoc } from './formats/word/doc.ts';
import { readPdf } from './formats/pdf/index.ts';
import { picturesOf, withPicturesRead } from './formats/pictures.ts';
import type { Reading } from './report.ts';
import { attempts, readScanned, type Ocr } from './formats/scan/index.ts';
import { mediaTypes, sniff } from './formats/sniff.ts';
import { readText } from './formats/text.ts';
import { readXlsx } from './formats/sheet/workbook.ts';

export interface Input {
  bytes: Uint8Array;
  /** Local path or url, for the record only: the content decides how it is read. */
  path: string;
  contentType?: string | null;
  sha256: string;
}

export interface Tools {
  /** Recogniser for scans; without it they are reported as `needs_ocr`. */
  ocr?: Ocr | undefined;
}

/** Larger documents are refused: the largest reports with pictures are some tens of megabytes. */
const MAX_BYTES = 100 * 1024 * 1024;

/** Read one document. Bad documents never throw: they give a Reading without a report and a finding that says why. */
export async function read(input: Input, tools: Tools = {}): Promise<Reading> {
  const { bytes } = input;
  const type = sniff(bytes);
  const decoded = isText(type) && bytes.length <= MAX_BYTES ? decode(bytes, input.contentType ?? null) : null;
  try {
    if (bytes.length > MAX_BYTES) throw new Unreadable('too_large', `${bytes.length} bytes`);
    const said = await understand(
      decoded ? readDecoded(type, decoded.text) : readBinary(bytes, type),
      bytes,
      type,
      tools,
    );
    return toReading(input, type, decoded, said);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return toReading(input, type, decoded, { ...nothing, findings: [finding(error.code, [], error.message)] });
  }
}

const isText = (type: string): boolean => type.startsWith('text/') || type === 'application/json';

function readDecoded(type: string, text: string): Doc {
  if (type === 'application/json') return readJson(text);
  return type === 'text/plain' ? readText(text) : readHtml(text);
}

function encodingFindings({ lost, repaired }: Decoded): Finding[] {
  const findings: Finding[] = [];
  if (lost > 0) findings.push(finding('encoding_lost', [], `${lost} characters were lost`, { actual: lost }));
  if (repaired)
    findings.push(finding('encoding_repaired', [], 'text decoded wrongly before it was published was restored'));
  return findings;
}

const READERS: Record<string, (bytes: Uint8Array) => Promise<Doc>> = {
  'application/pdf': readPdf,
  [mediaTypes.docx]: readDocx,
  [mediaTypes.doc]: readDoc,
  [mediaTypes.xlsx]: readXlsx,
  [mediaTypes.xls]: readXlsx,
};

async function readBinary(bytes: Uint8Array, type: string): Promise<Doc> {
  if (type.startsWith('image/')) throw new Unreadable('needs_ocr', 'the document is an image');
  const reader = READERS[type];
  if (!reader) throw new Unreadable('unreadable', bytes.length === 0 ? 'the file is empty' : `no reader for ${type}`);
  return reader(bytes);
}

/** Interpret a Doc, and where its tables are images, those: all pages of a scan, or the pictures of an article. */
async function understand(
  made: Doc | Promise<Doc>,
  bytes: Uint8Array,
  type: string,
  { ocr }: Tools,
): Promise<Interpretation> {
  let doc: Doc;
  try {
    doc = await made;
  } catch (error) {
    if (!(error instanceof Unreadable) || error.code !== 'needs_ocr') throw error;
    if (!ocr) throw new Unreadable('needs_ocr', `${error.message}; install the optional OCR packages to read it`);
    return bestAttempt((attempt) => readScanned(bytes, type, ocr, attempt));
  }
  const said = interpret(doc);
  const pictures = picturesOf(doc).length;
  if (pictures === 0 || !said.report || !said.findings.some((f) => f.code === 'grid_missing')) return said;
  const unread = finding(
    'picture_unread',
    [],
    `a table is missing and ${pictures} pictures of the article were not read`,
    { actual: pictures },
  );
  if (!ocr) return { ...said, findings: [...said.findings, unread] };
  const seen = await bestAttempt((attempt) => withPicturesRead(doc, bytes, type, ocr, attempt));
  return seen.facts.length > said.facts.length ? seen : { ...said, findings: [...said.findings, unread] };
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
