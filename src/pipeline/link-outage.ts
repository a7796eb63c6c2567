/**
 * Tells dead hosts from a network of our own that is down: "no such host" counts only in a run in which some host
 * answered. Until then such findings wait; when nobody answers at all, they are thrown away.
 */

export interface OutageWatch {
  /** Some host answered, in whatever way: what waited is written. */
  answered(): Promise<void>;
  /** A host name that is not known: written now or later by `write`, or never. */
  lost(host: string, write: () => Promise<void>): Promise<void>;
  /** So many host names are unknown, and nobody answered, that nothing more should be asked. */
  isOffline(): boolean;
  /** Writes what waits when it is too little to speak of an outage. */
  close(): Promise<void>;
}

/** Hosts that must all be unknown for the fault to be ours. Our own choice: two cities may have moved in one night. */
const hostsOfOutage = 5;

export function outageWatch(): OutageWatch {
  const hosts = new Set<string>();
  const waiting: (() => Promise<void>)[] = [];
  let isOnline = false;

  async function writeAll(): Promise<void> {
    for (const write of waiting.splice(0)) await write();
  }
  const isOffline = (): boolean => !isOnline && hosts.size >= hostsOfOutage;

  return {
    async answered() {
      isOnline = true;
      await writeAll();
    },
    async lost(host, write) {
      hosts.add(host);
      if (isOnline) return write();
      waiting.push(write);
    },
    isOffline,
    close: async () => {
      if (!isOffline()) await writeAll();
    },
  };
}
