import { formFor } from '../../transforms/forms/index.ts';
import { blankTotals, blankZeros, onlyTotals, plantWrongSum, withoutLines } from './damage.ts';
import { composeFigures, editionBefore, sectioned, type Figures } from './figures.ts';
import { departmentOf, departments, districts, governmentOf, officeOf } from './names.ts';
import { createRandom, seedOf, type Random } from './random.ts';

/** A few offices keep the form before, or take the first one early. */
function editionFor(year: number, random: Random): string {
  const all = sectioned();
  const at = all.indexOf(formFor(year)!);
  const other = random.chance(0.08) ? (all[at - 1] ?? all[at + 1]) : undefined;
  return (other ?? all[at]!).edition;
}

/** Figures of an invented organ, everything drawn from the seed. */
export function drawFigures(seed: number): Figures {
  // Seeds of their own: generators with one seed would make all choices of a document alike.
  const random = createRandom(seedOf(seed, 'figures'));
  const place = random.pick(districts);
  const all = sectioned();
  const year = random.whole(all[0]!.since, all.at(-1)!.since + 3);
  const large = random.chance(0.5);
  const publisher = large
    ? governmentOf(place)
    : random.chance(0.25)
      ? officeOf(place)
      : departmentOf(place, random.pick(departments));
  const edition = editionFor(year, random);
  return composeFigures({
    seed,
    publisher,
    division_code: place.division_code,
    year,
    edition,
    size: large ? 'large' : 'small',
    mixed: editionBefore(edition) !== null && random.chance(0.08),
  });
}

type Damage = (f: Figures, seed: number) => Figures;

const damages = {
  blank_zeros: (f) => blankZeros(f),
  blank_totals: (f) => blankTotals(f),
  only_totals: (f) => onlyTotals(f),
  wrong_sum: plantWrongSum,
  lines_left_out: (f) => withoutLines(f, 'requests', ['denied_enforcement_file', 'unavailable_still_unclear']),
} satisfies Record<string, Damage>;

export type DamageName = keyof typeof damages | 'undamaged';

/** Half of the figures stay as they are; `tags` names what was done to the others. */
export function drawDamage(f: Figures, seed: number): { f: Figures; damage: DamageName } {
  const random = createRandom(seedOf(seed, 'damage'));
  if (random.chance(0.5)) return { f, damage: 'undamaged' };
  const damage = random.pick(Object.keys(damages) as (keyof typeof damages)[]);
  return { f: damages[damage](f, seed), damage };
}
