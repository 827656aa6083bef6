import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** A copy of the sources with the installed dependencies: what a person has after the first run. */
let root: string;
const folders = ['pipelines', 'scrapers', 'transforms', 'warehouse', 'scripts'];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gongkai-'));
  for (const name of [...folders, 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(name, join(root, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  fakeNpm();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Stands in for the real one, which would ask a registry: notes what it was asked, and fails when told to. */
function fakeNpm(): void {
  mkdirSync(join(root, 'bin'));
  const script =
    '#!/bin/sh\necho "$@ skip=$ONNXRUNTIME_NODE_INSTALL" >> "$NPM_NOTES"\necho installed some packages\nexit "${NPM_FAILS:-0}"\n';
  writeFileSync(join(root, 'bin', 'npm'), script);
  chmodSync(join(root, 'bin', 'npm'), 0o755);
}

function setup(args: string[], env: Record<string, string> = {}) {
  const PATH = `${join(root, 'bin')}:${process.env['PATH']}`;
  const NPM_NOTES = join(root, 'npm-notes');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/setup.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH, NPM_NOTES, ...env },
  });
  return { status, stdout, stderr };
}

const notes = () => readFileSync(join(root, 'npm-notes'), 'utf8').trimEnd().split('\n');

test('builds once, and only the command speaks on stdout', () => {
  expect(setup(['gongkai', '--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: 'Building …\n' });
  expect(setup(['gongkai', '--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
  expect(existsSync(join(root, 'npm-notes'))).toBe(false);
});

test('the build holds the data files of the sources, and leaves nothing half made', () => {
  expect(setup(['build']).status).toBe(0);
  const data = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(csv|sql|json)$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(data).toContain('scrapers/portals.csv');
  for (const file of data)
    expect(readFileSync(join(root, 'dist', file)).equals(readFileSync(join(root, file)))).toBe(true);
  expect(readdirSync(root).filter((name) => name.startsWith('.building'))).toEqual([]);
});

test('a changed source is built again; one that does not compile says so and leaves the last build', () => {
  setup(['build']);
  appendFileSync(join(root, 'pipelines', 'errors.ts'), "export const added = 'later';\n");
  expect(setup(['build'])).toEqual({ status: 0, stdout: '', stderr: 'Building …\n' });
  const built = join(root, 'dist', 'pipelines', 'errors.js');
  expect(readFileSync(built, 'utf8')).toContain('later');
  writeFileSync(join(root, 'pipelines', 'broken.ts'), 'export const count: number = "many";\n');
  const failed = setup(['gongkai', '--version']);
  rmSync(join(root, 'pipelines', 'broken.ts'));
  expect(failed).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('broken.ts') });
  expect(existsSync(built)).toBe(true);
  expect(readdirSync(root).filter((name) => name.startsWith('.building'))).toEqual([]);
});

test('a changed lock file installs, quietly when it works', () => {
  const lock = join(root, 'package-lock.json');
  const before = readFileSync(lock, 'utf8');
  writeFileSync(lock, before.replace(/("node_modules\/commander": \{\s*"version": ")[^"]+/, '$10.0.1'));
  try {
    expect(setup(['build'])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: expect.not.stringContaining('installed some'),
    });
    expect(notes()).toEqual(['ci --no-audit --no-fund skip=skip']);
    const failed = setup(['build'], { NPM_FAILS: '1' });
    expect(failed).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('installed some packages') });
    expect(failed.stderr).toContain('commander changed');
    expect(notes()).toHaveLength(2);
  } finally {
    writeFileSync(lock, before);
  }
});

test('some of the checks need no build, and pass or fail as they do', () => {
  expect(setup(['test:types'])).toMatchObject({ status: 0, stderr: expect.stringMatching(/types: passed\n$/) });
  writeFileSync(join(root, 'pipelines', 'broken.ts'), 'export const count: number = "many";\n');
  const failed = setup(['test:types']);
  rmSync(join(root, 'pipelines', 'broken.ts'));
  expect(failed).toMatchObject({ status: 1, stdout: expect.stringContaining('broken.ts') });
  expect(failed.stderr).toBe('types: FAILED\nFailed: types\n');
  expect(setup(['test:everything'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('unit, pages, types, lint'),
  });
});

test('a script that does not exist is wrong usage', () => {
  expect(setup(['no-such-script'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no scripts/no-such-script.ts'),
  });
});
