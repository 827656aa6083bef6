import type { Element } from 'domhandler';
import type { LinkedFile } from '../../doc/doc.ts';
import { isFileAddress, isPictureAddress } from '../../printed/file-types.ts';
import { literalsIn, literalsOf } from './literals.ts';
import { ATTACHMENT_CLASSES, ATTACHMENT_PAGES } from './systems.ts';

/**
 * Files that an element offers: the one place that says what is a file. Addresses end in its type, or name it in a
 * parameter (a viewer's, a download program's), or only say that they download; what comes is judged by its bytes.
 */
export function offersOf(node: Element, text: string): Pick<LinkedFile, 'how' | 'address'>[] {
  const { name, attribs } = node;
  if (name === 'img') return shownBy(attribs).map((address) => ({ how: 'shown', address }));
  if (name === 'script') return filesIn(literalsIn(node)).map((address) => ({ how: 'framed', address }));
  if (!mayOffer(attribs)) return [];
  const how = name === 'a' ? 'linked' : 'framed';
  const addresses = new Set<string>();
  const own = attribs[REFERENCES.get(name) ?? ''];
  if (
    own &&
    (isFileAddress(viewed(own)) ||
      isDownload(own) ||
      (name === 'a' &&
        (isAttachment(attribs) || namesFile(attribs.download ?? text) || namesFile(attribs.title ?? ''))))
  )
    addresses.add(viewed(own));
  for (const attribute of DATA) {
    const value = attribs[attribute];
    if (value && isFileAddress(viewed(value))) addresses.add(viewed(value));
  }
  for (const code of [attribs.onclick, /^\s*javascript:/i.test(own ?? '') ? own : undefined])
    if (code) for (const address of filesIn(literalsOf(code))) addresses.add(address);
  return [...addresses].map((address) => ({ how, address }));
}

const REFERENCES = new Map([
  ['a', 'href'],
  ['area', 'href'],
  ['iframe', 'src'],
  ['frame', 'src'],
  ['embed', 'src'],
  ['object', 'data'],
  // Of iList.jsp.
  ['file', 'href'],
]);
/** Where scripts of viewers keep the address. */
const DATA = ['data-pdf', 'data-src', 'data-url', 'data-href', 'data-file', 'file', 'to-href'];
/** Most elements have nothing but looks: one question is enough for them. */
const TELLING = new Set([...REFERENCES.values(), ...DATA, 'onclick']);
function mayOffer(attribs: Element['attribs']): boolean {
  for (const name in attribs) if (TELLING.has(name)) return true;
  return false;
}
/** Where pictures that are loaded late keep theirs; `src` holds a placeholder then. */
const LATE = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-actualsrc',
  'data-url',
  '_src',
  'original',
];

const shownBy = (attribs: Element['attribs']): string[] => {
  const address = pictureAddress(attribs);
  return isPictureAddress(address) ? [address] : [];
};

/** The address of a picture, also of one that is loaded late. */
export const pictureAddress = (attribs: Element['attribs']): string =>
  LATE.map((attribute) => attribs[attribute] ?? '').find(isPictureAddress) ?? attribs.src ?? '';

/** What a link is called may say what it is where its address does not (`附件.docx` behind `t1.shtml`). */
const namesFile = (name: string): boolean => isFileAddress(name.trim()) && !isPictureAddress(name);

const isAttachment = (attribs: Element['attribs']): boolean =>
  (attribs.class ?? '').split(/\s+/).some((one) => ATTACHMENT_CLASSES.includes(one));

/** Programs that hand out a file (Hanweb, Webber and their like): `downfile.jsp`, `download.do?id=7`. */
const DOWNLOAD =
  /(?:^|\/)(?:down(?:load)?(?:_?file|attach\w{0,10})?|file_?down(?:load)?|attach(?:ment)?_?down(?:load)?)(?:\.(?:jsp|do|action|aspx?|php|ashx|s?html?))?\?/i;
const isDownload = (address: string) => DOWNLOAD.test(address) || ATTACHMENT_PAGES.test(address);

/** The file that a viewer is told to show (`viewer.html?file=a.pdf`, relative to the viewer); of any other address, itself. */
function viewed(address: string): string {
  if (isDownload(address)) return address;
  const inner = /[?&#](?:file|url|src|pdf|path|fileurl|pdfurl)=([^&#]+)/i.exec(address)?.[1];
  if (inner === undefined) return address;
  try {
    const file = decodeURIComponent(inner);
    if (!isFileAddress(file)) return address;
    return /^(?:\/|[a-z]+:)/i.test(file) ? file : address.replace(/[?#].*$/s, '').replace(/[^/]*$/, '') + file;
  } catch {
    return address;
  }
}

/** Files that code names in its literals: `window.open('…')`, `PDFObject.embed("…")`. */
const filesIn = (literals: string[]): string[] =>
  literals
    .filter((literal) => literal.length < LONGEST_ADDRESS && !/[\s<>]/.test(literal))
    .flatMap((literal) =>
      isDownload(literal) || /[\w/]\.(?:pdf|docx?|xlsx?|wps|ofd|rtf|mht(?:ml)?|ceb)(?:[?#&]|$)/i.test(literal)
        ? [viewed(literal)]
        : [],
    );
const LONGEST_ADDRESS = 2000;
