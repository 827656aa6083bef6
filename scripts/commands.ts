import { commands as ofPipelines, type CommandEntry } from '../pipelines/cli/commands.ts';

/** The commands of the pipelines, and the portal simulator, which the pipelines know nothing of. */
export const commands: Record<string, CommandEntry> = {
  ...ofPipelines,
  simulator: {
    description: 'serve simulated portals on this machine',
    load: () => import('./simulator/command.ts'),
  },
};
