import mammoth from 'mammoth';
import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { docxFile, docxStyles, documentXml, packDocx, packZip } from '../scripts/compose/docx.ts';
import { packOle } from '../scripts/compose/doc.ts';
import { mhtFile, mhtStyles } from '../scripts/compose/mht.ts';
import type { Table } from '../transforms/doc/doc.ts';
import { readDocx } from '../transforms/formats/word/docx.ts';
import { editions, figuresOf, linesOf, printed, tablesOf } from './office.fixture.ts';

const read = (body: string) => readDocx(packDocx(documentXml(body)));
const p = (content: string, properties = '') => `<w:p><w:pPr>${properties}</w:pPr>${content}</w:p>`;
const r = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
const tc = (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(r(text))}</w:tc>`;
const tr = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`;
const tbl = (...rows: string[]) => `<w:tbl><w:tblPr/>${rows.join('')}</w:tbl>`;
const change = (what: string) => `<w:${what} w:id="1" w:author="A"/>`;
const numbered = (level: number, text: string) =>
  p(r(text), `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="3"/></w:numPr>`);
const firstTable = async (body: string) => (await read(body)).blocks.find((b): b is Table => b.kind === 'table');
const cellsOf = async (body: string) =>
  (await firstTable(body))?.rows.map((row) => row.map((c) => [c.text, c.colspan, c.rowspan]));

describe('readDocx on composed reports', () => {
  for (const edition of editions) {
    it.each(Object.entries(docxStyles))(`reads every cell and line of ${edition} in style "%s"`, async (_, style) => {
      const figures = figuresOf(edition);
      const doc = await readDocx(docxFile(figures, style));
      const want = printed(figures, style);
      expect(tablesOf(doc)).toEqual(want.tables);
      expect(linesOf(doc)).toEqual(want.lines);
      expect(doc.blocks[0]?.kind).toBe('heading');
    });
  }

  it.each(['plain', 'edited', 'tracked', 'controls'] as const)('agrees with mammoth on style "%s"', async (name) => {
    const bytes = docxFile(figuresOf('2021', 3), docxStyles[name]);
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
    const $ = load(value);
    const theirs = $('table')
      .toArray()
      .map((table) =>
        $(table)
          .find('tr')
          .toArray()
          .map((row) =>
            $(row)
              .find('td,th')
              .toArray()
              .map((c) => [$(c).text(), Number($(c).attr('colspan') ?? 1), Number($(c).attr('rowspan') ?? 1)]),
          ),
      );
    // It keeps deleted rows, with nothing in them.
    const withContent = theirs.map((rows) =>
      rows.filter((row, i) => i < rows.length - 1 || row.some(([text]) => text !== '')),
    );
    expect(tablesOf(await readDocx(bytes))).toEqual(withContent);
  });
});

describe('readDocx on tables', () => {
  it('gives a cell merged down the rows that its continuations take', async () => {
    const restart = '<w:vMerge w:val="restart"/>';
    expect(
      await cellsOf(
        tbl(
          tr(tc('a', restart), tc('b')),
          tr(tc('', '<w:vMerge/>'), tc('c')),
          tr(tc('d', '<w:vMerge w:val="continue"/>'), tc('e')),
          tr(tc('f'), tc('g')),
        ),
      ),
    ).toEqual([
      [
        ['a', 1, 3],
        ['b', 1, 1],
      ],
      [['c', 1, 1]],
      [['e', 1, 1]],
      [
        ['f', 1, 1],
        ['g', 1, 1],
      ],
    ]);
  });

  it('starts anew where merges follow each other, and keeps a continuation of nothing as a cell', async () => {
    const restart = '<w:vMerge w:val="restart"/>';
    expect(
      await cellsOf(
        tbl(tr(tc('a', restart)), tr(tc('', '<w:vMerge/>')), tr(tc('b', restart)), tr(tc('', '<w:vMerge/>'))),
      ),
    ).toEqual([[['a', 1, 2]], [], [['b', 1, 2]], []]);
    expect(await cellsOf(tbl(tr(tc('a'), tc('x', '<w:vMerge/>'))))).toEqual([
      [
        ['a', 1, 1],
        ['x', 1, 1],
      ],
    ]);
    const wide = '<w:gridSpan w:val="2"/><w:vMerge/>';
    expect(await cellsOf(tbl(tr(tc('a', restart), tc('b')), tr(tc('c', wide))))).toEqual([
      [
        ['a', 1, 1],
        ['b', 1, 1],
      ],
      [['c', 2, 1]],
    ]);
  });

  it('gives columns left out before and after a row as blank cells', async () => {
    const row = `<w:tr><w:trPr><w:gridBefore w:val="2"/><w:gridAfter w:val="1"/></w:trPr>${tc('a')}</w:tr>`;
    expect(await cellsOf(tbl(row))).toEqual([
      [
        ['', 2, 1],
        ['a', 1, 1],
        ['', 1, 1],
      ],
    ]);
  });

  it('reads old sideways merges and does not believe endless spans', async () => {
    expect(await cellsOf(tbl(tr(tc('a', '<w:hMerge w:val="restart"/>'), tc('', '<w:hMerge/>'), tc('b'))))).toEqual([
      [
        ['a', 2, 1],
        ['b', 1, 1],
      ],
    ]);
    expect(await cellsOf(tbl(tr(tc('a', '<w:gridSpan w:val="1000000000"/>'))))).toEqual([[['a', 1000, 1]]]);
  });

  it('leaves out deleted rows and cells, and keeps inserted ones', async () => {
    const row = (what: string, text: string) => `<w:tr><w:trPr>${change(what)}</w:trPr>${tc(text)}</w:tr>`;
    expect(
      await cellsOf(tbl(row('del', 'a'), row('ins', 'b'), tr(tc('c', change('cellDel')), tc('d', change('cellIns'))))),
    ).toEqual([[['b', 1, 1]], [['d', 1, 1]]]);
  });

  it('takes apart a table that only arranges others, in the order of its cells', async () => {
    const inner = tbl(tr(tc('1'), tc('2')));
    const doc = await read(tbl(tr(`<w:tc><w:tcPr/>${p(r('前'))}${inner}${p(r('后'))}</w:tc>`)));
    expect(doc.blocks.map((b) => b.kind)).toEqual(['paragraph', 'table', 'paragraph']);
    expect(tablesOf(doc)).toEqual([
      [
        [
          ['1', 1, 1],
          ['2', 1, 1],
        ],
      ],
    ]);
  });

  it('keeps a table inside a cell of a table of numbers', async () => {
    const numbers = ['1', '2', '3', '4', '5', '6'].map((text) => tc(text));
    const table = await firstTable(
      tbl(tr(`<w:tc><w:tcPr/>${p(r('前'))}${tbl(tr(tc('9')))}${p(r('后'))}</w:tc>`, ...numbers)),
    );
    expect(table?.rows[0]?.[0]?.text).toBe('前\n后');
    expect(table?.rows[0]?.[0]?.nested?.[0]?.rows[0]?.map((c) => c.text)).toEqual(['9']);
    expect(table?.rows[0]).toHaveLength(7);
  });
});

