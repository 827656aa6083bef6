import { serve } from './cli.ts';

try {
  const simulator = await serve(process.argv.slice(2), (text) => process.stdout.write(text));
  if (simulator) {
    process.stderr.write(`serving ${simulator.documents.length} documents on port ${simulator.port}; Ctrl-C ends it\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
  }
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`gongkai simulator: ${message}\n(--help shows how it is used)\n`);
  // Not `exitCode`: a caller that imported this module sets its own when the import is done.
  process.exit(2);
}
