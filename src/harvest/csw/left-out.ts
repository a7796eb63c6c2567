/** Counts the records of a catalogue that describe no data, by what they describe; each record once. */

export interface LeftOut {
  add(level: string, id: string): void;
  /** `12 service, 1 application`; undefined when there are none. */
  told(): string | undefined;
}

export function countLeftOut(): LeftOut {
  const byLevel = new Map<string, Set<string>>();
  return {
    add(level, id) {
      const ids = byLevel.get(level) ?? new Set();
      byLevel.set(level, ids.add(id));
    },
    told() {
      const parts = [...byLevel].map(([level, ids]) => `${ids.size} ${level}`);
      return parts.length === 0 ? undefined : parts.join(', ');
    },
  };
}
