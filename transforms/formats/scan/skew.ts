import type { InkMap } from './ink.ts';

/**
 * Degrees by which the page was turned clockwise, −3.2 to 3.2: the angle at which the rows of the page are most unequal
 * (rules and text lines fall into the same rows). Turn the page by minus this.
 */
export function skewOf(ink: InkMap): number {
  const points = samplePoints(ink);
  if (points.length < 200) return 0;
  let best = 0;
  let score = sharpness(points, ink, 0) * 1.0005;
  let step = 0.4;
  for (let from = -3.2, to = 3.2; step > 0.01; step /= 4) {
    for (let angle = from; angle <= to + 1e-9; angle += step) {
      const value = sharpness(points, ink, angle);
      if (value > score) {
        score = value;
        best = angle;
      }
    }
    from = best - step;
    to = best + step;
  }
  return best;
}

/** x, y pairs of ink pixels that have paper above: edges of rules count, the inside of blots does not. */
function samplePoints(ink: InkMap): Float64Array {
  const found: number[] = [];
  for (let y = 1; y < ink.height; y++)
    for (let x = y % 2; x < ink.width; x += 2) {
      const at = y * ink.width + x;
      if (ink.data[at] === 1 && ink.data[at - ink.width] === 0) found.push(x, y);
    }
  const most = 120_000;
  if (found.length <= most) return Float64Array.from(found);
  const every = Math.ceil(found.length / most);
  const kept: number[] = [];
  for (let i = 0; i < found.length / 2; i += every) kept.push(found[2 * i]!, found[2 * i + 1]!);
  return Float64Array.from(kept);
}

function sharpness(points: Float64Array, ink: InkMap, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const pad = Math.ceil(Math.abs(slope) * ink.width) + 2;
  const rows = new Float64Array(ink.height + 2 * pad);
  for (let i = 0; i < points.length; i += 2) {
    const y = points[i + 1]! - slope * points[i]! + pad;
    const row = Math.floor(y);
    rows[row]! += 1 - (y - row);
    rows[row + 1]! += y - row;
  }
  let sum = 0;
  for (const count of rows) sum += count * count;
  return sum;
}
