import type { Reading } from '../transforms/report.ts';
import { isPicture } from './attachments.ts';
import { documentsOf, lacksTables, type Document } from './archive/documents.ts';
import type { Effects } from './effects.ts';
import { readAll, unreadable, type Opened } from './reading/readers.ts';
import { BYTES_GONE, openReadings, readingKey, type Readings } from './archive/readings.ts';
import { getBlob, listedPortals, readCaptures, readLinks, sha256, type StoredCapture } from './archive/archive.ts';

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
  const one = (capture: StoredCapture): Unit => ({ key: readingKey(capture), captures: [capture] });
  const single = await readUnits('reading documents', documents.flatMap(capturesOf).map(one));
  // Only now it is known which pages lack tables that their pictures may hold.
  const pictured = await readUnits(
    'reading pictures',
    documents.flatMap((document) => picturedUnit(document, readings) ?? []),
  );
  readings.flush();
  if (o.portals.length === 0) readings.prune();
  return { archived: single.wanted + pictured.wanted, read: single.read + pictured.read };

  async function readUnits(title: string, units: Unit[]): Promise<{ wanted: number; read: number }> {
    const wanted = new Map(units.map((unit) => [unit.key, unit]));
    const waiting = [...wanted.values()].filter(({ key }) => !readings.has(key));
    if (waiting.length > 0) {
      const bar = log.bar(title, waiting.length);
      await readAll(
        waiting,
        ({ captures }) => openBlobs(o.dataDir, captures),
        ({ key }, reading) => {
          readings.put(key, reading);
          bar.step();
        },
      );
      bar.done();
    }
    return { wanted: wanted.size, read: waiting.length };
  }
}

/** What is read at once: one page or file, or a page with its pictures. */
interface Unit {
  key: string;
  captures: [StoredCapture, ...StoredCapture[]];
}

/** The page, and its files other than pictures, which say nothing without the page. */
const capturesOf = ({ verdict, article, attachments }: Document): StoredCapture[] =>
  verdict.kind === 'report' && article !== null
    ? [article, ...attachments.filter(({ url, media_type }) => !isPicture(url, media_type))]
    : [];

/** The page with its pictures, where it lacks a table; null where there is nothing of the kind. */
function picturedUnit({ verdict, article, attachments }: Document, readings: Readings): Unit | null {
  if (verdict.kind === 'other' || article === null) return null;
  const pictures = attachments.filter(({ url, media_type }) => isPicture(url, media_type));
  const page = pictures.length > 0 ? readings.get(readingKey(article)) : null;
  if (!page || !lacksTables(page)) return null;
  const captures: Unit['captures'] = [article, ...pictures];
  return { key: sha256(captures.map(readingKey).join('\n')), captures };
}

function openBlobs(dataDir: string, [capture, ...pictures]: Unit['captures']): Opened {
  const { sha256, url, final_url, headers } = capture;
  const hash = sha256 ?? '';
  try {
    const bytes = getBlob(dataDir, hash);
    const input = { bytes, path: url, contentType: headers['content-type'] ?? null, sha256: hash };
    if (pictures.length === 0) return { input };
    const shown = pictures.map((picture) => ({ url: picture.url, bytes: getBlob(dataDir, picture.sha256 ?? '') }));
    return { input, more: { base: final_url, pictures: shown } };
  } catch {
    return { reading: unreadable(url, hash, BYTES_GONE) };
  }
}

/** The readings of a document: of its page, and of the files the page offered. Null while any of it was not read. */
export function readingsOf(document: Document, readings: Readings): { page: Reading; files: Reading[] } | null {
  const [page, ...files] = capturesOf(document).map((capture) => readings.get(readingKey(capture)));
  if (!page) return null;
  // One more file: where reading its pictures failed, the page still has what it says itself.
  const unit = picturedUnit(document, readings);
  if (unit !== null) files.push(readings.get(unit.key));
  const read = files.filter((file) => file !== null);
  return read.length === files.length ? { page, files: read } : null;
}
