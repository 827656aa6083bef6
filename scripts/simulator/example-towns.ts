import { governmentOf, towns, type InventedPlace } from '../compose/names.ts';
import { cleanStyle } from '../compose/styles.ts';
import { behinds, type BehindName } from './behind.ts';
import { decoysOf } from './decoys.ts';
import { encodings, reportsOf, turn } from './organs.ts';
import type { Plan } from './types.ts';

/** The towns of 示例市: nothing of them exists. One for each system whose lists lie behind an interface. */
const families: Record<BehindName, { family: Plan['family']; frame: (typeof cleanStyle)['frame'] }> = {
  jpage: { family: 'jpage', frame: 'plain' },
  xxgk: { family: 'xxgk', frame: 'plain' },
  annual: { family: 'xxgk-annual', frame: 'indexed' },
  jpaas: { family: 'jpaas', frame: 'plain' },
  label: { family: 'public-column', frame: 'layout' },
  was: { family: 'trs-search', frame: 'trs' },
  jsonp: { family: 'trs-search', frame: 'trs' },
  irs: { family: 'irs', frame: 'trs' },
  channel: { family: 'ucap-channel', frame: 'ucap' },
};

function townPlan(behind: BehindName, place: InventedPlace, index: number): Plan {
  const base = 7_400_000 + index * 1000;
  const { family, frame } = families[behind];
  const encoding = encodings.utf8;
  const over = { frame, charset: encoding.label };
  const reports = reportsOf(
    {
      division_code: place.division_code,
      encodings: [encoding],
      styles: ['clean'],
      publisher: governmentOf(place),
      size: 'small',
      years: [2019, 2021, 2022, 2023, 2024],
    },
    base,
  ).map((entry) => ({ ...entry, style: { ...entry.style, ...over } }));
  const decoys = behind === 'annual' ? [] : decoysOf(place.name, base + 40, encoding, over);
  const host = `www.${behind}zhen.shili.simulator.test`;
  return {
    id: `sim-shilizhen-${behind}`,
    division: place.division_code,
    name: governmentOf(place),
    family,
    // The register leaves every second one to be recognised.
    ...(index % 2 === 0 ? {} : { registered: 'auto' }),
    behind,
    ...(behind === 'jsonp' ? { searchHost: 'infogate.shili.simulator.test' } : {}),
    host,
    folder: '/',
    entries: [...reports, ...decoys].toSorted((a, b) => b.date.localeCompare(a.date) || a.id - b.id),
    note: 'invented place (虚构)',
    invented: true,
    contentType: 'text/html',
    listCharset: 'utf-8',
  };
}

export const townPlans = (): Plan[] =>
  (Object.keys(behinds) as BehindName[]).map((behind, i) => townPlan(behind, turn(towns, i), i));
