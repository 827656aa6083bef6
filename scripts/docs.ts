import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { codebookMarkdown, dictionaryMarkdown } from '../warehouse/dictionary.ts';

/** Writes the documents that follow from the declarations into docs/; with --check, fails when one of them is stale. */

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const documents: Record<string, string> = { 'dictionary.md': dictionaryMarkdown(), 'codebook.md': codebookMarkdown() };

const current = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

for (const [name, markdown] of Object.entries(documents)) {
  const path = join('docs', name);
  const text = await format(markdown, { parser: 'markdown', printWidth: 120 });
  if (current(path) === text) continue;
  if (values.check) {
    console.error(`${path} is stale: run this again without --check`);
    process.exitCode = 1;
  } else {
    mkdirSync('docs', { recursive: true });
    writeFileSync(path, text);
    console.log(`${path} written`);
  }
}
