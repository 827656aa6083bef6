import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface Import {
  file: string;
  target: string;
  /** Loaded together with the file: neither types alone nor `import()`. */
  loaded: boolean;
  /** Nothing but types, which are gone when the program runs. */
  types: boolean;
}

export function importsOf(file: string, source = readFileSync(file, 'utf8')): Import[] {
  const found = source.matchAll(
    /^\s*(?:import|export)\s(type\s)?[^'"]*?from\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|\bcreateRequire\(import\.meta\.url\)\('([^']+)'\)/gm,
  );
  return [...found].map(([, type, from, effect, lazy, required]) => ({
    file,
    target: from ?? effect ?? lazy ?? required ?? '',
    loaded: type === undefined && lazy === undefined,
    types: type !== undefined,
  }));
}

/** The modules of ours, packages and modules of Node that come in with a file, however many lie between. */
export function reachedFrom(
  file: string,
  follows: (each: Import) => boolean,
): { files: Set<string>; packages: Set<string> } {
  const files = new Set([file]);
  const packages = new Set<string>();
  // A set that grows is iterated to its end.
  for (const each of files) {
    if (!each.endsWith('.ts')) continue;
    for (const { target } of importsOf(each).filter(follows)) {
      if (target.startsWith('.')) files.add(normalize(join(dirname(each), target)));
      else packages.add(target);
    }
  }
  return { files, packages };
}

export const packagesOf = (file: string, follows: (each: Import) => boolean): Set<string> =>
  reachedFrom(file, follows).packages;
