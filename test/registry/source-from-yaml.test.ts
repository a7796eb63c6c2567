import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadSources } from '../../src/registry/load-sources.ts';
import { SourceFileError } from '../../src/registry/source-file-error.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const fileName = 'jp-data-example-jp.yaml';
const good = `id: jp-data-example-jp
name: { en: Example, ja: 例 }
country: JP
protocol: ckan
endpoint: https://data.example.jp/api/3/action/
languages: [ja]
timeZone: Asia/Tokyo
`;

test('a source of seven lines gets the documented defaults', () => {
  expect(sourceFromYaml(good, fileName)).toEqual({
    id: 'jp-data-example-jp',
    name: { en: 'Example', ja: '例' },
    country: 'JP',
    protocol: 'ckan',
    endpoint: 'https://data.example.jp/api/3/action/',
    enabled: false,
    languages: ['ja'],
    timeZone: 'Asia/Tokyo',
    calendar: 'gregorian',
    pace: { minGapMs: 500, concurrency: 2, maxBodyBytes: 67_108_864, timeoutMs: 30_000, attempts: 4 },
    volatile: [],
    themes: {},
    options: {},
    quirks: [],
  });
});

test('one figure of the pace leaves the others', () => {
  const { pace } = sourceFromYaml(`${good}pace: { minGapMs: 2000 }\n`, fileName);
  expect(pace).toMatchObject({ minGapMs: 2000, concurrency: 2, attempts: 4 });
});

test('several catalogues of one host have its path in their id', () => {
  const yaml = good.replace('id: jp-data-example-jp', 'id: jp-data-example-jp-090000');
  expect(sourceFromYaml(yaml, 'jp-data-example-jp-090000.yaml').id).toBe('jp-data-example-jp-090000');
});

describe('a mistake is one sentence with file, found and expected', () => {
  const replaced = (from: string, to: string) => good.replace(from, to);
  test.each([
    ['unknown key', `${good}colour: red\n`, /found the unknown key "colour"; expected one of id, name/],
    ['unknown key in pace', `${good}pace: { gap: 1 }\n`, /found the unknown key "pace.gap"; expected one of minGapMs/],
    ['__proto__', `${good}__proto__: { enabled: true }\n`, /found the unknown key "__proto__"/],
    ['protocol', replaced('ckan', 'ftp'), /found protocol: "ftp"; expected one of ckan, csw, data-go-kr, /],
    ['address', replaced('https:', 'file:'), /found endpoint: "file:.*; expected an http or https address/],
    ['time zone', replaced('Asia/Tokyo', 'Asia/Edo'), /found timeZone: "Asia\/Edo"; expected an IANA time zone/],
    ['offset as time zone', replaced('Asia/Tokyo', '+09:00'), /found timeZone: .*; expected an IANA time zone/],
    ['language', replaced('[ja]', '[JP_]'), /found languages: .*; expected a list of at least 1, each a BCP 47/],
    ['no languages', replaced('[ja]', '[]'), /found languages: \[\]/],
    ['country', replaced('country: JP', 'country: Japan'), /found country: "Japan"; expected an ISO 3166-1 code/],
    ['missing', replaced('timeZone: Asia/Tokyo\n', ''), /found no "timeZone"; expected an IANA time zone/],
    [
      'id ≠ file',
      replaced('id: jp-', 'id: kr-'),
      /found id: kr-data-example-jp; expected the id to be the name of the file/,
    ],
    [
      'theme',
      `${good}themes: { 環境: environment, 税: finance-economy }\n`,
      /found themes: \{ 環境: "environment" \}; expected .*land-cities/,
    ],
    ['calendar', `${good}calendar: lunar\n`, /found calendar: "lunar"; expected one of gregorian, roc/],
    [
      'pace',
      `${good}pace: { concurrency: 500 }\n`,
      /found pace.concurrency: 500; expected a whole number from 1 to 16/,
    ],
    ['subdivision', `${good}subdivision: KR-11\n`, /found subdivision: KR-11; expected a part of the country JP/],
    ['licence alone', `${good}defaultLicence: CC-BY-4.0\n`, /expected "defaultLicenceFrom" with it/],
    ['certificate', `${good}certificateAuthority: hello\n`, /expected certificates in PEM form/],
    ['doubled key', `${good}country: KR\n`, /found .*unique.*; expected plain YAML/],
    ['tag', replaced('Asia/Tokyo', '!!js/function x'), /expected plain YAML/],
    ['not YAML', 'id: [', /expected plain YAML/],
    ['list', '- a\n', /found \["a"\]; expected a mapping/],
    ['empty', '', /found null; expected a mapping/],
    ['alias', `${good}quirks: &a [x]\nvolatile: *a\n`, /found an alias .*; expected plain YAML without aliases/],
    ['too long', `${good}# ${'x'.repeat(200_001)}`, /found \d+ characters; expected at most 200000/],
  ])('%s', (_, yaml, message) => {
    expect(() => sourceFromYaml(yaml, fileName)).toThrow(SourceFileError);
    expect(() => sourceFromYaml(yaml, fileName)).toThrow(message);
    expect(() => sourceFromYaml(yaml, fileName)).toThrow(
      /^sources\/jp-data-example-jp\.yaml: found [^\n]*; expected [^\n]*$/,
    );
  });

  test('an id of another host', () => {
    expect(() => sourceFromYaml(good.replace('id: jp-data', 'id: jp-open'), 'jp-open-example-jp.yaml')).toThrow(
      'found id: jp-open-example-jp; expected jp-data-example-jp (country and host)',
    );
  });

  test('aliases cannot grow', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghij'.split('').map((key, i) => `${key}: &${key} [*${'abcdefghij'[i]}, *${'abcdefghij'[i]}]`),
    ];
    expect(() => sourceFromYaml(`${bomb.join('\n')}\n`, fileName)).toThrow(/without aliases/);
  });
});

describe('the folder', () => {
  test('holds sources that are all valid, off, and known to nobody by default', async () => {
    const sources = await loadSources(join(root, 'sources'));
    expect(sources.map(({ id }) => id)).toEqual([...sources.map(({ id }) => id)].sort());
    expect(sources.filter(({ enabled }) => enabled)).toEqual([]);
  });

  test.each(['Upper.yaml', 'jp-data-example-jp.yml'])('refuses the name %s', async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'sampan-sources-'));
    await writeFile(join(folder, name), good);
    await expect(loadSources(folder)).rejects.toThrow(new RegExp(`found ${name}; expected names of lower-case`));
  });

  test('that is missing is one sentence', async () => {
    await expect(loadSources(join(root, 'nowhere'))).rejects.toThrow(/found no readable folder; expected/);
  });
});
