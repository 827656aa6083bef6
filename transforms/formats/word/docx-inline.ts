import type { Element } from 'domhandler';
import type { Picture } from '../../doc/doc.ts';
import type { Colour } from '../../doc/ink.ts';
import type { Look, Run } from '../../doc/runs.ts';
import { Unreadable } from '../../findings.ts';
import { lookOf, lookOrElse, runLook, type RunLook } from './docx-look.ts';
import type { Style } from './docx-styles.ts';
import { attribute, child, childrenOf, nameOf, numberOf, textOf } from './docx-xml.ts';

/** What the runs of a paragraph hold. */
export interface Inline {
  runs: Run[];
  /** `w:txbxContent` of the text boxes anchored here. */
  boxes: Element[];
  /** Relationship ids of the pictures, with their alternative text. */
  pictures: Pick<Picture, 'source' | 'alt'>[];
  /** Fields that have begun: their code, what was chosen from their list, and the runs before them. */
  fields: { code: string; choice: string | null; before: number }[];
}

/** How runs look by their own properties, by their style, and by that of their paragraph. */
export interface Styling {
  styles: Map<string, Style>;
  paragraph: RunLook;
  /** What the paragraph stands on; null where it is not known. */
  ground: Colour | null;
}

const maxDepth = 300;

/** Word itself nests a few dozen levels; deeper is made to exhaust a reader. */
export function guardDepth(depth: number): void {
  if (depth > maxDepth) throw new Unreadable('too_large', { what: 'nested_elements', limit: maxDepth });
}

/** Deleted and moved-away text, field codes, readings above characters, and properties (which hold `w:tab` too). */
const skipped = new Set([
  'del',
  'moveFrom',
  'delText',
  'delInstrText',
  'rt',
  'pPr',
  'rPr',
  'sdtPr',
  'footnoteReference',
  'endnoteReference',
]);

/** Reads tracked changes as accepted. */
export function readInline(element: Element, into: Inline, depth: number, styling: Styling, look: Look): void {
  guardDepth(depth);
  const say = (text: string): void => void into.runs.push({ text, look });
  for (const node of childrenOf(element)) {
    const name = nameOf(node);
    if (skipped.has(name)) continue;
    if (name === 't') say(textOf(node).replace(/[\r\n]+/g, ' '));
    else if (name === 'tab' || name === 'ptab') say('\t');
    else if (name === 'cr') say('\n');
    else if (name === 'br') say(['page', 'column'].includes(attribute(node, 'type') ?? '') ? '' : '\n');
    else if (name === 'noBreakHyphen') say('-');
    else if (name === 'sym') say(symbol(node));
    else if (name === 'instrText') noteCode(node, into);
    else if (name === 'fldChar') readField(node, into, look);
    else if (name === 'txbxContent') into.boxes.push(node);
    else if (name === 'blip') addPicture(attribute(node, 'embed') ?? attribute(node, 'link'), into);
    else if (name === 'imagedata') addPicture(attribute(node, 'id'), into, attribute(node, 'title'));
    else if (name === 'docPr') into.pictures.push({ source: '', alt: attribute(node, 'descr') ?? '' });
    // Of a formula (233¹ as an exponent).
    else if (name === 'sup' || name === 'sub') readInline(node, into, depth + 1, raisedIn(styling), 'raised');
    else readInline(chosen(node), into, depth + 1, styling, name === 'r' ? lookOfRun(node, styling) : look);
  }
}

const raisedIn = (styling: Styling): Styling => ({ ...styling, paragraph: { ...styling.paragraph, raised: true } });

function lookOfRun(run: Element, { styles, paragraph, ground }: Styling): Look {
  let properties: Element | undefined;
  for (const node of childrenOf(run)) {
    const name = nameOf(node);
    if (name === 'rPr') properties = node;
    // A mark that was typed stands behind the reference to its note.
    else if (/^(?:foot|end)noteReference$/.test(name) && attribute(node, 'customMarkFollows')) return 'raised';
  }
  if (!properties) return lookOf(paragraph, ground);
  const style = styles.get(attribute(child(properties, 'rStyle'), 'val') ?? '');
  const own = runLook(properties);
  return lookOf(lookOrElse(style ? lookOrElse(own, style.look) : own, paragraph), ground);
}

function noteCode(node: Element, into: Inline): void {
  const field = into.fields.at(-1);
  if (field) field.code += textOf(node);
}

/**
 * The result of a field is text as any other. A choice from an old list is shown without one, and a formula that was
 * never computed shows nothing: its own text stands for it, so that it is not taken for a blank.
 */
function readField(node: Element, into: Inline, look: Look): void {
  const type = attribute(node, 'fldCharType');
  if (type === 'begin') into.fields.push({ code: '', choice: choiceIn(node), before: into.runs.length });
  if (type !== 'end') return;
  const field = into.fields.pop();
  if (!field || into.runs.slice(field.before).some(({ text }) => text.trim() !== '')) return;
  const code = field.code.trim();
  into.runs.push({ text: field.choice ?? (code.startsWith('=') ? code : ''), look });
}

function choiceIn(field: Element): string | null {
  const list = child(child(field, 'ffData'), 'ddList');
  if (!list) return null;
  const entries = childrenOf(list).filter((e) => nameOf(e) === 'listEntry');
  const at = numberOf(attribute(child(list, 'result') ?? child(list, 'default'), 'val')) ?? 0;
  return attribute(entries[at], 'val');
}

/** Of alternatives the first: the fallback repeats the same content for older readers. */
export const chosen = (node: Element): Element =>
  nameOf(node) === 'AlternateContent' ? (child(node, 'Choice') ?? child(node, 'Fallback') ?? node) : node;

/** The alternative text comes before the picture it belongs to, in an element of its own. */
function addPicture(id: string | null, into: Inline, alt: string | null = null): void {
  if (id === null) return;
  const waiting = into.pictures.at(-1);
  if (waiting?.source === '') waiting.source = id;
  else into.pictures.push({ source: id, alt: alt ?? '' });
}

/** Symbol fonts keep their characters at U+F000 + code; those that show the character itself are moved back. */
function symbol(node: Element): string {
  const code = Number.parseInt(attribute(node, 'char') ?? '', 16);
  if (!(code > 0 && code <= 0xffff)) return '';
  const pictorial = /wingdings|webdings|symbol/i.test(attribute(node, 'font') ?? '');
  return String.fromCharCode(code >= 0xf020 && code <= 0xf0ff && !pictorial ? code - 0xf000 : code);
}
