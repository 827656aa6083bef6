import type { Family } from '../family.ts';
import { folders } from './folders.ts';
import { gkmlpt } from './gkmlpt.ts';
import { hebei } from './hebei.ts';
import { nfcms } from './nfcms.ts';
import { openness } from './openness.ts';
import { plain } from './plain.ts';
import { trs } from './trs.ts';
import { ucap } from './ucap.ts';
import { vsb } from './vsb.ts';

/** Every family the register may name, by id. */
export const families: ReadonlyMap<string, Family> = new Map(
  [nfcms, gkmlpt, trs, ucap, vsb, openness, folders, hebei, plain].map((family) => [family.id, family]),
);
