import { isText, type Element } from 'domhandler';
import { memo } from '../../memo.ts';

/**
 * Values of the string literals in a script, in quotes of any kind. Those that the script puts one after the other
 * (`'…' + '…'`, `html += '…'`, lines of `document.write`) are one; what stands between them otherwise, a number that is
 * computed, is not known, so they are not.
 */
export function literalsOf(script: string): string[] {
  const values: string[] = [];
  let end = -1;
  for (const { from, to } of spansOf(script)) {
    const value = valueOf(script.slice(from, to));
    if (end >= 0 && from - end < 200 && JOINED.test(script.slice(end, from))) values[values.length - 1] += value;
    else values.push(value);
    end = to;
  }
  return values;
}

const JOINED = /^\s*(?:\+|(?:\)\s{0,20})?(?:;\s{0,20})?[\w.$]{1,80}\s{0,20}(?:\+=|\())\s*$/;

/** Where literals stand, quotes included. A quote without its pair in the line, or in the script for a backtick, is none. */
function* spansOf(script: string): Generator<{ from: number; to: number }> {
  // A quote that has no pair further on has none for any before it either.
  const unpaired = new Set<string>();
  for (let at = 0; at < script.length; at++) {
    const quote = script[at]!;
    if ((quote !== '"' && quote !== "'" && quote !== '`') || unpaired.has(quote)) continue;
    const closes = quote === '`' ? '`' : `${quote}\n`;
    let end = at + 1;
    while (end < script.length && !closes.includes(script[end]!)) end += script[end] === '\\' ? 2 : 1;
    if (script[end] === quote) {
      yield { from: at, to: end + 1 };
      at = end;
    } else if (end >= script.length) unpaired.add(quote);
  }
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ', v: ' ', '0': '' };

/** As JavaScript reads it. */
function valueOf(literal: string): string {
  const inside = literal.slice(1, -1);
  if (!inside.includes('\\')) return inside;
  return inside.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi,
    (_, braced: string | undefined, four: string | undefined, two: string | undefined, one: string) => {
      const code = braced ?? four ?? two;
      if (code !== undefined) return codePoint(parseInt(code, 16));
      return one === '\n' ? '' : (ESCAPES[one] ?? one);
    },
  );
}

/** The literals of a script of a page: they are asked for files, and again for bodies. */
export const literalsIn = memo((script: Element): string[] =>
  literalsOf(script.children.map((child) => (isText(child) ? child.data : '')).join('')),
);

const codePoint = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
