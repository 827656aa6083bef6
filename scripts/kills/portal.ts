import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { revised } from '../compose/damage.ts';
import { departmentOf, districts } from '../compose/names.ts';
import { attachedReport } from '../simulator/attached.ts';
import { nfcmsRoutes } from '../simulator/nfcms.ts';
import { encodings, reportsOf } from '../simulator/organs.ts';
import type { Entry, Plan, Routes } from '../simulator/types.ts';
import { portal } from './night.ts';

/** A portal so small that a night takes a second, with some of everything that a night writes. */

const place = districts[0]!;

function planOf(entries: Entry[]): Plan {
  const { id, division, name, note } = portal;
  const shown = { note, invented: true, contentType: 'text/html', listCharset: 'utf-8' as const };
  return {
    id,
    division,
    name,
    family: 'nfcms',
    host: new URL(portal.index_url).host,
    folder: '/nb/',
    entries,
    ...shown,
  };
}

const reports = reportsOf(
  {
    publisher: departmentOf(place, '统计局'),
    division_code: place.division_code,
    size: 'small',
    styles: ['clean'],
    encodings: [encodings.utf8],
  },
  100,
);
const [newest, second, third, oldest] = reports as [Entry, Entry, Entry, Entry];
const attached = attachedReport(place, 200, 'xlsx', encodings.utf8, {});
const edited: Entry[] = second.kind === 'report' ? [{ ...second, figures: revised(second.figures) }] : [];

/**
 * What the portal shows on each night: on the second a report more, and one silently edited. None leaves the list: how often
 * one was absent is counted by run.
 */
const nights = [
  [second, third, oldest, attached],
  [newest, ...edited, third, oldest, attached],
]
  .map(planOf)
  .map(nfcmsRoutes);

export interface Served {
  /** By night, for `connect`. */
  addresses: string[];
  close: () => void;
}

export async function servePortal(): Promise<Served> {
  const servers = await Promise.all(nights.map(listen));
  return {
    addresses: servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`),
    close: () => {
      for (const server of servers) server.close().closeAllConnections();
    },
  };
}

async function listen(routes: Routes) {
  const server = createServer(({ url }, response) => {
    const reply = routes.get(url ?? '')?.reply();
    response.writeHead(reply?.status ?? 404, { 'content-type': reply?.type ?? 'text/plain' }).end(reply?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