describe('readDocx on text', () => {
  it('reads tracked changes as accepted, moves and joined paragraphs too', async () => {
    const mark = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>';
    const moved = (what: string) => `<w:${what} w:id="2" w:author="A">${r('移')}</w:${what}>`;
    const doc = await read(
      p(`${r('新收')}<w:del><w:r><w:delText>8</w:delText></w:r></w:del><w:ins>${r('9')}</w:ins>${r('件')}`) +
        p(`${moved('moveFrom')}${r('留')}`) +
        p(moved('moveTo')) +
        p(r('上'), mark) +
        p(r('下')),
    );
    expect(linesOf(doc)).toEqual(['新收9件', '留', '移', '上下']);
  });

  it('reads runs in whatever they are wrapped in, once', async () => {
    const box = (name: string) => `<mc:${name}><w:txbxContent>${p(r('框'))}</w:txbxContent></mc:${name}>`;
    const doc = await read(
      p(
        `<w:hyperlink>${r('链')}</w:hyperlink><w:smartTag>${r('签')}</w:smartTag><w:sdt><w:sdtContent>${r('控')}</w:sdtContent></w:sdt><w:fldSimple>${r('域')}</w:fldSimple>`,
      ) +
        p(`<w:r><mc:AlternateContent>${box('Choice')}${box('Fallback')}</mc:AlternateContent></w:r>${r('正文')}`) +
        `<w:sdt><w:sdtContent>${p(r('块'))}</w:sdtContent></w:sdt>`,
    );
    expect(linesOf(doc)).toEqual(['链签控域', '正文', '框', '块']);
  });

  it('prints special characters, and neither field codes nor hidden text nor readings', async () => {
    const doc = await read(
      p(
        '<w:r><w:t xml:space="preserve">a </w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>d</w:t><w:sym w:font="Arial" w:char="F031"/><w:instrText>PAGE</w:instrText></w:r>',
      ) +
        p(
          '<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>',
        ),
    );
    expect(linesOf(doc)).toEqual(['a \tb\nc-d1', '显字']);
  });

  it('reads what an old list chose, and the text of a formula that was never computed', async () => {
    const field = (begin: string, code: string, result = '') =>
      p(
        `<w:r><w:fldChar w:fldCharType="begin">${begin}</w:fldChar></w:r><w:r><w:instrText>${code}</w:instrText></w:r>` +
          `${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      );
    const list =
      '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="60"/><w:listEntry w:val="61"/></w:ddList></w:ffData>';
    const separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>';
    const doc = await read(
      field(list, ' FORMDROPDOWN ') +
        field('', ' =80+7 ') +
        field('', ' =80+7 ', separate + r('88')) +
        field('', ' PAGE '),
    );
    expect(linesOf(doc)).toEqual(['61', '=80+7', '88']);
  });

  it('reads pages and documents that Word converts on opening', async () => {
    const relation = (id: string, target: string) =>
      `<Relationship Id="${id}" Type="http://x/aFChunk" Target="${target}"/>`;
    const bytes = packZip({
      'word/document.xml': documentXml(
        `${p(r('前'))}<w:altChunk r:id="a"/><w:altChunk r:id="b"/><w:altChunk r:id="c"/><w:altChunk r:id="d"/>`,
      ),
      'word/_rels/document.xml.rels': `<Relationships>${relation('a', 'a.html')}${relation('b', '/word/b.docx')}${relation('c', 'c.mht')}${relation('d', 'd.rtf')}</Relationships>`,
      'word/a.html': '<p>甲<s>乙</s></p>',
      'word/b.docx': packDocx(documentXml(p(r('丙')))),
      'word/c.mht': mhtFile(Buffer.from('<p>丁</p>'), mhtStyles.word),
      'word/d.rtf': '{\\rtf1 \\u25098?\\par}',
    });
    expect(linesOf(await readDocx(bytes))).toEqual(['前', '甲', '丙', '丁', '戊']);
  });

  it('writes automatic numbers out and counts each level', async () => {
    const doc = await read(
      numbered(0, '总体') + numbered(1, '甲') + numbered(1, '乙') + numbered(0, '主动') + numbered(1, '丙'),
    );
    expect(linesOf(doc)).toEqual(['一、总体', '1.甲', '2.乙', '二、主动', '1.丙']);
  });

  it('finds the title property, pictures with their names, and a main part of another name', async () => {
    const bytes = packZip({
      '_rels/.rels':
        '<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="/word/main.xml"/></Relationships>',
      'docProps/core.xml': '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>年报</dc:title></cp:coreProperties>',
      'word/_rels/main.xml.rels': '<Relationships><Relationship Id="p1" Target="media/a.png"/></Relationships>',
      'word/main.xml': documentXml(
        p('<w:r><w:drawing><wp:inline><wp:docPr descr="表"/><a:blip r:embed="p1"/></wp:inline></w:drawing></w:r>'),
      ),
      'word/media/a.png': 'png',
    });
    const doc = await readDocx(bytes);
    expect(doc.title).toBe('年报');
    const picture = { kind: 'picture', source: 'word/media/a.png', alt: '表', origin: 'paragraph 1' };
    expect(doc.blocks).toEqual([{ ...picture, bytes: Buffer.from('png') }]);
  });
});

describe('digits beside a number', () => {
  const math = (inner: string) => `<m:oMath>${inner}</m:oMath>`;
  const run = (text: string, properties = '') => `<m:r>${properties}<m:t>${text}</m:t></m:r>`;
  it.each([
    ['that are its exponent', math(`<m:sSup><m:e>${run('233')}</m:e><m:sup>${run('1')}</m:sup></m:sSup>`), '233 (1)'],
    ['that are its index', math(`<m:sSub><m:e>${run('233')}</m:e><m:sub>${run('1')}</m:sub></m:sSub>`), '233 (1)'],
    [
      'that have no filling',
      `${r('233')}<w:r><w:rPr><w14:textFill><w14:noFill/></w14:textFill></w:rPr><w:t>1</w:t></w:r>`,
      '233',
    ],
    [
      'in the colour of text',
      `${r('23')}<w:r><w:rPr><w14:textFill><w14:solidFill/></w14:textFill></w:rPr><w:t>3</w:t></w:r>`,
      '233',
    ],
    ['of the smallest size', `${r('233')}<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>1</w:t></w:r>`, 'pale'],
    ['of a small size', `${r('23')}<w:r><w:rPr><w:sz w:val="15"/></w:rPr><w:t>3</w:t></w:r>`, '233'],
  ])('%s', async (_, content, said) => {
    const only = (await firstTable(tbl(tr(`<w:tc>${p(content)}</w:tc>`))))!.rows[0]![0];
    expect(only?.unread ?? only?.text).toBe(said);
  });
});

describe('readDocx on what it cannot read', () => {
  it.each([
    [
      'a protected package',
      packOle({ EncryptedPackage: Buffer.alloc(100), EncryptionInfo: Buffer.alloc(100) }),
      'encrypted',
    ],
    ['an archive without a document', packZip({ 'a.txt': 'a' }), 'unreadable'],
    ['an embedded web page alone', packDocx(documentXml('<w:altChunk/>')), 'unreadable'],
    [
      'levels without end',
      packDocx(documentXml('<w:sdt><w:sdtContent>'.repeat(500) + '</w:sdtContent></w:sdt>'.repeat(500))),
      'too_large',
    ],
  ])('says why: %s', async (_, bytes, code) => {
    await expect(readDocx(bytes)).rejects.toMatchObject({ name: 'Unreadable', code });
  });

  it('expands no entities', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]>`;
    const doc = await readDocx(packDocx(bomb + documentXml(p(r('&b;'))).replace(/^<\?xml.*\?>/, '')));
    expect(linesOf(doc).join('').length).toBeLessThan(10);
  });
});
