import { readdirSync, readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { parseRegExpLiteral, type AST } from '@eslint-community/regexpp';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

/**
 * Whoever writes a page chooses what the patterns see. Each pattern of the sources gets 100 kB of its own pieces, over and
 * over, and must come to an end in a time that only linear matching can keep: at this length one that is quadratic takes
 * seconds, and one that is exponential does not end.
 */
const LENGTH = 100_000;
const LIMIT_MS = 1500;

/** Patterns that are not linear, and what keeps long text from them. */
const ofNumbers = 'parsePrinted takes no text that is longer than a number with its unit and note';
const ofTitles = 'judgeTitle and parseTitle take no text that is longer than a title';
const ofOrgans = 'organName takes no text that is longer than a name and what stands around it';
const bounded = new Map<string, string>([
  [String.raw`/content:[^;]*;/g`, 'declarations that this file wrote, each with its semicolon'],
  [String.raw`/0+$/`, 'a number of a list, of four digits at most'],
  [String.raw`/^(.*?\d.*?|[-‐‑‒–—―─━_~/\\|]+\s*)[(（〔[【].*[)）〕\]】]\s*$/su`, ofNumbers],
  [String.raw`/^([?�'‘’]\s*)?([+-]*)\s*(\d[\d,，\s]*(?:\.\s?\d[\d\s]*)?|\.\d+)\s*([^\d\s]{0,3})$/u`, ofNumbers],
  [
    String.raw`/(?<=\d\s*)(?![¼-¾⅐-⅟↉])(?:\p{No}|[*＊※†‡]|注\p{N}{0,2})+(?=\s*[件次条个项宗起人份部篇期场家种例]?\s*$)/u`,
    ofNumbers,
  ],
  [String.raw`/[\p{Script=Han}〇()、·\d]+$/u`, ofOrgans],
  [String.raw`/(?:关于|公布|发布|公开|印发|公示|编制|的|[:、,·—-])+$/`, ofOrgans],
  [
    String.raw`/[(（【[](?:图解|图片版?|图文|文字版?|pdf版?|word版?|一图读懂|公开稿|全文)[^)）】\]]*[)）】\]]|^(?:图解|一图读懂)[:：|丨]?|[_\-|丨—]{1,2}[^_|丨—]{2,40}(?:门户)?(?:网站?|网|政府)$/gi`,
    ofTitles,
  ],
]);

interface Pattern {
  /** As it stands in its file. */
  literal: string;
  file: string;
}

/** Literals of a file, and texts given to `RegExp` as they are. */
function patternsIn(file: string): Pattern[] {
  const found: Pattern[] = [];
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  expect(errors).toEqual([]);
  new Visitor({
    Literal(node) {
      if ('regex' in node && node.regex) found.push({ literal: `/${node.regex.pattern}/${node.regex.flags}`, file });
    },
  }).visit(program);
  return found;
}

/** Patterns that modules put together while they are loaded. */
async function patternsMade(files: string[]): Promise<Pattern[]> {
  const found: Pattern[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, args: [string, string?], self) {
      const made = Reflect.construct(target, args, self) as RegExp;
      const caller = new Error().stack?.split('\n')[2] ?? '';
      if (/\/(?:transforms|scrapers)\/(?!.*node_modules)/.test(caller))
        found.push({ literal: String(made), file: caller });
      return made;
    },
  });
  try {
    for (const file of files) await import(`../${file}`);
  } finally {
    globalThis.RegExp = original;
  }
  return found;
}

type Choose = (n: number) => number;
const SAMPLES = ['a', '1', '中', ' ', '\n', '<', '-', '/', ',', '申', '年', '"', 'é', '\u0001'];

/** A text that the node matches, `choose` says which. */
function sample(node: AST.Node, choose: Choose): string {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return sample(node.alternatives[choose(node.alternatives.length)]!, choose);
    case 'Alternative':
      return node.elements.map((element) => sample(element, choose)).join('');
    case 'Quantifier':
      return sample(node.element, choose).repeat(Math.min(Math.max(node.min, 1), 50));
    case 'Character':
      return String.fromCodePoint(node.value);
    case 'Backreference':
      return '';
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass':
      return inClass(node.raw, choose);
    default:
      return '';
  }
}

