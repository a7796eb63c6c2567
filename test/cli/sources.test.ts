import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { addThrough } from '../../src/cli/add-source.ts';
import { type CliContext, packageRoot } from '../../src/cli/cli-context.ts';
import { probeThrough } from '../../src/cli/probe-sources.ts';
import { createProgram } from '../../src/cli/program.ts';
import { settingsFromEnvironment } from '../../src/cli/settings.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts';
import { quickDoor } from '../support/quick-door.ts';

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

const scratch = (name: string): string => mkdtempSync(join(tmpdir(), `sampan-${name}-`));

/** The command in this process, with an empty home. What a command throws is for `main.ts`; here it is the test's. */
async function sources(args: readonly string[], folder?: string): Promise<Ran> {
  return ran(folder, async (context) => {
    const program = createProgram(context).exitOverride();
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
    await program.parseAsync(['node', 'sampan', 'sources', ...args]);
  });
}

async function ran(folder: string | undefined, work: (context: CliContext) => Promise<void>): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  let code = 0;
  const environment = { SAMPAN_HOME: scratch('home'), ...(folder !== undefined && { SAMPAN_SOURCES: folder }) };
  const context: CliContext = {
    settings: () => settingsFromEnvironment(environment),
    now: () => new Date('2026-11-25T00:00:00Z'),
    packageRoot: packageRoot(),
    version: '0.0.0',
    out: (text) => void out.push(text),
    outBytes: () => undefined,
    errors: { write: (text: string) => err.push(text) > 0 } as unknown as NodeJS.WriteStream,
    signal: new AbortController().signal,
    setExitCode: (given) => {
      code = given;
    },
  };
  await work(context);
  return { out: out.join('\n'), err: err.join(''), code };
}

const lastJson = (ran: Ran): unknown => JSON.parse(ran.out.split('\n').at(-1) ?? '');

const own = (id: string, more = ''): string =>
  `id: ${id}\nname: { en: Own }\ncountry: JP\nprotocol: ckan\nendpoint: https://a.example.jp/api/3/action/\nlanguages: [ja]\ntimeZone: Asia/Tokyo\n${more}`;

describe('--check', () => {
  test('counts every file of the package and ends with 0', async () => {
    const ran = await sources(['--check', '--json']);
    expect(ran.code).toBe(0);
    const counts = lastJson(ran) as { sources: number; openData: number; byProtocol: Record<string, number> };
    expect(counts).toMatchObject({ countries: 12, errors: 0 });
    expect(counts.openData).toBeGreaterThanOrEqual(570);
    expect(Object.values(counts.byProtocol).reduce((sum, each) => sum + each, 0)).toBe(counts.sources);
  });

  test("the operator's own files count too, and each mistake of theirs is told", async () => {
    const folder = scratch('sources');
    writeFileSync(join(folder, 'jp-a-example-jp.yaml'), own('jp-a-example-jp', 'kind: geo\n'));
    writeFileSync(join(folder, 'jp-b-example-jp.yaml'), 'colour: red\n');
    writeFileSync(join(folder, 'jp-c-example-jp.yaml'), own('jp-c-example-jp'));
    const before = lastJson(await sources(['--check', '--json'])) as { sources: number; openData: number };
    const { sources: without, openData } = before;
    const ran = await sources(['--check', '--json'], folder);
    expect(ran.code).toBe(1);
    expect(lastJson(ran)).toMatchObject({ sources: without + 1, errors: 2 });
    expect((lastJson(ran) as { openData: number }).openData).toBe(openData);
    expect(ran.err).toMatch(/jp-b-example-jp\.yaml: found the unknown key "colour"/);
    expect(ran.err).toMatch(/jp-c-example-jp\.yaml: found id: jp-c-example-jp; expected jp-a-example-jp/);
  });
});

test('--country and --protocol leave what has both', async () => {
  const listed = lastJson(await sources(['--country', 'vn', '--protocol', 'dcat-us', '--json'])) as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual(['vn-opendata-hochiminhcity-gov-vn']);
});

