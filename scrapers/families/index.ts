import type { Family } from '../family.ts';
import { irs, publicColumn, trsSearch, ucapChannel } from './behind.ts';
import { folders } from './folders.ts';
import { gkmlpt } from './gkmlpt.ts';
import { jpaas, jpage, xxgk, xxgkAnnual } from './hanweb.ts';
import { hebei } from './hebei.ts';
import { ilist } from './ilist.ts';
import { nfcms } from './nfcms.ts';
import { openness } from './openness.ts';
import { plain } from './plain.ts';
import { trs } from './trs.ts';
import { ucap } from './ucap.ts';
import { vsb } from './vsb.ts';

/** Of static lists, those whose addresses say most before those that others' could be taken for. */
export const listed: readonly Family[] = [nfcms, trs, ucap, vsb, hebei, openness, ilist, folders, plain];
/** Of interfaces that the page of a column, or a catalogue, is the shell of. */
const behind = [gkmlpt, jpage, xxgk, xxgkAnnual, jpaas, publicColumn, trsSearch, irs, ucapChannel];

/** The register leaves it to the column's own page (`detect.ts`). */
const auto: Family = {
  id: 'auto',
  zh: '自动识别',
  en: 'whatever the page of the column shows',
  listing: { how: 'detected' },
  twins: [],
};

/** Every family the register may name, by id. */
export const families: ReadonlyMap<string, Family> = new Map(
  [auto, ...listed, ...behind].map((family) => [family.id, family]),
);
