import type { Drawn } from '../geometry/lattice.ts';
import { createSets, MEET, type Rule } from '../geometry/rules.ts';
import type { GrayImage } from './image.ts';
import { inkMap, type InkMap } from './ink.ts';

/** A horizontal rule of a scan, in pixels: `at` is its row, `to` is exclusive, `thick` rows high. */
export interface Segment extends Rule {
  thick: number;
}

/** Where the detector sees horizontal rules, pixel by pixel and as whole segments. */
export interface Ruling {
  mask: InkMap;
  segments: Segment[];
}

export interface RuleOptions {
  /** `runs`: unbroken ink, exact on clean pages. `mean`: mean darkness along the direction, for grainy and broken rules. */
  detector: 'runs' | 'mean';
  /** Ink level for `runs`, 0 to 255. */
  threshold: number;
  /** Shortest piece that may be a rule, in pixels: longer than the longest stroke of the text in cells. */
  length: number;
  /** For `mean`: by how much a rule is darker than the rows beside it, 0 to 255. */
  contrast: number;
}

/** Horizontal rules of a flattened page. Vertical ones: transpose the page. */
export function findRuling(page: GrayImage, options: RuleOptions): Ruling {
  const mask = options.detector === 'runs' ? byRuns(page, options) : byMean(page, options);
  return { mask, segments: segmentsOf(mask, options.length) };
}

/** Keeps the ink that lies in horizontal runs at least `length` long; gaps of one or two pixels do not end a run. */
function byRuns(page: GrayImage, options: RuleOptions): InkMap {
  const ink = inkMap(page, options.threshold);
  const { width, height, data } = ink;
  const out = new Uint8Array(data.length);
  const gap = 2;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let start = -1;
    let last = -1;
    for (let x = 0; x <= width; x++) {
      if (x < width && data[row + x] === 1) {
        if (start < 0) start = x;
        last = x;
      } else if (start >= 0 && (x === width || x - last > gap)) {
        if (last + 1 - start >= options.length) out.fill(1, row + start, row + last + 1);
        start = -1;
      }
    }
  }
  return { width, height, data: out };
}

/** Marks pixels whose row, averaged over `length`, is clearly darker than the rows a little above and below. */
function byMean(page: GrayImage, options: RuleOptions): InkMap {
  const { width, height, data } = page;
  const half = Math.max(4, Math.floor(options.length / 2));
  const means = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    let count = 0;
    for (let x = -half; x < width; x++) {
      if (x + half < width) {
        sum += 255 - data[row + x + half]!;
        count++;
      }
      if (x - half - 1 >= 0) {
        sum -= 255 - data[row + x - half - 1]!;
        count--;
      }
      // At the edges of the page the window shrinks; divide by the whole one so that a stub is no rule.
      if (x >= 0) means[row + x] = sum / Math.max(count, half + 1);
    }
  }
  const out = new Uint8Array(data.length);
  const beside = Math.max(4, Math.round(options.length / 8));
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - beside) * width;
    const below = Math.min(height - 1, y + beside) * width;
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const here = means[row + x]!;
      if (here < options.contrast) continue;
      if (here - Math.max(means[above + x]!, means[below + x]!) < options.contrast) continue;
      if ((y > 0 && means[row - width + x]! > here + 12) || (y < height - 1 && means[row + width + x]! > here + 12))
        continue;
      out[row + x] = 1;
    }
  }
  // The window spreads every rule by half its length at both ends: take that back where no ink is near.
  return shorten({ width, height, data: out }, page, half, options);
}

