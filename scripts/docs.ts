import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { readingParts } from './reading/parts.ts';
import { codebookMarkdown, dictionaryMarkdown } from '../warehouse/dictionary.ts';

/** Writes the documents that follow from the declarations into docs/; with --check, fails when one of them is stale. */

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const documents: Record<string, string> = { 'dictionary.md': dictionaryMarkdown(), 'codebook.md': codebookMarkdown() };

const current = (path: string): Buffer | null => {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
};

for (const [name, markdown] of Object.entries(documents)) write(name, await formatted(markdown));

const { files, texts } = await readingParts();
for (const [name, content] of Object.entries(files)) write(join('reading', name), content);
write('reading.md', await formatted(withTexts(current(join('docs', 'reading.md'))?.toString() ?? '', texts)));

function formatted(markdown: string): Promise<string> {
  return format(markdown, { parser: 'markdown', printWidth: 120 });
}

/** The document with what the program made between its marks; all other text is written by hand. */
function withTexts(markdown: string, made: Record<string, string>): string {
  return Object.entries(made).reduce((text, [name, part]) => {
    const [start, end] = [`<!-- made: ${name} -->`, `<!-- end of ${name} -->`];
    const from = text.indexOf(start);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`docs/reading.md has no place for ${name}: ${start} … ${end}`);
    return `${text.slice(0, from)}${start}\n\n${part}\n\n${text.slice(to)}`;
  }, markdown);
}

function write(name: string, content: string | Uint8Array): void {
  const path = join('docs', name);
  if (current(path)?.equals(Buffer.from(content))) return;
  if (values.check) {
    console.error(`${path} is stale: run this again without --check`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    console.log(`${path} written`);
  }
}
