import type { Picture } from '../../doc/doc.ts';
import { overlaps, widen, type Box } from '../geometry/box.ts';
import type { PageGeometry } from './types.ts';

/** Text of a page that is really a picture: a stamp, a page number. */
const STRAY_GLYPHS = 60;
/** Share of the page from which a picture may hold a table. */
const LARGE = 0.12;
/** Shares of the page from which a broad one may: the shortest table of the form has four rows. */
const BROAD = 0.5;
const LEAST = 0.04;
/** Points between strips into which producers cut one picture. */
const STRIP_GAP = 1.5;
/** Curves of a page whose text is drawn as outlines. */
const OUTLINED = 2000;

export interface PlacedPicture {
  box: Box;
  picture: Picture;
}

/** What the page says that is not in its text: the page itself as a picture, or pictures beside its text. */
export function picturesOf(page: PageGeometry): PlacedPicture[] {
  const { number, width, height, glyphs, curves } = page;
  const origin = `page ${number}`;
  const picture: Picture = { kind: 'picture', source: origin, alt: '', origin };
  const whole = [{ box: { x0: 0, y0: height, x1: width, y1: height }, picture }];
  if (isGarbled(page)) return whole;
  const few = glyphs.length <= STRAY_GLYPHS;
  if (few && curves > OUTLINED) return whole;
  const pictures = wholePictures(page).filter((box) => mayHoldTable(box, page) && isBare(box, page));
  if (pictures.length > 0 && (few || !page.upright)) return whole;
  return pictures.map((box) => ({
    box,
    picture: {
      ...picture,
      part: { x0: box.x0 / width, y0: box.y0 / height, x1: box.x1 / width, y1: box.y1 / height },
    },
  }));
}

function mayHoldTable({ x0, y0, x1, y1 }: Box, { width, height }: PageGeometry): boolean {
  const share = ((x1 - x0) * (y1 - y0)) / (width * height);
  return share >= LARGE || (share >= LEAST && x1 - x0 >= BROAD * width);
}

const isBare = ({ x0, y0, x1, y1 }: Box, { glyphs }: PageGeometry): boolean =>
  glyphs.filter((g) => g.x0 >= x0 && g.x1 <= x1 && g.y0 >= y0 && g.y1 <= y1).length <= STRAY_GLYPHS;

/** More than any page has that is not drawn of pictures. */
const MOST_PICTURES = 500;

/** Strips of one picture put together again, as far as they lie on the page. */
function wholePictures({ images, width, height }: PageGeometry): Box[] {
  const pictures: Box[] = [];
  for (const image of images.slice(0, MOST_PICTURES).sort((a, b) => a.y0 - b.y0)) {
    const [x0, y0] = [Math.max(0, image.x0), Math.max(0, image.y0)];
    const [x1, y1] = [Math.min(width, image.x1), Math.min(height, image.y1)];
    if (x1 <= x0 || y1 <= y0) continue;
    const reach = { x0: x0 - STRIP_GAP, y0: y0 - STRIP_GAP, x1: x1 + STRIP_GAP, y1: y1 + STRIP_GAP };
    const above = pictures.find((picture) => overlaps(picture, reach));
    if (above) widen(above, { x0, y0, x1, y1 });
    else pictures.push({ x0, y0, x1, y1 });
  }
  return pictures;
}

/** Fonts without a way from glyphs to characters: the page can only be looked at. */
const isGarbled = ({ glyphs, unmapped }: PageGeometry): boolean => glyphs.length > 0 && unmapped > 0.3 * glyphs.length;

/** False for pages without text, and for scans with no more than a page number or a stamp in text. */
export function hasText(page: PageGeometry): boolean {
  const { length } = page.glyphs;
  if (length === 0 || isGarbled(page)) return false;
  return length > STRAY_GLYPHS || picturesOf(page).length === 0;
}
