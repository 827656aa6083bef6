import type { Picture } from '../../doc/doc.ts';
import type { PageGeometry } from './types.ts';

/** Text of a page that is really a picture: a stamp, a page number. */
const STRAY_GLYPHS = 60;
/** Share of the page from which a picture may hold a table. */
const LARGE = 0.12;
/** Curves of a page whose text is drawn as outlines. */
const OUTLINED = 2000;

/** The page as a picture, when what it says is not in its text; null otherwise. */
export function pictureOf({ number, width, height, images, glyphs, unmapped, curves }: PageGeometry): Picture | null {
  const picture: Picture = { kind: 'picture', source: `page ${number}`, alt: '', origin: `page ${number}` };
  if (isGarbled(glyphs.length, unmapped)) return picture;
  if (glyphs.length <= STRAY_GLYPHS && curves > OUTLINED) return picture;
  const bare = images.some((image) => {
    if ((image.x1 - image.x0) * (image.y1 - image.y0) < LARGE * width * height) return false;
    const onTop = glyphs.filter((g) => g.x0 >= image.x0 && g.x1 <= image.x1 && g.y0 >= image.y0 && g.y1 <= image.y1);
    return onTop.length <= STRAY_GLYPHS;
  });
  return bare ? picture : null;
}

/** Fonts without a way from glyphs to characters: the page can only be looked at. */
const isGarbled = (glyphs: number, unmapped: number): boolean => glyphs > 0 && unmapped > 0.3 * glyphs;

/** False for pages without text, and for scans with no more than a page number or a stamp in text. */
export function hasText(page: PageGeometry): boolean {
  const { length } = page.glyphs;
  if (length === 0 || isGarbled(length, page.unmapped)) return false;
  return length > STRAY_GLYPHS || pictureOf(page) === null;
}
