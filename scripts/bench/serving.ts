import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { defaultConfig, type Config } from '../../pipelines/config.ts';
import type { Portal } from '../../scrapers/portals.ts';

/** Portals in a process of their own, so that what they cost is nobody else's. */
export interface Serving {
  address: string;
  /** What came since the last time this was called; `bodies` are those of articles. */
  served: () => Promise<{ requests: number; articles: number; bodies: number; bytes: number }>;
  close: () => void;
}

/** @param style of the pages: as Word exports them, 64 kB, or clean, 7 kB */
export async function serveArticles(articles: number, style: 'word' | 'clean' = 'word'): Promise<Serving> {
  const child = fork(fileURLToPath(new URL('./portals.js', import.meta.url)), [String(articles), style]);
  const [port] = (await once(child, 'message')) as [number];
  return {
    address: `127.0.0.1:${port}`,
    served: async () => {
      child.send('served');
      const [count] = (await once(child, 'message')) as [Awaited<ReturnType<Serving['served']>>];
      return count;
    },
    close: () => void child.kill(),
  };
}

export const portalsOf = (count: number): Portal[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `p${i}`,
    division: '990101',
    name: `示例市${i}区人民政府`,
    family: 'nfcms',
    index_url: `http://p${i}.simulator.test/nb/`,
    from: null,
    until: null,
    vantage: 'any',
    note: 'invented',
  }));

/** Without delays: those of a real night are known, and the same for everybody. */
export const configFor = ({ address }: Pick<Serving, 'address'>, more: Partial<Config> = {}): Config =>
  defaultConfig({
    connect: { '*.simulator.test': address },
    simulated: true,
    delay_ms: 0,
    host_requests: 100_000,
    ...more,
  });
