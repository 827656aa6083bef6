import { compile, selectAll } from 'css-select';
import { parse as parseSelectors, type Selector } from 'css-what';
import type { CssNode, StyleSheet } from 'css-tree';
import parse from 'css-tree/parser';
import type { AnyNode, Document, Element } from 'domhandler';

/**
 * Writes what the style sheets in a page say about how its text is seen into the `style` of the elements that they are
 * about, so that only the element has to be asked afterwards (`look.ts`). Sheets of other addresses are not here.
 * `colours`: what they say about colours too.
 */
export function writeSheetsIntoElements(root: Document, page: string, colours: boolean): void {
  if (!HAS_SHEET.test(page)) return;
  const rules = selectAll<AnyNode, Element>('style', root.children).flatMap((sheet) => rulesOf(sheet, colours));
  const about = new Set<Element>();
  // Text of no size ends at an element with a size of its own.
  const sizes = rules.some(({ alters, plain, important }) => alters && TINY.test(plain + important));
  for (const rule of rules)
    if (
      rule.alters ||
      (sizes && rule.plain.includes('font-size')) ||
      (colours && COLOURS.test(rule.plain + rule.important))
    )
      for (const node of selectAll<AnyNode, Element>(rule.matches, root.children)) about.add(node);
  for (const node of about) writeInto(node, rules);
}

const HAS_SHEET = /<style\b/i;
const COLOURS = /color|background/i;
const TINY = /font-size\s*:\s*0/i;

/** Declarations that take text away from a reader, put some there, or set it off: only rules with one are looked at. */
const ALTERS =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|line-through|font-size\s*:\s*0|opacity\s*:\s*0|(?:left|top|right|bottom|indent)\s*:\s*-|clip\s*:|height\s*:\s*0|width\s*:\s*0|vertical-align\s*:\s*(?:su[pb]|text-top|-?\.?\d)|text-raise|mso-hide\s*:\s*all|gradient\(|content\s*:\s*(?:["'][^"']*\d|attr)/i;

/** Those that such a declaration competes with, or needs. */
const PROPERTIES = new Set(
  'display visibility text-decoration text-decoration-line font-size opacity position left top right bottom text-indent clip overflow height max-height width vertical-align mso-text-raise mso-hide content color background background-color background-image'.split(
    ' ',
  ),
);

interface Rule {
  matches: (node: Element) => boolean;
  /** Of text before or after the element and not of the element. */
  beside: boolean;
  specificity: number;
  plain: string;
  important: string;
  alters: boolean;
}

function rulesOf(style: Element, colours: boolean): Rule[] {
  const css = style.children.map((child) => ('data' in child ? child.data : '')).join('');
  if (!(ALTERS.test(css) || (colours && COLOURS.test(css))) || !applies(style.attribs.media ?? '')) return [];
  const sheet = parse(css, {
    parseValue: false,
    parseRulePrelude: false,
    parseAtrulePrelude: false,
    parseCustomProperty: false,
  }) as StyleSheet;
  return rulesIn(sheet.children.toArray());
}

function rulesIn(nodes: CssNode[]): Rule[] {
  return nodes.flatMap((node): Rule[] => {
    if (node.type === 'Atrule' && node.name.toLowerCase() === 'media' && node.block)
      return applies(rawOf(node.prelude)) ? rulesIn(node.block.children.toArray()) : [];
    if (node.type !== 'Rule') return [];
    let plain = '';
    let important = '';
    for (const declaration of node.block.children.toArray()) {
      if (declaration.type !== 'Declaration' || !PROPERTIES.has(declaration.property.toLowerCase())) continue;
      const text = `${declaration.property}:${rawOf(declaration.value)};`;
      if (declaration.important) important += text;
      else plain += text;
    }
    if (plain + important === '') return [];
    const alters = ALTERS.test(plain + important);
    return selectorsOf(rawOf(node.prelude)).map((selector) => ({ ...selector, plain, important, alters }));
  });
}

const rawOf = (node: CssNode | null): string => (node?.type === 'Raw' ? node.value : '');

/** One that is not known makes its rule void. */
function selectorsOf(text: string): Pick<Rule, 'matches' | 'beside' | 'specificity'>[] {
  try {
    return parseSelectors(text).map((all) => {
      const selector = all.filter((part) => !isBeside(part));
      const matches = compile<AnyNode, Element>([selector]);
      return { matches, beside: selector.length < all.length, specificity: specificityOf(all) };
    });
  } catch {
    return [];
  }
}

const isBeside = (part: Selector): boolean =>
  part.type === 'pseudo-element' && (part.name === 'before' || part.name === 'after');

/** Ids before classes and attributes before elements. */
function specificityOf(selector: Selector[]): number {
  let sum = 0;
  for (const part of selector)
    if (part.type === 'attribute') sum += part.name === 'id' && part.action === 'equals' ? 10_000 : 100;
    else if (part.type === 'pseudo') sum += 100;
    else if (part.type === 'tag' || part.type === 'pseudo-element') sum += 1;
  return sum;
}

/** Pixels of the window of whoever reads a report on a computer. */
const WINDOW = 1280;

function applies(media: string): boolean {
  if (media.trim() === '') return true;
  return media
    .toLowerCase()
    .split(',')
    .some((query) => query.split(/\band\b/).every(holds));
}

function holds(part: string): boolean {
  const bound = /^\(\s*(min|max)-width\s*:\s*(\d+)px\s*\)$/.exec(part.trim());
  if (bound) return bound[1] === 'min' ? Number(bound[2]) <= WINDOW : Number(bound[2]) >= WINDOW;
  return /^(?:only\s+)?(?:all|screen)$/.test(part.trim());
}

/** As the cascade has it: by specificity, then in order; after the element's own, what is important. */
function writeInto(node: Element, rules: Rule[]): void {
  const own = rules.filter(({ matches }) => matches(node)).toSorted((a, b) => a.specificity - b.specificity);
  const of = (kind: 'plain' | 'important') =>
    own.map((rule) => (rule.beside ? contentOf(rule[kind]) : withoutContent(rule[kind]))).join('');
  node.attribs.style = `${of('plain')};${node.attribs.style ?? ''};${of('important')}`;
}

const CONTENT = /content:[^;]*;/g;
const contentOf = (declarations: string): string => declarations.match(CONTENT)?.join('') ?? '';
const withoutContent = (declarations: string): string => declarations.replace(CONTENT, '');
