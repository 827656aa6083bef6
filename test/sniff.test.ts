import { describe, expect, it } from 'vitest';
import { docFile, docStyles, packOle } from '../scripts/compose/doc.ts';
import { docxFile, docxStyles, packZip } from '../scripts/compose/docx.ts';
import { xlsxFile, xlsxStyles } from '../scripts/compose/xlsx.ts';
import { mediaTypes } from '../transforms/formats/index.ts';
import { sniff } from '../transforms/formats/sniff.ts';
import { figuresOf } from './office.fixture.ts';

const figures = figuresOf('2021');
const utf16 = (text: string, mark = true) => Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
const gb = (bytes: string) => Buffer.from(bytes, 'latin1');

/** Every sector of the compound file is followed by itself. */
function circular(): Buffer {
  const bytes = Buffer.from(docFile(figures, docStyles.plain));
  const table = (bytes.readUInt32LE(76) + 1) * 512;
  for (let i = 0; i < 128; i++) bytes.writeUInt32LE(i, table + i * 4);
  return bytes;
}

describe('sniff', () => {
  it.each([
    ['docx', docxFile(figures, docxStyles.plain), mediaTypes.docx],
    ['doc', docFile(figures, docStyles.plain), 'application/msword'],
    ['xlsx', xlsxFile(figures, xlsxStyles.plain), mediaTypes.xlsx],
    ['xls', xlsxFile(figures, xlsxStyles.old), 'application/vnd.ms-excel'],
    ['protected OOXML', packOle({ EncryptedPackage: Buffer.alloc(9) }), mediaTypes.docx],
    ['a page with nothing written between its cells', Buffer.from('<html><td>1\0\0\0</td>'), 'text/html'],
    ['another compound file', packOle({ Other: Buffer.alloc(9) }), 'application/x-ole-storage'],
    ['a damaged compound file', docFile(figures, docStyles.plain).subarray(0, 600), 'application/x-ole-storage'],
    ['a compound file whose chains are circles', circular(), 'application/x-ole-storage'],
    ['a plain archive', packZip({ 'a.txt': 'a' }), 'application/zip'],
    ['an archive that holds a document', packZip({ 'a/word/document.xml': 'a' }), 'application/zip'],
    ['ofd', packZip({ 'OFD.xml': '<a/>' }), 'application/ofd'],
    ['a cut docx', docxFile(figures, docxStyles.plain).subarray(0, 8000), mediaTypes.docx],
  ])('names %s by what is inside', (_, bytes, type) => {
    expect(sniff(bytes)).toBe(type);
  });

  it.each([
    ['', 'application/x-empty'],
    ['%PDF-1.4\n', 'application/pdf'],
    ['\r\n\r\n%PDF-1.4\n', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n\0', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['II*\0', 'image/tiff'],
    ['MM\0*', 'image/tiff'],
    ['{\\rtf1 x}', 'application/rtf'],
    ['Founder CEB\0\0\0', 'application/x-ceb'],
    ['Founder CEB 2.99D\0', 'application/x-ceb'],
    ['\x1f\x8b\x08', 'application/gzip'],
    ['\x01\x02\x03\x04\x05\x06\x07\x08', 'application/octet-stream'],
    ['<!DOCTYPE html><html>', 'text/html'],
    ['\xef\xbb\xbf\n  <HTML lang=zh>', 'text/html'],
    ['<!-- x --><?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', 'text/html'],
    ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', 'text/html'],
    ['<p>\xb9\xab\xbf\xaa</p>', 'text/html'],
    ['<div class="a">', 'text/html'],
    ['\xb9\xab\xbf\xaa<p>a</p><p>b</p><table></table>', 'text/html'],
    ['<?xml version="1.0"?><rss><channel/></rss>', 'application/xml'],
    ['<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>', 'application/vnd.ms-excel'],
    ['MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n<html>', 'multipart/related'],
    ['\r\nContent-Type: text/html; charset=gb2312\r\n\r\n<html>', 'multipart/related'],
    ['Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n\0\0\0\0\0', 'multipart/related'],
    ['Content-Type: text/plain\r\n\r\n<p>a</p>', 'text/plain'],
    ['{"a": [1]}', 'application/json'],
    ['  [{"a": 1}]\n', 'application/json'],
    ['[1] \xb9\xab\xbf\xaa', 'text/plain'],
    ['{a}', 'text/plain'],
    ['a < b, c > d', 'text/plain'],
    ['| a | b |\n| --- | --- |\n| x<br>y | 1 |\n', 'text/plain'],
    ['\xb9\xab\xbf\xaa\xc4\xea\xb1\xa8\t12\n', 'text/plain'],
    ['<\xb9\xab> 12', 'text/plain'],
  ])('names %j', (text, type) => {
    expect(sniff(gb(text))).toBe(type);
  });

  it.each([
    ['little-endian', utf16('<html><p>公开</p>')],
    ['big-endian', swapped(utf16('<html><p>公开</p>'))],
    ['without a mark', utf16('<html><p>公开</p>', false)],
  ])('sees through UTF-16: %s', (_, bytes) => {
    expect(sniff(bytes)).toBe('text/html');
    expect(sniff(utf16('一、总体情况 2023'))).toBe('text/plain');
  });

  it("takes nothing from the rest of a view's buffer", () => {
    const buffer = Buffer.from('xxxx<html>');
    expect(sniff(new Uint8Array(buffer.buffer, buffer.byteOffset + 4, 6))).toBe('text/html');
  });
});

it('Markdown with elements of HTML in its cells is text, with a table of HTML a page', () => {
  const cells = '| 规章<br>数 | 1<br>2 | <b>3</b> |';
  expect(sniff(Buffer.from(`报告\n${cells}\n|---|:--:|---|\n${cells}\n`))).toBe('text/plain');
  expect(sniff(Buffer.from(`报告\n${cells}\n${cells}\n`))).toBe('text/html');
  expect(sniff(Buffer.from(`报告\n|---|---|\n<table><tr><td>1</td><td>2</td><td>3</td></tr></table>\n`))).toBe(
    'text/html',
  );
});
