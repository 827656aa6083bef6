import type { Element } from 'domhandler';
import type { Look } from '../../doc/runs.ts';
import { attribute, child, isOn, numberOf } from './docx-xml.ts';

/** What the properties of a run, or of a style of runs, say about how it is seen; null where they say nothing. */
export interface RunLook {
  unseen: boolean | null;
  struck: boolean | null;
  raised: boolean | null;
}

const nothing: RunLook = { unseen: null, struck: null, raised: null };

/** Half points by which a run leaves its line: fewer only adjust it. */
const RAISED = 4;

/** Of `w:rPr`. */
export function runLook(properties: Element | undefined): RunLook {
  if (!properties || properties.children.length === 0) return nothing;
  const flag = (name: string) => (child(properties, name) ? isOn(properties, name) : null);
  const aligned = attribute(child(properties, 'vertAlign'), 'val');
  const position = numberOf(attribute(child(properties, 'position'), 'val'));
  const raised = aligned === null ? null : /^su(?:per|b)script$/.test(aligned);
  return {
    unseen: flag('vanish'),
    struck: flag('strike') === null ? flag('dstrike') : isOn(properties, 'strike') || isOn(properties, 'dstrike'),
    raised: raised ?? (position === null ? null : Math.abs(position) >= RAISED),
  };
}

/** `first` where it says something, else `then`. */
export const lookOrElse = (first: RunLook, then: RunLook): RunLook => ({
  unseen: first.unseen ?? then.unseen,
  struck: first.struck ?? then.struck,
  raised: first.raised ?? then.raised,
});

export const lookOf = ({ unseen, struck, raised }: RunLook): Look =>
  unseen ? 'unseen' : struck ? 'struck' : raised ? 'raised' : 'plain';
