import type { Family } from '../family.ts';
import { gkmlpt } from './gkmlpt.ts';
import { nfcms } from './nfcms.ts';
import { plain } from './plain.ts';

/** Every family the register may name, by id. */
export const families: ReadonlyMap<string, Family> = new Map(
  [nfcms, gkmlpt, plain].map((family) => [family.id, family]),
);
