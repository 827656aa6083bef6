#!/usr/bin/env node
import { createProgram, main } from '../pipelines/cli/cli.ts';

/** The command line of the pipelines, and the portal simulator, which the pipelines know nothing of. */
const program = createProgram();
program
  .command('simulator')
  .description('serve simulated portals on this machine (see: simulator --help)')
  .helpOption(false)
  .argument('[options...]')
  .allowUnknownOption()
  .action(async () => {
    process.argv.splice(2, 1);
    await import('./simulator/main.ts');
  });

process.exitCode = await main(process.argv.slice(2), program);
