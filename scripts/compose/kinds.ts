import { annex } from './annex-kind.ts';
import { labels } from './labels-kind.ts';
import { layout } from './layouts-kind.ts';
import { look } from './looks-kind.ts';
import { loose } from './loose-kind.ts';
import { mht } from './mht-kind.ts';
import { doc, docx, rtf, xlsx } from './office-kinds.ts';
import { drawn, pdf, scan } from './paper-kinds.ts';
import { province } from './province-kind.ts';
import type { Recipe } from './recipe.ts';
import { text } from './text-kind.ts';
import { title } from './titles-kind.ts';
import { unit } from './units-kind.ts';
import { clone, embedded, encodings, garbled, html, many } from './web-kinds.ts';

/** Every kind of document that the corpus has. */
export const recipes = {
  html,
  mht,
  text,
  annex,
  province,
  clone,
  embedded,
  mojibake: garbled,
  encodings,
  many,
  labels,
  layout,
  look,
  title,
  unit,
  loose,
  docx,
  doc,
  rtf,
  xlsx,
  drawn,
  pdf,
  scan,
} satisfies Record<string, Recipe>;

export type Kind = keyof typeof recipes;
export const kinds = Object.keys(recipes) as Kind[];
