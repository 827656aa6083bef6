import { Converter } from 'opencc-js/t2cn';
import { hanziOf } from './decode.ts';
import type { Doc } from '../doc/doc.ts';
import { mapText, textsOf } from '../doc/text.ts';
import { once } from '../memo.ts';

export type Script = 'simplified' | 'traditional' | 'mixed' | null;

/**
 * Traditional → Simplified, by character and phrase (t→cn, never with Taiwan vocabulary: 文件→文档 would rewrite the
 * statutory labels). Text is converted only where its own characters show it to be Traditional, because converters
 * damage Simplified text (乾安县 → 干安县): Simplified text comes out unchanged, character for character.
 */
export function simplifyDoc(doc: Doc): { doc: Doc; script: Script } {
  const evidence: Evidence = { traditional: 0, simplified: 0 };
  for (const text of textsOf(doc)) {
    const { traditional, simplified } = weigh(text);
    evidence.traditional += traditional;
    evidence.simplified += simplified;
  }
  const script = scriptOf(evidence);
  if (script === 'simplified' || script === null) return { doc, script };
  const convert = (text: string) => simplifyText(text, script);
  return { doc: mapText(doc, convert), script };
}

/** Convert the lines of a text that are Traditional; lines without evidence follow the script of the whole document. */
export function simplifyText(text: string, script: Script): string {
  if (script === 'simplified' || script === null) return text;
  return text
    .split('\n')
    .map((line) => {
      const { traditional, simplified } = weigh(line);
      const convert = traditional > simplified || (traditional === simplified && script === 'traditional');
      return convert ? toSimplified(line) : line;
    })
    .join('\n');
}

interface Evidence {
  traditional: number;
  simplified: number;
}

/** Count characters that only one script has. */
function weigh(text: string): Evidence {
  const scripts = scriptTable();
  let [traditional, simplified] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const script = scripts[text.charCodeAt(i)];
    if (script === TRADITIONAL) traditional++;
    else if (script === SIMPLIFIED) simplified++;
  }
  return { traditional, simplified };
}

function scriptOf({ traditional, simplified }: Evidence): Script {
  if (traditional + simplified === 0) return null;
  const share = traditional / (traditional + simplified);
  return share >= 0.9 ? 'traditional' : share <= 0.1 ? 'simplified' : 'mixed';
}

/**
 * Phrases the general converter leaves or turns wrongly. 覆議 is 复议; 著 as a particle is 着; 祇 as "only" is 只.
 * The place names keep the character the state uses.
 */
const OVERLAY: [RegExp, string][] = [
  [/覆議|複議|覆议/g, '复议'],
  [/答覆|答複/g, '答复'],
  [/著力/g, '着力'],
  [/圍繞著/g, '围绕着'],
  [/沿著/g, '沿着'],
  [/祇有/g, '只有'],
  [/甯夏/g, '宁夏'],
  [/濬縣/g, '浚县'],
  // Characters of Hong Kong.
  [/衞/g, '卫'],
  [/敍/g, '叙'],
];

const converter = once(() => Converter({ from: 't', to: 'cn' }));

export function toSimplified(text: string): string {
  let prepared = text;
  for (const [pattern, replacement] of OVERLAY) prepared = prepared.replace(pattern, replacement);
  return converter()(prepared);
}

const SIMPLIFIED = 1;
const TRADITIONAL = 2;

/**
 * Which script each character is evidence for, by code unit. GB 2312 is the Simplified repertoire, Big5 the Traditional
 * one: a hanzi in only one of them is evidence.
 */
const scriptTable = once((): Uint8Array => {
  const simplified = hanziOf('gb18030', [0xb0, 0xf7], [[0xa1, 0xfe]]);
  const traditional = hanziOf(
    'big5',
    [0xa4, 0xf9],
    [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  );
  const table = new Uint8Array(0x10000);
  for (const ch of simplified) if (!traditional.has(ch)) table[ch.charCodeAt(0)] = SIMPLIFIED;
  for (const ch of traditional) if (!simplified.has(ch)) table[ch.charCodeAt(0)] = TRADITIONAL;
  // Traditional forms that Big5 lacks.
  for (const ch of '爲衆祕啓麪羣牀峯鈎綫') table[ch.charCodeAt(0)] = TRADITIONAL;
  return table;
});
