import { closeSync, openSync, readFileSync, readlinkSync, rmSync, statfsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../errors.ts';
import { sha256 } from './archive.ts';

/** Whose lock it is, and whether that process can still be there. */

const Holder = z.object({
  pid: z.number(),
  host: z.string(),
  command: z.string(),
  /** ISO UTC. */
  since: z.string().optional(),
  /** Of the machine: its identity, and that of its run since it was started. Null where the system has none. */
  machine: z.string().nullish(),
  boot: z.string().nullish(),
  /** Within which `pid` means something: a container has one of its own. */
  space: z.string().nullish(),
  /** When the process began, in ticks since the machine did: a number of a process is given again. */
  started: z.string().nullish(),
  /** Name of a socket beside the lock that answers for as long as the process lives. */
  socket: z.string().nullish(),
});
export type Holder = z.infer<typeof Holder>;

export const myself = (command: string, socket: string | null): Holder => ({
  pid: process.pid,
  host: hostname(),
  command,
  since: new Date().toISOString(),
  machine: machine(),
  boot: boot(),
  space: space(),
  started: startOf(process.pid),
  socket: socket && basename(socket),
});

/** Null for half a lock file: whoever wrote it died at it. */
export function parseHolder(text: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** True only where it is proven; `dir` is the folder of the lock. */
export async function isGone(holder: Holder, dir: string): Promise<boolean> {
  const now = boot();
  // Without a `/proc`, or written by an older version of this program.
  if (!holder.boot || now === null)
    return holder.host === hostname() && (holder.socket ? isDeaf(join(dir, holder.socket)) : !isAlive(holder.pid));
  if (holder.boot !== now) return (holder.machine && holder.machine === machine()) || isLocal(dir);
  if (holder.space && holder.space === space()) return startOf(holder.pid) !== holder.started;
  // In another container of this machine: its processes are not to be seen from here, its files are.
  return holder.socket ? isDeaf(join(dir, holder.socket)) : false;
}

const firstLine = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch {
    return null;
  }
};

const boot = (): string | null => firstLine('/proc/sys/kernel/random/boot_id');

/** Hashed, as the system asks of whoever shows it to others. */
function machine(): string | null {
  const id = firstLine('/etc/machine-id');
  return id && sha256(`gongkai ${id}`).slice(0, 16);
}

function space(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}

/** Field 22 of `/proc/PID/stat`; null for a process that is not there or has ended and only waits to be buried. */
function startOf(pid: number): string | null {
  const stat = firstLine(`/proc/${pid}/stat`);
  // Behind the name of the program, which may hold anything.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === undefined || 'ZX'.includes(state) ? null : (fields[18] ?? null);
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** ext, XFS, Btrfs, tmpfs, overlay, F2FS, ZFS: what one kernel at a time has mounted, so that another's run is over. */
const LOCAL = [0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0xf2f52010, 0x2fc12fc1];

const isLocal = (dir: string): boolean => LOCAL.includes(statfsSync(dir).type >>> 0);

/** A path short enough for the address of a socket, which holds 107 bytes; valid until it is closed. */
function shortened(path: string): { path: string; close: () => void } {
  if (boot() === null) return { path, close: () => undefined };
  const dir = openSync(dirname(path), 'r');
  return { path: `/proc/self/fd/${dir}/${basename(path)}`, close: () => closeSync(dir) };
}

/** The system itself answers at it, however busy this process is, until the process ends. Null where there are none. */
export function listenAt(path: string): Promise<{ close: () => Promise<void> } | null> {
  const address = shortened(path);
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve) => {
    server.once('error', () => {
      address.close();
      resolve(null);
    });
    server.listen(address.path, () => {
      server.unref();
      resolve({
        close: () =>
          new Promise((closed) =>
            server.close(() => {
              rmSync(path, { force: true });
              address.close();
              closed();
            }),
          ),
      });
    });
  });
}

/** Nobody listens at a socket that is there. */
export function isDeaf(path: string): Promise<boolean> {
  const address = shortened(path);
  return new Promise((resolve) => {
    const socket = connect(address.path);
    const done = (deaf: boolean) => {
      socket.destroy();
      address.close();
      resolve(deaf);
    };
    socket.once('connect', () => done(false)).once('error', (error) => done(hasCode(error, 'ECONNREFUSED')));
  });
}
