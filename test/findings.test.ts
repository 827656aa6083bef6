import { expect, test } from 'vitest';
import { kinds } from '../transforms/finding-kinds.ts';
import { finding, inFile, languages, messageOf, said, type FindingCode } from '../transforms/findings.ts';
import { forms } from '../transforms/forms/index.ts';
import { brokenRow } from './reading.fixture.ts';

test('the list is closed: an unknown code, or details of another code, do not compile', () => {
  // @ts-expect-error -- no such code
  expect(() => finding('foreign_domian', [], { domain: 'a.test' })).toThrow('undefined');
  // @ts-expect-error -- details of another code
  finding('foreign_domain', [], { readings: 3 });
  // @ts-expect-error -- equations are of the list, but not misspelt ones
  const misspelt: FindingCode = 'requests.rows';
  const known: FindingCode[] = ['requests.row', 'annex.received', 'prose.handled', 'series.carry'];
  expect([...Object.keys(kinds), ...forms.flatMap((f) => f.equations.map((e) => e.code))]).toEqual(
    expect.arrayContaining(known),
  );
  expect(kinds).not.toHaveProperty(misspelt);
});

test('every language names every code', () => {
  for (const [language, { equation: _, ...words }] of Object.entries(languages))
    expect([language, Object.keys(words).sort()]).toEqual([language, Object.keys(kinds).sort()]);
});

test('a message is made of the code and the details, in each language, and survives JSON', () => {
  const found = finding('foreign_domain', [], { domain: 'www.shili.com' });
  expect(found).toMatchObject({ level: 'warning', details: { domain: 'www.shili.com' } });
  expect(messageOf(JSON.parse(JSON.stringify(found)) as typeof found, 'zh')).toBe('正文出现 www.shili.com');
  expect(found.message).toBe('the text names www.shili.com');
  expect(messageOf(brokenRow('granted', 2), 'zh')).toMatch(/行 granted：2 ≠ 1$/);
});

test('a printed label of several lines gives a message of one', () => {
  const found = finding('grid_missing', [], { grid: 'requests', label: '政府信息\n 公开申请' });
  expect(found.message).toBe('政府信息 公开申请: the table is not in the document');
});

test('what a file beside a page lacks names the file', () => {
  const found = inFile(finding('encrypted', [], { what: 'document' }), 'http://shili.test/a.doc');
  expect(found).toMatchObject({
    details: { file: 'http://shili.test/a.doc' },
    message: 'http://shili.test/a.doc: the document is protected by a password',
  });
  const ofPicture = finding('unreadable', [], { why: 'bytes_gone', file: 'http://shili.test/a.png' });
  expect(inFile(ofPicture, 'http://shili.test/page.html')).toEqual(ofPicture);
});

test.each([
  ["ENOENT: no such file or directory, open '/home/someone/data/a.pdf'", "ENOENT: no such file or directory, open '…'"],
  [
    "Cannot find module '/srv/gongkai/node_modules/x/index.js'\nRequire stack:\n- /srv/gongkai/a.js",
    /'…' Require stack: - …$/,
  ],
  ['failed in file:///opt/app/dist/read.js:12:3', 'failed in …'],
  ['failed in C:\\Users\\someone\\a.ts:3', 'failed in …'],
  ['broken\n    at read (/opt/app/read.js:1:2)\n    at main (/opt/app/main.js:3:4)', 'broken'],
  ['GET http://www.shili.test/nb/a.html failed', 'GET http://www.shili.test/nb/a.html failed'],
  ['text/html and application/pdf, 3/4, 1/2/3', 'text/html and application/pdf, 3/4, 1/2/3'],
])('%j is said without a stack and without paths of the machine', (message, expected) => {
  if (typeof expected === 'string') expect(said(new Error(message))).toBe(expected);
  else expect(said(new Error(message))).toMatch(expected);
});
