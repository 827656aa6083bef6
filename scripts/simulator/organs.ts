import type { Charset } from '../compose/encode.ts';
import { composeFigures, type Figures } from '../compose/figures.ts';
import { titleOf } from '../compose/prose.ts';
import { seedOf } from '../compose/random.ts';
import { htmlStyles, type HtmlStyleName } from '../compose/styles.ts';
import type { ReportEntry } from './types.ts';

/** Charset really used, and what the page says; null: the page says nothing. */
export interface Encoding {
  charset: Charset;
  label: string | null;
}

export const encodings = {
  utf8: { charset: 'utf-8', label: 'utf-8' },
  gb18030: { charset: 'gb18030', label: 'gb2312' },
  gbAsUtf8: { charset: 'gb18030', label: 'utf-8' },
  utf8AsGb: { charset: 'utf-8', label: 'gb2312' },
  gbUnlabelled: { charset: 'gb18030', label: null },
  utf8Unlabelled: { charset: 'utf-8', label: null },
  big5: { charset: 'big5', label: 'big5' },
} satisfies Record<string, Encoding>;

/** A publisher with a report for every one of its years. */
export interface Organ {
  publisher: string;
  division_code: string;
  size: 'small' | 'large';
  /** Taken in turn, year by year. */
  styles: HtmlStyleName[];
  encodings: Encoding[];
  /** 2019 to 2024 by default. */
  years?: number[];
  /** The tables of this year's report; the notice in force by default. */
  edition?: (year: number) => string;
  /** Years whose section 三 follows the edition before. */
  mixed?: number[];
  /** What is printed otherwise than it was composed, by year. Next year's figures still follow the composed ones. */
  damage?: (f: Figures) => Figures;
  titles?: ((f: Figures) => string)[];
  traditional?: boolean;
}

const allYears = [2019, 2020, 2021, 2022, 2023, 2024];

export const variedTitles: ((f: Figures) => string)[] = [
  titleOf,
  (f) => `${f.publisher}${f.year}年度政府信息公开工作报告`,
  (f) => `${f.publisher}政府信息公开工作${f.year}年度报告`,
  (f) => `${f.publisher}${f.year}年政府信息公开年报`,
];

/** Newest first, as portals list them. Ids count down from `firstId`. */
export function reportsOf(organ: Organ, firstId: number): ReportEntry[] {
  let previous: Figures | undefined;
  const entries = (organ.years ?? allYears).map((year, i): ReportEntry => {
    const { publisher, division_code, size } = organ;
    const composed = composeFigures({
      seed: seedOf(publisher, year),
      publisher,
      division_code,
      year,
      edition: organ.edition?.(year),
      size,
      mixed: organ.mixed?.includes(year) ?? false,
      ...(previous ? { previous } : {}),
    });
    previous = composed;
    const figures = organ.damage?.(composed) ?? composed;
    const encoding = turn(organ.encodings, i);
    return {
      kind: 'report',
      id: firstId + i,
      title: turn(organ.titles ?? [titleOf], i)(figures),
      date: figures.published_on,
      charset: encoding.charset,
      style: {
        ...htmlStyles[turn(organ.styles, i)],
        charset: encoding.label,
        ...(organ.traditional ? { script: 'traditional' as const } : {}),
      },
      figures,
    };
  });
  return entries.toReversed();
}

export function turn<T>(items: readonly T[], i: number): T {
  const item = items[i % items.length];
  if (item === undefined) throw new Error('nothing to take turns with');
  return item;
}
