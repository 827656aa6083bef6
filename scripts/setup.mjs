/**
 * Makes a bare machine ready, then runs one thing. Plain JavaScript with nothing imported but Node itself: it runs
 * before node_modules and dist/ exist. Everything it says goes to stderr; installers are quiet unless they fail.
 *
 *   node scripts/setup.mjs start            dependencies, browser, build; then the main job
 *   node scripts/setup.mjs test             the same and pdftotext; then every check
 *   node scripts/setup.mjs test:NAME        dependencies only; then some of the checks: unit, pages, types, lint
 *   node scripts/setup.mjs build            dependencies and build only
 *   node scripts/setup.mjs NAME [ARGS…]     the same; then dist/scripts/NAME.js
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sourceDirs = ['pipelines', 'scrapers', 'transforms', 'warehouse', 'scripts'];
const say = (line) => process.stderr.write(`${line}\n`);

function main([task = 'start', ...args]) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 18)) {
    fail(`Node ${process.versions.node} is too old: 20.18 or newer is needed (https://nodejs.org)`);
  }
  installDependencies();
  const [, some] = /^test:(.*)$/.exec(task) ?? [];
  if (some !== undefined) return runChecks(checksNamed(some, args));
  build();
  if (task === 'build') return undefined;
  if (task === 'start' || task === 'test') return ready(task, args);
  return runBuilt(task, args);
}

async function ready(task, args) {
  await findOrInstallBrowser();
  if (task === 'start') return runBuilt('start', args);
  findOrInstallPdftotext();
  runChecks(everyCheck(args));
}

async function runBuilt(name, args) {
  const script = join(root, 'dist', 'scripts', `${name}.js`);
  if (!existsSync(script)) fail(`there is no scripts/${name}.ts`);
  process.argv = [process.argv[0], script, ...args];
  // `| head` has seen enough: that is no failure of ours.
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  await import(pathToFileURL(script).href);
}

function installDependencies() {
  const missing = dependenciesMissing();
  if (missing === null) return;
  say(`Installing dependencies (${missing}) …`);
  run('npm', ['ci', '--no-audit', '--no-fund'], { ONNXRUNTIME_NODE_INSTALL: 'skip' });
}

/** Why `npm ci` has to run, or null. Compares with npm's own record of what it installed, so other installs count too. */
function dependenciesMissing() {
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null) return 'none are installed yet';
  for (const [path, wanted] of Object.entries(readJson(join(root, 'package-lock.json')).packages)) {
    // Optional ones are there or not, depending on the platform.
    if (path === '' || wanted.optional || wanted.devOptional || wanted.peer) continue;
    if (installed.packages[path]?.version !== wanted.version) return `${path.replace(/.*node_modules\//, '')} changed`;
  }
  return null;
}

function build() {
  const hash = sourcesHash();
  const stamp = join(root, 'dist', 'stamp.json');
  if (readJson(stamp)?.sources === hash) return;
  say('Building …');
  // Beside the old build and then renamed: another process may be running from dist/ right now.
  const next = join(root, `.building-${process.pid}`);
  const previous = `${next}-previous`;
  try {
    run(process.execPath, [bin('typescript', 'tsc'), '-p', 'tsconfig.build.json', '--outDir', next]);
    for (const file of sourceDirs.flatMap(filesUnder)) {
      if (/\.(ts|mjs)$/.test(file)) continue;
      mkdirSync(dirname(join(next, file)), { recursive: true });
      cpSync(join(root, file), join(next, file));
    }
    writeFileSync(join(next, 'stamp.json'), JSON.stringify({ sources: hash }));
    if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), previous);
    renameSync(next, join(root, 'dist'));
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(previous, { recursive: true, force: true });
  }
}

