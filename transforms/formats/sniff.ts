import { formats as all, mediaTypes, type Format, type Mark } from './index.ts';
import { utf16 } from '../characters/wide.ts';
import { isOle, openOle } from './ole.ts';

/**
 * Media type by content alone: names and declared types of these documents are often wrong.
 * A document of a kind that nothing here reads is named for what it is; `application/octet-stream` when unknown.
 */
export function sniff(bytes: Uint8Array, formats: readonly Format[] = all): string {
  if (bytes.length === 0) return 'application/x-empty';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1 << 16));
  const marked = (shown: (mark: Mark) => boolean) => formats.find(({ marks }) => marks.some(shown))?.mediaType;
  return (
    marked((mark) => 'at' in mark && head.toString('latin1', mark.at, mark.at + mark.text.length) === mark.text) ??
    (isOle(bytes) ? sniffOle(bytes, marked) : undefined) ??
    (head.toString('latin1', 0, 2) === 'PK' ? sniffZip(bytes, marked) : undefined) ??
    marked((mark) => 'within' in mark && head.subarray(0, mark.within).includes(mark.text, 0, 'latin1')) ??
    sniffText(head, bytes)
  );
}

type Marked = (shown: (mark: Mark) => boolean) => string | undefined;

function sniffOle(bytes: Uint8Array, marked: Marked): string {
  let names: string[];
  try {
    names = openOle(bytes).names;
  } catch {
    names = [];
  }
  return marked((mark) => 'stream' in mark && names.includes(mark.stream)) ?? 'application/x-ole-storage';
}

function sniffZip(bytes: Uint8Array, marked: Marked): string {
  for (const name of zipNames(bytes)) {
    const type = marked((mark) => 'entry' in mark && name.startsWith(mark.entry));
    if (type !== undefined) return type;
  }
  return 'application/zip';
}

/** Names in the central directory; of a cut archive, those of its local headers that are left. */
function* zipNames(bytes: Uint8Array): Generator<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [signature, lengthAt, nameAt] of [
    ['PK\x01\x02', 28, 46],
    ['PK\x03\x04', 26, 30],
  ] as const) {
    let seen = 0;
    for (let at = buffer.indexOf(signature, 0, 'latin1'); at >= 0; at = buffer.indexOf(signature, at + 4, 'latin1')) {
      if (at + nameAt > buffer.length || ++seen > 10_000) break;
      yield buffer.toString('utf8', at + nameAt, at + nameAt + buffer.readUInt16LE(at + lengthAt));
    }
    if (seen > 0) return;
  }
}

const tag =
  'html|head|body|title|meta|link|table|tbody|thead|tr|td|th|div|p|span|a|br|hr|h[1-6]|ul|ol|li|dl|font|center|form|iframe|img|section|article|main|strong|b|o:p|script|style|base|pre';
const opening = new RegExp(`^<(?:!doctype\\s+html|(?:${tag})[\\s>/])`, 'i');
const closings = new RegExp(`</(?:${tag})\\s*>|<br\\s*/?>`, 'gi');
/** Comments, processing instructions and an internal DOCTYPE may come before the first tag. */
const prologue = /^(?:\s+|<!--[\s\S]*?-->|<\?(?!mso-application)[\s\S]*?\?>)+/;

function sniffText(head: Buffer, bytes: Uint8Array): string {
  const wide = utf16(head);
  const text = (wide === null ? head.toString('latin1') : decodeWide(head, wide)).replace(
    /^\u00ef\u00bb\u00bf|^\ufeff/,
    '',
  );
  const start = text.replace(prologue, '');
  // Its parts may be in any bytes.
  if (isMessage(start)) return mediaTypes.mhtml;
  // What begins as a page is one, with whatever a damaged disk or a database put between its characters.
  if (opening.test(start)) return 'text/html';
  const controls = countControls(text);
  if (controls > Math.max(2, text.length / 200)) return 'application/octet-stream';
  if (/^<\?mso-application\s+progid="excel\.sheet"/i.test(start)) return mediaTypes.xls;
  if (/^<(?:!doctype|\?|[a-z_][\w.-]*(?::[\w.-]+)?[\s>/])/i.test(start)) {
    return (start.match(closings)?.length ?? 0) >= 3 ? 'text/html' : 'application/xml';
  }
  if (isJson(start, bytes)) return 'application/json';
  return (start.match(closings)?.length ?? 0) >= 3 && !hasMarkdownTable(start) ? 'text/html' : 'text/plain';
}

/** Cells of Markdown tables break their lines and mark their numbers with elements of HTML. */
const hasMarkdownTable = (text: string): boolean =>
  !/<table/i.test(text) &&
  (text.match(/^[ \t:|-]{5,2000}\r?$/gm) ?? []).some((line) => line.includes('|') && line.includes('--'));

/** Headers of a message that holds a page, in several parts or in one. Line by line: one pattern over all of them takes exponential time. */
function isMessage(text: string): boolean {
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at, at + LONGEST_HEADER);
    if (/^content-type:\s*(?:multipart\/(?:related|mixed|alternative)|text\/html)/i.test(rest)) return true;
    const folded = at > 0 && /^[ \t]/.test(rest);
    if (!folded && !/^[\w-]+:/.test(rest)) return false;
    const end = text.indexOf('\n', at);
    if (end < 0) return false;
    at = end + 1;
  }
  return false;
}

/** Where the type stands in a line of a header, and far more than any name of a header has. */
const LONGEST_HEADER = 200;

/** Characters below U+0020 that text in no encoding has: all but the white space and the escape of ISO-2022. */
const countControls = (text: string): number => text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;

const decodeWide = (head: Buffer, label: string) => new TextDecoder(label).decode(head);

function isJson(start: string, bytes: Uint8Array): boolean {
  if (!/^(?:\{\s*["}]|\[\s*[[{"\]\d-])/.test(start)) return false;
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-64).toString('latin1');
  return /[\]}][\s\0]*$/.test(tail);
}
