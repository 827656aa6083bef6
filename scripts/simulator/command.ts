import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { withExamples, type Define } from '../../pipelines/cli/command.ts';
import { messageOf, UsageError } from '../../pipelines/errors.ts';
import { makeFolder } from '../../pipelines/archive/files.ts';
import { didYouMean } from '../../pipelines/suggest.ts';
import { startSimulator, type Simulator } from './server.ts';
import { misbehaviours, type Misbehaviour } from './types.ts';

interface SimulatorFlags {
  port?: string;
  dir?: string;
  misbehave?: string[];
}

export const define: Define = (command) =>
  withExamples(
    command
      .summary(command.description())
      .description(
        'Serves simulated portals on the loopback interface until interrupted, and prints the settings for a run against them.',
      ),
    [
      'simulator --port 4480 --dir sim',
      'simulator --port 4480 --dir sim --misbehave sim-huadu=down --misbehave sim-shili-yi=empty',
      'nightly --config sim/config.json --data data-sim     (in another terminal)',
    ],
  )
    .option('--port <n>', 'port to listen on (default: any free one)')
    .option('--dir <dir>', 'where register.csv and config.json are written (default: a new temporary folder)')
    .option(
      '--misbehave <portal=mode...>',
      `how portals are wrong, told like this (register.csv of --dir names them):\n${Object.entries(misbehaviours)
        .map(([mode, en]) => `  ${mode.padEnd(11)} ${en}`)
        .join('\n')}`,
    )
    .action(async (flags: SimulatorFlags) => {
      const { simulator, config } = await serve(flags);
      process.stdout.write(`${JSON.stringify(config)}\n`);
      process.stderr.write(
        `serving ${simulator.documents.length} documents on port ${simulator.port}; Ctrl-C ends it\n`,
      );
      // A command is over when its action is, and the process with it.
      await new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
      });
      await simulator.close();
    });

/**
 * Starts the simulator as the flags say and writes the settings for a run against it, which it also gives.
 * Throws `UsageError` on wrong flags, with nothing left listening.
 */
export async function serve(flags: SimulatorFlags): Promise<{ simulator: Simulator; config: object }> {
  const port = Number(flags.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError(`--port ${flags.port}: not a port`);
  const modes = (flags.misbehave ?? []).map(misbehaviour);
  const simulator = await startSimulator({ port });
  try {
    for (const [portal, mode] of modes) simulator.misbehave(portal, mode);
  } catch (error) {
    await simulator.close();
    throw new UsageError(messageOf(error));
  }
  const dir = flags.dir === undefined ? mkdtempSync(join(tmpdir(), 'simulator-')) : resolve(flags.dir);
  makeFolder(dir);
  writeFileSync(join(dir, 'register.csv'), simulator.register);
  const config = {
    register: join(dir, 'register.csv'),
    connect: simulator.connect,
    vantage: 'simulator',
    simulated: true,
    delay_ms: 0,
  };
  writeFileSync(join(dir, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  return { simulator, config };
}

function misbehaviour(argument: string): [string, Misbehaviour] {
  const [portal = '', name = ''] = argument.split('=');
  const modes = Object.keys(misbehaviours) as Misbehaviour[];
  const mode = modes.find((m) => m === name);
  if (mode === undefined)
    throw new UsageError(
      `--misbehave ${argument}: PORTAL=MODE, the mode one of ${modes.join(', ')}${didYouMean(name, modes)}`,
    );
  return [portal, mode];
}
