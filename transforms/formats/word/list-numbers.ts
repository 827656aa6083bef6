/** Automatic numbers of list paragraphs, as a word processor prints them. */

const digits = [...'〇一二三四五六七八九'];
const legalDigits = [...'零壹贰叁肆伍陆柒捌玖'];
const stems = [...'甲乙丙丁戊己庚辛壬癸'];
const branches = [...'子丑寅卯辰巳午未申酉戌亥'];

/** 1 to 9999: 12 → 十二, 20 → 二十, 105 → 一百零五. */
function counting(n: number, digit: string[], units: string[], zero: string): string {
  const text = [...String(n)]
    .map((d, i, all) => (d === '0' ? '0' : `${digit[Number(d)]}${units[all.length - 1 - i]}`))
    .join('')
    .replace(/0+$/, '')
    .replace(/0+/g, zero);
  return n >= 10 && n < 20 && digit === digits ? text.slice(1) : text;
}

function roman(n: number): string {
  const parts: [number, string][] = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let left = n;
  let text = '';
  for (const [value, sign] of parts) for (; left >= value; left -= value) text += sign;
  return text;
}

/** a … z, aa, bb …: how word processors go on after z. */
const letter = (n: number) => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.ceil(n / 26));
const within = (n: number, first: number, last: number) =>
  first + n - 1 <= last ? String.fromCodePoint(first + n - 1) : String(n);
const wide = (n: number) => String(n).replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)));
const positional = (n: number) => String(n).replace(/\d/g, (d) => digits[Number(d)] ?? d);
const chinese = (n: number) => counting(n, digits, ['', '十', '百', '千'], '零');
const legal = (n: number) => counting(n, legalDigits, ['', '拾', '佰', '仟'], '零');

/** By the names of `w:numFmt` (ECMA-376, ST_NumberFormat). */
const formats: Record<string, (n: number) => string> = {
  decimal: String,
  decimalZero: (n) => String(n).padStart(2, '0'),
  decimalFullWidth: wide,
  decimalFullWidth2: wide,
  decimalEnclosedCircle: (n) => within(n, 0x2460, 0x2473),
  decimalEnclosedCircleChinese: (n) => within(n, 0x2460, 0x2473),
  decimalEnclosedParen: (n) => within(n, 0x2474, 0x2487),
  decimalEnclosedFullstop: (n) => within(n, 0x2488, 0x249b),
  ideographEnclosedCircle: (n) => within(n, 0x3280, 0x3289),
  chineseCounting: chinese,
  chineseCountingThousand: chinese,
  japaneseCounting: chinese,
  taiwaneseCounting: chinese,
  taiwaneseCountingThousand: chinese,
  ideographDigital: positional,
  japaneseDigitalTenThousand: positional,
  taiwaneseDigital: positional,
  chineseLegalSimplified: legal,
  ideographLegalTraditional: legal,
  ideographTraditional: (n) => stems[(n - 1) % 10] ?? '',
  ideographZodiac: (n) => branches[(n - 1) % 12] ?? '',
  lowerLetter: letter,
  upperLetter: (n) => letter(n).toUpperCase(),
  lowerRoman: (n) => roman(n).toLowerCase(),
  upperRoman: roman,
  bullet: () => '',
  none: () => '',
};

/** An unknown format prints decimal digits, as word processors do. */
function numeral(format: string, n: number): string {
  if (n < 1 || n > 9999) return n === 0 && format !== 'bullet' && format !== 'none' ? '0' : '';
  return (formats[format] ?? String)(n);
}

export interface Level {
  format: string;
  /** `%1` … `%9` stand for the numbers of the levels: "（%1）". */
  text: string;
  start: number;
}

/** Counts paragraphs in document order. `list` names the counters, `level` is from 0; gives the printed label. */
export function createCounter(): (list: string, levels: Level[], level: number) => string {
  const counters = new Map<string, number[]>();
  return (list, levels, level) => {
    const counts = counters.get(list) ?? [];
    counters.set(list, counts);
    for (let above = 0; above < level; above++) counts[above] ??= levels[above]?.start ?? 1;
    counts[level] = (counts[level] ?? (levels[level]?.start ?? 1) - 1) + 1;
    counts.length = level + 1;
    const own = levels[level];
    if (!own || own.format === 'bullet' || own.format === 'none') return '';
    return own.text.replace(/%([1-9])/g, (_, n: string) =>
      numeral(levels[Number(n) - 1]?.format ?? 'decimal', counts[Number(n) - 1] ?? 1),
    );
  };
}
