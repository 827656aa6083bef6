import type { PrintedRun, PrintedTable } from './printed.ts';
import { CFB } from '@e965/xlsx';
import { placedRows, printedBlocks, widthOf, type PlacedCell } from './blocks.ts';
import type { Figures } from './figures.ts';
import { createRandom, seedOf, type Random } from './random.ts';
import { escapeHtml } from './shell.ts';
import { unsplit, type Splits } from './tables.ts';
import { plainWording, type Wording } from './wording.ts';

/** XML has no &nbsp;. */
const escapeXml = (text: string): string => escapeHtml(text).replaceAll('&nbsp;', '\u00a0');

export interface DocxStyle extends Wording, Splits {
  /** Numbers as tracked changes: the right one inserted, a wrong one deleted; a deleted row in every table. */
  tracked: boolean;
  /** Every statutory table inside a cell of another table. */
  nested: boolean;
  /** Headings in text boxes, written twice as Word does for older readers. */
  boxed: boolean;
  /** 一、 to 六、 of the headings are automatic numbers. */
  numbered: boolean;
  /** Words part into several runs, as every edit leaves them. */
  runs: boolean;
  /** Rows and cells inside content controls. */
  controls: boolean;
}

const plain: DocxStyle = {
  ...plainWording,
  ...unsplit,
  tracked: false,
  nested: false,
  boxed: false,
  numbered: false,
  runs: false,
  controls: false,
};

export const docxStyles = {
  plain,
  edited: { ...plain, runs: true, explanation: true, absent: '/' },
  tracked: { ...plain, tracked: true, runs: true },
  nested: { ...plain, nested: true, vertical: true },
  boxed: { ...plain, boxed: true, brackets: 'ascii' },
  numbered: { ...plain, numbered: true, digits: 'commas' },
  controls: { ...plain, controls: true, aliases: 7 },
  split: { ...plain, parts: 3, continued: 'repeated', absent: '-' },
} satisfies Record<string, DocxStyle>;

