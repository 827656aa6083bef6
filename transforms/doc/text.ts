import type { Block, Doc, Table } from './doc.ts';

/** All text of a Doc: title, blocks, cells and nested cells, in order. */
export function textsOf(doc: Doc): string[] {
  const texts: string[] = [doc.title ?? ''];
  const table = (t: Table) => {
    for (const row of t.rows)
      for (const cell of row) {
        texts.push(cell.text);
        cell.nested?.forEach(table);
      }
  };
  for (const block of doc.blocks) {
    if (block.kind === 'table') table(block);
    else texts.push(block.kind === 'picture' ? block.alt : block.text);
  }
  return texts;
}

/** The same Doc with every text changed; structure and places stay. */
export function mapText(doc: Doc, change: (text: string) => string): Doc {
  const table = (t: Table): Table => ({
    ...t,
    rows: t.rows.map((row) =>
      row.map((c) =>
        c.nested ? { ...c, text: change(c.text), nested: c.nested.map(table) } : { ...c, text: change(c.text) },
      ),
    ),
  });
  const block = (b: Block): Block => {
    if (b.kind === 'table') return table(b);
    return b.kind === 'picture' ? { ...b, alt: change(b.alt) } : { ...b, text: change(b.text) };
  };
  return {
    ...doc,
    title: doc.title === null ? null : change(doc.title),
    metas: Object.fromEntries(Object.entries(doc.metas).map(([name, value]) => [name, change(value)])),
    blocks: doc.blocks.map(block),
  };
}
