import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSources, loadSources } from '../../src/registry/load-sources.ts';

const yamlOf = (id: string, host: string, more = ''): string =>
  `id: ${id}\nname: { en: Example }\ncountry: JP\nprotocol: ckan\nendpoint: https://${host}/api/3/action/\nlanguages: [ja]\ntimeZone: Asia/Tokyo\n${more}`;

const one = yamlOf('jp-a-example-jp', 'a.example.jp');
const two = yamlOf('jp-b-example-jp', 'b.example.jp');

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sampan-sources-'));
  for (const [path, yaml] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), yaml);
  }
  return folder;
}

test('files by hand and in the folder of their country are read together, by id', async () => {
  const folder = await folderOf({ 'jp-b-example-jp.yaml': two, 'jp/jp-a-example-jp.yaml': one, 'notes.txt': 'x' });
  expect((await loadSources(folder)).map(({ id }) => id)).toEqual(['jp-a-example-jp', 'jp-b-example-jp']);
});

test('two catalogues of one endpoint differ in what is asked', async () => {
  const folder = await folderOf({
    'jp/jp-a-example-jp-1.yaml': yamlOf('jp-a-example-jp-1', 'a.example.jp', 'options: { query: "organization:1" }\n'),
    'jp/jp-a-example-jp-2.yaml': yamlOf('jp-a-example-jp-2', 'a.example.jp', 'options: { query: "organization:2" }\n'),
  });
  expect(await loadSources(folder)).toHaveLength(2);
});

describe('what is wrong among files', () => {
  test.each([
    [
      'a second file of an id',
      { 'jp-a-example-jp.yaml': one, 'jp/jp-a-example-jp.yaml': one },
      'sources/jp/jp-a-example-jp.yaml: found a second file of the id jp-a-example-jp; expected one',
    ],
    [
      'a file in the folder of another country',
      { 'kr/jp-a-example-jp.yaml': one },
      'sources/kr/jp-a-example-jp.yaml: found country: JP; expected KR, as its folder says',
    ],
    [
      'one catalogue under two ids',
      { 'jp-a-example-jp.yaml': one, 'jp-a-example-jp-x.yaml': yamlOf('jp-a-example-jp-x', 'a.example.jp') },
      'sources/jp-a-example-jp.yaml: found the catalogue of jp-a-example-jp-x (same protocol, endpoint and options); expected another one',
    ],
  ])('%s', async (_, files, message) => {
    const { errors, sources } = await checkSources(await folderOf(files));
    expect(errors.map((error) => error.message)).toEqual([message]);
    expect(sources).toHaveLength(Object.keys(files).length - 1);
  });
});

test('a check goes on behind a mistake; loading stops at it', async () => {
  const folder = await folderOf({
    'jp/jp-a-example-jp.yaml': one.replace('protocol: ckan', 'protocol: ftp'),
    'jp/jp-b-example-jp.yaml': two,
    'jp/jp-c-example-jp.yaml': 'colour: red\n',
  });
  const { sources, errors } = await checkSources(folder);
  expect(sources.map(({ id }) => id)).toEqual(['jp-b-example-jp']);
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^sources\/jp-a-example-jp.yaml: found protocol: "ftp"/),
    expect.stringMatching(/^sources\/jp-c-example-jp.yaml: found the unknown key "colour"/),
  ]);
  await expect(loadSources(folder)).rejects.toThrow(/found protocol: "ftp"/);
});
