import {
  kinds,
  unread,
  type About,
  type CellRef,
  type DetailsOf,
  type Finding,
  type FindingCode,
  type FindingWith,
  type Level,
  type ListedCode,
  type UnreadCode,
} from './finding-kinds.ts';
import type { Equation } from './forms/form.ts';
import { equationOf, type EquationCode } from './forms/index.ts';
import { en } from './messages/en.ts';
import { zh } from './messages/zh.ts';

export type { CellRef, DetailsOf, Finding, FindingCode, ListedCode, PortalCode } from './finding-kinds.ts';

export const languages = { en, zh };

type Numbers = Partial<Pick<Finding, 'expected' | 'actual'>>;

export function finding<C extends ListedCode>(
  code: C,
  cells: CellRef[],
  details: DetailsOf<C>,
  numbers: Numbers = {},
): FindingWith<C> {
  return complete(code, kinds[code].level, cells, details, numbers);
}

/** That an equation of the form does not hold for the cells: at a line or column (null: once), or beside what the text states. */
export const broken = <C extends EquationCode>(
  { code, level }: Equation<C>,
  cells: CellRef[],
  details: DetailsOf<C>,
  numbers: Numbers,
): Finding => complete(code, level, cells, details, numbers);

function complete<C extends FindingCode>(
  code: C,
  level: Level,
  cells: CellRef[],
  details: DetailsOf<C>,
  { expected = null, actual = null }: Numbers,
): FindingWith<C> {
  // The compiler does not see that a code and its details make one of the union.
  const found = { code, level, cells, details, expected, actual, message: '' } as FindingWith<C>;
  return { ...found, message: messageOf(found) };
}

const isListed = (code: FindingCode): code is ListedCode => Object.hasOwn(kinds, code);

/** What a finding says, in one line. */
export function messageOf(found: Finding, language: keyof typeof languages = 'en'): string {
  const words = languages[language];
  const { code, details } = found;
  let text: string;
  if (isListed(code)) {
    const [, say] = words[code] as [string, (details: Finding['details'], about: About) => string];
    text = say(details, found);
  } else {
    text = words.equation(equationOf(code), details as DetailsOf<EquationCode>, found);
  }
  const file = 'file' in details ? `${details.file}: ` : '';
  const list = 'list' in details ? ` (${details.list})` : '';
  // Printed labels may hold line breaks.
  return file + text.replace(/(?<!\s)\s+/g, (blank) => (blank.includes('\n') ? ' ' : blank)) + list;
}

/** A path of this machine: of two names at least, and no part of an address. */
const PATH =
  /(?<![\w:/.-])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)(?:[^\s\\/:*?"'<>|()]+[\\/])+[^\s\\/:*?"'<>|()]*(?::\d+)*/g;

/**
 * What an error says, fit to be published: one line, without its stack and without paths of this machine. Messages of
 * findings have no other words than these, printed ones and their own.
 */
export const said = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/\n[^\S\n]+at .*/s, '')
    .replace(PATH, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

export const isUnread = (found: Finding): found is FindingWith<UnreadCode> => Object.hasOwn(unread, found.code);

/** The same of a file that the page at hand offers; one of a file already stays so. */
export const inFile = (found: FindingWith<UnreadCode>, file: string): Finding =>
  complete(
    found.code,
    found.level,
    found.cells,
    { ...found.details, file: found.details.file ?? file } as DetailsOf<UnreadCode>,
    found,
  );

type UnreadableCode = 'unreadable' | 'encrypted' | 'too_large' | 'needs_ocr';

/** A document that no reader can turn into a `Doc`, thrown; `finding` says why. */
export class Unreadable<C extends UnreadableCode = UnreadableCode> extends Error {
  override readonly name = 'Unreadable';
  readonly code: C;
  readonly finding: Finding;

  constructor(code: C, details: DetailsOf<C>) {
    const found: Finding = finding(code, [], details);
    super(found.message);
    this.code = code;
    this.finding = found;
  }
}
