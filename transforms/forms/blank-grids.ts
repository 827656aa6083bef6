import { finding, type Finding } from '../findings.ts';
import type { Fact, Mention } from '../report.ts';
import { refOf } from './check.ts';
import { kindOf } from './form.ts';
import { formOf, gridOf } from './index.ts';

/**
 * Tables without any number about which the text states some: what the document shows is not what was read of it. A form
 * none of whose tables has anything in a cell is named once, whatever the text says.
 * `unread`: grids of which rows or cells were left unread, as findings of their own say; nobody knows that they are blank.
 */
export function blankGrids(facts: Fact[], mentions: Mention[], unread: Set<string>): Finding[] {
  const codes = [...new Set(facts.map((f) => f.grid))];
  const found = codes.flatMap((code) => {
    const own = facts.filter((f) => f.grid === code);
    if (unread.has(code) || own.some((f) => f.value !== null)) return [];
    const { edition } = own[0]!;
    const lines = formOf(edition)
      .equations.filter((e) => e.grid === code && kindOf(e) === 'prose')
      .flatMap((e) => e.left.map((term) => term.stated));
    const stated = mentions.filter((m) => m.value > 0 && !m.part && lines.includes(m.line)).map((m) => m.value);
    if (stated.length === 0) return [];
    return [finding('grid_blank', own.map(refOf), { grid: code, label: gridOf(edition, code).zh, stated })];
  });
  // Digits that only a script shows leave the same behind as a form that nobody filled in.
  const isBlank = facts.length > 0 && unread.size === 0 && facts.every((f) => f.absence === 'blank');
  if (found.length > 0 || !isBlank) return found;
  const labels = codes.map((code) => gridOf(facts.find((f) => f.grid === code)!.edition, code).zh);
  return [finding('grid_blank', facts.map(refOf), { grid: codes.join(' '), label: labels.join('、'), stated: [] })];
}
