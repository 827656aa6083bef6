import { groupedBy } from '../transforms/grouped.ts';
import { finding, type Finding } from '../transforms/findings.ts';
import type { Reading } from '../transforms/report.ts';
import { isPicture, type FetchedPicture } from '../transforms/doc/files.ts';
import type { Input } from '../transforms/read.ts';
import { ifThere, linksOf, readingKey, type Archive, type Readings, type StoredCapture } from './archive/archive.ts';
import {
  combine,
  documentsOf,
  lacksTables,
  resultOf,
  versionsOf,
  withMissingFiles,
  type Document,
  type Result,
} from './archive/documents.ts';
import type { Effects } from './effects.ts';
import { notRead } from './reading/pool.ts';
import { readAll } from './reading/readers.ts';

export interface ReadSummary {
  /** Copies in the archive that belong to documents, each once: the sum of the next three. */
  archived: number;
  /** Of pages, of files that they offer, and pages that are read once more with their pictures. */
  pages: number;
  files: number;
  pictured: number;
  /** Of those, read now; the others had been read by the same code. */
  read: number;
}

/** Everything listed on the portals asked for (all when left out), with what the archive holds of it. */
export const archivedDocuments = async (archive: Archive, portals?: string[]): Promise<Document[]> =>
  documentsOf(await linksOf(archive, portals), await archive.captures.read());

/** Reads what the archive holds and this version of the code has not read yet. Fetches nothing. */
export async function readArchive(
  { portals }: { portals?: string[] },
  { archive, log }: Pick<Effects, 'archive' | 'log'>,
): Promise<ReadSummary> {
  const readings = await archive.openReadings();
  const documents = await archivedDocuments(archive, portals);
  const summary: ReadSummary = { archived: 0, pages: 0, files: 0, pictured: 0, read: 0 };
  const versions = documents.flatMap(versionsOf);
  const alone = versions.flatMap(capturesOf).map((capture): Pictured => [capture]);
  await readNew('reading documents', alone);
  const kinds = new Map(alone.map(([capture]) => [readingKey(capture), capture.kind]));
  for (const kind of kinds.values()) summary[kind === 'article' ? 'pages' : 'files']++;
  // Only now it is known which pages lack tables that their pictures may hold.
  const pages: Pictured[] = [];
  for (const version of versions) {
    const page = await picturedOf(version, readings);
    if (page !== null) pages.push(page);
  }
  await readNew('reading pictures', pages);
  summary.pictured = summary.archived - summary.pages - summary.files;
  await readings.flush();
  if (portals === undefined) await readings.prune();
  return summary;

  async function readNew(title: string, pages: Pictured[]): Promise<void> {
    const wanted = new Map(pages.map((page) => [readingKey(...page), page]));
    const waiting = [...wanted].flatMap(([key, page]) =>
      readings.has(key) ? [] : [{ key, page, lost: [] as Finding[] }],
    );
    if (waiting.length > 0) {
      const bar = log.bar(title, waiting.length);
      await readAll(
        waiting,
        ({ page, lost }) => openBlobs(archive, page, lost),
        async ({ key, lost }, { reading, files }) => {
          await readings.put(key, { reading: { ...reading, findings: [...reading.findings, ...lost] }, files });
          bar.step();
        },
      );
      bar.done();
    }
    summary.archived += wanted.size;
    summary.read += waiting.length;
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
async function picturedOf({ verdict, article, attachments }: Document, readings: Readings): Promise<Pictured | null> {
  if (verdict.kind === 'other' || article === null) return null;
  const pictures = attachments.filter(({ url, media_type }) => isPicture(url, media_type));
  const page = pictures.length > 0 ? await readings.get(readingKey(article)) : null;
  return page && lacksTables(page.reading) ? [article, ...pictures] : null;
}

/** The page with those of its pictures that are there, or why it cannot be read; `lost` takes a finding for each other. */
async function openBlobs(
  { blobs }: Archive,
  [{ sha256, url, final_url, headers }, ...captures]: Pictured,
  lost: Finding[],
): Promise<Input | Reading> {
  const hash = sha256 ?? '';
  const bytes = await ifThere(blobs.get(hash));
  if (bytes === null) return notRead(url, hash, finding('unreadable', [], { why: 'bytes_gone' }));
  const pictures: FetchedPicture[] = [];
  for (const picture of captures) {
    const seen = await ifThere(blobs.get(picture.sha256 ?? ''));
    if (seen) pictures.push({ url: picture.url, bytes: seen });
    else lost.push(finding('unreadable', [], { why: 'bytes_gone', file: picture.url }));
  }
  return { bytes, path: url, contentType: headers['content-type'] ?? null, sha256: hash, base: final_url, pictures };
}

/** Every discovered document with the one reading that speaks for it, one after the other: all together are large. */
export async function* readDocuments(archive: Archive, portals?: string[]): AsyncGenerator<Result> {
  const resultFor = resultsOf(archive, await archive.openReadings());
  for (const document of await archivedDocuments(archive, portals)) yield await resultFor(document);
}

/** What speaks for a document, by its readings and by what a person believes. */
export function resultsOf({ accounts }: Archive, readings: Readings): (document: Document) => Promise<Result> {
  const believed = groupedBy(accounts.believed(), ({ url }) => [url]);
  return (document) => {
    const right = new Set(believed.get(document.url)?.map(({ sha256 }) => sha256));
    return resultOf(document, (version) => readingOf(version, readings), right);
  };
}

async function readingOf(document: Document, readings: Readings): Promise<Reading | null> {
  const read = await readingsOf(document, readings);
  return read && withMissingFiles(combine(read.page, read.files), document.missing);
}

/** The readings of a document: of its page, and of the files the page offered. Null while any of it was not read. */
async function readingsOf(document: Document, readings: Readings): Promise<{ page: Reading; files: Reading[] } | null> {
  const readingOf = async (...captures: StoredCapture[]) =>
    (await readings.get(readingKey(...captures)))?.reading ?? null;
  const [page, ...files] = await Promise.all(capturesOf(document).map((capture) => readingOf(capture)));
  if (!page) return null;
  // One more file: where reading its pictures failed, the page still has what it says itself.
  const pictured = await picturedOf(document, readings);
  if (pictured !== null) files.push(await readingOf(...pictured));
  const read = files.filter((file) => file !== null);
  return read.length === files.length ? { page, files: read } : null;
}
