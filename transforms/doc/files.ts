import type { Doc, Picture } from './doc.ts';
import { isPictureAddress } from '../printed/file-types.ts';

/** A picture that was fetched from the absolute address under which a page shows or offers it. */
export interface FetchedPicture {
  url: string;
  bytes: Uint8Array;
}

/**
 * Files that a page at `url` offers, absolute and each once: linked documents first, then framed ones, then, where they
 * are asked for, the pictures the page shows, which may be the pages of a scan.
 */
export function offeredFiles({ files = [], base }: Doc, url: string, pictures: boolean): string[] {
  const from = baseOf(base, url);
  const wanted = (['linked', 'framed', ...(pictures ? (['shown'] as const) : [])] as const).flatMap((how) =>
    files.filter((file) => file.how === how),
  );
  const addresses = wanted.flatMap(({ address }) => absolute(address, from) ?? []);
  return [...new Set(addresses)].filter((address) => address !== url);
}

/** Whether an address or its declared type says that a file is a picture: it is read as part of its page. */
export const isPicture = (url: string, mediaType: string | null): boolean =>
  mediaType === null || mediaType === 'application/octet-stream'
    ? isPictureAddress(url)
    : mediaType.startsWith('image/');

/** The Doc of a page at `url` with fetched pictures in it: where it shows them, and at its end what it only links to. */
export function withFetched(doc: Doc, url: string, pictures: FetchedPicture[]): Doc {
  const { files = [], base } = doc;
  const from = baseOf(base, url);
  const left = new Map(pictures.map((picture) => [picture.url, picture.bytes]));
  const blocks = doc.blocks.map((block) => {
    const address = block.kind === 'picture' ? absolute(block.source, from) : null;
    const bytes = address === null ? undefined : left.get(address);
    if (address === null || bytes === undefined) return block;
    left.delete(address);
    return { ...block, bytes };
  });
  // A picture inside of a cell belongs to its cell: it is none of the article's.
  for (const { how, address } of files) if (how === 'shown') left.delete(absolute(address, from) ?? '');
  const linked = files.flatMap(({ address, name, origin, aside }): Picture[] => {
    const source = absolute(address, from) ?? '';
    const bytes = left.get(source);
    if (!left.delete(source) || !bytes) return [];
    return [{ kind: 'picture', source: address, alt: name, origin, bytes, ...(aside ? { aside } : {}) }];
  });
  return { ...doc, blocks: [...blocks, ...linked] };
}

const baseOf = (base: string | undefined, url: string): string => absolute(base ?? '', url) ?? url;

/** Absolute http(s) address without fragment, or null. */
function absolute(address: string, base: string): string | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  url.hash = '';
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}