function shorten(mask: InkMap, page: GrayImage, half: number, options: RuleOptions): InkMap {
  const { width, height, data } = mask;
  const dark = 255 - options.contrast * 1.2;
  const inkNear = (x: number, y: number): boolean => {
    for (let dy = -1; dy <= 1; dy++) {
      const yy = y + dy;
      if (yy >= 0 && yy < height && page.data[yy * width + x]! < dark) return true;
    }
    return false;
  };
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if (data[row + x] !== 1) continue;
      let end = x;
      while (end < width && data[row + end] === 1) end++;
      let left = x;
      while (left < Math.min(end, x + half) && !inkNear(left, y)) data[row + left++] = 0;
      let right = end - 1;
      while (right > Math.max(left, end - half) && !inkNear(right, y)) data[row + right--] = 0;
      x = end;
    }
  }
  return mask;
}

interface Run {
  y: number;
  from: number;
  to: number;
  group: number;
}

/** Joins runs of neighbouring rows that overlap or nearly touch: a rule that is a little slanted is a stair of runs. */
function segmentsOf(mask: InkMap, length: number): Segment[] {
  const groups = createSets();
  const runs: Run[] = [];
  const reach = Math.max(3, Math.round(length / 4));
  let recent: Run[] = [];
  for (let y = 0; y < mask.height; y++) {
    const row = y * mask.width;
    const here: Run[] = [];
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[row + x] !== 1) continue;
      let to = x;
      while (to < mask.width && mask.data[row + to] === 1) to++;
      const run = { y, from: x, to, group: groups.add() };
      for (const other of here.slice(-1)) if (other.to + reach >= run.from) groups.join(run.group, other.group);
      for (const other of recent)
        if (other.from - reach < run.to && run.from < other.to + reach) groups.join(run.group, other.group);
      here.push(run);
      x = to;
    }
    runs.push(...here);
    recent = recent.filter((run) => run.y >= y - 1).concat(here);
    // A page of grain can have a run at every pixel; such a page has no rules to find.
    if (runs.length > 400_000) return [];
  }
  const found = new Map<
    number,
    { weight: number; sum: number; from: number; to: number; top: number; bottom: number }
  >();
  for (const run of runs) {
    const key = groups.find(run.group);
    const weight = run.to - run.from;
    const segment = found.get(key);
    if (!segment)
      found.set(key, { weight, sum: weight * run.y, from: run.from, to: run.to, top: run.y, bottom: run.y });
    else {
      segment.weight += weight;
      segment.sum += weight * run.y;
      segment.from = Math.min(segment.from, run.from);
      segment.to = Math.max(segment.to, run.to);
      segment.top = Math.min(segment.top, run.y);
      segment.bottom = Math.max(segment.bottom, run.y);
    }
  }
  return [...found.values()]
    .filter((segment) => segment.to - segment.from >= length)
    .map((segment) => ({
      at: segment.sum / segment.weight,
      from: segment.from,
      to: segment.to,
      thick: Math.max(1, Math.round(segment.weight / (segment.to - segment.from))),
    }));
}

/** How much of sides is drawn on the mask of a direction, near their line. @param point pixels to a point */
export function drawnOn(mask: InkMap, point: number): Drawn {
  return (lines, stops) =>
    Float32Array.from(
      lines.flatMap((line) => stops.slice(1).map((to, j) => shareDrawn(mask, line, stops[j]!, to, MEET * point))),
    );
}

function shareDrawn({ width, height, data }: InkMap, at: number, from: number, to: number, near: number): number {
  const start = Math.round(from) + 2;
  const end = Math.round(to) - 1;
  if (end <= start) return 0;
  let best = 0;
  // Outwards from the line: most rules are whole where they should be.
  for (let i = 0; i <= 2 * Math.round(near) && best < 1; i++) {
    const row = Math.round(at) + (i % 2 === 0 ? i / 2 : -(i + 1) / 2);
    if (row < 1 || row >= height - 1) continue;
    let count = 0;
    for (let x = Math.max(0, start); x < Math.min(width, end); x++) {
      const spot = row * width + x;
      if (data[spot] === 1 || data[spot - width] === 1 || data[spot + width] === 1) count++;
    }
    best = Math.max(best, count / (end - start));
  }
  return best;
}
