import type { Pruning } from '../archive/prune.ts';
import type { Imported } from '../archive/unwarc.ts';
import type { Verification } from '../archive/verify.ts';
import type { Exported } from '../archive/warc.ts';
import { counted, few, lines } from './render.ts';

/** What `gongkai archive` did, as text for a person. */

const HEALED = {
  refetch: 'the next night fetches it again',
  nightly: 'the next night mends it',
  none: 'nothing heals it: only a backup can have it',
};

export const verified = ({ blobs, bytes, captures, portals, unnamed, faults }: Verification): string =>
  lines(
    `${counted(blobs, 'blob')} (${megabytes(bytes)}), ${counted(captures, 'capture')}, ${counted(portals, 'portal')}: ${faults.length === 0 ? 'all as it was written' : counted(faults.length, 'fault')}`,
    ...(unnamed === 0 ? [] : [`${counted(unnamed, 'blob')} that no capture names, left by killed runs: no fault`]),
    ...few(
      faults.map(
        ({ fault, place, message, urls, healed_by }) =>
          `  ${fault}: ${message.includes(place) ? message : `${place}: ${message}`}${urls.length > 0 ? ` (${few(urls, 3).join(' ')})` : ''}; ${HEALED[healed_by ?? 'none']}`,
      ),
      50,
    ),
  );

export const pruned = ({ captures, of_captures, blobs, of_blobs, bytes, done }: Pruning): string =>
  lines(
    `${done ? 'removed' : 'may go:'} ${captures} of ${of_captures} captures, ${blobs} of ${of_blobs} blobs (${megabytes(bytes)})`,
    ...(done || captures + blobs === 0 ? [] : ['nothing was touched; --yes removes them']),
  );

export const exported = ({ records, captures, portals, lost }: Exported, out: string): string =>
  lines(
    `${counted(records, 'record')} of ${counted(captures, 'capture')} and ${counted(portals, 'portal')} in ${out}`,
    ...few(lost.map((hash) => `  left out, as they are missing or damaged: the bytes ${hash}`)),
    ...(lost.length === 0 ? [] : ['gongkai archive verify says what heals them']),
  );

export const imported = ({ captures, blobs, portals, faults }: Imported, data: string): string =>
  lines(
    `${counted(captures, 'capture')}, ${counted(blobs, 'blob')} and ${counted(portals, 'portal')} in ${data}; next: gongkai read --data ${data}, then gongkai build --data ${data}`,
    ...few(faults.map((fault) => `  passed over: ${fault}`)),
  );

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;
