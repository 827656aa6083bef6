import { finding } from '../transforms/findings.ts';
import type { Reading } from '../transforms/report.ts';
import { isPicture } from '../transforms/doc/files.ts';
import type { Input } from '../transforms/read.ts';
import { combine, documentsOf, lacksTables, withMissingFiles, type Document } from './archive/documents.ts';
import type { Effects } from './effects.ts';
import { notRead } from './reading/pool.ts';
import { readAll } from './reading/readers.ts';
import { openReadings, readingKey, type Readings } from './archive/readings.ts';
import { getBlob, listedPortals, readCaptures, readLinks, type StoredCapture } from './archive/archive.ts';

export interface ReadSummary {
  /** Pages and files in the archive that belong to documents. */
  archived: number;
  /** Of those, read now; the others had been read by the same code. */
  read: number;
}

/** Everything listed on the portals asked for (all when none are named), with what the archive holds of it. */
export function archivedDocuments(dataDir: string, portals: string[] = []): Document[] {
  const ids = portals.length > 0 ? portals : listedPortals(dataDir);
  const links = ids.flatMap((id) => readLinks(dataDir, id) ?? []);
  return documentsOf(links, readCaptures(dataDir));
}

/** Reads what the archive holds and this version of the code has not read yet. Fetches nothing. */
export async function readArchive(
  o: { dataDir: string; portals: string[] },
  { log }: Pick<Effects, 'log'>,
): Promise<ReadSummary> {
  const readings = openReadings(o.dataDir);
  const documents = archivedDocuments(o.dataDir, o.portals);
  const single = await readNew(
    'reading documents',
    documents.flatMap(capturesOf).map((capture): Pictured => [capture]),
  );
  // Only now it is known which pages lack tables that their pictures may hold.
  const pictured = await readNew(
    'reading pictures',
    documents.map((document) => picturedOf(document, readings)).filter((page) => page !== null),
  );
  readings.flush();
  if (o.portals.length === 0) readings.prune();
  return { archived: single.wanted + pictured.wanted, read: single.read + pictured.read };

  async function readNew(title: string, pages: Pictured[]): Promise<{ wanted: number; read: number }> {
    const wanted = new Map(pages.map((page) => [readingKey(...page), page]));
    const waiting = [...wanted].filter(([key]) => !readings.has(key));
    if (waiting.length > 0) {
      const bar = log.bar(title, waiting.length);
      await readAll(
        waiting,
        ([, page]) => openBlobs(o.dataDir, page),
        ([key], document) => {
          readings.put(key, document);
          bar.step();
        },
      );
      bar.done();
    }
    return { wanted: wanted.size, read: waiting.length };
  }
}

/** What is read at once: one page or file, and the pictures that are read with a page. */
type Pictured = [StoredCapture, ...StoredCapture[]];

/** The page, and its files other than pictures, which say nothing without the page. */
const capturesOf = ({ verdict, article, attachments }: Document): StoredCapture[] =>
  verdict.kind !== 'other' && article !== null
    ? [article, ...attachments.filter(({ url, media_type }) => !isPicture(url, media_type))]
    : [];

/** The page with its pictures, where it lacks a table; null where there is nothing of the kind. */
function picturedOf({ verdict, article, attachments }: Document, readings: Readings): Pictured | null {
  if (verdict.kind === 'other' || article === null) return null;
  const pictures = attachments.filter(({ url, media_type }) => isPicture(url, media_type));
  const page = pictures.length > 0 ? readings.get(readingKey(article)) : null;
  return page && lacksTables(page.reading) ? [article, ...pictures] : null;
}

function openBlobs(dataDir: string, [capture, ...pictures]: Pictured): Input | Reading {
  const { sha256, url, final_url, headers } = capture;
  const hash = sha256 ?? '';
  try {
    return {
      bytes: getBlob(dataDir, hash),
      path: url,
      contentType: headers['content-type'] ?? null,
      sha256: hash,
      base: final_url,
      pictures: pictures.map((picture) => ({ url: picture.url, bytes: getBlob(dataDir, picture.sha256 ?? '') })),
    };
  } catch {
    return notRead(url, hash, finding('unreadable', [], { why: 'bytes_gone' }));
  }
}

/** Every discovered document with the one reading that speaks for it. */
export function readDocuments(dataDir: string, portals: string[] = []) {
  const readings = openReadings(dataDir);
  return archivedDocuments(dataDir, portals).map((document) => {
    const read = readingsOf(document, readings);
    return { document, reading: read ? withMissingFiles(combine(read.page, read.files), document.missing) : null };
  });
}

/** The readings of a document: of its page, and of the files the page offered. Null while any of it was not read. */
function readingsOf(document: Document, readings: Readings): { page: Reading; files: Reading[] } | null {
  const readingOf = (...captures: StoredCapture[]) => readings.get(readingKey(...captures))?.reading ?? null;
  const [page, ...files] = capturesOf(document).map((capture) => readingOf(capture));
  if (!page) return null;
  // One more file: where reading its pictures failed, the page still has what it says itself.
  const pictured = picturedOf(document, readings);
  if (pictured !== null) files.push(readingOf(...pictured));
  const read = files.filter((file) => file !== null);
  return read.length === files.length ? { page, files: read } : null;
}
