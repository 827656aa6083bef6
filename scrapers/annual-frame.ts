import { createHash } from 'node:crypto';
import { load } from 'cheerio';
import { isFileAddress } from '../transforms/printed/file-types.ts';
import { isReport } from './judged.ts';
import { guardDepth } from './rows.ts';

/** One page of Hanweb's module of annual reports: the report of a unit for a year, or the frame without it. */
export interface Frame {
  /** An address of the module, as the page has it. */
  module: string | null;
  /** Of units, as `area` names them, that the page leads to. */
  areas: string[];
  /** As printed; null where the page prints none. */
  title: string | null;
  /** False for the frame that a year without a report shows. */
  holds: boolean;
  /** What it shows: its text without numbers and its files, as a hash, and its numbers in their order. */
  words: string;
  numbers: string[];
}

/** Of no report, however long; more say nothing of what is the same. */
const MAX_NUMBERS = 5000;

const MODULE = /\/xxgkAnnualReport\.jsp\?([^"'<>()\s]{1,500})/gi;

/** The pieces of a frame that are no part of a report. */
const AROUND = 'script, style, a, select, button, nav, header, footer';
/** Characters: a frame holds a few labels, a report never so little text. */
const LITTLE = 200;

/** @throws UnexpectedPage for a page that nests too deeply */
export function readFrame(html: string): Frame {
  guardDepth(html);
  const addresses = [...html.matchAll(MODULE)].map(([written]) => written.replaceAll('&amp;', '&'));
  const areas = addresses.flatMap((address) => new URLSearchParams(address.replace(/^[^?]*/, '')).get('area') ?? []);
  const $ = load(html);
  const files = $('a[href]')
    .toArray()
    .flatMap(({ attribs: { href = '' } }) => (isFileAddress(href) ? [href] : []));
  const titles = $('h1, h2, h3, h4, title, [class*=title], p, td')
    .toArray()
    .slice(0, 200)
    .map((element) => $(element).text().replace(/\s+/g, ' ').trim());
  $(AROUND).remove();
  const text = $('body').text().replace(/\s+/g, '');
  const title = titles.find((line) => /\d{4}/.test(line) && isReport(line)) ?? null;
  return {
    module: addresses[0] ? `/module/xxgk${addresses[0]}` : null,
    areas: [...new Set(areas)],
    title,
    words: createHash('sha256')
      .update(JSON.stringify([text.replace(/\d+/g, '#'), files]))
      .digest('hex'),
    numbers: (text.match(/\d+/g) ?? []).slice(0, MAX_NUMBERS),
    holds: text.length > LITTLE || $('table td').length > 20 || files.length > 0,
  };
}
