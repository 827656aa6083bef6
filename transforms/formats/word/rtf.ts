import iconv from 'iconv-lite';
import { decode, decodeAs, type Charset } from '../../characters/decode.ts';
import type { Doc } from '../../doc/doc.ts';
import { lookOnGround, WHITE, type Colour } from '../../doc/ink.ts';
import { TINY, within, type Look } from '../../doc/runs.ts';
import { Unreadable } from '../../findings.ts';
import { createAssembly } from './assembly.ts';
import type { RowDefinition } from './doc-properties.ts';
import { sampleOf, tokensOf, type Token } from './rtf-tokens.ts';

/**
 * Reads Rich Text Format: tables with their merges, runs as they are seen, numbers of lists as written out, fields by
 * their result, text boxes where they hang. Headers, footers, notes and deletions are left out. Throws Unreadable.
 */
export async function readRtf(bytes: Uint8Array): Promise<Doc> {
  const reader = createReader(charsetOf(bytes), hasShading(bytes) ? null : WHITE);
  for (const token of tokensOf(bytes)) reader.take(token);
  return reader.doc();
}

/** By the text itself, as of any document: fonts and code pages are labels. */
function charsetOf(bytes: Uint8Array): Charset {
  const { used } = decode(Buffer.concat([Buffer.from(' '), sampleOf(bytes)]));
  return used === 'hz-gb-2312' ? 'utf-8' : used;
}

/** Some cells or paragraphs have a colour: which text stands on it is not known before their row ends. */
const hasShading = (bytes: Uint8Array): boolean =>
  /\\(?:cl|raw)*(?:cbpat|cfpat|shdng)[1-9]/.test(Buffer.from(bytes).toString('latin1'));

/** What the text of a group is. */
type Sink = 'body' | 'label' | 'info' | 'title' | 'code' | 'choice' | 'picture' | 'colours' | 'nothing';

/** What holds within a group and ends with it. */
interface Group {
  sink: Sink;
  /** Characters that stand for one of `\u` in old readers. */
  fallback: number;
  unseen: boolean;
  deleted: boolean;
  struck: boolean;
  raised: boolean;
  tiny: boolean;
  /** Null: automatic, which is seen on every ground. */
  ink: Colour | null;
  /** Highlighting or shading of the characters themselves; null for none. */
  ground: Colour | null;
  inTable: boolean;
  /** Levels of tables, where they are stated. */
  level: number | null;
  outline: number | null;
  /** Where it defines a row of an inner table: the row around it, which goes on behind it. */
  around: Definition | null;
}

interface Definition extends RowDefinition {
  /** Of the cell whose right edge comes next. */
  next: RowDefinition['cells'][number];
}

/** A field: its code and the list it chooses from, in case it shows no result. */
interface Field {
  groups: number;
  code: string;
  choices: string[];
  chosen: number;
  shown: boolean;
}

const plainly = { unseen: false, deleted: false, struck: false, raised: false, tiny: false, ink: null, ground: null };
const onPage = { inTable: false, level: null, outline: null };
const unmerged = { down: null, across: 0 } satisfies Definition['next'];

/** Word itself nests some dozens of groups and few tables; deeper is made to exhaust a reader. */
const DEEPEST_GROUP = 500;
const DEEPEST_TABLE = 30;
/** Half points by which a run leaves its line: fewer only adjust it. */
const RAISED = 4;

