import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processOwner } from '../../src/store/lease-owner.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';

/** A smoke run of the built command line: what a person gets who types it. `npm test` builds before. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const main = join(root, 'dist/cli/main.js');
const scratch = mkdtempSync(join(tmpdir(), 'sampan-cli-'));
const demoParent = join(scratch, 'with-demo');

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function sampan(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Outcome {
  const { SAMPAN_HOME, SAMPAN_SOURCES, ...inherited } = process.env;
  const done = spawnSync(process.execPath, [main, ...args], {
    cwd: scratch,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...inherited, SAMPAN_HOME: join(scratch, 'empty-home'), ...environment },
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const json = (outcome: Outcome): unknown => JSON.parse(outcome.out.trim().split('\n').at(-1) ?? '');

beforeAll(() => {
  expect(existsSync(main), 'dist/ is missing: run `npm run build`').toBe(true);
});

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe('help and usage', () => {
  test('--help lists every command and exits with 0', () => {
    const { code, out } = sampan(['--help']);
    expect(code).toBe(0);
    for (const name of ['sources', 'harvest', 'renormalise', 'reindex', 'search', 'show', 'runs', 'serve', 'demo']) {
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
  });

  test('--version is the one of package.json', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(sampan(['--version']).out.trim()).toBe(version);
  });

  test.each([
    [['serach', 'x'], /unknown command 'serach'[\s\S]*Did you mean search\?/],
    [['search', '--sort', 'size', 'x'], /Allowed choices are relevance, modified, title/],
    [['search', '--format', 'nosuch', 'x'], /--format: found "nosuch", expected a format such as CSV/],
    [['search', '--theme', 'nosuch', 'x'], /--theme: found "nosuch", expected one of public-services/],
    [['search', '--licence', 'maybe', 'x'], /--licence: found "maybe", expected open, not-open or unknown/],
    [['search', '--limit', 'many', 'x'], /--limit: found "many", expected a whole number/],
    [['harvest', 'xx-nowhere'], /no source "xx-nowhere"; expected an id/],
    [['harvest'], /no source is enabled/],
    [['show'], /missing required argument 'id'/],
  ])('%j is refused with 2 and a sentence', (args, sentence) => {
    const { code, err } = sampan(args);
    expect(err).toMatch(sentence);
    expect(code).toBe(2);
  });

  test('a setting that cannot be meant is refused with 2', () => {
    const { code, err } = sampan(['serve'], { SAMPAN_PORT: 'abc' });
    expect(err).toContain('SAMPAN_PORT: found "abc", expected a whole number from 0 to 65535');
    expect(code).toBe(2);
  });
});

describe('a home without a store', () => {
  test.each([['search', 'x'], ['show', 'x'], ['runs'], ['serve'], ['reindex', '--check']])(
    '%s %s: one sentence, 1',
    (...args) => {
      const { code, err } = sampan(args.filter((each) => each !== undefined));
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toContain('run `sampan harvest` first');
      expect(code).toBe(1);
    },
  );

  test('sources are listed all the same, none enabled', () => {
    const { code, out } = sampan(['sources', '--json']);
    expect(code).toBe(0);
    const rows: { id: string; enabled: boolean }[] = JSON.parse(out);
    expect(rows.map((row) => row.id)).toContain('kr-data-go-kr');
    expect(rows.filter((row) => row.enabled)).toEqual([]);
  });
});

describe('bad input', () => {
  const sourceFile = (name: string, yaml: string): string => {
    const folder = mkdtempSync(join(scratch, 'sources-'));
    writeFileSync(join(folder, name), yaml);
    return folder;
  };
  const portal = (endpoint: string, id = 'tw-portal-example'): string => `id: ${id}
name: { en: Example }
country: TW
protocol: ckan
endpoint: ${endpoint}
enabled: true
languages: [zh-Hant]
timeZone: Asia/Taipei
calendar: roc
pace: { minGapMs: 0, attempts: 1 }
`;

  test('a malformed source file: which file, what was found, what was expected', () => {
    const folder = sourceFile(
      'tw-portal-example.yaml',
      portal('https://portal.example/api/3/action/').replace('ckan', 'ckna'),
    );
    const { code, err } = sampan(['sources'], { SAMPAN_SOURCES: folder });
    expect(err).toMatch(/tw-portal-example\.yaml.*protocol.*"ckna".*expected.*ckan/);
    expect(code).toBe(1);
  });

  test('no setting and no source file of a running portal opens loopback', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const home = join(scratch, 'loopback-home');
    const { code, out } = await sampanAsync(['harvest', '--no-index', '--json'], {
      SAMPAN_SOURCES: sourceFile('tw-127-0-0-1.yaml', portal(`http://127.0.0.1:${port}/api/3/action/`, 'tw-127-0-0-1')),
      SAMPAN_HOME: home,
    });
    server.close();
    expect(asked).toEqual([]);
    const run = JSON.parse(out.trim());
    expect(run).toMatchObject({ state: 'failed', complete: false, counts: { seen: 0 } });
    expect(run.why).toContain('127.0.0.1');
    expect(code).toBe(3);
  });

  test('a home of a newer schema is refused and left as it is', async () => {
    const home = join(scratch, 'newer-home');
    const options = { home, owner: processOwner(), migrations: [...migrations, 'CREATE TABLE future (x)'] };
    await (await openCatalogueStore(options)).close();
    for (const args of [['renormalise'], ['runs']]) {
      const { code, err } = sampan(args, { SAMPAN_HOME: home });
      expect(err).toMatch(/its schema is \d+, this Sampan knows up to \d+.*update Sampan/);
      expect(code).toBe(1);
    }
    expect(readdirSync(home).filter((name) => name.includes('.schema-'))).toEqual([]);
    const newer = await openCatalogueStore(options);
    expect(await newer.latestChangeNumber()).toBe(0);
    await newer.close();
  });

  test('a public address with a path is refused, since links begin at the root of the host', () => {
    const { code, err } = sampan(['serve'], { SAMPAN_BASE_URL: 'https://x.example/portal' });
    expect(err).toContain('expected an address without a path');
    expect(code).toBe(2);
  });

  test('the demo does not empty a folder that it has not made', () => {
    const home = join(scratch, 'foreign');
    mkdirSync(join(home, 'demo'), { recursive: true });
    writeFileSync(join(home, 'demo', 'thesis.txt'), 'mine');
    const { code, err } = sampan(['demo', '--once'], { SAMPAN_HOME: home });
    expect(err).toContain('holds files that the demo has not made (thesis.txt)');
    expect(code).toBe(1);
    expect(readFileSync(join(home, 'demo', 'thesis.txt'), 'utf8')).toBe('mine');
  });
});

describe('the demo, from portals to search', () => {
  let filled: Outcome;
  const home = { SAMPAN_HOME: join(demoParent, 'demo') };

  beforeAll(() => {
    filled = sampan(['demo', '--once'], { SAMPAN_HOME: demoParent });
  });

  test('demo --once ends with one JSON line', () => {
    expect(filled.err).toContain('sample portals answer at');
    expect(filled.err).not.toContain('MaxListenersExceededWarning');
    expect(filled.code).toBe(0);
    const summary = json(filled);
    expect(Object.keys(summary as object)).toEqual([
      'portals',
      'countries',
      'datasets',
      'distributions',
      'rejected',
      'seconds',
    ]);
    expect(summary).toMatchObject({ portals: expect.any(Number), rejected: expect.any(Number) });
    const { portals, countries, datasets } = summary as { portals: number; countries: number; datasets: number };
    expect([portals, countries]).toEqual([12, 12]);
    expect(datasets).toBeGreaterThanOrEqual(40 * portals);
  });

  test('search finds, show tells, --raw gives back the bytes of the portal', () => {
    const answer = json(sampan(['search', '避難所', '--country', 'jp', '--json'], home)) as { hits: { id: string }[] };
    const id = answer.hits[0]?.id ?? '';
    expect(sampan(['search', '避難所'], home).out).toContain('避難所');
    const found = (...words: string[]) =>
      (json(sampan(['search', ...words, '--json'], home)) as { total: number }).total;
    // One argument is the query, quoted for the shell; a phrase has quotes of its own.
    expect(found('一覧 避難所')).toBe(found('一覧', '避難所'));
    expect(found('一覧 避難所')).toBeGreaterThan(found('"一覧 避難所"'));
    const shown = sampan(['show', id], home);
    expect(shown.out).toMatch(/licence .*CC-BY-4\.0 \(open\)/);
    const record = json(sampan(['show', id, '--json'], home)) as { dataset: { nativeId: string; sourceId: string } };
    const raw = sampan(['show', `${record.dataset.sourceId}/${record.dataset.nativeId}`, '--raw'], home).out;
    expect(JSON.parse(raw).id).toBe(record.dataset.nativeId);
    expect(sampan(['show', 'aaaaaaaaaaaaaaaa'], home)).toMatchObject({
      code: 1,
      err: expect.stringContaining('no dataset "aaaaaaaaaaaaaaaa"'),
    });
  });

  test('runs add up; sources are counted; index and store agree; renormalise finds nothing to do', () => {
    const runs = sampan(['runs', '--json'], home)
      .out.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const { counts } of runs) {
      expect(counts.added + counts.updated + counts.unchanged + counts.rejected).toBe(counts.seen);
    }
    expect(sampan(['runs'], home).out).toMatch(/^run +source/);
    expect(json(sampan(['reindex', '--check', '--json'], home))).toMatchObject({ agrees: true });
    expect(sampan(['reindex'], home).code).toBe(0);
    expect(sampan(['reindex', '--check'], home).out).toContain('Index and store agree');
    expect(json(sampan(['renormalise', '--json'], home))).toMatchObject({ records: 0, changed: 0 });
  });

  test('search says how it understood, why a dataset in other words is there, and what its title names', () => {
    const meant = sampan(['search', '空氣品質'], home).out;
    expect(meant).toContain('(understood as 空氣品質 = air quality)');
    expect(meant).toMatch(/why: 空氣品質 = \S.* = air quality/);
    expect(meant).toMatch(/gloss: .*air quality/);
    expect(sampan(['search', '空氣品質', '--labels', 'ja'], home).out).toContain('空氣品質 = 大気質');
    const total = (...options: string[]) =>
      (json(sampan(['search', '空氣品質', '--json', ...options], home)) as { total: number }).total;
    expect(total('--words-only')).toBeGreaterThan(0);
    expect(total('--words-only')).toBeLessThan(total());
    expect(total('--labels', 'km')).toBe(total());
    expect(sampan(['search', 'x', '--labels', 'xx'], home)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--labels: found "xx", expected one of en, zh-Hant'),
    });
  });

  test('formats are found in any spelling', () => {
    const found = (format: string): number =>
      (json(sampan(['search', '--format', format, '--json'], home)) as { total: number }).total;
    expect(found('GeoJSON')).toBeGreaterThan(0);
    expect(found('geojson')).toBe(found('GeoJSON'));
  });

  test('a store without an index: one sentence that names the command', () => {
    const copy = join(scratch, 'no-index');
    cpSync(home.SAMPAN_HOME, copy, { recursive: true });
    rmSync(join(copy, 'index'), { recursive: true });
    for (const args of [
      ['search', 'x'],
      ['serve', '--port', '0'],
      ['reindex', '--check'],
    ]) {
      const { code, err } = sampan(args, { SAMPAN_HOME: copy });
      expect(err).toMatch(/^sampan: .*holds no search index.*npx sampan reindex.*\n$/);
      expect(code).toBe(1);
    }
  });

  test('serve answers until it is asked to stop; a port in use is one sentence', async () => {
    const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
      cwd: scratch,
      env: { ...process.env, ...home },
    });
    const address = await firstMatch(child.stderr, /http:\/\/localhost:(\d+)/);
    const port = /:(\d+)$/.exec(address)?.[1] ?? '';
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    expect(await (await fetch(`http://127.0.0.1:${port}/en`)).text()).toContain('<html');
    const second = sampan(['serve', '--port', port], home);
    expect(second.err).toMatch(/another program listens there already.*--port or SAMPAN_PORT/);
    expect(second.code).toBe(1);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});

function sampanAsync(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: scratch, env: { ...process.env, ...environment } });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

async function firstMatch(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    const found = pattern.exec(text);
    if (found !== null) {
      stream.resume();
      return found[0];
    }
  }
  throw new Error(`the process ended before it said ${pattern}: ${text}`);
}
