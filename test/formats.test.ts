import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packZip } from '../scripts/compose/docx.ts';
import { textPage, textStyles } from '../scripts/compose/text.ts';
import { formats, type Format } from '../transforms/formats/index.ts';
import { sniff } from '../transforms/formats/sniff.ts';
import { readText } from '../transforms/formats/text.ts';
import { read } from '../transforms/read.ts';
import { figuresOf } from './office.fixture.ts';

/** An invented format: its name, then text that is packed. */
const name = 'GAZETTE\0';
const gazette: Format = {
  mediaType: 'application/x-gazette',
  marks: [{ text: name, at: 0 }],
  fromBytes: async () => (packed) => readText(inflateRawSync(packed.subarray(name.length)).toString()),
};
const printed = textPage(figuresOf('2021'), textStyles.tabs);
const bytes = Buffer.concat([Buffer.from(name, 'latin1'), deflateRawSync(printed)]);
const input = (content: Uint8Array) => ({ bytes: content, path: 'report', sha256: '' });

test('a format is a reader and its registration', async () => {
  const text = await read(input(Buffer.from(printed)));
  const reading = await read(input(bytes), { formats: [...formats, gazette] });
  expect(reading.source).toMatchObject({ media_type: 'application/x-gazette', encoding: null });
  expect(reading.report).toEqual(text.report);
  expect(reading.facts).toEqual(text.facts);
  expect(reading.facts.filter(({ status }) => status === 'verified').length).toBeGreaterThan(150);
});

test('a format that is only known is named as unread, and a format that nobody knows as bytes', async () => {
  const known: Format = { mediaType: gazette.mediaType, marks: gazette.marks };
  const why = async (some: readonly Format[]) => (await read(input(bytes), { formats: some })).findings[0]?.details;
  expect(await why([...formats, known])).toEqual({ why: 'no_reader', said: 'application/x-gazette' });
  expect(await why(formats)).toEqual({ why: 'no_reader', said: 'application/octet-stream' });
});

test.each([
  ['application/x-ceb', Buffer.from('Founder CEB\0\x01\x02')],
  ['application/ofd', packZip({ 'OFD.xml': '<a/>' })],
])('%s, which nothing here reads, is named by the finding', async (said, content) => {
  const { findings, source } = await read(input(content));
  expect(source.media_type).toBe(said);
  expect(findings.map(({ code, details }) => ({ code, details }))).toEqual([
    { code: 'unreadable', details: { why: 'no_reader', said } },
  ]);
});

test('a format may be told by what an archive holds', () => {
  const zipped: Format = { mediaType: 'application/x-gazette', marks: [{ entry: 'gazette/' }] };
  const archive = packZip({ 'gazette/1.txt': 'a' });
  expect([sniff(archive), sniff(archive, [...formats, zipped])]).toEqual(['application/zip', 'application/x-gazette']);
});

test('no format has two readers, and no two share a mark', () => {
  expect(formats.filter(({ fromBytes, fromText }) => fromBytes && fromText)).toEqual([]);
  const marks = formats.flatMap((format) => format.marks.map((mark) => JSON.stringify(mark)));
  expect(new Set(marks).size).toBe(marks.length);
});
