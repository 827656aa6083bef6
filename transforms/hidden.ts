import type { Doc } from './doc/doc.ts';
import { finding } from './findings.ts';
import { refOf } from './forms/check.ts';
import { gridOf } from './forms/index.ts';
import { trace, type Trace } from './interpret.ts';
import type { Fact } from './report.ts';

/**
 * Interprets what a Doc shows, and lines of the form that only its hidden rows print. These are the organ's own numbers: the
 * totals that are shown count them, a sheet hides a row by a filter or a click, and the label of the row says which line it is.
 * A finding names them. They are left out where what is shown would be read otherwise, or break an equation more: old or
 * working rows. Columns stay hidden, which are mostly last year's, or somebody's sums.
 */
export function traceShown(doc: Doc): Trace {
  const shown = trace(doc);
  if (!doc.unhidden || !shown.said.findings.some(({ code }) => code === 'line_missing' || code === 'grid_missing'))
    return shown;
  const whole = trace({ ...doc, blocks: doc.unhidden });
  const before = new Map(shown.said.facts.map((fact) => [nameOf(fact), fact.value]));
  const after = new Map(whole.said.facts.map((fact) => [nameOf(fact), fact.value]));
  const added = whole.said.facts.filter((fact) => !before.has(nameOf(fact)));
  const differs = [...before].some(([name, value]) => after.get(name) !== value);
  if (added.length === 0 || differs || errorsOf(whole) > errorsOf(shown)) return shown;
  const labels = [...new Set(added.map(labelOf))];
  const hidden = finding('line_hidden', added.map(refOf), { labels });
  return { ...whole, said: { ...whole.said, findings: [...whole.said.findings, hidden] } };
}

const nameOf = ({ grid, line, col }: Fact): string => `${grid}/${line}/${col}`;
const errorsOf = ({ said }: Trace): number => said.findings.filter(({ level }) => level === 'error').length;

function labelOf({ edition, grid, line }: Fact): string {
  const { number, zh } = gridOf(edition, grid).lines.find(({ code }) => code === line)!;
  return number + zh;
}