function sourcesHash() {
  const hash = createHash('sha256');
  const files = [...sourceDirs.flatMap(filesUnder), 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
  for (const file of files) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Paths relative to the project, in a fixed order. */
function filesUnder(dir) {
  return readdirSync(join(root, dir), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${dir}/${entry.name}`;
      if (entry.isDirectory()) return filesUnder(path);
      return entry.isFile() ? [path] : [];
    });
}

async function findOrInstallBrowser() {
  const { findBrowser } = await import(pathToFileURL(join(root, 'dist', 'scrapers', 'browser.js')).href);
  const works = () => {
    const path = findBrowser();
    return path !== null && answers(path, ['--version']);
  };
  if (works()) return;
  say('No working Chromium found: downloading one …');
  const playwright = [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium', '--only-shell'];
  const download = attempt(process.execPath, playwright, { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' }, 300_000);
  if (works()) return;
  if (aptInstall(['chromium', 'fonts-noto-cjk']) && works()) return;
  say(
    `No Chromium could be installed${download.ok ? ' that starts on this machine' : ''}. Portals whose lists exist only after JavaScript ran ` +
      'will be reported as not done. Install Chromium by hand, or run: npx playwright install --with-deps chromium',
  );
}

function findOrInstallPdftotext() {
  if (answers('pdftotext', ['-v']) || (aptInstall(['poppler-utils']) && answers('pdftotext', ['-v']))) return;
  say('pdftotext (poppler-utils) is not installed: the independent check of PDF digits will be skipped.');
}

/** True when the packages were installed. Only root on a Debian-like system can do that unasked. */
function aptInstall(packages) {
  if (process.getuid?.() !== 0 || !answers('apt-get', ['--version'])) return false;
  say(`Installing ${packages.join(' and ')} with apt-get …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    attempt('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], env, 600_000);
  let result = install();
  if (!result.ok) {
    attempt('apt-get', ['update', '-q'], env, 300_000);
    result = install();
  }
  if (!result.ok) say(lastLines(result.output));
  return result.ok;
}

/** The checks of `npm run test:NAME`, each with what Node has to run. `args` narrow vitest to some files. */
const checks = {
  unit: (args) => ({ unit: [bin('vitest'), 'run', '--project', 'unit', ...args] }),
  pages: (args) => ({ pages: [bin('vitest'), 'run', 'test/pages.test.ts', ...args] }),
  types: () => ({ types: [bin('typescript', 'tsc'), '--noEmit', '-p', '.'] }),
  lint: () => ({
    lint: [bin('oxlint'), '--deny-warnings', '--quiet'],
    format: [bin('prettier'), '--check', '--log-level', 'warn', '**/*.{ts,mjs}'],
    // Node 20.18 can require the modules that knip's parser requires, but has to be told.
    unused: ['--experimental-require-module', '--no-warnings', bin('knip')],
  }),
};

function checksNamed(name, args) {
  if (!Object.hasOwn(checks, name)) fail(`no test:${name}; there are ${Object.keys(checks).join(', ')}`);
  return checks[name](args);
}

const everyCheck = (args) => ({
  vitest: [bin('vitest'), 'run', ...args],
  ...checks.types(),
  ...checks.lint(),
  docs: [join(root, 'scripts', 'setup.mjs'), 'docs', '--check'],
});

/** All of them run even when an early one fails. */
function runChecks(commands) {
  const failed = [];
  for (const [name, command] of Object.entries(commands)) {
    const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
    say(`${name}: ${status === 0 ? 'passed' : 'FAILED'}`);
    if (status !== 0) failed.push(name);
  }
  if (failed.length > 0) say(`Failed: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function bin(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const { bin: entry } = readJson(join(folder, 'package.json'));
  return join(folder, typeof entry === 'string' ? entry : entry[command]);
}

/** Runs an installer or the compiler; its output is shown only when it fails, and then everything stops. */
function run(command, args, env = {}) {
  const result = attempt(command, args, env);
  if (!result.ok) throw new Failed(`${result.output}\n${[command, ...args].join(' ')} failed`);
}

function attempt(command, args, env = {}, timeout = undefined) {
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout,
    maxBuffer: 2 ** 28,
  });
  return { ok: done.status === 0, output: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}` };
}

const answers = (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;
const lastLines = (text) => text.trimEnd().split('\n').slice(-5).join('\n');

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** An installer or the compiler failed: thrown, so that what is half made is removed on the way out. */
class Failed extends Error {}

function fail(message) {
  say(message);
  process.exit(2);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failed)) throw error;
  fail(error.message);
}
