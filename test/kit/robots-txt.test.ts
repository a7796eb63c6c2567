import { describe, expect, test } from 'vitest';
import { parseRobots } from '../../src/kit/robots-txt.ts';

/** As CKAN's template `robots.txt` has it. */
const ckan = 'User-agent: *\nDisallow: /dataset/rate/\nDisallow: /api/\nCrawl-Delay: 10\n';

test("CKAN's own rules keep crawlers out of the API and ask for ten seconds", () => {
  const rules = parseRobots(ckan, 'sampan');
  expect(rules.crawlDelayMs).toBe(10_000);
  expect(rules.allows('/api/3/action/package_search?rows=0')).toBe(false);
  expect(rules.allows('/dataset/air')).toBe(true);
});

test.each([
  ['nothing', '', true],
  ['markup instead of rules', `<!doctype html>\n${ckan}`, true],
  ['an empty Disallow', 'User-agent: *\nDisallow:\n', true],
  ['a group of another robot', 'User-agent: googlebot\nDisallow: /\n', true],
  ['a group of ours before that of all', 'User-agent: *\nDisallow: /\nUser-agent: Sampan\nAllow: /\n', true],
  ['two names of one group', 'User-agent: a\nUser-agent: SAMPAN\nDisallow: /api\n', false],
  ['CR LF, tabs and remarks', 'USER-AGENT :\t*\r\nDISALLOW:\t/api # no\r\n', false],
  ['a BOM and a sitemap before', '\uFEFFSitemap: https://x/\nUser-agent: *\nDisallow: /api\n', false],
  ['the longer rule', 'User-agent: *\nDisallow: /\nAllow: /api/3/\n', true],
  ['as long, allowing', 'User-agent: *\nDisallow: /api/3\nAllow: /api/3\n', true],
  ['a star inside', 'User-agent: *\nDisallow: /*/action/*_search\n', false],
  ['an end that is not the end', 'User-agent: *\nDisallow: /api/3$\n', true],
  ['the end', 'User-agent: *\nDisallow: /api*rows=0$\n', false],
  ['a name with its version', 'User-agent: Sampan/2.0 (any)\nDisallow: /api\nUser-agent: *\nAllow: /\n', false],
  ['a name that only begins like ours', 'User-agent: Sampanier\nDisallow: /\n', true],
  ['a sitemap between two names', 'User-agent: sampan\nSitemap: https://x/\nUser-agent: a\nDisallow: /api\n', false],
  ['a rule between two names', 'User-agent: sampan\nDisallow:\nUser-agent: a\nDisallow: /api\n', true],
  ['rules before any group', 'Disallow: /\nUser-agent: *\nAllow: /\n', true],
])('%s: the API may be read: %#', (_, text, allowed) => {
  expect(parseRobots(text, 'sampan').allows('/api/3/action/package_search?rows=0')).toBe(allowed);
});

test.each([
  ['/統計/', '/%E7%B5%B1%E8%A8%88/1', false],
  ['/%e7%b5%b1%e8%a8%88/', '/%E7%B5%B1%E8%A8%88/1', false],
  ['/%64ata', '/data/1', false],
  ['/a%2Fb', '/a/b', true],
  ['/ข้อมูล*.csv$', '/%E0%B8%82%E0%B9%89%E0%B8%AD%E0%B8%A1%E0%B8%B9%E0%B8%A5/a.csv', false],
])('RFC 9309 §2.2.2: %s and the address %s', (pattern, path, allowed) => {
  expect(parseRobots(`User-agent: *\nDisallow: ${pattern}\n`, 'sampan').allows(path)).toBe(allowed);
});

describe('the delay', () => {
  test.each([
    ['0.5', 500],
    ['10 # seconds', 10_000],
    ['-3', undefined],
    ['soon', undefined],
    ['1e9', 86_400_000],
  ])('%s', (written, expected) => {
    expect(parseRobots(`User-agent: *\nCrawl-delay: ${written}\n`, 'sampan').crawlDelayMs).toBe(expected);
  });
});

test('a pattern of stars ends at once', () => {
  const rules = parseRobots(`User-agent: *\nDisallow: /${'*a'.repeat(2000)}$\n`, 'sampan');
  expect(rules.allows(`/${'a'.repeat(100_000)}b`)).toBe(true);
});