/** @param paper what is behind the text; null where that is not known */
function createReader(charset: Charset, paper: Colour | null) {
  const assembly = createAssembly('paragraph', { count: 0 });
  const groups: Group[] = [];
  const fields: Field[] = [];
  let group: Group = { sink: 'body', fallback: 1, ...plainly, ...onPage, around: null };
  /** The token before began a group, or marks one, at its beginning, that old readers leave out. */
  let before: 'brace' | 'star' | null = null;
  /** Characters to come that stand for the last of `\u`. */
  let skipped = 0;
  let bytes = '';
  let lost = 0;
  let declared: string | null = null;
  let title = '';
  let picture = '';
  /** The table of colours; null stands for automatic. */
  const colours: (Colour | null)[] = [];
  let mixed: [number, number, number] | null = null;
  let row: Definition = { edges: [0], cells: [], next: unmerged };
  let rowOpen = false;
  /** How many cells of the open row have ended, by level. */
  const ended: number[] = [];

  const depth = (): number => Math.max(group.level ?? (group.inTable ? 1 : 0), rowOpen ? 1 : 0);

  function look(): Look {
    const { unseen, deleted, struck, raised, tiny, ink, ground } = group;
    if (unseen || deleted) return 'unseen';
    const coloured = ink === null ? 'plain' : lookOnGround(ink, ground ?? paper);
    return within(struck ? 'struck' : raised ? 'raised' : tiny ? 'pale' : 'plain', coloured);
  }

  const colourAt = (index: number | null): Colour | null => colours[index ?? 0] ?? null;
  const mix = (part: 0 | 1 | 2) => (value: number | null) => {
    mixed ??= [0, 0, 0];
    mixed[part] = Math.min(Math.max(value ?? 0, 0), 255);
  };

  function say(text: string): void {
    const field = fields.at(-1);
    if (group.sink === 'title') title += text;
    else if (group.sink === 'code' && field) field.code += text;
    else if (group.sink === 'choice' && field) field.choices[field.choices.length - 1] += text;
    else if (group.sink === 'body' || group.sink === 'label') {
      if (field && text.trim() !== '') field.shown = true;
      assembly.say(text, look());
    }
  }

  /** Says the bytes that were read: no character has some in another run. */
  function flush(): void {
    if (bytes === '') return;
    const raw = Buffer.from(bytes, 'latin1');
    let text = decodeAs(raw, charset);
    // Marks of a Latin font stand alone, and are no character where two bytes make one.
    if (text.includes('\ufffd') && !PAIR.test(bytes)) text = iconv.decode(raw, 'windows-1252');
    lost += text.split('\ufffd').length - 1;
    bytes = '';
    say(text);
  }

  function endParagraph(ends: 'cell' | 'row' | null, least = 0): void {
    if (group.sink !== 'body') return;
    const at = Math.max(depth(), least);
    if (at > DEEPEST_TABLE) throw new Unreadable('too_large', { what: 'nested_tables', limit: DEEPEST_TABLE });
    const count = ended[at] ?? 0;
    if (ends !== null) ended[at] = ends === 'cell' ? count + 1 : 0;
    const definition = ends === 'row' ? definitionOf(row, count) : null;
    assembly.endParagraph({ depth: at, ends, row: definition, heading: at > 0 ? null : group.outline, label: '' });
  }

  function openGroup(): void {
    if (groups.length >= DEEPEST_GROUP)
      throw new Unreadable('too_large', { what: 'nested_elements', limit: DEEPEST_GROUP });
    groups.push(group);
    group = { ...group };
  }

  function closeGroup(): void {
    const inner = group;
    group = groups.pop() ?? inner;
    if (inner.around !== group.around && inner.around) row = inner.around;
    if (inner.sink === 'picture' && group.sink === 'body') {
      assembly.show(Buffer.from(picture.replace(/[^\da-f]/gi, ''), 'hex'), Math.min(depth(), DEEPEST_TABLE));
      picture = '';
    }
    if (groups.length < (fields.at(-1)?.groups ?? 0)) endField();
  }

  /** A choice is shown without a result, and a formula that was never computed shows nothing: its code stands for it. */
  function endField(): void {
    const { shown, code, choices, chosen } = fields.pop()!;
    if (!shown) say(choices[chosen] ?? (code.trim().startsWith('=') ? code.trim() : ''));
  }

  const words: Record<string, (value: number | null) => void> = {
    ansicpg: (value) => (declared = `cp${value}`),
    // text
    uc: (value) => (group.fallback = Math.min(Math.max(value ?? 1, 0), 10)),
    u: (value) => {
      say(String.fromCharCode((value ?? 0) & 0xffff));
      skipped = group.fallback;
    },
    field: () => fields.push({ groups: groups.length, code: '', choices: [], chosen: 0, shown: false }),
    ffl: () => {
      fields.at(-1)?.choices.push('');
      group.sink = 'choice';
    },
    ffres: (value) => Object.assign(fields.at(-1) ?? {}, { chosen: value ?? 0 }),
    // A box stands in the paragraph that it hangs on.
    shptxt: () => assembly.isOpen() && endParagraph(null),
    // how it is seen
    plain: () => Object.assign(group, plainly),
    v: (value) => (group.unseen = value !== 0),
    deleted: (value) => (group.deleted = value !== 0),
    strike: (value) => (group.struck = value !== 0),
    striked: (value) => (group.struck = value !== 0),
    super: (value) => (group.raised = value !== 0),
    sub: (value) => (group.raised = value !== 0),
    fs: (value) => (group.tiny = (value ?? UNSTATED_SIZE) <= TINY),
    cf: (value) => (group.ink = colourAt(value)),
    cb: (value) => (group.ground = colourAt(value)),
    chcbpat: (value) => (group.ground = colourAt(value)),
    highlight: (value) => (group.ground = colourAt(value)),
    red: mix(0),
    green: mix(1),
    blue: mix(2),
    nosupersub: () => (group.raised = false),
    up: (value) => (group.raised = (value ?? UNSTATED) >= RAISED),
    dn: (value) => (group.raised = (value ?? UNSTATED) >= RAISED),
    // paragraphs and cells
    pard: () => Object.assign(group, onPage),
    intbl: (value) => (group.inTable = value !== 0),
    itap: (value) => (group.level = value),
    outlinelevel: (value) => (group.outline = value !== null && value >= 0 && value < 9 ? value + 1 : null),
    par: () => endParagraph(null),
    sect: () => endParagraph(null),
    '\r': () => endParagraph(null),
    '\n': () => endParagraph(null),
    cell: () => endParagraph('cell', 1),
    nestcell: () => endParagraph('cell', 2),
    row: () => {
      endParagraph('row', 1);
      rowOpen = false;
    },
    nestrow: () => endParagraph('row', 2),
    // rows
    nesttableprops: () => (group.around = row),
    trowd: () => {
      row = { edges: [0], cells: [], next: unmerged };
      rowOpen = true;
    },
    trleft: (value) => (row.edges[0] = value ?? 0),
    clvmgf: () => (row.next = { ...row.next, down: 'first' }),
    clvmrg: () => (row.next = { ...row.next, down: 'continued' }),
    clmgf: () => (row.next = { ...row.next, across: 1 }),
    clmrg: () => (row.next = { ...row.next, across: 2 }),
    cellx: (value) => {
      row.edges.push(value ?? 0);
      row.cells.push(row.next);
      row.next = unmerged;
    },
  };

  function control(word: string, value: number | null): void {
    if (before === 'star' && !READ_STARRED.has(word)) group.sink = 'nothing';
    if (group.sink === 'nothing') return;
    group.sink = SINKS.get(word) ?? group.sink;
    const character = CHARACTERS.get(word);
    // Behind the number of a list stands what sets it apart.
    if (character !== undefined) return say(group.sink === 'label' && word === 'tab' ? '' : character);
    if (Object.hasOwn(words, word)) words[word]!(value);
  }

  function text({ bytes: more, escaped }: Extract<Token, { kind: 'bytes' }>): void {
    if (group.sink === 'picture') picture += more;
    if (group.sink === 'colours')
      for (const character of more)
        if (character === ';') {
          colours.push(mixed);
          mixed = null;
        }
    if (group.sink === 'colours') return;
    if (group.sink === 'picture' || group.sink === 'nothing') return;
    const left = Math.min(skipped, escaped ? 1 : more.length);
    skipped -= left;
    bytes += more.slice(left);
  }

  function other(token: Exclude<Token, { kind: 'bytes' }>): void {
    if (token.kind === 'control' && skipped > 0 && CHARACTERS.has(token.word)) return void skipped--;
    skipped = 0;
    if (token.kind === 'control') control(token.word, token.value);
    if (token.kind === 'open') openGroup();
    if (token.kind === 'close') closeGroup();
    if (token.kind === 'binary' && group.sink === 'picture') picture += Buffer.from(token.bytes).toString('hex');
  }

  return {
    take(token: Token): void {
      if (token.kind === 'bytes') text(token);
      else {
        flush();
        other(token);
      }
      const star = before === 'brace' && token.kind === 'control' && token.word === '*';
      before = token.kind === 'open' ? 'brace' : star ? 'star' : null;
    },
    doc(): Doc {
      flush();
      if (assembly.isOpen()) {
        group.sink = 'body';
        endParagraph(null);
      }
      return {
        title: title.trim() || null,
        metas: {},
        blocks: assembly.blocks(),
        encoding: { declared, used: charset, beside: null, repaired: false, lost },
      };
    },
  };
}

