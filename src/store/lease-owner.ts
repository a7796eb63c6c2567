/** Who holds a lease: a process of a host. */
import { hostname } from 'node:os';

export interface LeaseOwner {
  /** Unlike any other process's, e.g. host, process id and start time. */
  readonly name: string;
  /** Whether the owner of that name has certainly ended (a dead process of this host); `false` when it cannot be known. */
  readonly isGone: (name: string) => boolean;
}

/**
 * This process, as `host/pid`; a thread of it that works beside the others has a name of its own, `host#thread/pid`. A
 * process of this host that a `kill -9` ended is known to be gone at once.
 */
export function processOwner(pid: number = process.pid, thread?: string): LeaseOwner {
  const host = hostname();
  return {
    name: `${host}${thread === undefined ? '' : `#${thread}`}/${pid}`,
    isGone: (name) => {
      const parts = /^(.*?)(?:#[a-z]+)?\/(\d+)$/.exec(name);
      return parts?.[1] === host && !isRunning(Number(parts[2]));
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    // EPERM: it runs, as another user.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
