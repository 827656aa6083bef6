import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseRobots } from '../scrapers/rules.ts';

const suite = join(import.meta.dirname, '../../shared/suites/robots');

interface Case {
  robots: string;
  url: string;
  agent: string;
  allowed: boolean;
}

/** The few constructs of protobuf's text format that the suite uses. */
function readCases(file: string): Case[] {
  const cases: Case[] = [];
  let robots = '';
  let url = '';
  let agent = '';
  const field =
    /\b(robotstxt|testurl|useragent|expected_outcome|additional_explanation|test_type):\s*((?:"(?:\\.|[^"\\])*"\s*|#.*\n\s*)+|\w+)/g;
  for (const [, name, value = ''] of readFileSync(file, 'utf8').matchAll(field)) {
    if (name === 'robotstxt') robots = unquote(value);
    if (name === 'testurl') url = unquote(value);
    if (name === 'useragent') agent = unquote(value);
    if (name === 'expected_outcome') cases.push({ robots, url, agent, allowed: value.trim() === 'ALLOWED' });
  }
  return cases;
}

function unquote(value: string): string {
  const bytes: Buffer[] = [];
  for (const [, text = ''] of value.matchAll(/"((?:\\.|[^"\\])*)"/g))
    for (const [, hex, escape, plain] of text.matchAll(/\\x([0-9a-fA-F]{2})|\\(.)|([^\\]+)/g)) {
      if (hex) bytes.push(Buffer.from(hex, 'hex'));
      else if (escape) bytes.push(Buffer.from({ n: '\n', r: '\r', t: '\t' }[escape] ?? escape));
      else bytes.push(Buffer.from(plain ?? ''));
    }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(bytes));
}

/** As the caller does: a url without a host is none, and an agent that is no product token is nobody's. */
function answer({ robots, url, agent }: Case): boolean {
  return parseRobots(robots, URL.canParse(url) ? url : 'http://foo.bar/', agent).allows(url);
}

test.each<[string, string, string, boolean]>([
  [
    'an agent of its own goes before *',
    'User-agent: *\nDisallow: /\n\nUser-agent: gongkai\nDisallow: /a\n',
    '/b',
    true,
  ],
  [
    'groups of one agent are one',
    'User-agent: gongkai\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: gongkai\nDisallow: /b',
    '/b',
    false,
  ],
  ['agents share the rules that follow', 'User-agent: gongkai\nUser-agent: x\nDisallow: /', '/a', false],
  [
    'a line of another kind ends no group',
    'User-agent: gongkai\nSitemap: /s.xml\nUser-agent: x\nDisallow: /',
    '/a',
    false,
  ],
  ['case and version of the agent do not matter', 'USER-AGENT: GongKai/2.0\ndisallow: /a', '/a', false],
  ['the longest rule wins', 'User-agent: *\nDisallow: /\nAllow: /zwgk/', '/zwgk/nb/', true],
  ['of two as long the milder wins', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
  ['wildcards and ends', 'User-agent: *\nDisallow: /*.pdf$', '/x/1.pdf', false],
  ['an end is an end', 'User-agent: *\nDisallow: /*.pdf$', '/x/1.pdf?download', true],
  ['a path in Chinese', 'User-agent: *\nDisallow: /公开/', '/公开/a', false],
  ['a comment', 'User-agent: * # all\nDisallow: /a # here', '/a', false],
  ['a byte order mark', '\uFEFFUser-agent: *\nDisallow: /', '/a', false],
  ['a missing colon', 'User-agent *\nDisallow /', '/a', false],
  ['lines that end in CR alone', 'User-agent: *\rDisallow: /a\r', '/a', false],
  ['a page instead of rules', '<html><body>Disallow: /</body></html>', '/a', true],
  ['nothing', '', '/a', true],
])('%s', (_, robots, path, allowed) => {
  const url = new URL(path, 'http://www.shili.simulator.test').href;
  expect(parseRobots(robots, url, 'gongkai').allows(url)).toBe(allowed);
});

test('rules are for one origin', () => {
  const rules = parseRobots('User-agent: *\nAllow: /', 'http://www.shili.simulator.test', 'gongkai');
  expect(rules.allows('http://other.simulator.test/')).toBe(false);
});

test.each([
  ['Crawl-delay: 5', 5000],
  ['Crawl-delay: 0.5', 500],
  ['Crawl-delay: 86400', 300_000],
  ['Crawl-delay: soon', null],
  ['Disallow:', null],
])('%s asks for %s ms', (line, delayMs) => {
  expect(parseRobots(`User-agent: *\n${line}\n`, 'http://www.shili.simulator.test', 'gongkai').delayMs).toBe(delayMs);
});

if (!existsSync(suite)) console.log('robots.txt conformance: the suite is not here, only our own cases were tested');
test.skipIf(!existsSync(suite))("Google's conformance suite", () => {
  const files = ['correctness', 'stress'].flatMap((folder) =>
    readdirSync(join(suite, folder)).map((name) => join(suite, folder, name)),
  );
  const cases = files.flatMap((file) => readCases(file).map((one) => ({ ...one, file })));
  const wrong = cases.filter((one) => answer(one) !== one.allowed);
  console.log(`robots.txt conformance: ${cases.length - wrong.length} of ${cases.length}`);
  for (const one of wrong)
    console.log(
      `  ${one.file.slice(suite.length)} ${one.agent} ${one.url} expected ${one.allowed}\n${JSON.stringify(one.robots)}`,
    );
  expect(cases.length).toBe(400);
  expect(wrong).toEqual([]);
});
