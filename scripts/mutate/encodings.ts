import iconv from 'iconv-lite';
import { toTraditional } from '../compose/html.ts';
import { hz } from '../compose/two-encodings.ts';
import type { Relation } from './relation.ts';

/** Writes what a text says about its own charset into it, or nothing. */
type Label = (text: string, charset: string | null) => string;

interface Written {
  charset: string;
  label: string | null;
  script?: 'traditional';
  /** A byte order mark before it. */
  marked?: true;
  declared?: string;
}

const inCharsets: Record<string, Written> = {
  'UTF-8': { charset: 'utf-8', label: 'utf-8' },
  'UTF-8 without a label': { charset: 'utf-8', label: null },
  'UTF-8 labelled GBK': { charset: 'utf-8', label: 'gb2312' },
  'UTF-8 labelled Big5': { charset: 'utf-8', label: 'big5' },
  'UTF-8 labelled UTF-16': { charset: 'utf-8', label: 'utf-16' },
  'UTF-8 declared ISO 8859-1': { charset: 'utf-8', label: null, declared: 'text/html; charset=ISO-8859-1' },
  'UTF-8 with a mark, labelled GBK': { charset: 'utf-8', label: 'gbk', marked: true },
  GBK: { charset: 'gbk', label: 'gbk' },
  'GBK without a label': { charset: 'gbk', label: null },
  'GBK labelled UTF-8': { charset: 'gbk', label: 'utf-8' },
  'GBK labelled Big5': { charset: 'gbk', label: 'big5' },
  'GBK declared UTF-8': { charset: 'gbk', label: null, declared: 'text/html; charset=utf-8' },
  'GB 18030': { charset: 'gb18030', label: 'gb18030' },
  'GB 18030 without a label': { charset: 'gb18030', label: null },
  'GB 18030 labelled UTF-8': { charset: 'gb18030', label: 'utf-8' },
  Big5: { charset: 'big5', label: 'big5', script: 'traditional' },
  'Big5 without a label': { charset: 'big5', label: null, script: 'traditional' },
  'Big5 labelled GBK': { charset: 'big5', label: 'gb2312', script: 'traditional' },
  'Big5 labelled UTF-8': { charset: 'big5', label: 'utf-8', script: 'traditional' },
  'UTF-16LE with a mark': { charset: 'utf-16le', label: null, marked: true },
  'UTF-16BE with a mark, labelled GBK': { charset: 'utf-16be', label: 'gb2312', marked: true },
  'UTF-16LE without a mark': { charset: 'utf-16le', label: null },
  'UTF-16LE labelled UTF-8': { charset: 'utf-16le', label: 'utf-8' },
  'UTF-16BE without a mark': { charset: 'utf-16be', label: null },
  'UTF-16BE labelled GBK': { charset: 'utf-16be', label: 'gbk' },
};

/** The same text in all the charsets that pages come in, whatever they say that they are in. */
export const encodings = (label: Label): Relation<string>[] => [
  ...Object.entries(inCharsets).map(([name, { charset, label: said, script, marked, declared }]): Relation<string> => ({
    name: `in ${name}`,
    ...(declared ? { declared } : {}),
    change: (text) => {
      const own = label(script ? toTraditional(text) : text, said);
      const bytes = iconv.encode(own, charset, { addBOM: marked ?? false });
      // Not all characters are in all charsets.
      return iconv.decode(bytes, charset) === own ? bytes : text;
    },
  })),
  {
    name: 'in HZ',
    change: (text) => (/^[\0-\x7f\u3000-\u9fff\uff00-\uffee]*$/.test(text) ? hz(label(text, null)) : text),
  },
];