/** Half points of `\up` without a number, and of `\fs`. */
const UNSTATED = 6;
const UNSTATED_SIZE = 24;
/** A byte beyond ASCII and one that may be the second of its character. */
const PAIR = /[\x80-\xff][\x40-\xff]/;

/** A row that prints fewer cells than it defines ends early; where it prints more, nobody knows where they stand. */
function definitionOf({ edges, cells }: Definition, count: number): RowDefinition | null {
  if (count === 0 || count > cells.length) return null;
  return { edges: edges.slice(0, count + 1), cells: cells.slice(0, count) };
}

/** Groups that hold something else than text of the page. */
const SINKS = new Map<string, Sink>([
  ...(
    'fonttbl stylesheet listtable listoverridetable revtbl rsidtbl filetbl header headerl headerr headerf ' +
    'footer footerl footerr footerf footnote annotation nonesttables nonshppict shprslt sp xe tc rxe'
  )
    .split(' ')
    .map((word): [string, Sink] => [word, 'nothing']),
  ['fldinst', 'code'],
  ['listtext', 'label'],
  ['pntext', 'label'],
  ['pict', 'picture'],
  ['colortbl', 'colours'],
  ['info', 'info'],
  ['title', 'title'],
]);

/** Groups that old readers leave out and that this one reads. */
const READ_STARRED = new Set(['shppict', 'shpinst', 'nesttableprops', 'fldinst', 'formfield', 'ffl']);

const CHARACTERS = new Map([
  ['tab', '\t'],
  ['line', '\n'],
  ['softline', '\n'],
  ['~', '\u00a0'],
  ['_', '-'],
  ['emdash', '—'],
  ['endash', '–'],
  ['emspace', '\u2003'],
  ['enspace', '\u2002'],
  ['qmspace', '\u2005'],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['ltrmark', '\u200e'],
  ['rtlmark', '\u200f'],
  ['zwj', '\u200d'],
  ['zwnj', '\u200c'],
]);
