import type { Doc } from '../doc/doc.ts';
import { Unreadable } from '../findings.ts';

/** What shows in the bytes of a document that it is of a format. Text that has no such mark is told apart by `sniff`. */
export type Mark =
  /** These characters (as Latin-1) at this offset. */
  | { text: string; at: number }
  /** These characters anywhere among so many first bytes. */
  | { text: string; within: number }
  /** A ZIP archive with an entry whose name begins so. */
  | { entry: string }
  /** A compound file (OLE) with a stream of this name. */
  | { stream: string };

/**
 * A format of documents: how its bytes are told, and its reader, which gets the bytes or, of a format that is text, what
 * they say in whichever encoding. A format without a reader is only known by its name. Readers throw `Unreadable`, and
 * are loaded where documents are read: who only asks for the name of a format does not wait for them.
 */
export interface Format {
  mediaType: string;
  marks: Mark[];
  fromBytes?: () => Promise<(bytes: Uint8Array) => Doc | Promise<Doc>>;
  fromText?: () => Promise<(text: string) => Doc | Promise<Doc>>;
}

export const mediaTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  rtf: 'application/rtf',
  /** A web page with its pictures in one file, as Word saves it. */
  mhtml: 'multipart/related',
} as const;

const image = (name: string, ...marks: Mark[]): Format => ({
  mediaType: `image/${name}`,
  marks,
  fromBytes: async () => () => {
    throw new Unreadable('needs_ocr', { what: 'image' });
  },
});

const known = (mediaType: string, ...marks: Mark[]): Format => ({ mediaType, marks });

/** Every format that is read, and those that are only known. Where the marks of two are there, the first has it. */
export const formats: readonly Format[] = [
  {
    mediaType: 'text/html',
    marks: [],
    fromText: async () => (await import('./html/html.ts')).readHtml,
  },
  {
    mediaType: 'text/plain',
    marks: [],
    fromText: async () => (await import('./text.ts')).readText,
  },
  {
    mediaType: 'application/json',
    marks: [],
    fromText: async () => (await import('./html/json.ts')).readJson,
  },
  {
    mediaType: 'application/pdf',
    // The header may come after rubbish; readers accept it within the first kilobyte.
    marks: [
      { text: '%PDF-', at: 0 },
      { text: '%PDF-', within: 1024 },
    ],
    fromBytes: async () => (await import('./pdf/index.ts')).readPdf,
  },
  {
    mediaType: mediaTypes.doc,
    marks: [{ stream: 'WordDocument' }],
    fromBytes: async () => (await import('./word/doc.ts')).readDoc,
  },
  {
    mediaType: mediaTypes.xls,
    marks: [{ stream: 'Workbook' }, { stream: 'Book' }],
    fromBytes: async () => (await import('./sheet/workbook.ts')).readXlsx,
  },
  {
    mediaType: mediaTypes.docx,
    // Which kind of OOXML is inside a cipher cannot be seen: this reader says that it is encrypted.
    marks: [{ entry: 'word/' }, { stream: 'EncryptedPackage' }],
    fromBytes: async () => (await import('./word/docx.ts')).readDocx,
  },
  {
    mediaType: mediaTypes.xlsx,
    marks: [{ entry: 'xl/' }],
    fromBytes: async () => (await import('./sheet/workbook.ts')).readXlsx,
  },
  {
    mediaType: mediaTypes.mhtml,
    marks: [],
    fromBytes: async () => (await import('./mht.ts')).readMht,
  },
  {
    mediaType: mediaTypes.rtf,
    marks: [{ text: '{\\rtf', at: 0 }],
    fromBytes: async () => (await import('./word/rtf.ts')).readRtf,
  },
  image('png', { text: '\x89PNG\r\n\x1a\n', at: 0 }),
  image('jpeg', { text: '\xff\xd8\xff', at: 0 }),
  image('gif', { text: 'GIF87a', at: 0 }, { text: 'GIF89a', at: 0 }),
  image('tiff', { text: 'II*\0', at: 0 }, { text: 'MM\0*', at: 0 }),
  image('webp', { text: 'WEBP', at: 8 }),
  image('x-icon', { text: '\0\0\x01\0', at: 0 }),
  known('application/vnd.rar', { text: 'Rar!\x1a\x07', at: 0 }),
  known('application/x-7z-compressed', { text: '7z\xbc\xaf\x27\x1c', at: 0 }),
  known('application/gzip', { text: '\x1f\x8b', at: 0 }),
  known(mediaTypes.pptx, { entry: 'ppt/' }),
  // Founder's CEB, an enciphered PDF.
  known('application/x-ceb', { text: 'Founder CEB', at: 0 }),
  known('application/ofd', { entry: 'OFD.xml' }),
  known('application/vnd.oasis.opendocument', { entry: 'META-INF/manifest.xml' }),
];
