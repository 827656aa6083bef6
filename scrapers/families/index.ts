import type { Family } from '../family.ts';
import { publicColumn, trsSearch, ucapChannel } from './behind.ts';
import { folders } from './folders.ts';
import { gkmlpt } from './gkmlpt.ts';
import { jpaas, jpage, xxgk, xxgkAnnual } from './hanweb.ts';
import { hebei } from './hebei.ts';
import { nfcms } from './nfcms.ts';
import { openness } from './openness.ts';
import { plain } from './plain.ts';
import { trs } from './trs.ts';
import { ucap } from './ucap.ts';
import { vsb } from './vsb.ts';

/** Of static lists. */
const listed = [nfcms, trs, ucap, vsb, openness, folders, hebei, plain];
/** Of interfaces that the page of a column, or a catalogue, is the shell of. */
const behind = [gkmlpt, jpage, xxgk, xxgkAnnual, jpaas, publicColumn, trsSearch, ucapChannel];

/** Every family the register may name, by id. */
export const families: ReadonlyMap<string, Family> = new Map(
  [...listed, ...behind].map((family) => [family.id, family]),
);
