import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentOf, families, noBrowser, type Document, type Family } from '../scripts/mutate/families.ts';

/**
 * `npm run relations` in short: what changes nothing of what a document shows changes nothing of what is read, or a
 * finding names each cell that is read otherwise. Over documents of all styles; those of PDF are golden pages, as only a
 * browser composes others.
 */
const COUNT = 15;

const PDF_PAGES = ['pdf-ruled', 'pdf-unruled', 'pdf-rows-cut-by-pages', 'pdf-cells-of-colour', 'pdf-struck-numbers'];
const pdfPages = (): Document[] =>
  PDF_PAGES.map((name) => documentOf(name, readFileSync(`test/pages/${name}/source.pdf`)));

const documentsOf = async ({ name, composed }: Family): Promise<Document[]> =>
  name === 'PDF' ? pdfPages() : composed(COUNT, noBrowser);

describe.each(families)('$name', (family) => {
  const documents = documentsOf(family);
  test.each(family.relations)('%s', { timeout: 600_000 }, async (relation) => {
    const { silent, documents: tried } = await family.tried(relation, await documents);
    expect(tried).toBeGreaterThan(0);
    expect(silent.join('\n')).toBe('');
  });

  test('there are enough relations, with names of their own', () => {
    expect(family.relations.length).toBeGreaterThanOrEqual(family.name === 'PDF' ? 20 : 30);
    expect(new Set(family.relations).size).toBe(family.relations.length);
  });
});