function inClass(raw: string, choose: Choose): string {
  const set = new RegExp(`^${raw}$`, 'us');
  const fitting = [...SAMPLES, ...raw].filter((char) => set.test(char));
  return fitting[choose(fitting.length)] ?? 'a';
}

/** Texts that make each repetition of the pattern long, and those that begin it again and again. */
function attacksOn(literal: string): Set<string> {
  const { pattern } = parseRegExpLiteral(literal);
  const attacks = new Set<string>();
  for (const turn of [0, 1, 2, 3]) {
    let n = turn;
    const choose: Choose = (count) => (turn === 0 ? 0 : (n = (n * 7 + turn) % 1009) % Math.max(count, 1));
    const add = (prefix: string, piece: string): void => {
      if (piece !== '') attacks.add(prefix + piece.repeat(Math.ceil(LENGTH / piece.length)) + '\u0002');
    };
    const visit = (node: AST.Node, before: string): void => {
      if (
        node.type === 'Pattern' ||
        node.type === 'Group' ||
        node.type === 'CapturingGroup' ||
        node.type === 'Assertion'
      ) {
        if ('alternatives' in node) for (const alternative of node.alternatives) visit(alternative, before);
      } else if (node.type === 'Alternative') {
        let prefix = before;
        for (const element of node.elements) {
          visit(element, prefix);
          prefix += sample(element, choose);
        }
      } else if (node.type === 'Quantifier') {
        const piece = sample(node.element, choose);
        if (node.max > 20) {
          add(before, piece);
          add('', before + piece);
        }
        add('', before);
        visit(node.element, before);
      }
    };
    visit(pattern, '');
    add('', sample(pattern, choose).slice(0, -1));
  }
  return attacks;
}

/** Milliseconds of the longest of all uses of the pattern; null when one was stopped at the limit. */
function worst(literal: string): { ms: number; text: string } {
  const context = createContext({ text: '' });
  const end = literal.lastIndexOf('/');
  const flags = literal.slice(end + 1).replace(/[gy]/g, '');
  const use = `text.replace(new RegExp(${JSON.stringify(literal.slice(1, end))}, '${flags}g'), '').length`;
  let slowest = { ms: 0, text: '' };
  for (const text of attacksOn(literal)) {
    context.text = text;
    const start = performance.now();
    try {
      runInContext(use, context, { timeout: LIMIT_MS });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    }
    const ms = performance.now() - start;
    if (ms > slowest.ms) slowest = { ms, text: `${JSON.stringify(text.slice(0, 60))}…` };
    if (ms >= LIMIT_MS) break;
  }
  return slowest;
}

const files = ['transforms', 'scrapers']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
  .filter((file) => /(?<!\.d)\.ts$/.test(file))
  .sort();

const made = new Set((await patternsMade(files)).map(({ literal }) => literal));

it('each pattern that is kept short is still there', () => {
  const all = new Set([...made, ...files.flatMap(patternsIn).map(({ literal }) => literal)]);
  expect([...bounded.keys()].filter((literal) => !all.has(literal))).toEqual([]);
});

describe('patterns that see the text of a page take time that grows as the text', () => {
  it.each(files)(
    '%s',
    (file) => {
      const slow = patternsIn(file).flatMap(({ literal }) => {
        const { ms, text } = bounded.has(literal) ? { ms: 0, text: '' } : worst(literal);
        return ms < LIMIT_MS ? [] : [`${literal} on ${text}`];
      });
      expect(slow).toEqual([]);
    },
    120_000,
  );

  it('those that modules put together', () => {
    expect(made.size).toBeGreaterThan(10);
    const slow = [...made].filter((literal) => !bounded.has(literal) && worst(literal).ms >= LIMIT_MS);
    expect(slow).toEqual([]);
  }, 120_000);
});

it('a pattern that takes quadratic or exponential time is found', () => {
  expect(worst('/<[^>]*>/g').ms).toBeGreaterThanOrEqual(LIMIT_MS);
  expect(worst('/^(?:a+)+$/').ms).toBeGreaterThanOrEqual(LIMIT_MS);
  expect(worst(String.raw`/\s+$/`).ms).toBeGreaterThanOrEqual(LIMIT_MS);
  expect(worst(String.raw`/\d{1,4}年/`).ms).toBeLessThan(LIMIT_MS);
});
