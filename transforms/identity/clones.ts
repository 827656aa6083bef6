import type { Doc } from '../doc/doc.ts';
import { finding, type Finding } from '../findings.ts';
import { mapText, textsOf } from '../doc/text.ts';

/**
 * Clone sites copy a page and insert readings in brackets after characters: 區(qū), 政(zheng)(zheng)府(fu),
 * 廳(室(shi)). A bracket that holds one syllable of pinyin directly after a hanzi is such a reading; they are taken out
 * only where a document has several, so that an ordinary (wan) somewhere stays.
 */
export function withoutReadings(doc: Doc): { doc: Doc; findings: Finding[] } {
  let count = 0;
  for (const text of textsOf(doc))
    if (/[(（]/.test(text) && /[(（]\s*\p{Script=Latin}/u.test(text))
      count += [...text.matchAll(READING)].filter(isReading).length;
  if (count < 3) return { doc, findings: [] };
  const clean = (text: string): string => {
    let out = text;
    // From the inside out: a reading may stand inside a bracket of the text, and be doubled.
    for (let before = ''; before !== out;) {
      before = out;
      out = out.replace(READING, (all, hanzi: string, syllable: string) => (isSyllable(syllable) ? hanzi : all));
    }
    return out;
  };
  return {
    doc: mapText(doc, clean),
    findings: [finding('clone_text', [], { readings: count }, { actual: count })],
  };
}

const READING = /(\p{Script=Han})[(（]\s*(\p{Script=Latin}{1,6})\s*[)）]/gu;
const isReading = (match: RegExpExecArray | RegExpMatchArray): boolean => isSyllable(match[2]!);

const SYLLABLE = new RegExp(
  '^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?' +
    '(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v)$',
);

/** One syllable of pinyin, with or without tone marks. */
function isSyllable(text: string): boolean {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/u\u0308/g, 'v')
    .replace(/\p{M}/gu, '')
    .replace(/ɡ/g, 'g');
  return SYLLABLE.test(plain);
}

const DOMAIN =
  /(?<![@\w.-])(?:https?:\/\/)?((?:[a-z0-9-]{1,63}\.){1,6}(?:com|cn|net|org|gov|info|top|xyz|cc|vip|club|site|online|shop))(?![\w.-]*@)(?![a-z0-9-])/gi;

/** Domains outside .gov.cn that a text names: clone sites put their own in place of the portal's. */
export function foreignDomains(texts: string[]): Finding[] {
  const found = new Set<string>();
  for (const text of texts) {
    const folded = text.normalize('NFKC');
    if (!folded.includes('.')) continue;
    for (const match of folded.matchAll(DOMAIN)) {
      const domain = match[1]!.toLowerCase();
      if (!/(^|\.)gov\.cn$/.test(domain)) found.add(domain);
    }
  }
  return [...found].sort().map((domain) => finding('foreign_domain', [], { domain }));
}
