import { describe, expect, test } from 'vitest';
import { recipes, type Kind } from '../scripts/compose/kinds.ts';
import { createRandom, seedOf } from '../scripts/compose/random.ts';
import { docxRelations } from '../scripts/mutate/docx-relations.ts';
import { htmlRelations, type Relation } from '../scripts/mutate/html-relations.ts';
import { silentDifferences } from '../scripts/mutate/silent.ts';
import { decode } from '../transforms/characters/decode.ts';
import type { Reading } from '../transforms/report.ts';
import { readBytes } from './reading.fixture.ts';

/** A page that shows the same reads the same, or a finding names each cell that does not: over documents of all styles. */
const count = 40;
const noBrowser = () => Promise.reject(new Error('needs no browser'));

async function composed(of: Kind[], extension: string): Promise<{ name: string; bytes: Uint8Array }[]> {
  const found: { name: string; bytes: Uint8Array }[] = [];
  for (let i = 1; found.length < count; i++) {
    const kind = of[i % of.length]!;
    const document = await recipes[kind](seedOf(9, kind, i), noBrowser);
    if (document.extension === extension) found.push({ name: `${kind} ${i}`, bytes: document.bytes });
  }
  return found;
}

function holds<T>(
  relations: Relation<T>[],
  documents: Promise<{ name: string; bytes: Uint8Array; source: T }[]>,
): void {
  const before = new Map<string, Promise<Reading>>();
  test.each(relations)('$name', { timeout: 600_000 }, async ({ name: relation, change, shows }) => {
    const silent: string[] = [];
    for (const { name, bytes, source } of await documents) {
      const changed = change(source, createRandom(seedOf(relation, name)));
      if (changed === source) continue;
      const first = before.get(name) ?? readBytes(bytes);
      before.set(name, first);
      const after = await readBytes(typeof changed === 'string' ? Buffer.from(changed) : (changed as Uint8Array));
      const [difference] = silentDifferences(await first, after, shows);
      if (difference) silent.push(`${name}: ${difference}`);
    }
    expect(silent.join('\n')).toBe('');
  });
}

describe('pages', () => {
  const pages = composed(['html', 'html', 'layout', 'labels'], 'html');
  holds(
    htmlRelations,
    pages.then((all) => all.map((p) => ({ ...p, source: decode(p.bytes, null).text }))),
  );
});

describe('documents of Word', () => {
  const files = composed(['docx', 'docx', 'layout'], 'docx');
  holds(
    docxRelations,
    files.then((all) => all.map((p) => ({ ...p, source: p.bytes }))),
  );
});

test('there are enough relations of each, with names of their own', () => {
  for (const names of [htmlRelations.map((r) => r.name), docxRelations.map((r) => r.name)]) {
    expect(names.length).toBeGreaterThanOrEqual(30);
    expect(new Set(names).size).toBe(names.length);
  }
});
