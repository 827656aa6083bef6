import { createRequire } from 'node:module';
import { once } from '../memo.ts';

/** A division of GB/T 2260 under one name: a renamed one has several, with the same code or another. */
export interface Division {
  code: string;
  name: string;
  /** Years of the first list that has it and of the first that no longer has; infinite: before 2008, still in force. */
  from: number;
  until: number;
  /** Codes that took over. */
  successors: string[];
}

/** A line of divisions.json; scripts/divisions.ts makes it and says from what. Several words have a blank between. */
type Entry = [code: string, name: string, shortNames: string, from: string, until: string, successors: string];

/** Loaded when the first name is looked up, and by `require`: Node 20.18.0 warns about every import of JSON. */
const divisions = once(() => {
  const rows = createRequire(import.meta.url)('./divisions.json') as Entry[];
  const map = () => new Map<string, Division[]>();
  const all: Division[] = [];
  const index = { all, byName: map(), byBareName: map(), byCode: map(), longest: 0 };
  for (const [code, name, shortNames, from, until, successors] of rows) {
    const division: Division = {
      code,
      name,
      from: from === '' ? -Infinity : Number(from.slice(0, 4)),
      until: until === '' ? Infinity : Number(until.slice(0, 4)),
      successors: words(successors),
    };
    all.push(division);
    add(index.byCode, code, division);
    for (const key of [name, ...words(shortNames)]) {
      add(index.byName, key, division);
      index.longest = Math.max(index.longest, key.length);
    }
    const bare = /^(.{2,})(?:[市县盟]|地区)$/.exec(name)?.[1];
    if (bare !== undefined) add(index.byBareName, bare, division);
  }
  return index;
});

const words = (text: string): string[] => (text === '' ? [] : text.split(' '));

function add(map: Map<string, Division[]>, key: string, division: Division): void {
  const same = map.get(key);
  if (same) same.push(division);
  else map.set(key, [division]);
}

/** In place of a code: organs of the state, which lie in no division. */
export const STATE = '000000';

/** Province parts of GB/T 2260, and that of the state. A code outside them belongs to no place, and here marks an invented one. */
const provinces = new Set(
  '00 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
);

export const isInvented = (code: string): boolean => !provinces.has(code.slice(0, 2));

/** Every division under each of its names, in the order of the list. */
export const everyDivision = (): readonly Division[] => divisions().all;

export const isDivisionCode = (code: string): boolean => divisions().byCode.has(code);

/**
 * GB/T 2260 code of the division an organ belongs to, from the divisions its name begins with: 广州市增城区人民政府 →
 * 440118, 增城市人民政府 → 440183. Of divisions with one name, those in force `at` the report's year are meant (null:
 * today), then the one nearest to `hint`, a code of the portal. A zone without a code of its own has that of the place
 * it is named after, or in brackets is one with. Null when the name begins with no division, leaves several open, or
 * goes on with a division that is not known: that one lies in the last known, but is not it.
 */
