import { toTraditional } from '../compose/html.ts';
import type { Random } from '../compose/random.ts';
import { repacked, textOf } from '../compose/ooxml.ts';
import { isZero, noZeros, type Relation } from './relation.ts';

type Part = (xml: string, random: Random) => string;

/** The main part of a document rewritten, all others as they are. */
const rewritten = (bytes: Uint8Array, change: (xml: string) => string): Uint8Array =>
  repacked(bytes, (parts) => ({ ...parts, [MAIN]: change(textOf(parts[MAIN]!)) }));
const MAIN = 'word/document.xml';

const relation = (name: string, change: Part): Relation<Uint8Array> => ({
  name,
  change: (bytes, random) => rewritten(bytes, (xml) => change(xml, random)),
});

const run = /<w:r>(<w:t [^>]*>([^<]+)<\/w:t>)<\/w:r>/g;
const runs =
  (of: (run: string, text: string, random: Random) => string): Part =>
  (xml, random) =>
    xml.replace(run, (all: string, _, text: string) => of(all, text, random));
const aText = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const inRuns = (what: string) =>
  runs((all, text, random) => {
    const chars = text.match(/&\w+;|[\s\S]/gu) ?? [];
    if (chars.length < 2) return all;
    const at = random.whole(1, chars.length - 1);
    return aText(chars.slice(0, at).join('')) + what + aText(chars.slice(at).join(''));
  });
const inLabels = (what: string) =>
  runs((all, text, random) => {
    if (!/^\p{Script=Han}{2,}$/u.test(text)) return all;
    const at = random.whole(1, text.length - 1);
    return aText(text.slice(0, at) + what + text.slice(at));
  });
const around = (before: string, after: string) => runs((all) => before + all + after);
const each =
  (from: string | RegExp, to: string): Part =>
  (xml) =>
    xml.replaceAll(from, to);

export const docxRelations: Relation<Uint8Array>[] = [
  relation('runs split', inRuns('')),
  relation(
    'a run a character',
    runs((_, text) => (text.match(/&\w+;|[\s\S]/gu) ?? []).map(aText).join('')),
  ),
  relation('bookmarks', inRuns('<w:bookmarkStart w:id="5" w:name="a"/><w:bookmarkEnd w:id="5"/>')),
  relation('proofing marks', inRuns('<w:proofErr w:type="spellStart"/>')),
  relation('inserted', around('<w:ins w:id="7" w:author="A">', '</w:ins>')),
  relation('deleted beside', inRuns('<w:del w:id="8" w:author="A"><w:r><w:delText>99</w:delText></w:r></w:del>')),
  relation('moved here', around('<w:moveTo w:id="7" w:author="A">', '</w:moveTo>')),
  relation('moved away beside', inRuns('<w:moveFrom w:id="8" w:author="A"><w:r><w:t>99</w:t></w:r></w:moveFrom>')),
  relation('revision ids', each(/<w:(p|r|tr)>/g, '<w:$1 w:rsidR="00AB12CD" w:rsidRPr="00112233">')),
  relation('smart tags', around('<w:smartTag w:uri="u" w:element="e">', '</w:smartTag>')),
  relation('custom XML', around('<w:customXml w:element="e">', '</w:customXml>')),
  relation('controls of runs', around('<w:sdt><w:sdtPr/><w:sdtContent>', '</w:sdtContent></w:sdt>')),
  relation('controls of rows', (xml) =>
    xml.replace(
      /<w:tr>(?:(?!<w:tr>)[\s\S])*?<\/w:tr>/g,
      (row) => `<w:sdt><w:sdtPr/><w:sdtContent>${row}</w:sdtContent></w:sdt>`,
    ),
  ),
  relation('soft hyphens', inRuns('<w:r><w:softHyphen/></w:r>')),
  relation('rendered page breaks', inRuns('<w:r><w:lastRenderedPageBreak/></w:r>')),
  relation(
    'comments',
    inRuns('<w:commentRangeStart w:id="1"/><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'),
  ),
  relation('fields', around('<w:fldSimple w:instr=" QUOTE ">', '</w:fldSimple>')),
  relation(
    'complex fields',
    around(
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(7) </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
      '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
  ),
  relation('links', around('<w:hyperlink w:anchor="a">', '</w:hyperlink>')),
  relation('hidden runs', inRuns('<w:r><w:rPr><w:vanish/></w:rPr><w:t>88</w:t></w:r>')),
  relation(
    'looks of runs',
    each('<w:r><w:t', '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:b/><w:sz w:val="21"/></w:rPr><w:t'),
  ),
  relation('looks of cells', each(/<w:tcPr>/g, '<w:tcPr><w:tcW w:w="900" w:type="dxa"/>')),
  relation('headers repeated', each('<w:tr>', '<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>')),
  relation('no grid', each(/<w:tblGrid>.*?<\/w:tblGrid>/g, '')),
  relation('spans of one', each(/<w:tcPr>(?!<w:gridSpan)/g, '<w:tcPr><w:gridSpan w:val="1"/>')),
  relation('merges said to go on', each('<w:vMerge/>', '<w:vMerge w:val="continue"/>')),
  relation(
    'alternatives',
    runs(
      (all) =>
        `<mc:AlternateContent><mc:Choice Requires="wps">${all}</mc:Choice><mc:Fallback>${all}</mc:Fallback></mc:AlternateContent>`,
    ),
  ),
  relation('no xml:space', each(' xml:space="preserve"', '')),
  relation('empty paragraphs in cells', each('</w:tc>', '<w:p/></w:tc>')),
  relation('XML comments', each('<w:p>', '<!-- 7 --><w:p>')),
  relation('pretty-printed', each(/<w:(p|tr|tc|tbl)>/g, '\n  <w:$1>\n   ')),
  relation(
    'character references',
    runs((_, text) =>
      aText([...text].map((c) => (c === '&' || /[\w;]/.test(c) ? c : `&#${c.codePointAt(0)};`)).join('')),
    ),
  ),
  relation('white space in labels', inLabels(' ')),
  relation('line ends in labels', inLabels('</w:t><w:br/><w:t>')),
  relation(
    'tabs around texts',
    runs((_, text) => aText(`</w:t><w:tab/><w:t>${text}</w:t><w:tab/><w:t>`)),
  ),
  relation(
    'wide digits',
    runs((_, text) => aText(text.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))))),
  ),
  relation('Traditional', (xml) => toTraditional(xml)),
  {
    ...relation('zeros left blank', (xml) =>
      xml.replace(/<w:tc>(?:(?!<w:tc>|<w:tbl>)[\s\S])*?<\/w:tc>/g, (cell) =>
        isZero(cell.replace(/<w:(delText|instrText)[\s\S]*?<\/w:\1>|<[^>]*>/g, ''))
          ? cell.replace(/(<w:t[ >][^<]*?>?)[^<]*(?=<\/w:t>)/g, '<w:t>')
          : cell,
      ),
    ),
    shows: noZeros,
  },
  relation('another prefix', (xml) =>
    xml
      .replace(/<(\/?)w:/g, '<$1x:')
      .replace(/ w:(\w+=)/g, ' x:$1')
      .replace('xmlns:w=', 'xmlns:x='),
  ),
];
