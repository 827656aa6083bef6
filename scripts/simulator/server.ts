import { didYouMean } from '../../pipelines/suggest.ts';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { encode } from '../compose/encode.ts';
import { allPlans, documentsOf, registerOf, routesOf, type SimulatedDocument } from './plans.ts';
import type { Misbehaviour, Plan, Reply, Routes } from './types.ts';

export interface Simulator {
  port: number;
  /** For a client that connects as curl's --connect-to does: addresses of pages stay the same whatever the port. */
  connect: Record<string, string>;
  /** CSV of the portals, in the shape of the register. */
  register: string;
  documents: SimulatedDocument[];
  /** How this portal answers from now on; `ok` ends it. Throws on an unknown portal. */
  misbehave(portal: string, mode: Misbehaviour): void;
  /** Requests answered so far, "GET host path", for tests of politeness. */
  requests(): string[];
  close(): Promise<void>;
}

export interface SimulatorOptions {
  /** 0, the default: any free port. */
  port?: number;
  /** Delay of a `slow` portal for each request, 3 seconds by default. */
  slowMs?: number;
}

/** Portals on one port of the loopback interface, told apart by the Host header. The same request gets the same bytes. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const plans = allPlans();
  const modes = new Map<string, Misbehaviour>();
  const requests: string[] = [];
  const slowMs = options.slowMs ?? 3000;
  const routes = memoise((plan: Plan, mode: Misbehaviour) => routesOf(plan, mode));
  const modeOf = (plan: Plan) => modes.get(plan.id) ?? 'ok';
  const stopped = new AbortController();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const path = canonical(request.url ?? '/');
    requests.push(`${request.method} ${host} ${path}`);
    const asked = parametersOf(path, await bodyOf(request));
    const here = plans.filter((plan) => plan.host === host || plan.searchHost === host);
    const plan = here.find((p) => routeAt(routes(p, modeOf(p)), path)) ?? here.find((p) => path.startsWith(p.folder));
    const mode = plan ? modeOf(plan) : here.length > 0 && here.every((p) => modeOf(p) === 'down') ? 'down' : 'ok';
    if (mode === 'down') return void request.socket.destroy();
    if (mode === 'slow') await sleep(slowMs, undefined, { signal: stopped.signal });
    const reply =
      mode === 'blocked' && path !== '/robots.txt' ? challenge : replyTo(path, asked, here, plan && routes(plan, mode));
    response.writeHead(reply.status, { 'content-type': reply.type, 'content-length': reply.body.length });
    response.end(request.method === 'HEAD' ? undefined : reply.body);
  };

  const server = createServer((request, response) => {
    // Only the end of the simulator interrupts an answer.
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    connect: { '*.simulator.test': `127.0.0.1:${port}` },
    register: registerOf(plans),
    documents: plans.flatMap(documentsOf),
    misbehave(portal, mode) {
      if (!plans.some((p) => p.id === portal))
        throw new Error(
          `the simulator has no portal ${portal}${didYouMean(
            portal,
            plans.map(({ id }) => id),
          )}`,
        );
      modes.set(portal, mode);
    },
    requests: () => [...requests],
    async close() {
      stopped.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Parameters in one order: clients may write them in any. */
function canonical(target: string): string {
  const url = new URL(target, 'http://simulator.test');
  url.searchParams.sort();
  return url.pathname + url.search;
}

/** By path and query, else by path alone. */
const routeAt = (routes: Routes, path: string) => routes.get(path) ?? routes.get(path.replace(/\?.*/s, ''));

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** What was posted as JSON is the parameter `json`. */
const parametersOf = (path: string, posted: string): URLSearchParams =>
  new URLSearchParams(
    `${path.replace(/^[^?]*\??/, '')}&${posted.startsWith('{') ? `json=${encodeURIComponent(posted)}` : posted}`,
  );

const html = (body: string, status: number): Reply => ({
  status,
  type: 'text/html; charset=utf-8',
  body: encode(body, 'utf-8'),
});

const challenge = html('<html><head><script>document.cookie="check=1";location.reload();</script></head></html>', 412);
const missing = html(
  '<!DOCTYPE html><html><head><title>404</title></head><body><p>您访问的页面不存在</p></body></html>\n',
  404,
);
const home = html(
  '<!DOCTYPE html><html><head><title>模拟门户</title></head><body><p>本站为门户模拟器。</p></body></html>\n',
  200,
);

function replyTo(path: string, asked: URLSearchParams, here: Plan[], routes: Routes | undefined): Reply {
  if (here.length === 0)
    return { status: 421, type: 'text/plain', body: encode('no such host in the simulator\n', 'utf-8') };
  if (path === '/robots.txt') return robots(here);
  const reply = routes && routeAt(routes, path)?.reply(asked);
  return reply ?? (path === '/' || path === '/zwgk/' ? home : missing);
}

/** Catalogue platforms have no robots.txt here: its absence allows everything. */
function robots(here: Plan[]): Reply {
  if (here.every((plan) => plan.family === 'gkmlpt')) return missing;
  const closed = here
    .filter((plan) => plan.entries.some((e) => e.closed))
    .map((plan) => `Disallow: ${plan.folder}internal/\n`);
  const body = `User-agent: *\n${closed.length > 0 ? closed.join('') : 'Disallow:\n'}`;
  return { status: 200, type: 'text/plain', body: encode(body, 'utf-8') };
}

function memoise(make: (plan: Plan, mode: Misbehaviour) => Routes): (plan: Plan, mode: Misbehaviour) => Routes {
  const made = new Map<string, Routes>();
  return (plan, mode) => {
    const name = `${plan.id} ${mode}`;
    const routes = made.get(name) ?? make(plan, mode);
    made.set(name, routes);
    return routes;
  };
}
