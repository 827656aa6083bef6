#!/usr/bin/env node
import { main } from '../pipelines/cli/cli.ts';
import { commands } from './commands.ts';

process.exitCode = await main(commands, process.argv.slice(2));
// Work is over: a page that polls for ever, or a look-up of a name that nobody answers, does not hold the process.
setTimeout(() => process.exit(), 2000).unref();
