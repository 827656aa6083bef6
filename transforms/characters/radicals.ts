/**
 * Browsers write some ideographs into the text layer as the radical that looks the same (⼀ for 一, ⺠ for 民).
 * Only these two blocks are mapped: NFKC over everything would also rewrite （一）, ① and ㎡, which stay as printed.
 */
const RADICAL = /[\u2e80-\u2ef3\u2f00-\u2fd5]/g;

/**
 * CJK Radicals Supplement: each form followed by the character it is printed for, as EquivalentUnifiedIdeograph.txt of
 * Unicode 14 has it. NFKC knows two of them.
 */
const SUPPLEMENT =
  '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊' +
  '⺹耂⺺肀⺻聿⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜' +
  '⻰龙⻱龜⻲亀⻳龟';

/**
 * Where Unicode names a character outside the basic plane, which no report prints, the radical's ordinary character
 * stands. Three stand for what they look like, since that is how a text layer comes by them: ⺫ 罒 (Unicode: 目), ⺼ 月
 * (肉), ⻏ 阝 (邑). And ⼾ is 户: NFKC says 戶, which no Simplified text prints.
 */
const OURS = '⺇几⺑尢⺪疋⺮竹⺵网⺷羊⺸羊⺽臼⻇角⻊足⻕阜⻞飠⻡首⺫罒⺼月⻏阝⼾户';

const characters = new Map((SUPPLEMENT + OURS).match(/../gu)!.map((pair) => [pair.charAt(0), pair.charAt(1)]));

/** Radicals replaced by the ordinary characters that they stand for; every other character unchanged. */
export const foldRadicals = (text: string): string =>
  text.replace(RADICAL, (radical) => characters.get(radical) ?? radical.normalize('NFKC'));

/** Radicals and compatibility forms (full width, ①, ㎡) folded, for keys and patterns: what is published keeps its form. */
export const foldForms = (text: string): string => foldRadicals(text).normalize('NFKC');
