import { decode, type Decoded } from './decode.ts';
import type { Doc } from './doc.ts';
import type { Finding } from './finding.ts';
import { finding } from './findings.ts';
import { interpret, type Interpretation } from './interpret.ts';
import { readHtml } from './html.ts';
import { readDocx } from './docx.ts';
import { readDoc } from './doc-legacy.ts';
import { readPdf } from './pdf/index.ts';
import type { Reading } from './report.ts';
import { attempts, readScanned, type Ocr } from './scan/index.ts';
import { mediaTypes, sniff } from './sniff.ts';
import { readText } from './text.ts';
import { Unreadable } from './unreadable.ts';
import { readXlsx } from './xlsx.ts';

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
  const type = sniff(input.bytes);
  try {
    if (input.bytes.length > MAX_BYTES) throw new Unreadable('too_large', `${input.bytes.length} bytes`);
    if (type.startsWith('text/')) return readDecoded(input, type);
    return toReading(input, type, null, await readBinary(input.bytes, type, tools), []);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return toReading(input, type, null, nothing, [finding(error.code, [], error.message)]);
  }
}

/** Text of any kind: the one path without asynchronous libraries. */
function readDecoded(input: Input, type: string): Reading {
  const decoded = decode(input.bytes, input.contentType ?? null);
  const doc = type === 'text/plain' ? readText(decoded.text) : readHtml(decoded.text);
  return toReading(input, type, decoded, interpret(doc), encodingFindings(decoded));
}

function encodingFindings({ lost, repaired }: Decoded): Finding[] {
  const findings: Finding[] = [];
  if (lost > 0) findings.push(finding('encoding_lost', [], `${lost} characters were lost`, { actual: lost }));
  if (repaired) findings.push(finding('encoding_repaired', [], 'text decoded wrongly before it was published was restored'));
  return findings;
}

const READERS: Record<string, (bytes: Uint8Array) => Promise<Doc>> = {
  'application/pdf': readPdf,
  [mediaTypes.docx]: readDocx,
  [mediaTypes.doc]: readDoc,
  [mediaTypes.xlsx]: readXlsx,
  [mediaTypes.xls]: readXlsx,
};

async function readBinary(bytes: Uint8Array, type: string, tools: Tools): Promise<Interpretation> {
  if (type.startsWith('image/')) return readImages(bytes, type, tools);
  const reader = READERS[type];
  if (!reader) throw new Unreadable('unreadable', bytes.length === 0 ? 'the file is empty' : `no reader for ${type}`);
  try {
    return interpret(await reader(bytes));
  } catch (error) {
    if (error instanceof Unreadable && error.code === 'needs_ocr') return readImages(bytes, type, tools);
    throw error;
  }
}

/** Scans: again with other detectors until the equations hold; else the attempt that they speak for most. */
async function readImages(bytes: Uint8Array, type: string, { ocr }: Tools): Promise<Interpretation> {
  if (!ocr) throw new Unreadable('needs_ocr', 'the pages are images; install the optional OCR packages to read them');
  let best: Interpretation | null = null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const read = interpret(await readScanned(bytes, type, ocr, attempt));
    if (!best || soundness(read) > soundness(best)) best = read;
    if (best.facts.length > 0 && best.facts.every((f) => f.status !== 'contradicted') && !best.findings.some((f) => f.level === 'error')) break;
  }
  return best!;
}

const soundness = ({ facts }: Interpretation): number =>
  facts.reduce((sum, f) => sum + (f.status === 'verified' ? 2 : f.status === 'contradicted' ? -3 : 0), 0) + facts.length / 1000;

const nothing: Interpretation = { script: null, report: null, facts: [], mentions: [], sections: [], findings: [] };

function toReading(input: Input, type: string, decoded: Decoded | null, said: Interpretation, findings: Finding[]): Reading {
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
    findings: [...findings, ...said.findings],
  };
}
