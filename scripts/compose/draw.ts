import { blankTotals, blankZeros, onlyTotals, plantWrongSum, withoutLines } from './damage.ts';
import { composeFigures, type Figures } from './figures.ts';
import { departmentOf, departments, districts, governmentOf, officeOf } from './names.ts';
import { createRandom, seedOf, type Random } from './random.ts';

/** The form changed with the reports on 2021; a few offices keep the old one, or take the new one early. */
const editionFor = (year: number, random: Random) =>
  year < 2021 !== random.chance(0.08) ? ('2019' as const) : ('2021' as const);

/** Figures of an invented organ, everything drawn from the seed. */
export function drawFigures(seed: number): Figures {
  // Seeds of their own: generators with one seed would make all choices of a document alike.
  const random = createRandom(seedOf(seed, 'figures'));
  const place = random.pick(districts);
  const year = random.whole(2019, 2024);
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
    mixed: edition === '2021' && random.chance(0.08),
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
