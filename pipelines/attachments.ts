import { load } from 'cheerio';

const FILE = /\.(?:pdf|docx?|xlsx?|wps|et|rtf|ofd|zip|tiff?|png|jpe?g)(?:[?#]|$)/i;
const PICTURE = /\.(?:png|jpe?g|tiff?)(?:[?#]|$)/i;
/** More files than any report has: a page with more is an index, not an article. */
const MOST = 12;

/**
 * Files that an article offers, absolute and each once: linked, framed or embedded documents first, and only when
 * there is none the pictures of the page, which may be the pages of a scan.
 */
export function offeredFiles(html: string, url: string): string[] {
  const $ = load(html);
  const base = absolute($('base[href]').attr('href') ?? '', url) ?? url;
  const found = (selector: string, attribute: string, test: RegExp) =>
    $(selector)
      .toArray()
      .flatMap((element) => absolute($(element).attr(attribute) ?? '', base) ?? [])
      .filter((address) => test.test(address));
  const files = [
    // A CMS may serve its attachments through an address that ends in no type.
    ...found('a[href]', 'href', FILE),
    ...found('a.nfw-cms-attachment[href]', 'href', /./),
    ...found('iframe[src], embed[src]', 'src', FILE),
    ...found('object[data]', 'data', FILE),
  ];
  const chosen = files.length > 0 ? files : found('img[src]', 'src', PICTURE);
  return [...new Set(chosen)].filter((address) => address !== url).slice(0, MOST);
}

function absolute(address: string, base: string): string | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  url.hash = '';
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}
