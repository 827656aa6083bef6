import type { Element } from 'domhandler';
import { attribute, child, childrenOf, parseXml } from '../word/docx-xml.ts';
import type { Zip } from '../zip.ts';

/** Null for a part that is not there, or empty. */
export async function partOf(zip: Zip, name: string): Promise<Element | null> {
  const bytes = await zip.read(name);
  return bytes && bytes.length > 0 ? parseXml(bytes) : null;
}

interface Relation {
  id: string;
  type: string;
  /** Name of the other part. */
  target: string;
}

/** What a part of a workbook refers to in it. */
async function relationsOf(zip: Zip, part: string): Promise<Relation[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const root = await partOf(zip, `${folder}_rels/${part.slice(folder.length)}.rels`);
  return (root ? childrenOf(root) : []).flatMap((own) => {
    if (attribute(own, 'TargetMode') === 'External') return [];
    const [type, target] = [attribute(own, 'Type') ?? '', attribute(own, 'Target') ?? ''];
    const id = attribute(own, 'Id') ?? '';
    return [{ id, type: type.slice(type.lastIndexOf('/') + 1), target: resolved(folder, target) }];
  });
}

function resolved(folder: string, target: string): string {
  const names: string[] = [];
  for (const name of (target.startsWith('/') ? target : folder + target).split('/'))
    if (name === '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  return names.join('/');
}

/** Parts of the sheets by their names. */
export async function sheetParts(zip: Zip): Promise<Map<string, string>> {
  const book = await partOf(zip, 'xl/workbook.xml');
  const targets = new Map((await relationsOf(zip, 'xl/workbook.xml')).map(({ id, target }) => [id, target]));
  const sheets = book && child(book, 'sheets');
  return new Map(
    (sheets ? childrenOf(sheets) : []).map((sheet) => [
      attribute(sheet, 'name') ?? '',
      targets.get(attribute(sheet, 'id') ?? '') ?? '',
    ]),
  );
}

/** Pictures on a sheet, by the names of their parts. */
export async function picturesOf(zip: Zip, sheet: string): Promise<{ source: string; bytes: Buffer }[]> {
  const drawings = (await relationsOf(zip, sheet)).filter(({ type }) => type === 'drawing');
  const found: { source: string; bytes: Buffer }[] = [];
  for (const drawing of drawings)
    for (const { type, target } of await relationsOf(zip, drawing.target)) {
      const bytes = type === 'image' ? await zip.read(target) : null;
      if (bytes) found.push({ source: target, bytes });
    }
  return found;
}
