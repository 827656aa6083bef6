import type { Figures } from '../compose/figures.ts';
import { titleOf } from '../compose/prose.ts';
import { htmlStyles, type HtmlStyleName } from '../compose/styles.ts';
import { encodings, type Encoding } from './organs.ts';
import { figuresOfSeed, readSeeds } from './seeds.ts';
import type { Plan, ReportEntry } from './types.ts';

/** Pages of our own around the figures of five published reports, where such reports are found: on NFCMS portals. */
export function guangzhouPlans(): Plan[] {
  const figures = new Map(readSeeds().map((seed) => [seed.id, figuresOfSeed(seed)]));
  const entry = (
    seed: string,
    id: number,
    style: HtmlStyleName,
    encoding: Encoding,
    over: Partial<Figures> = {},
  ): ReportEntry => {
    const own = figures.get(seed);
    if (!own) throw new Error(`no seed ${seed}`);
    const f = { ...own, ...over };
    const look = { ...htmlStyles[style], frame: 'nfcms' as const, charset: encoding.label };
    return {
      kind: 'report',
      id,
      title: titleOf(f),
      date: f.published_on,
      charset: encoding.charset,
      style: look,
      figures: f,
    };
  };
  const city = '/zfjgzy/gzsrmzfbgt/zfxxgknb/';
  return [
    plan('sim-guangzhou', '440100', '广州市人民政府', 'www.gz', `${city}sbj/`, [
      entry('guangzhou-office-2021-mirror', 7996001, 'traditional', encodings.utf8, {
        remarks: ['本报告的电子版可在网站（www.example.com）下载。'],
      }),
      entry('guangzhou-2020', 7996002, 'layout', encodings.utf8),
    ]),
    plan('sim-guangzhou-districts', '440100', '广州市各区', 'www.gz', `${city}gq/`, [
      entry('nansha-2020', 7997001, 'word', encodings.gbAsUtf8),
      entry('zengcheng-2020', 7997002, 'split', encodings.utf8AsGb),
    ]),
    plan('sim-huadu', '440114', '广州市花都区人民政府', 'www.huadu', '/zwgk/zfxxgknb/', [
      entry('huadu-office-2020', 7998001, 'empty_cells', encodings.gbUnlabelled),
    ]),
    plan('sim-nansha', '440115', '广州市南沙区人民政府', 'www.gzns', '/zwgk/qzfxxgkml/', [
      entry('nansha-2020', 7999001, 'clean', encodings.utf8),
    ]),
  ];
}

const plan = (
  id: string,
  division: string,
  name: string,
  host: string,
  folder: string,
  entries: ReportEntry[],
): Plan => ({
  id,
  division,
  name,
  family: 'nfcms',
  host: `${host}.simulator.test`,
  folder,
  entries,
  note: 'figures of published reports on simulated pages',
  invented: false,
  contentType: 'text/html',
  listCharset: 'utf-8',
});
