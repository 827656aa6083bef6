import type { Colour } from '../../doc/ink.ts';

/** `RRGGBB`, or with what it lets through before that; null for anything else. */
export function hex(text: string): Colour | null {
  const parts = /^(?:[\da-f]{2})?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text);
  if (!parts) return null;
  const [red, green, blue] = parts.slice(1).map((part) => Number.parseInt(part, 16));
  return [red!, green!, blue!];
}

const EIGHT = '000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF';

/** The colours that old workbooks, and new ones that were such, name by a number; a workbook may bring others. */
export const PALETTE: readonly Colour[] = [
  EIGHT,
  EIGHT,
  '800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF',
  '000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99',
  '3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333',
  // What the system writes with, and on.
  '000000 FFFFFF',
]
  .flatMap((line) => line.split(' '))
  .map((colour) => hex(colour)!);
