import type { Encoding } from '../characters/decode.ts';

/**
 * The narrow waist between formats and meaning: every reader (html, mht, text, pdf, docx, doc, rtf, xlsx, scan)
 * makes a `Doc`, and everything after reads only that. Plain data.
 */
export interface Doc {
  /** Title the container declares (`<title>`, document property), as printed; null when there is none. */
  title: string | null;
  /** Named metadata of the container, first occurrence of each name wins (a header include may repeat them). */
  metas: Record<string, string>;
  blocks: Block[];
  /** The same with the rows that the document holds and does not show, where it has such rows. */
  unhidden?: Block[];
  /** Where the document has more pages than were read: how many were, of how many; `lost` says what failed. */
  cut?: { read: number; pages: number; lost?: string };
  /** Files that the document refers to and that may be a part of it; left out by formats that stand alone. */
  files?: LinkedFile[];
  /** Address to which the others in the document are relative, where it declares one. */
  base?: string;
  /** Of text inside a container, as that of a saved page; the encoding of a document that is text is known without. */
  encoding?: Encoding;
}

export type Block = Heading | Paragraph | Table | Picture;

interface Provenance {
  /** Where it came from in the document, for a person: "page 3", "line 120", "sheet 2", "body/div[3]/table[1]". */
  origin: string;
  /** True outside the article (navigation, header, footer): no section, mention or number is read from it. */
  aside?: true;
}

export interface Heading extends Provenance {
  kind: 'heading';
  level: number;
  text: string;
}

export interface Paragraph extends Provenance {
  kind: 'paragraph';
  text: string;
  /**
   * True when line ends in this document are where the page ended, not where the author's paragraph ended
   * (text pasted from a PDF): the sentence may go on in the next block.
   */
  wrapped?: boolean;
}

export interface Table extends Provenance {
  kind: 'table';
  /** Rows of cells as printed, spans not yet expanded (`grid.ts` does that). */
  rows: Cell[][];
  /**
   * True when spans make positions exact (HTML, DOCX, ruled PDF). False when only the order of cells in a row is
   * known (tab-separated text, old DOC): merged cells were lost, so a column index means nothing across rows.
   */
  aligned: boolean;
}

/** An image that may hold the table: read only by OCR. */
export interface Picture extends Provenance {
  kind: 'picture';
  /** Url or name inside the container, as written. */
  source: string;
  alt: string;
  /** The image itself, where the container holds it or it was fetched. */
  bytes?: Uint8Array;
  /** The part of its page that it takes, where that is not all of it. */
  part?: Part;
}

/** A part of a page: shares of its width and height, from the top left corner. */
export interface Part {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** A document or picture outside of the document, by its address. */
export interface LinkedFile extends Provenance {
  how: 'linked' | 'framed' | 'shown';
  /** As written. */
  address: string;
  /** What the document calls it. */
  name: string;
}

export interface Cell {
  /** Text as printed; line breaks inside the cell are `\n`. */
  text: string;
  colspan: number;
  rowspan: number;
  /** Tables inside this cell. Their text is not part of `text`. */
  nested?: Table[];
  /** Where the cell shows more than its text, or nothing that holds: its value is not known, whatever the text is. */
  unread?: 'picture' | 'struck' | 'pale' | 'styled';
  /** Set when the text was recognised from an image: the recogniser's confidence, 0 to 1. */
  ocr?: number;
}

export const cell = (text: string, colspan = 1, rowspan = 1): Cell => ({ text, colspan, rowspan });
