import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';

/** A change of the sources: each text stands in its file once, and is replaced. */
export interface Patch {
  /** Below transforms/. */
  file: string;
  changes: [from: string, to: string][];
}

/** What reading is entered by, loaded when it is asked for. */
export interface Sources {
  interpret: () => Promise<typeof import('../../transforms/interpret.ts').interpret>;
  read: () => Promise<typeof import('../../transforms/read.ts').read>;
}

/** The file with its changes made; throws where a text is not there exactly once, so that no list of them can rot. */
export function patched({ file, changes }: Patch): string {
  return changes.reduce(
    (source, [from, to]) => {
      const times = source.split(from).length - 1;
      if (times !== 1) throw new Error(`transforms/${file} has ${JSON.stringify(from)} ${times} times, not once`);
      return source.replace(from, () => to);
    },
    readFileSync(join('transforms', file), 'utf8'),
  );
}

/** A copy of transforms/ in a folder of its own, whose modules are loaded anew with each patch. */
export function copySources() {
  const folder = mkdtempSync(join(tmpdir(), 'ablate-'));
  cpSync('transforms', join(folder, 'transforms'), { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const load = (entry: string) => tsImport(pathToFileURL(join(folder, 'transforms', entry)).href, import.meta.url);
  return {
    /** What `use` makes of the sources with a change. */
    async patched<T>(patch: Patch, use: (sources: Sources) => Promise<T>): Promise<T> {
      const path = join(folder, 'transforms', patch.file);
      const original = readFileSync(path);
      writeFileSync(path, patched(patch));
      try {
        return await use({
          interpret: async () =>
            ((await load('interpret.ts')) as typeof import('../../transforms/interpret.ts')).interpret,
          read: async () => ((await load('read.ts')) as typeof import('../../transforms/read.ts')).read,
        });
      } finally {
        writeFileSync(path, original);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