export function divisionOf(organ: string, { at, hint }: { at: number | null; hint: string | null }): string | null {
  const { found, rest } = parse(organ);
  if (namesUnknown(rest)) return null;
  const zone = ZONE.exec(rest)?.[0];
  if (zone === undefined) return settle(found, at, hint);
  const [, host] = /^[^()（）]*[(（]([^()（）]+)/.exec(rest) ?? [];
  const hosts =
    host === undefined ? [] : parse(host).found.filter((d) => found.length === 0 || within([d], found).length > 0);
  if (hosts.length > 0) return settle(hosts, at, hint);
  return found.length > 0 ? settle(found, at, hint) : (PROVINCE_OF_ZONE[zone] ?? null);
}

/** One of the divisions that a name may mean, with the full names of those that it may lie in. */
export interface Option {
  code: string;
  name: string;
  above: string[];
}

/** The divisions that the name an organ begins with leaves open at the year of the report: none where it is not known, or a zone. */
export function divisionsOf(organ: string, at: number | null): Option[] {
  const { found, rest } = parse(organ);
  if (namesUnknown(rest) || ZONE.test(rest)) return [];
  const { byCode } = divisions();
  return meantAt(found, at).map(({ code, name }) => {
    const codes = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`].filter((c) => c !== code);
    return { code, name, above: (codes.map((c) => byCode.get(c)).find((d) => d) ?? []).map((d) => d.name) };
  });
}

/** Whether an organ's name says where the organ is, be that division known or not. */
export function namesDivision(organ: string): boolean {
  const { found, rest } = parse(organ);
  return found.length > 0 || namesUnknown(rest);
}

/** The divisions that the names an organ begins with may mean, each name narrowing those above, and what follows. */
function parse(organ: string): { found: Division[]; rest: string } {
  let found: Division[] = [];
  let rest = organ;
  for (let level = 0; level < 3; level++) {
    const next = longestName(rest, (divisions) => (level === 0 ? divisions : within(divisions, found)));
    if (!next) break;
    found = next.divisions;
    rest = rest.slice(next.length);
  }
  return { found, rest };
}

function longestName(
  text: string,
  only: (divisions: Division[]) => Division[],
): { divisions: Division[]; length: number } | null {
  const { byName, byBareName, longest } = divisions();
  for (let length = Math.min(longest, text.length); length >= 2; length--) {
    const name = text.slice(0, length);
    const rest = text.slice(length);
    const full = only(byName.get(name) ?? []);
    const bare = only(byBareName.get(name) ?? []);
    const goesOnIn = (above: Division[]) =>
      above.length > 0 && longestName(rest, (inner) => within(inner, above)) !== null;
    // 苏州高新区, 哈尔滨道里区: 市 may be left out before a zone or a division within. 乡 and 镇 begin such names too (西乡县).
    const found = [
      ...(STREET.test(rest) && !goesOnIn(full) ? [] : full),
      ...(goesOnIn(bare) || (bare.length > 0 && ZONE.test(rest)) ? bare : []),
    ];
    if (found.length > 0) return { divisions: found, length };
  }
  return null;
}

/** After the name of a division: a street or town that is called like it (城区街道, 北京东路街道). */
const STREET = /^[东西南北中]?(?:路|街|大道|镇|乡|村|社区)/;

const within = (inner: Division[], outer: Division[]): Division[] =>
  inner.filter((i) => outer.some((o) => liesIn(i.code, o.code)));

const liesIn = (code: string, above: string): boolean => code !== above && code.startsWith(prefixOf(above));

/** Significant digits of a code: 2 for a province, 4 for a prefecture, 6 for a county. */
function prefixOf(code: string): string {
  // The prefecture 伊犁 has two prefectures under it, 6542 and 6543.
  if (code === '654000') return '654';
  return code.endsWith('0000') ? code.slice(0, 2) : code.endsWith('00') ? code.slice(0, 4) : code;
}

/** Those in force in the year of the report, or nearest to it. */
function meantAt(found: Division[], at: number | null): Division[] {
  // Before `from` or from `until` on, in years. A list names what changed since the one before it, and a report is
  // published the year after its own: a year off is no difference.
  const year = at ?? 9999;
  const off = (d: Division) => Math.max(0, d.from - year, year - d.until + 1);
  const nearest = Math.max(1, Math.min(...found.map(off)));
  const near = found.filter((d) => off(d) <= nearest);
  const follows = (a: Division, b: Division) => a.successors.includes(b.code) || b.successors.includes(a.code);
  return near.filter((d) => off(d) === 0 || !near.some((other) => off(other) === 0 && follows(d, other)));
}

function settle(found: Division[], at: number | null, hint: string | null): string | null {
  const codes = [...new Set(meantAt(found, at).map((d) => d.code))];
  if (codes.length === 1) return codes[0]!;
  // 长沙经济技术开发区: of the city or of the county in it; the city is true of both.
  return byHint(codes, hint) ?? codes.find((code) => codes.every((c) => c === code || liesIn(c, code))) ?? null;
}

function byHint(codes: string[], hint: string | null): string | null {
  if (hint === null) return null;
  for (const digits of [6, 4, 2]) {
    const near = codes.filter((c) => c.slice(0, digits) === hint.slice(0, digits));
    if (near.length === 1) return near[0]!;
  }
  return null;
}

const ZONE_WORDS =
  '新城区?|科技城|产业园|工业园|(?:开发|新|高新|经开|经济|园|工业|产业|保税|保税港|综保|示范|试验|实验|合作|管理|度假|风景|名胜|景|旅游|保护|加工|集聚|聚集|功能|先行|先导|商务|物流|自贸|港|库|灌|片|社|校|小|老|林|垦|牧|军|辖)区';
/** Anything named a zone, or another 区 that is no division. */
const ZONE = new RegExp(`^\\p{Script=Han}{0,16}?(?:${ZONE_WORDS})`, 'u');
const ZONE_END = new RegExp(`(?:${ZONE_WORDS})$`);
const ZONE_ORGAN = new RegExp(
  `(?:${ZONE_WORDS})(?<![社校小老辖片]区)(?:党工委)?(?:管理委员会|管委会|管理[局处])?$|管委会$`,
);

/** Whether an organ runs a zone (开发区, 新区, 风景名胜区 …), or is named by it; its departments do not. */
export const isZone = (organ: string): boolean => ZONE_ORGAN.test(organ);

/** Zones named without their province. */
const PROVINCE_OF_ZONE: Record<string, string> = {
  两江新区: '500000',
  西咸新区: '610000',
  贵安新区: '520000',
  赣江新区: '360000',
  雄安新区: '130000',
};

/** An organ's own words; a division's name may begin with these characters (会同县, 镇江市). */
const ORGAN_WORD = /.(?:[局厅委办院会部处署所站队馆镇乡村]|街道|中心|公司|集团|学校|大学)|政府|管理|人民|国家/;
/** Words that end like a division, or name none in particular: 城区, 山区, 上市公司, 市教育局, 各县区. */
const NO_DIVISION = /^(?:[全本各]?[县市区旗盟州]+|[城山农战街厂营灾湖地]区|[城都上超股集]市|民盟)$/;
/** A town or street whose name holds the character: 柳市镇, 杭州湾街道. In 州, 旗 and 盟 it may go on longer. */
const TOWN = /^\p{Script=Han}?(?:街道|路|镇|乡|村|社区|苏木|嘎查)/u;
const LONG_TOWN = /^\p{Script=Han}{0,3}(?:街道|路|镇|乡|村|社区|苏木|嘎查)/u;

/** Whether what follows the known divisions of a name begins with a division that is none of them: 某县教育局. */
function namesUnknown(rest: string): boolean {
  for (const match of rest.slice(0, 16).matchAll(/[县市区旗盟州]/g)) {
    const before = rest.slice(0, match.index);
    const name = before + match[0];
    const after = rest.slice(name.length);
    if (ORGAN_WORD.test(before) || /[()（）]/.test(before)) return false;
    const city = name.endsWith('城市') && /^(?:管理|更新|规划|建设|综合|运行|轨道|公用|行政|发展)/.test(after);
    const noDivision = NO_DIVISION.test(name) || ZONE_END.test(name) || /^[场域]/.test(after) || city;
    if (!noDivision && !(/[州旗盟]$/.test(name) ? LONG_TOWN : TOWN).test(after)) return true;
  }
  return false;
}

/** A place and nothing else. */
const BARE = /^\p{Script=Han}{2,}[省市县区旗州]$/u;

/** A division of the corps and the city that it runs report together. */
const CORPS = /兵团第[一二三四五六七八九十]{1,3}师/;

/**
 * The name under which organs are listed: a district's organ carries its prefecture (洪泽区人民政府 →
 * 淮安市洪泽区人民政府), and a bare division (增城区) is its government; a league or region (盟, 地区) has none, nor has a
 * zone. Counties keep their own name unless `text` itself writes the prefecture before it.
 */
export function fullOrganName(organ: string, code: string | null, text: string): string {
  const { byCode } = divisions();
  const isZone = code !== null && /7\d$/.test(code);
  const own = (code === null ? [] : (byCode.get(code) ?? [])).find((d) => organ.includes(d.name));
  // 凉山州, 示例市乙区: a short name, or one that no list has.
  if (own === undefined && BARE.test(organ) && !ZONE_END.test(organ) && !CORPS.test(organ)) return `${organ}人民政府`;
  if (code === null || own === undefined || isZone) return organ;
  const bare = organ.endsWith(own.name) && !/盟$|地区$/.test(own.name) ? `${organ}人民政府` : organ;
  if (code.endsWith('00') || !organ.startsWith(own.name)) return bare;
  const above = byCode.get(`${code.slice(0, 4)}00`) ?? byCode.get(`${code.slice(0, 2)}0000`) ?? [];
  const written = above.find((d) => text.includes(d.name + own.name));
  if (written) return written.name + bare;
  const inForce = above.find((d) => d.until >= own.until);
  return own.name.endsWith('区') && inForce ? inForce.name + bare : bare;
}
