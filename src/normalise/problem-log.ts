/** Collects the problems of one record while it is mapped: the only thing in this folder that changes. */
import type { Problem } from '../model/problem.ts';
import { type ProblemSlug, problemSeverity } from './problem-slugs.ts';

/** A record with 502 resources can have one fault 502 times: after this many of a kind they are only counted. */
const maxOfAKind = 10;

/** Longest piece of harvested text that a message quotes, in characters. */
const maxQuote = 80;

export interface ProblemLog {
  readonly add: (slug: ProblemSlug, path: string, message: string) => void;
  /** All problems, in the order found; what was over the limit as one line a kind. */
  readonly problems: () => readonly Problem[];
}

export function problemLog(): ProblemLog {
  const listed: Problem[] = [];
  const counts = new Map<ProblemSlug, number>();
  return {
    add: (slug, path, message) => {
      const count = (counts.get(slug) ?? 0) + 1;
      counts.set(slug, count);
      if (count <= maxOfAKind) listed.push({ slug, severity: problemSeverity[slug], path, message });
    },
    problems: () => {
      const more = [...counts].filter(([, count]) => count > maxOfAKind);
      const summary = more.map(([slug, count]) => ({
        slug,
        severity: problemSeverity[slug],
        path: '',
        message: `found the same ${count - maxOfAKind} times more in this record; ${maxOfAKind} are listed`,
      }));
      return [...listed, ...summary];
    },
  };
}

/** Harvested text as a message may quote it: on one line, cut, in quotation marks. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const cut = line.length > maxQuote ? `${[...line.slice(0, maxQuote)].slice(0, -1).join('')}…` : line;
  return `"${cut}"`;
}
