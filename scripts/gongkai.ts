#!/usr/bin/env node
import { main } from '../pipelines/cli/cli.ts';
import { commands } from './commands.ts';

process.exitCode = await main(commands, process.argv.slice(2));