describe('the command line never reaches this machine', () => {
  let server: LoopbackServer | undefined;
  afterEach(async () => server?.close());

  test('--add of a loopback address is refused before it is asked', async () => {
    const folder = join(scratch('sources'), 'made');
    server = await loopbackServer((_, response) => response.end('{"success":true,"result":{"count":1}}'));
    await expect(sources(['--add', server.origin, '--country', 'JP'], folder)).rejects.toMatchObject({
      code: 'not-allowed-address',
    });
    expect(server.requests).toHaveLength(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('--probe of a loopback source is a report, writes nothing and ends with 3', async () => {
    const folder = scratch('sources');
    server = await loopbackServer((_, response) => response.end());
    const id = `jp-127-0-0-1-${new URL(server.origin).port}`;
    writeFileSync(join(folder, `${id}.yaml`), own(id).replace('https://a.example.jp', server.origin));
    const ran = await sources(['--probe', id, '--json'], folder);
    expect(lastJson(ran)).toMatchObject({ sourceId: id, state: 'not-allowed-address', tls: 'unknown' });
    expect(ran.code).toBe(3);
    expect(server.requests).toHaveLength(0);
    expect(readdirSync(folder)).toEqual([`${id}.yaml`]);
  });
});

describe('a portal that answers (through a door that opens loopback)', () => {
  const door = quickDoor();
  let server: LoopbackServer | undefined;
  afterEach(async () => server?.close());

  async function added(robots: string) {
    server = await loopbackServer((request, response) => {
      if (request.url === '/robots.txt') return response.end(robots);
      if (!request.url?.startsWith('/api/3/action/')) return response.writeHead(404).end();
      return response.end('{"success":true,"result":{"count":1,"results":[{"id":"a","name":"a","title":"A"}]}}');
    });
    const folder = scratch('sources');
    const options = { add: server.origin, country: ['jp'], json: true };
    const { id, written, records } = lastJson(await ran(folder, (context) => addThrough(door, context, options))) as {
      readonly id: string;
      readonly written: string;
      readonly records: number;
    };
    expect([written, records]).toEqual([join(folder, `${id}.yaml`), 1]);
    const probed = await ran(folder, (context) => probeThrough(door, context, { probe: id }));
    return { ...probed, source: sourceFromYaml(readFileSync(written, 'utf8'), `${id}.yaml`), folder, id };
  }

  test('is added switched off, and probing switches it on at the pace its robots.txt asks for', async () => {
    const { code, out, source, folder, id } = await added('User-agent: *\nCrawl-delay: 5\n');
    expect(code).toBe(0);
    expect(source).toMatchObject({ enabled: true, protocol: 'ckan', pace: { minGapMs: 5000 } });
    expect(out).toMatch(/: ok; ckan, 1 records; TLS plain; robots.txt allows, one request in 5 s\n {2}Switched on in /);
    const again = await ran(folder, (context) => probeThrough(door, context, { probe: id }));
    expect(again.out).toMatch(/: ok; .*\n {2}It is switched on already\.$/);
  });

  test('field F-09: CKAN’s own robots.txt, which closes the API to crawlers, is told and does not keep it off', async () => {
    const { code, out, source } = await added('User-agent: *\nDisallow: /api/\nCrawl-Delay: 10\n');
    expect([code, source.enabled, source.pace.minGapMs]).toEqual([0, true, 10_000]);
    expect(out).toMatch(
      /Switched on in .* \(its robots.txt closes it to crawlers; it is an interface for programs\)\./,
    );
  });

  test('field F-09: stays off where its robots.txt asks Sampan by name to stay away', async () => {
    const { code, out, source } = await added('User-agent: Sampan\nDisallow: /api/\n');
    expect([code, source.enabled]).toEqual([0, false]);
    expect(out).toMatch(/robots.txt asks Sampan by name to stay away, so it stays off; if you may read it, set/);
  });

  test("is switched on where the operator's file is, in the folder of its country too", async () => {
    const { folder, id, source } = await added('User-agent: *\nDisallow: /api/\n');
    mkdirSync(join(folder, 'jp'));
    renameSync(join(folder, `${id}.yaml`), join(folder, 'jp', `${id}.yaml`));
    await ran(folder, (context) => probeThrough(door, context, { probe: source.id }));
    expect(readdirSync(folder, { recursive: true }).map(String).sort()).toEqual(['jp', join('jp', `${id}.yaml`)]);
  });
});

describe('what cannot be meant', () => {
  test.each([
    [['--add', 'https://data.example.jp'], undefined, /found no SAMPAN_SOURCES; expected/],
    [['--add', 'data.example.jp'], 'folder', /found "data.example.jp"; expected an address/],
    [['--add', 'https://data.example.org'], 'folder', /does not tell its country; expected --country/],
    [['--probe', 'xx-none'], undefined, /no source "xx-none"; expected one that/],
    [['--probe', '--country', 'FR'], undefined, /no source is left/],
    [['--check', '--add', 'https://data.example.jp'], undefined, /cannot be used with/],
  ])('%j', async (args, folder, message) => {
    await expect(sources(args, folder === undefined ? undefined : scratch('sources'))).rejects.toThrow(message);
  });
});
