import { composedTruth, withoutDivision } from './composed.ts';
import { drawFigures } from './draw.ts';
import { drawLook, formatsOf, looks, type LookName } from './looks.ts';
import { createRandom } from './random.ts';
import type { Recipe } from './recipe.ts';

const names = (Object.keys(looks) as LookName[]).filter((name) => formatsOf(name).length > 0);

export const look: Recipe = (seed) => {
  const random = createRandom(seed);
  const name = random.pick(names);
  const { f, alter } = looks[name](drawFigures(seed), random);
  const format = random.pick(formatsOf(name));
  const truth = composedTruth(f, ['look', name, format], '万元');
  return { ...drawLook(f, alter, format), truth: format === 'html' ? truth : withoutDivision(truth) };
};
