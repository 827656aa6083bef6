import { once } from '../memo.ts';
import { DIVISIONS } from './divisions-data.ts';

const divisions = once(() => {
  const index = { byName: new Map<string, string[]>(), byCode: new Map<string, string>(), longest: 0 };
  for (const row of DIVISIONS.split('\n')) {
    const code = row.slice(0, 6);
    const name = row.slice(6);
    if (name === '') continue;
    index.byName.set(name, [...(index.byName.get(name) ?? []), code]);
    index.byCode.set(code, name);
    index.longest = Math.max(index.longest, name.length);
  }
  return index;
});

export const isDivisionCode = (code: string): boolean => divisions().byCode.has(code);

/** Significant digits of a code: 2 for a province, 4 for a prefecture, 6 for a county. */
const prefixOf = (code: string): string =>
  code.endsWith('0000') ? code.slice(0, 2) : code.endsWith('00') ? code.slice(0, 4) : code;

/**
 * GB/T 2260 code of the division an organ belongs to, from the divisions its name begins with
 * (广州市增城区人民政府 → 440118). `hint`, a code of the portal, decides only between divisions of the same name.
 * Null when the name begins with no division or stays ambiguous.
 */
export function divisionOf(organ: string, hint: string | null): string | null {
  const { byName, longest } = divisions();
  let code: string | null = null;
  let rest = organ;
  for (let level = 0; level < 3; level++) {
    let found: { name: string; codes: string[] } | null = null;
    for (let length = Math.min(longest, rest.length); length >= 2 && !found; length--) {
      const name = rest.slice(0, length);
      const codes = (byName.get(name) ?? []).filter(
        (c) => code === null || (c !== code && c.startsWith(prefixOf(code))),
      );
      if (codes.length > 0) found = { name, codes };
    }
    if (!found) break;
    const chosen: string | null = found.codes.length === 1 ? found.codes[0]! : byHint(found.codes, hint);
    if (chosen === null) break;
    code = chosen;
    rest = rest.slice(found.name.length);
  }
  return code;
}

/**
 * The name under which organs are listed: a district's organ carries its prefecture (洪泽区人民政府 →
 * 淮安市洪泽区人民政府), and a bare division (增城区) is its government. Counties keep their own name unless `text`
 * itself writes the prefecture before it.
 */
export function fullOrganName(organ: string, code: string | null, text: string): string {
  const { byCode } = divisions();
  const own = code === null ? undefined : byCode.get(code);
  if (code === null || own === undefined) return organ;
  const bare = byCode.get(code) === organ || organ.endsWith(own) ? `${organ}人民政府` : organ;
  if (code.endsWith('00') || !organ.startsWith(own)) return bare;
  const above = byCode.get(`${code.slice(0, 4)}00`) ?? byCode.get(`${code.slice(0, 2)}0000`);
  return above && (own.endsWith('区') || text.includes(above + own)) ? above + bare : bare;
}

function byHint(codes: string[], hint: string | null): string | null {
  if (hint === null) return null;
  for (const digits of [6, 4, 2]) {
    const near = codes.filter((c) => c.slice(0, digits) === hint.slice(0, digits));
    if (near.length === 1) return near[0]!;
  }
  return null;
}
