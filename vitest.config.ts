import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { packagesOf } from './test/imports.ts';

/** What makes a test slow, wherever among the modules it uses: Chromium, DuckDB, recognition, other processes. */
const slow = ['playwright', '@duckdb/node-api', 'onnxruntime-node', 'sharp', 'node:child_process'];

const tests = readdirSync('test')
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/${name}`);
const isUnit = (test: string): boolean => {
  const packages = packagesOf(test, ({ types }) => !types);
  return !slow.some((name) => packages.has(name));
};

const project = (name: string, include: string[]) => ({
  test: {
    name,
    include,
    // Real processes, browsers and databases: slow machines need the room, and a hang still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', tests.filter(isUnit)),
      project(
        'whole',
        tests.filter((test) => !isUnit(test)),
      ),
    ],
  },
});
