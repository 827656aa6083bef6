import { Converter } from 'opencc-js/t2cn';
import { decodeAs } from './decode.ts';
import type { Doc } from './doc.ts';
import { mapText, textsOf } from './doc-text.ts';

export type Script = 'simplified' | 'traditional' | 'mixed' | null;

/**
 * Traditional → Simplified, by character and phrase (t→cn, never with Taiwan vocabulary: 文件→文档 would rewrite the
 * statutory labels). Text is converted only where its own characters show it to be Traditional, because converters
 * damage Simplified text (乾安县 → 干安县): Simplified text comes out unchanged, character for character.
 */
export function simplifyDoc(doc: Doc): { doc: Doc; script: Script } {
  const evidence = weigh(textsOf(doc).join('\n'));
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
export function weigh(text: string): Evidence {
  const { only } = sets();
  let traditional = 0;
  let simplified = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x3400) continue;
    const script = only.get(text[i]!);
    if (script === 't') traditional++;
    else if (script === 's') simplified++;
  }
  return { traditional, simplified };
}

export function scriptOf({ traditional, simplified }: Evidence): Script {
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
];

let converter: ((text: string) => string) | undefined;

export function toSimplified(text: string): string {
  converter ??= Converter({ from: 't', to: 'cn' });
  let prepared = text;
  for (const [pattern, replacement] of OVERLAY) prepared = prepared.replace(pattern, replacement);
  return converter!(prepared);
}

let cached: { only: Map<string, 's' | 't'> } | undefined;

/** GB 2312 is the Simplified repertoire, Big5 the Traditional one: a hanzi in only one of them is evidence. */
function sets(): { only: Map<string, 's' | 't'> } {
  if (cached) return cached;
  const hanzi = (charset: 'gb18030' | 'big5', leads: [number, number], trails: [number, number][]) => {
    const bytes: number[] = [];
    for (let lead = leads[0]; lead <= leads[1]; lead++)
      for (const [from, to] of trails) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail);
    return new Set(decodeAs(Uint8Array.from(bytes), charset).match(/\p{Script=Han}/gu) ?? []);
  };
  const simplified = hanzi('gb18030', [0xb0, 0xf7], [[0xa1, 0xfe]]);
  const traditional = hanzi(
    'big5',
    [0xa4, 0xf9],
    [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  );
  const only = new Map<string, 's' | 't'>();
  for (const ch of simplified) if (!traditional.has(ch)) only.set(ch, 's');
  for (const ch of traditional) if (!simplified.has(ch)) only.set(ch, 't');
  for (const ch of '爲衆祕啓麪羣牀峯鈎綫') only.set(ch, 't');
  cached = { only };
  return cached;
}
