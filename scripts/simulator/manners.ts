import { plantWrongSum } from '../compose/damage.ts';
import type { HtmlStyleName } from '../compose/styles.ts';
import { encodings, type Encoding, type Organ } from './organs.ts';
import type { AttachedFile, Plan } from './types.ts';

/** How the portals of the invented districts differ: one for each manner that discovery and reading have to know. */

export interface Manner {
  slug: string;
  family: Plan['family'];
  folder: string;
  styles: HtmlStyleName[];
  encodings: Encoding[];
  /** Type of the file that one organ publishes in place of a page. */
  file: AttachedFile['format'];
  organ?: Partial<Organ>;
  plan?: Partial<Plan>;
}

const gb = encodings.gbAsUtf8;
const { utf8 } = encodings;

/** In the order of `districts`. */
export const manners: Manner[] = [
  {
    slug: 'jia',
    family: 'nfcms',
    folder: '/zwgk/zfxxgknb/',
    styles: ['clean', 'word', 'split', 'layout'],
    encodings: [utf8],
    file: 'docx',
  },
  {
    slug: 'yi',
    family: 'gkmlpt',
    folder: '/',
    styles: ['gkmlpt'],
    encodings: [utf8],
    file: 'doc',
    plan: { end: 'empty', fragment: true },
  },
  {
    slug: 'bing',
    family: 'gkmlpt',
    folder: '/bgs/',
    styles: ['gkmlpt'],
    encodings: [utf8, encodings.utf8Unlabelled],
    file: 'pdf',
    organ: {
      damage: (f) => (f.year === 2023 ? { ...f, prose: { ...f.prose, received: (f.prose.received ?? 0) + 10 } } : f),
    },
    plan: { end: 'not_found' },
  },
  {
    slug: 'ding',
    family: 'plain',
    folder: '/xxgk/nb/',
    styles: ['nested', 'commas', 'aliases', 'slashes', 'fullwidth'],
    encodings: [encodings.gb18030, encodings.gbUnlabelled, utf8],
    file: 'xlsx',
    organ: { damage: (f) => (f.year === 2022 ? plantWrongSum(f, 22) : f) },
  },
  {
    slug: 'wu',
    family: 'plain',
    folder: '/gongkai/nianbao/',
    styles: ['split_three', 'clean', 'more_aliases', 'yuan'],
    encodings: [utf8, encodings.utf8Unlabelled],
    file: 'docx',
    plan: { scripted: true },
  },
  {
    slug: 'ji',
    family: 'nfcms',
    folder: '/zwgk/nb/',
    styles: ['word', 'split_three', 'long_dashes', 'fullwidth_commas'],
    encodings: [gb],
    file: 'doc',
    // A character that only four bytes of GB18030 can write.
    organ: {
      mixed: [2021, 2022],
      damage: (f) => (f.year === 2020 ? { ...f, remarks: ['公开查阅点设在㙍村。'] } : f),
    },
    plan: { listCharset: 'gb18030' },
  },
  {
    slug: 'geng',
    family: 'plain',
    folder: '/xxgk/',
    styles: ['clean', 'layout', 'split'],
    encodings: [encodings.big5, utf8],
    file: 'xlsx',
    organ: { traditional: true },
    plan: { traditional: true, listCharset: 'big5' },
  },
  {
    slug: 'xin',
    family: 'nfcms',
    folder: '/zwgk/',
    styles: ['clean', 'captionless', 'notes', 'split_repeated'],
    encodings: [encodings.utf8AsGb],
    file: 'docx',
    organ: { edition: () => '2019' },
  },
];
