import { expect, test } from 'vitest';
import { documentXml, packDocx } from '../scripts/compose/docx.ts';
import type { Block } from '../transforms/doc/doc.ts';
import { readHtml } from '../transforms/formats/html/html.ts';
import { readDocx } from '../transforms/formats/word/docx.ts';

const cellsOf = (blocks: Block[]): string[] =>
  blocks.flatMap((block) =>
    block.kind === 'table' ? block.rows.flat().map(({ text, unread }) => (unread ? `${text} (${unread})` : text)) : [],
  );

const sheet = '<style>.bs{color:#fff} .tou{background:#1f4e79} .tou td{color:white}</style>';
const link = '<link rel="stylesheet" href="a.css">';

test.each<[string, string, string]>([
  ['white on paper', '<td>12<span style="color:#fff">9</span></td>', '12'],
  ['by an attribute', '<td>12<font color="white">9</font></td>', '12'],
  ['by a class', `${sheet}<td>12<i class="bs">9</i></td>`, '12'],
  ['transparent', '<td>12<span style="color:rgba(0,0,0,0)">9</span><b style="color:transparent">8</b></td>', '12'],
  ['transparent alone', '<td>12<span style="color:rgba(0,0,0,0)">9</span></td>', '12'],
  ['transparent by its last digits', '<td>12<span style="color:#00000000">9</span></td>', '12'],
  ['white as hue and lightness', '<td>12<span style="color:hsl(0,0%,100%)">9</span></td>', '12'],
  ['dark as hue and lightness', '<td>1<span style="color:hsl(210 50% 20%)">2</span></td>', '12'],
  ['black again within white', '<td style="color:#fff">9<b style="color:#000">12</b></td>', '12'],
  ['white on a coloured cell', '<td style="background:#1f4e79"><font color="#fff">12</font></td>', '12'],
  ['white on a coloured row', '<tr bgcolor="#336699"><td><span style="color:white">12</span></td>', '12'],
  ['white on a row that a sheet colours', `${sheet}<tr class="tou"><td>12</td>`, '12'],
  ['white on a picture', '<td style="background:url(a.png)"><span style="color:#fff">12</span></td>', '12'],
  [
    'white, where a sheet of elsewhere may colour the cell',
    `${link}<td class="x"><b style="color:#fff">12</b></td>`,
    '12',
  ],
  ['white beside black there', `${link}<td class="x">1<b style="color:#fff">2</b></td>`, '1 (pale)'],
  ['pale beside black', '<td>12<span style="color:#ccc">9</span></td>', '12 (pale)'],
  [
    'old digits under a line that a gradient draws',
    '<td><span style="background:linear-gradient(transparent 45%,#f00 45%,#f00 55%,transparent 55%)">77</span>12</td>',
    '12',
  ],
  [
    'the same by a class',
    '<style>.x{background-image:linear-gradient(to bottom,transparent 48%,#000 48%,#000 52%,transparent 52%)}</style><td><b class="x">77</b>12</td>',
    '12',
  ],
  [
    'digits on a stripe that may be a line',
    '<td><i style="background:linear-gradient(#000,#000) 0 50%/100% 1px no-repeat">77</i>12</td>',
    '12 (pale)',
  ],
  [
    'a number under a marker',
    '<td><span style="background:linear-gradient(transparent 50%,yellow 50%)">12</span></td>',
    '12',
  ],
  ['digits that Word does not print', "<td>12<span style='mso-hide:all'>9</span></td>", '12 (pale)'],
  ['pale alone', '<td><span style="color:#ccc">12</span></td>', '12'],
  ['a pale unit', '<td>12<span style="color:#ccc">件</span></td>', '12件'],
  ['blacked out', '<td><span style="background:#000;color:#000">12</span></td>', ' (struck)'],
  ['red', '<td><span style="color:#f00">12</span></td><!-- color:#fff -->', '12'],
])('of pages: %s', (_, html, expected) => {
  const row = html.replace(/^(?:<style>.*<\/style>|<link[^>]*>)/, '');
  const head = html.slice(0, html.length - row.length);
  const [cell] = cellsOf(readHtml(`${head}<body class="a"><table><tr>${row}<td>7</td></tr></table>`).blocks);
  expect(cell?.trim()).toBe(expected.trim());
});

test('text that is white on a banner of unknown colour stays the title', () => {
  const [title] = readHtml(`${link}<div class="banner"><h1 style="color:#fff">年度报告</h1></div>`).blocks;
  expect(title).toMatchObject({ text: '年度报告' });
});

const white = '<w:color w:val="FFFFFF"/>';
const run = (text: string, properties = '') => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
const shade = (fill: string) => `<w:shd w:val="clear" w:color="auto" w:fill="${fill}"/>`;

test.each<[string, string, string, string]>([
  ['white on paper', '', run('12') + run('9', white), '12'],
  ['white on a coloured cell', shade('1F4E79'), run('12', white), '12'],
  ['white on a white cell', shade('FFFFFF'), run('12') + run('9', white), '12'],
  ['white on its own shading', '', run('12', white + shade('C00000')), '12'],
  ['white on highlighting', '', run('12', `${white}<w:highlight w:val="darkBlue"/>`), '12'],
  [
    'white on a theme of unknown colour',
    '<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>',
    run('12', white),
    '12',
  ],
  ['automatic on black', shade('000000'), run('12', '<w:color w:val="auto"/>'), '12'],
  ['pale beside black', '', run('12') + run('9', '<w:color w:val="CCCCCC"/>'), '12 (pale)'],
  ['blacked out', '', run('12', '<w:color w:val="000000"/><w:highlight w:val="black"/>'), ' (struck)'],
])('of DOCX: %s', async (_, properties, runs, expected) => {
  const cell = `<w:tc><w:tcPr>${properties}</w:tcPr><w:p>${runs}</w:p></w:tc>`;
  const table = `<w:tbl><w:tblPr/><w:tr>${cell}<w:tc><w:p>${run('7')}</w:p></w:tc></w:tr></w:tbl>`;
  const [read] = cellsOf((await readDocx(packDocx(documentXml(table)))).blocks);
  expect(read?.trim()).toBe(expected.trim());
});
