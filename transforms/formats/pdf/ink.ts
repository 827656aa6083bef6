import type { Box, Stroke } from './types.ts';

/** Points: a filled shape up to this thick is a rule, not an area. */
export const THIN = 3.2;
/** Points that a "straight" line may be off its axis. */
const SKEW = 0.8;
/** Points between the dashes of one rule. */
const DASH_GAP = 4;

/** Strokes of a page as they are drawn; dashes that follow each other are joined at once, there may be 50,000 of them. */
export interface Ink {
  strokes: Stroke[];
  lastAcross: Stroke | null;
  lastDown: Stroke | null;
}

export const createInk = (): Ink => ({ strokes: [], lastAcross: null, lastDown: null });

/** A thin bar. A dot may belong to a rule of either direction: its neighbours decide. */
export function addBar(ink: Ink, box: Box): void {
  const width = box.x1 - box.x0;
  const height = box.y1 - box.y0;
  const isDot = Math.max(width, height) <= THIN;
  if ((isDot || width >= height) && extend(ink.lastAcross, box)) return;
  if ((isDot || height >= width) && extend(ink.lastDown, box)) return;
  if (isDot || width >= height) ink.strokes.push((ink.lastAcross = { ...box, across: true }));
  if (isDot || height > width) ink.strokes.push((ink.lastDown = { ...box, across: false }));
}

function extend(last: Stroke | null, box: Box): boolean {
  if (!last) return false;
  const aligned = last.across
    ? Math.abs(last.y0 - box.y0) < 0.1 && Math.abs(last.y1 - box.y1) < 0.1
    : Math.abs(last.x0 - box.x0) < 0.1 && Math.abs(last.x1 - box.x1) < 0.1;
  if (!aligned) return false;
  const gap = last.across ? Math.max(box.x0 - last.x1, last.x0 - box.x1) : Math.max(box.y0 - last.y1, last.y0 - box.y1);
  if (gap > DASH_GAP) return false;
  last.x0 = Math.min(last.x0, box.x0);
  last.x1 = Math.max(last.x1, box.x1);
  last.y0 = Math.min(last.y0, box.y0);
  last.y1 = Math.max(last.y1, box.y1);
  return true;
}

/** A stroked line, when it runs along an axis. */
export function addLine(ink: Ink, ax: number, ay: number, bx: number, by: number): void {
  if (Math.min(Math.abs(ax - bx), Math.abs(ay - by)) > SKEW) return;
  addBar(ink, { x0: Math.min(ax, bx), y0: Math.min(ay, by), x1: Math.max(ax, bx), y1: Math.max(ay, by) });
}
