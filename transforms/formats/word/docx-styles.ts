import type { Element } from 'domhandler';
import { lookOrElse, runLook, shadeOf, type RunLook } from './docx-look.ts';
import type { Level } from './list-numbers.ts';
import { attribute, child, childrenOf, nameOf, numberOf } from './docx-xml.ts';

/** What a style says that matters here, of paragraphs or of runs; null where it says nothing. */
export interface Style {
  /** Level of heading from 1; null for body text. */
  heading: number | null;
  list: string | null;
  listLevel: number | null;
  look: RunLook;
  /** Of a style of tables: it gives some of their cells a colour. */
  shaded: boolean;
}

const none: Style = { heading: null, list: null, listLevel: null, look: runLook(undefined), shaded: false };

/** Properties of a paragraph or of a paragraph style (`w:pPr`). */
export function paragraphStyle(properties: Element | undefined): Style {
  const outline = numberOf(attribute(child(properties, 'outlineLvl'), 'val'));
  const numbering = child(properties, 'numPr');
  return {
    heading: outline !== null && outline >= 0 && outline < 9 ? outline + 1 : null,
    list: attribute(child(numbering, 'numId'), 'val'),
    listLevel: numberOf(attribute(child(numbering, 'ilvl'), 'val')),
    look: none.look,
    shaded: false,
  };
}

/** `first` where it says something, else `then`. */
export const orElse = (first: Style, then: Style): Style => ({
  heading: first.heading ?? then.heading,
  list: first.list ?? then.list,
  listLevel: first.listLevel ?? then.listLevel,
  look: lookOrElse(first.look, then.look),
  shaded: first.shaded || then.shaded,
});

/** Styles by id, with what they inherit. */
export function readStyles(root: Element | null): Map<string, Style> {
  const elements = new Map<string, Element>();
  for (const style of root ? childrenOf(root) : []) {
    const id = nameOf(style) === 'style' ? attribute(style, 'styleId') : null;
    if (id !== null) elements.set(id, style);
  }
  const resolve = (id: string, depth: number): Style => {
    const element = elements.get(id);
    // A circle of styles ends here too.
    if (!element || depth > 20) return none;
    const own = {
      ...paragraphStyle(child(element, 'pPr')),
      look: runLook(child(element, 'rPr')),
      shaded: hasShade(element),
    };
    const base = attribute(child(element, 'basedOn'), 'val');
    const named = { ...own, heading: own.heading ?? headingOf(attribute(child(element, 'name'), 'val') ?? '') };
    return base === null ? named : orElse(named, resolve(base, depth + 1));
  };
  return new Map([...elements.keys()].map((id) => [id, resolve(id, 0)]));
}

/** In the properties of its cells, or of those of its first row and the like. */
function hasShade(style: Element): boolean {
  const parts = [style, ...childrenOf(style).filter((part) => nameOf(part) === 'tblStylePr')];
  return parts.some((part) => ['tblPr', 'tcPr'].some((name) => shadeOf(child(part, name)) !== undefined));
}

function headingOf(name: string): number | null {
  const level = /^(?:heading|标题|標題)\s*([1-9])$/i.exec(name.trim());
  if (level) return Number(level[1]);
  return /^(?:title|标题|標題)$/i.test(name.trim()) ? 1 : null;
}

export interface List {
  /** Lists with the same key go on counting together. */
  key: string;
  levels: Level[];
}

/** Lists by `w:numId`. */
export function readNumbering(root: Element | null): Map<string, List> {
  const abstract = new Map<string, Level[]>();
  const lists = new Map<string, List>();
  for (const element of root ? childrenOf(root) : []) {
    if (nameOf(element) === 'abstractNum') abstract.set(attribute(element, 'abstractNumId') ?? '', readLevels(element));
    if (nameOf(element) !== 'num') continue;
    const id = attribute(element, 'numId') ?? '';
    const base = attribute(child(element, 'abstractNumId'), 'val') ?? '';
    const levels = [...(abstract.get(base) ?? [])];
    const overrides = childrenOf(element).filter((e) => nameOf(e) === 'lvlOverride');
    for (const override of overrides) {
      const at = levelIndex(override);
      const start = numberOf(attribute(child(override, 'startOverride'), 'val'));
      const own = child(override, 'lvl');
      const level = own ? readLevel(own) : levels[at];
      if (level) levels[at] = start === null ? level : { ...level, start };
    }
    lists.set(id, { key: overrides.length > 0 ? `num ${id}` : `abstract ${base}`, levels });
  }
  return lists;
}

const levelIndex = (element: Element) => Math.min(Math.max(numberOf(attribute(element, 'ilvl')) ?? 0, 0), 8);

function readLevels(element: Element): Level[] {
  const levels: Level[] = [];
  for (const level of childrenOf(element)) if (nameOf(level) === 'lvl') levels[levelIndex(level)] = readLevel(level);
  return levels;
}

const readLevel = (level: Element): Level => ({
  format: attribute(child(level, 'numFmt'), 'val') ?? 'decimal',
  text: attribute(child(level, 'lvlText'), 'val') ?? '',
  start: numberOf(attribute(child(level, 'start'), 'val')) ?? 1,
});
