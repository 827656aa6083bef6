import { documentsOf, type Document } from './documents.ts';
import type { Effects } from './effects.ts';
import { readAll, unreadable, type Opened } from './readers.ts';
import { openReadings, readingKey, type Readings } from './readings.ts';
import { getBlob, listedPortals, readCaptures, readLinks, type StoredCapture } from './store.ts';

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
  const wanted = new Map<string, StoredCapture>();
  for (const document of archivedDocuments(o.dataDir, o.portals)) {
    for (const capture of capturesOf(document)) wanted.set(readingKey(capture), capture);
  }
  const waiting = [...wanted].filter(([key]) => !readings.has(key));
  const bar = log.bar('reading documents', waiting.length);
  await readAll(
    waiting,
    ([, capture]) => openBlob(o.dataDir, capture),
    ([key], reading) => {
      readings.put(key, reading);
      bar.step();
    },
  );
  bar.done();
  readings.flush();
  if (o.portals.length === 0) readings.prune();
  return { archived: wanted.size, read: waiting.length };
}

const capturesOf = ({ verdict, article, attachments }: Document): StoredCapture[] =>
  verdict.kind === 'report' && article !== null ? [article, ...attachments] : [];

function openBlob(dataDir: string, { sha256, url, headers }: StoredCapture): Opened {
  const hash = sha256 ?? '';
  try {
    const bytes = getBlob(dataDir, hash);
    return { input: { bytes, path: url, contentType: headers['content-type'] ?? null, sha256: hash } };
  } catch {
    // Without the path: findings are published.
    return { reading: unreadable(url, hash, 'its bytes in the archive are missing or damaged') };
  }
}

/** The readings of a document: of its page, and of the files the page offered. Null while the page was not read. */
export function readingsOf(document: Document, readings: Readings) {
  const [page, ...files] = capturesOf(document).map((capture) => readings.get(readingKey(capture)));
  return page ? { page, files: files.filter((file) => file !== null && file !== undefined) } : null;
}
