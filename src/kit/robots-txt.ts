/**
 * robots.txt as RFC 9309 reads it, plus `Crawl-delay`, which is not in it and which CKAN's own robots.txt has (10
 * seconds). Pure. A body that is markup is nobody's rules: many portals answer any address with their home page.
 */

export interface RobotsRules {
  /** Whether the path (with its query) may be fetched. */
  allows(path: string): boolean;
  /** Shortest gap between two requests that the portal asks for, in ms. */
  readonly crawlDelayMs: number | undefined;
  /** Whether a group names the agent: such rules are meant for it, and not for crawlers in general. */
  readonly namesAgent: boolean;
  /** Values of its `Sitemap` lines, as written; they hold for everybody. */
  readonly sitemaps: readonly string[];
}

interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}

interface Group {
  readonly agents: string[];
  readonly rules: Rule[];
  crawlDelayMs: number | undefined;
}

/** Longest text that counts (RFC 9309 §2.5 asks for at least 500 KiB), in characters. */
const maxLength = 512_000;

const dayMs = 86_400_000;

/** The rules for the product token `agent`, else those for everybody. */
export function parseRobots(text: string, agent: string): RobotsRules {
  const isMarkup = /^\s*</.test(text);
  const groups = isMarkup ? [] : readGroups(text.slice(0, maxLength));
  const named = groups.filter((group) => group.agents.includes(agent.toLowerCase()));
  const chosen = named.length > 0 ? named : groups.filter((group) => group.agents.includes('*'));
  const rules = chosen.flatMap((group) => group.rules);
  const delays = chosen.flatMap(({ crawlDelayMs }) => (crawlDelayMs === undefined ? [] : [crawlDelayMs]));
  return {
    allows: (path) => longestMatch(rules, comparable(path))?.allow ?? true,
    crawlDelayMs: delays.length === 0 ? undefined : Math.max(...delays),
    namesAgent: named.length > 0,
    sitemaps: isMarkup ? [] : sitemapLines(text.slice(0, maxLength)),
  };
}

function sitemapLines(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t\uFEFF]*sitemap[ \t]*:[ \t]*(\S+)/gim)].flatMap(([, address]) => address ?? []);
}

function readGroups(text: string): readonly Group[] {
  const groups: Group[] = [];
  let isNaming = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, key = '', value = ''] = /^\s*([A-Za-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/.exec(line) ?? [];
    const name = key.toLowerCase();
    if (name === 'user-agent') {
      if (!isNaming) groups.push({ agents: [], rules: [], crawlDelayMs: undefined });
      groups.at(-1)?.agents.push(productToken(value));
      isNaming = true;
    } else if (groupMembers.has(name)) {
      isNaming = false;
      takeLine(groups.at(-1), name, value);
    }
  }
  return groups;
}

/** What belongs to a group; any other line, such as `Sitemap`, stands between two names and parts nothing (§2.2.4). */
const groupMembers: ReadonlySet<string> = new Set(['allow', 'disallow', 'crawl-delay']);

/** `Sampan/1.2 (a remark)` names the product `sampan` (§2.2.1: letters, `_` and `-`). */
function productToken(value: string): string {
  return /^(?:\*|[a-z_-]*)/.exec(value.toLowerCase())?.[0] ?? '';
}

function takeLine(group: Group | undefined, name: string, value: string): void {
  if (group === undefined) return;
  // "Disallow:" with nothing behind it forbids nothing.
  if ((name === 'allow' || name === 'disallow') && value !== '') {
    group.rules.push({ allow: name === 'allow', pattern: comparable(value) });
  }
  const seconds = Number(value);
  if (name === 'crawl-delay' && value !== '' && seconds >= 0) group.crawlDelayMs = Math.min(seconds * 1000, dayMs);
}

/** An octet outside ASCII is written in percent in one way, a letter or digit in none (§2.2.2): `/統計/` is `/%e7%b5%b1…`. */
function comparable(path: string): string {
  return path
    .replace(/[^\p{ASCII}]+/gu, (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'))
    .replace(/%[0-9a-f]{2}/gi, (octet) => {
      const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : octet.toUpperCase();
    });
}

/** The longest pattern decides; of two as long, the one that allows. */
function longestMatch(rules: readonly Rule[], path: string): Rule | undefined {
  return rules
    .filter(({ pattern }) => matches(pattern, path))
    .reduce<Rule | undefined>((best, rule) => (best === undefined || outweighs(rule, best) ? rule : best), undefined);
}

function outweighs(rule: Rule, other: Rule): boolean {
  const difference = rule.pattern.length - other.pattern.length;
  return difference > 0 || (difference === 0 && rule.allow);
}

/** `*` stands for anything, a final `$` for the end. Without a regular expression: the pattern is a stranger's. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith('$');
  const parts = (isAnchored ? pattern.slice(0, -1) : pattern).split('*');
  const [first = '', ...rest] = parts;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const found = isLast && isAnchored ? path.lastIndexOf(part) : path.indexOf(part, at);
    if (found < at) return false;
    at = found + part.length;
  }
  return !isAnchored || at === path.length;
}
