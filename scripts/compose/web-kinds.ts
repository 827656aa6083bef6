import { cloneDamages } from './clones.ts';
import { composedTruth, utf8, withoutDivision } from './composed.ts';
import { drawDamage, drawFigures } from './draw.ts';
import { embeddings, type EmbeddedPage } from './embedded.ts';
import { encode } from './encode.ts';
import { htmlPage, type HtmlStyle } from './html.ts';
import { manyPages } from './many.ts';
import { mojibake } from './mojibake.ts';
import { createRandom, seedOf, type Random } from './random.ts';
import { drawCharset, named, type Recipe } from './recipe.ts';
import { htmlStyles, styleOf } from './styles.ts';
import { hz, inTwoEncodings } from './two-encodings.ts';

function drawHtmlStyle(seed: number, random: Random): [string, HtmlStyle] {
  return random.chance(0.4) ? named<HtmlStyle>(htmlStyles, random) : ['drawn', styleOf(seedOf(seed, 'style'))];
}

export const html: Recipe = (seed) => {
  const random = createRandom(seed);
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const [name, drawn] = drawHtmlStyle(seed, random);
  const { charset, style } = drawCharset(drawn, random);
  return {
    extension: 'html',
    bytes: encode(htmlPage(f, style), charset),
    truth: composedTruth(f, ['html', name, damage, charset], style.amounts),
  };
};

/** Bodies inside scripts have no texts between tags to damage. */
const openFrame = (style: HtmlStyle): HtmlStyle => (style.frame === 'gkmlpt' ? { ...style, frame: 'nfcms' } : style);

export const clone: Recipe = (seed) => {
  const random = createRandom(seed);
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const [name, spoil] = named(cloneDamages, random);
  const script = random.chance(0.5) && name !== 'taiwan' && name !== 'slips' ? 'traditional' : 'simplified';
  const style: HtmlStyle = { ...openFrame(styleOf(seedOf(seed, 'style'))), script };
  return {
    extension: 'html',
    bytes: utf8(spoil(htmlPage(f, style), random)),
    truth: composedTruth(f, ['clone', name, damage], style.amounts),
  };
};

export const garbled: Recipe = (seed) => {
  const random = createRandom(seed);
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const readAs = random.pick(['latin1', 'windows-1252', 'gbk'] as const);
  const bytes = random.chance(0.3) ? 'lost' : 'kept';
  const style: HtmlStyle = { ...styleOf(seedOf(seed, 'style')), script: 'simplified' };
  const truth = composedTruth(f, ['mojibake', readAs, bytes, damage], style.amounts, () => bytes === 'lost');
  return {
    extension: 'html',
    bytes: utf8(mojibake(htmlPage(f, style), { readAs, bytes })),
    truth: bytes === 'kept' ? truth : { ...truth, report: { publisher: null, division_code: null, year: null } },
  };
};

/** A page that is written in two encodings, or in one of seven bits. */
export const encodings: Recipe = (seed) => {
  const random = createRandom(seed);
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const style: HtmlStyle = { ...styleOf(seedOf(seed, 'style')), script: 'simplified' };
  const [name, write] = named(
    {
      gbkFirst: (page: string) => inTwoEncodings(page, 'gb18030', 'utf-8'),
      utf8First: (page: string) => inTwoEncodings(page, 'utf-8', 'gb18030'),
      hz,
    },
    random,
  );
  const bytes = write(htmlPage(f, style));
  return { extension: 'html', bytes, truth: composedTruth(f, ['encodings', name, damage], style.amounts) };
};

export const many: Recipe = (seed) => {
  const random = createRandom(seed);
  const f = drawFigures(seed);
  const [name, make] = named(manyPages, random);
  const style: HtmlStyle = { ...openFrame(styleOf(seedOf(seed, 'style'))), script: 'simplified' };
  const { page, undecidable } = make(f, style, random);
  return {
    extension: 'html',
    bytes: utf8(page),
    truth: composedTruth(f, ['many', name], style.amounts, undecidable),
  };
};

export const embedded: Recipe = (seed) => {
  const random = createRandom(seed);
  const { f, damage } = drawDamage(drawFigures(seed), seed);
  const [name, embed] = named(embeddings, random);
  const style: HtmlStyle = { ...openFrame(styleOf(seedOf(seed, 'style'))), script: 'simplified' };
  const { text, extension, metas }: EmbeddedPage = embed(f, style, random);
  const truth = composedTruth(f, ['embedded', name, damage], style.amounts);
  return { extension, bytes: utf8(text), truth: metas ? truth : withoutDivision(truth) };
};
