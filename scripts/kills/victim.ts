import { runNight, type NightOptions } from './night.ts';

/** A process that works until it is killed, and says how far it is. */
await runNight(JSON.parse(process.argv[2] ?? '') as NightOptions, (stage) => void process.send?.(stage));
process.disconnect();