const namespaces = [
  ['w', 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'],
  ['mc', 'http://schemas.openxmlformats.org/markup-compatibility/2006'],
  ['wps', 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape'],
  ['wp', 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'],
  ['a', 'http://schemas.openxmlformats.org/drawingml/2006/main'],
  ['v', 'urn:schemas-microsoft-com:vml'],
].map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);

export function docxFile(f: Figures, style: DocxStyle): Uint8Array {
  const random = createRandom(seedOf(f.publisher, f.year, 'docx'));
  const body = printedBlocks(f, style).map((block) => {
    if (block.kind === 'table') return tableXml(block.table, style, random);
    if (block.kind !== 'heading') {
      return paragraph(runs(block.text, style, random), block.kind === 'title' ? '<w:pStyle w:val="a1"/>' : '');
    }
    const properties =
      '<w:pStyle w:val="a2"/>' + (style.numbered ? '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>' : '');
    const text = style.numbered ? block.text.replace(/^[一二三四五六]、/, '') : block.text;
    const heading = paragraph(runs(text, style, random), properties);
    return style.boxed ? paragraph(textBox(heading)) : heading;
  });
  return packDocx(documentXml(body.join('')));
}

/** A whole package around the XML of a main part. */
export function packDocx(document: string): Uint8Array {
  return packZip({
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>`,
    '_rels/.rels': relationships('officeDocument', 'word/document.xml'),
    'word/_rels/document.xml.rels': relationships('styles', 'styles.xml', 'numbering', 'numbering.xml'),
    'word/document.xml': document,
    'word/styles.xml': `${declaration}<w:styles${namespaces[0]}><w:style w:type="paragraph" w:styleId="a1"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="a2"><w:name w:val="heading 2"/></w:style>${document.includes('<w:rStyle') ? characterStyles : ''}</w:styles>`,
    'word/numbering.xml': `${declaration}<w:numbering${namespaces[0]}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
  });
}

const characterStyles =
  '<w:style w:type="character" w:styleId="zs"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>' +
  '<w:style w:type="character" w:styleId="sc"><w:rPr><w:strike/></w:rPr></w:style>' +
  '<w:style w:type="character" w:styleId="sc2"><w:basedOn w:val="sc"/><w:rPr><w:b/></w:rPr></w:style>' +
  '<w:style w:type="character" w:styleId="yc"><w:rPr><w:vanish/></w:rPr></w:style>' +
  '<w:style w:type="character" w:styleId="bs"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>';

export const documentXml = (body: string) =>
  `${declaration}<w:document${namespaces.join('')}><w:body>${body}<w:sectPr/></w:body></w:document>`;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const relationships = (...pairs: string[]) =>
  `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${pairs
    .flatMap((type, i) =>
      i % 2 === 0
        ? [
            `<Relationship Id="rId${i + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${pairs[i + 1]}"/>`,
          ]
        : [],
    )
    .join('')}</Relationships>`;

/** The same bytes for the same parts: entries carry a fixed date. */
export function packZip(parts: Record<string, string | Uint8Array>): Uint8Array {
  const container = CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(parts)) {
    const entry = CFB.utils.cfb_add(container, name, Buffer.from(content));
    entry.mt = new Date(Date.UTC(2000, 0, 1));
  }
  CFB.utils.cfb_del(container, '/\u0001Sh33tJ5');
  return new Uint8Array(CFB.write(container, { fileType: 'zip', compression: true, type: 'buffer' }));
}

const paragraph = (content: string, properties = '') =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;

const run = (text: string) =>
  `<w:r>${text
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
    .join('<w:br/>')}</w:r>`;

function runs(text: string, style: DocxStyle, random: Random): string {
  const characters = [...text];
  if (!style.runs || characters.length < 2) return run(text);
  const cut = random.whole(1, characters.length - 1);
  return run(characters.slice(0, cut).join('')) + run(characters.slice(cut).join(''));
}

const styled = (properties: string) => (text: string) =>
  run(text).replace('<w:r>', `<w:r><w:rPr>${properties}</w:rPr>`);

/** How Word makes a run look so. */
const lookXml: Partial<Record<PrintedRun['look'], ((text: string) => string)[]>> = {
  plain: [run],
  raised: [
    styled('<w:vertAlign w:val="superscript"/>'),
    styled('<w:rStyle w:val="zs"/>'),
    styled('<w:position w:val="10"/><w:sz w:val="14"/>'),
    (text) => run(text).replace('<w:r>', '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/>'),
  ],
  struck: [
    styled('<w:strike/>'),
    styled('<w:dstrike w:val="true"/>'),
    styled('<w:rStyle w:val="sc"/>'),
    styled('<w:rStyle w:val="sc2"/>'),
  ],
  white: [
    styled('<w:color w:val="FFFFFF"/>'),
    styled('<w:b/><w:color w:val="FFFFFF" w:themeColor="background1"/>'),
    styled('<w:rStyle w:val="bs"/>'),
    styled('<w:color w:val="000000"/><w:highlight w:val="black"/>'),
  ],
  pale: [styled('<w:color w:val="C9C9C9"/>'), styled('<w:color w:val="D9D9D9"/>'), styled('<w:sz w:val="2"/>')],
  light: [
    styled('<w:color w:val="FFFFFF"/>'),
    styled('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'),
    styled('<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>'),
  ],
  unseen: [
    styled('<w:vanish/>'),
    styled('<w:rStyle w:val="yc"/>'),
    (text) => `<w:del w:id="1" w:author="A"><w:r><w:delText>${text}</w:delText></w:r></w:del>`,
    styled('<w:strike/><w:vanish w:val="1"/>'),
  ],
};

function runXml({ text, look, way }: PrintedRun): string {
  const ways = lookXml[look];
  if (!ways) throw new Error(`a document has no text that is ${look}`);
  return ways[way % ways.length]!(text);
}

const textBox = (content: string) =>
  `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>${content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>${content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;

function tableXml(table: PrintedTable, style: DocxStyle, random: Random): string {
  const width = widthOf(table);
  const rows = placedRows(table).map((row) => {
    const cells = row.map((placed) => {
      const xml = cellXml(placed, style, random);
      return style.controls ? `<w:sdt><w:sdtPr/><w:sdtContent>${xml}</w:sdtContent></w:sdt>` : xml;
    });
    return `<w:tr>${cells.join('')}</w:tr>`;
  });
  const deleted = `<w:tr><w:trPr><w:del w:id="9" w:author="A"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="${width}"/></w:tcPr>${paragraph('<w:del w:id="8" w:author="A"><w:r><w:delText>12345</w:delText></w:r></w:del>')}</w:tc></w:tr>`;
  const grid = `<w:tblGrid>${'<w:gridCol w:w="800"/>'.repeat(width)}</w:tblGrid>`;
  const xml = `<w:tbl><w:tblPr/>${grid}${rows.join('')}${style.tracked ? deleted : ''}</w:tbl>`;
  return style.nested
    ? `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:tc><w:tcPr/>${xml}<w:p/></w:tc></w:tr></w:tbl>`
    : xml;
}

function cellXml({ cell, continues }: PlacedCell, style: DocxStyle, random: Random): string {
  const properties =
    (cell.colspan > 1 ? `<w:gridSpan w:val="${cell.colspan}"/>` : '') +
    (cell.rowspan > 1 ? `<w:vMerge${continues ? '' : ' w:val="restart"'}/>` : '');
  const light = cell.runs?.find(({ look }) => look === 'light');
  const ground = light && light.way % 3 === 0 ? '<w:shd w:val="clear" w:color="auto" w:fill="4472C4"/>' : '';
  const content = continues ? '' : cell.runs ? cell.runs.map(runXml).join('') : runs(cell.text, style, random);
  const tracked =
    style.tracked && cell.role === 'number' && content !== ''
      ? `<w:del w:id="1" w:author="A"><w:r><w:delText>77</w:delText></w:r></w:del><w:ins w:id="2" w:author="A">${content}</w:ins>`
      : content;
  return `<w:tc><w:tcPr>${properties}${ground}</w:tcPr>${paragraph(tracked)}</w:tc>`;
}
