import type { Element } from 'domhandler';
import { BLACK, lookOnGround, WHITE, type Colour } from '../../doc/ink.ts';
import { TINY, within, type Look } from '../../doc/runs.ts';
import { attribute, child, isOn, numberOf } from './docx-xml.ts';

/** What the properties of a run, or of a style of runs, say about how it is seen; null where they say nothing. */
export interface RunLook {
  unseen: boolean | null;
  struck: boolean | null;
  raised: boolean | null;
  /** So small that nobody can tell whether it is to be read. */
  tiny: boolean | null;
  /** Automatic ink is seen on every ground. */
  ink: Colour | 'automatic' | null;
  /** Highlighting or shading of the run itself. */
  ground: Colour | null;
}

const nothing: RunLook = { unseen: null, struck: null, raised: null, tiny: null, ink: null, ground: null };

/** Half points by which a run leaves its line: fewer only adjust it. */
const RAISED = 4;

/** Of `w:rPr`. */
export function runLook(properties: Element | undefined): RunLook {
  if (!properties || properties.children.length === 0) return nothing;
  const flag = (name: string) => (child(properties, name) ? isOn(properties, name) : null);
  const aligned = attribute(child(properties, 'vertAlign'), 'val');
  const position = numberOf(attribute(child(properties, 'position'), 'val'));
  const size = numberOf(attribute(child(properties, 'sz'), 'val'));
  const isUnfilled = child(child(properties, 'textFill'), 'noFill') !== undefined;
  const raised = aligned === null ? null : /^su(?:per|b)script$/.test(aligned);
  return {
    unseen: isUnfilled || flag('vanish'),
    struck: flag('strike') === null ? flag('dstrike') : isOn(properties, 'strike') || isOn(properties, 'dstrike'),
    raised: raised ?? (position === null ? null : Math.abs(position) >= RAISED),
    tiny: size === null ? null : size <= TINY,
    ink: inkOf(attribute(child(properties, 'color'), 'val')),
    ground: HIGHLIGHTS.get(attribute(child(properties, 'highlight'), 'val') ?? '') ?? shadeOf(properties) ?? null,
  };
}

/** `first` where it says something, else `then`. */
export const lookOrElse = (first: RunLook, then: RunLook): RunLook => ({
  unseen: first.unseen ?? then.unseen,
  struck: first.struck ?? then.struck,
  raised: first.raised ?? then.raised,
  tiny: first.tiny ?? then.tiny,
  ink: first.ink ?? then.ink,
  ground: first.ground ?? then.ground,
});

/** `around`: the ground that the run stands on; null where it is not known. */
export function lookOf({ unseen, struck, raised, tiny, ink, ground }: RunLook, around: Colour | null): Look {
  if (unseen) return 'unseen';
  const coloured = ink === null || ink === 'automatic' ? 'plain' : lookOnGround(ink, ground ?? around);
  return within(struck ? 'struck' : raised ? 'raised' : tiny ? 'pale' : 'plain', coloured);
}

const inkOf = (value: string | null): RunLook['ink'] =>
  value === null ? null : value === 'auto' ? 'automatic' : colourOf(value);

function colourOf(hex: string): Colour | null {
  const parts = /^[0-9a-f]{6}$/i.test(hex) ? hex.match(/../g)!.map((part) => Number.parseInt(part, 16)) : [];
  return parts.length === 3 ? [parts[0]!, parts[1]!, parts[2]!] : null;
}

/** The colour that `w:shd` in some properties lays under text: undefined for none, null for one that is not known. */
export function shadeOf(properties: Element | undefined): Colour | null | undefined {
  const shading = child(properties, 'shd');
  const fill = attribute(shading, 'fill');
  if (!shading || attribute(shading, 'val') === 'nil') return undefined;
  if (!/^(?:clear)?$/.test(attribute(shading, 'val') ?? '')) return null;
  if (fill === null || fill === 'auto') return attribute(shading, 'themeFill') === null ? undefined : null;
  return colourOf(fill);
}

/** Those that white text stands out from, or black does not. */
const HIGHLIGHTS = new Map<string, Colour>([
  ['white', WHITE],
  ['black', BLACK],
  ['blue', [0, 0, 255]],
  ['red', [255, 0, 0]],
  ['green', [0, 255, 0]],
  ['magenta', [255, 0, 255]],
  ['cyan', [0, 255, 255]],
  ['yellow', [255, 255, 0]],
  ['darkBlue', [0, 0, 128]],
  ['darkCyan', [0, 128, 128]],
  ['darkGreen', [0, 128, 0]],
  ['darkMagenta', [128, 0, 128]],
  ['darkRed', [128, 0, 0]],
  ['darkYellow', [128, 128, 0]],
  ['darkGray', [128, 128, 128]],
  ['lightGray', [192, 192, 192]],
]);
