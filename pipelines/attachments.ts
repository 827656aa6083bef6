import { load } from 'cheerio';
import { embeddedBodies } from '../transforms/formats/html/scripts.ts';

const FILE = /\.(?:pdf|docx?|xlsx?|wps|et|rtf|ofd|zip|tiff?|png|jpe?g)(?:[?#]|$)/i;
const PICTURE = /\.(?:png|jpe?g|tiff?)(?:[?#]|$)/i;

/**
 * Files that an article offers, absolute and each once: linked, framed or embedded documents first, then, where they
 * are asked for, the pictures the page shows, which may be the pages of a scan. An article that stands in a script
 * offers the files it names there.
 */
export function offeredFiles(html: string, url: string, pictures: boolean): string[] {
  const $ = load(html);
  const base = absolute($('base[href]').attr('href') ?? '', url) ?? url;
  const found = (selector: string, attribute: string, test: RegExp) =>
    $(selector)
      .toArray()
      .flatMap((element) => absolute($(element).attr(attribute) ?? '', base) ?? [])
      .filter((address) => test.test(address));
  const embedded = embeddedBodies(
    $('script')
      .toArray()
      .map((script) => $(script).text()),
  );
  const files = [
    // A CMS may serve its attachments through an address that ends in no type.
    ...found('a[href]', 'href', FILE),
    ...found('a.nfw-cms-attachment[href]', 'href', /./),
    ...found('iframe[src], embed[src]', 'src', FILE),
    ...found('object[data]', 'data', FILE),
    ...(pictures ? found('img[src]', 'src', PICTURE) : []),
    ...embedded.flatMap((body) => offeredFiles(body, base, pictures)),
  ];
  return [...new Set(files)].filter((address) => address !== url);
}

/** Whether an address or its declared type says that a file is a picture: it is read as part of its page. */
export const isPicture = (url: string, mediaType: string | null): boolean =>
  mediaType === null || mediaType === 'application/octet-stream' ? PICTURE.test(url) : mediaType.startsWith('image/');

/** The page with its pictures inside it: what it shows where it shows it, what it only links to at its end. */
export function withPictures(html: string, url: string, pictures: { url: string; bytes: Uint8Array }[]): string {
  const $ = load(html);
  const base = absolute($('base[href]').attr('href') ?? '', url) ?? url;
  for (const picture of pictures) {
    const data = `data:image/png;base64,${Buffer.from(picture.bytes).toString('base64')}`;
    const shown = $('img[src]').filter((_, img) => absolute($(img).attr('src') ?? '', base) === picture.url);
    if (shown.length > 0) shown.first().attr('src', data);
    else $('body').append($('<img>').attr('src', data));
  }
  return $.html();
}

function absolute(address: string, base: string): string | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  url.hash = '';
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}
