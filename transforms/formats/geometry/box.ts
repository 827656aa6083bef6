/** A rectangle along the axes, y downwards unless said otherwise. PDF: points. Scans: pixels, half open (x0 ≤ x < x1). */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Whether `inner` lies inside `outer`, or no more than `slack` outside. */
export const contains = (outer: Box, inner: Box, slack = 0): boolean =>
  inner.x0 >= outer.x0 - slack &&
  inner.x1 <= outer.x1 + slack &&
  inner.y0 >= outer.y0 - slack &&
  inner.y1 <= outer.y1 + slack;

/** Whether `a` and `b` share more than an edge. */
export const overlaps = (a: Box, b: Box): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

/** @param point length of a point in the unit of `box` */
export const inPoints = ({ x0, y0, x1, y1 }: Box, point: number): Box => ({
  x0: x0 / point,
  y0: y0 / point,
  x1: x1 / point,
  y1: y1 / point,
});

/** Makes `box` reach around `other` as well. */
export function widen(box: Box, other: Box): void {
  box.x0 = Math.min(box.x0, other.x0);
  box.y0 = Math.min(box.y0, other.y0);
  box.x1 = Math.max(box.x1, other.x1);
  box.y1 = Math.max(box.y1, other.y1);
}

/** The smallest box around points given as x, y, x, y…; there must be one. */
export function boundsOf(points: number[]): Box {
  const box: Box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    box.x0 = Math.min(box.x0, points[i]!);
    box.x1 = Math.max(box.x1, points[i]!);
    box.y0 = Math.min(box.y0, points[i + 1]!);
    box.y1 = Math.max(box.y1, points[i + 1]!);
  }
  return box;
}
