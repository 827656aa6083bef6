/**
 * Browsers write some ideographs into the text layer as the radical that looks the same (⼀ for 一, ⺠ for 民).
 * Only these two blocks are mapped: NFKC over everything would also rewrite （一）, ① and ㎡, which stay as printed.
 */
const FIRST_RADICAL = 0x2e80;
const FIRST_KANGXI = 0x2f00;
const LAST_KANGXI = 0x2fd5;

/** CJK Radicals Supplement: each form followed by the character it is printed for. Unicode decomposes only two of them. */
const PAIRS =
  '⺁厂⺄乚⺅亻⺆冂⺇几⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尢⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻' +
  '⺮竹⺯糹⺰纟⺱罓⺲罒⺳罓⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜' +
  '⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟';

const supplement = new Map<string, string>();
for (let i = 0; i < PAIRS.length; i += 2) supplement.set(PAIRS.charAt(i), PAIRS.charAt(i + 1));

/** The ordinary character that a radical stands for; every other character unchanged. */
export function mapRadical(char: string): string {
  const code = char.charCodeAt(0);
  if (code < FIRST_RADICAL || code > LAST_KANGXI) return char;
  if (char === '⼾') return '户'; // NFKC says 戶, which no Simplified text prints
  return code >= FIRST_KANGXI ? char.normalize('NFKC') : (supplement.get(char) ?? char);
}
