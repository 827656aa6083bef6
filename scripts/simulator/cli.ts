import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startSimulator, type Simulator } from './server.ts';
import { misbehaviours, type Misbehaviour } from './types.ts';

const help = `Usage: gongkai simulator [--port N] [--dir DIR] [--misbehave PORTAL=MODE]...

Serves simulated portals on the loopback interface until interrupted, and prints the settings for a run against them.

  --port N                 port to listen on (default: any free one)
  --dir DIR                where register.csv and config.json are written (default: a new temporary folder)
  --misbehave PORTAL=MODE  ${misbehaviours.join(', ')}
  --help

Examples:
  gongkai simulator --port 4480 --dir sim
  gongkai simulator --port 4480 --dir sim --misbehave sim-huadu=down --misbehave sim-shili-yi=empty
  gongkai nightly --config sim/config.json --data data-sim     (in another terminal)
`;

function misbehaviour(argument: string): [string, Misbehaviour] {
  const [portal = '', name = ''] = argument.split('=');
  const mode = misbehaviours.find((m) => m === name);
  if (mode === undefined) throw new Error(`--misbehave ${argument}: the mode is one of ${misbehaviours.join(', ')}`);
  return [portal, mode];
}

/**
 * Starts the simulator as the arguments say, writes the settings for a run against it and prints them as one line of JSON.
 * Null when only help was asked for. Throws on wrong arguments, with nothing left listening.
 */
export async function serve(args: string[], print: (text: string) => void): Promise<Simulator | null> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      dir: { type: 'string' },
      misbehave: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    print(help);
    return null;
  }
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port}: not a port`);
  const modes = (values.misbehave ?? []).map(misbehaviour);
  const simulator = await startSimulator({ port });
  try {
    for (const [portal, mode] of modes) simulator.misbehave(portal, mode);
  } catch (error) {
    await simulator.close();
    throw error;
  }
  const dir = values.dir === undefined ? mkdtempSync(join(tmpdir(), 'simulator-')) : resolve(values.dir);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'register.csv'), simulator.register);
  const config = {
    register: join(dir, 'register.csv'),
    connect: simulator.connect,
    vantage: 'simulator',
    simulated: true,
    delay_ms: 0,
  };
  writeFileSync(join(dir, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  print(`${JSON.stringify(config)}\n`);
  return simulator;
}
