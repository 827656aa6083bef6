import * as OpenCC from 'opencc-js';
import { toTraditional } from './html.ts';
import type { Random } from './random.ts';

/** What sites that copy portals do to a page. All of it leaves the numbers alone. */
export type CloneDamage = (page: string, random: Random) => string;

/** Readings as such sites write them, of characters that every report has, in either script. */
const readings: Record<string, string> = {
  区: 'qū', 區: 'qū', 政: 'zhèng', 府: 'fǔ', 厅: 'tīng', 廳: 'tīng', 室: 'shì', 年: 'nián', 公: 'gōng', 开: 'kāi', 開: 'kāi', 请: 'qǐng',
  請: 'qǐng', 数: 'shù', 數: 'shù', 复: 'fù', 復: 'fù', 议: 'yì', 議: 'yì', 诉: 'sù', 訴: 'sù', 讼: 'sòng', 訟: 'sòng', 局: 'jú', 教: 'jiào',
  育: 'yù', 财: 'cái', 財: 'cái', 许: 'xǔ', 許: 'xǔ', 罚: 'fá', 罰: 'fá', 规: 'guī', 規: 'guī', 章: 'zhāng', 理: 'lǐ', 法: 'fǎ', 律: 'lǜ',
}; // prettier-ignore

const toneless = (reading: string) => reading.normalize('NFD').replace(/\p{M}/gu, '');

/** Texts between tags, outside of scripts and styles. */
const inTexts = (page: string, change: (text: string) => string): string =>
  page.replace(
    /(<(script|style)\b[\s\S]*?<\/\2>)|>([^<]+)</g,
    (all, skipped: string | undefined, _name, text: string) => (skipped === undefined ? `>${change(text)}<` : all),
  );

const withReadings =
  (share: number, write: (char: string, reading: string) => string): CloneDamage =>
  (page, random) =>
    inTexts(page, (text) =>
      text.replace(/\p{Script=Han}/gu, (char) => {
        const reading = readings[char];
        return reading !== undefined && random.chance(share) ? write(char, reading) : char;
      }),
    );

const clone = 'www.clone-example.com';

const taiwan = OpenCC.Converter({ from: 'cn', to: 'twp' });

/** One character for one, whatever the word: what converters without phrases print. */
const slips: [RegExp, string][] = [
  [/復/g, '複'],
  [/制/g, '製'],
  [/系/g, '係'],
  [/准/g, '準'],
  [/面/g, '麵'],
  [/發/g, '髮'],
  [/里/g, '裡'],
  [/干/g, '乾'],
];

export const cloneDamages = {
  toned: withReadings(0.15, (char, reading) => `${char}(${reading})`),
  plain: withReadings(0.15, (char, reading) => `${char}(${toneless(reading)})`),
  fullwidth: withReadings(0.1, (char, reading) => `${char}（${toneless(reading)}）`),
  doubled: withReadings(0.12, (char, reading) => `${char}(${toneless(reading)})(${toneless(reading)})`),
  /** 政府 with the reading of the second character inside the brackets of the first. */
  nested: (page, random) =>
    inTexts(page, (text) =>
      text.replace(/(厅|廳|政|公|复|法)(室|府|开|議|议|律)/g, (all, a: string, b: string) =>
        random.chance(0.4) ? `${a}(${b}(${toneless(readings[b] ?? '')}))` : all,
      ),
    ),
  domain_in_text: (page) => page.replace(/<p(?=[ >])/, `<p>查询网址：http://${clone}/xxgk/，原网站${clone}。</p><p`),
  domain_in_organ: (page) => inTexts(page, (text) => text.replace(/示例市(?=[甲乙丙丁戊己庚辛]区)/g, `示例市${clone}`)),
  advertised: (page, random) => {
    const words = random.pick([`_${clone}`, '-示例文库网', '【免费下载】', ' - 示例范文大全']);
    const front = random.chance(0.3) ? '【推荐】' : '';
    return page.replace(
      /<(title|h1|h2|b)>([^<]+)<\/\1>/g,
      (_all, tag: string, title: string) => `<${tag}>${front}${title}${words}</${tag}>`,
    );
  },
  /** By phrases, with the vocabulary of Taiwan: 規範性檔案, 政府資訊. */
  taiwan: (page) => taiwan(page).replaceAll('複議', '覆議').replaceAll('復議', '覆議'),
  slips: (page) => slips.reduce((text, [from, to]) => text.replace(from, to), toTraditional(page)),
} satisfies Record<string, CloneDamage>;

export type CloneDamageName = keyof typeof cloneDamages;
