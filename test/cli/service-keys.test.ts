import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/cli-context.ts';
import { readServiceKeys } from '../../src/cli/service-keys.ts';
import { settingsFromEnvironment } from '../../src/cli/settings.ts';
import { testSource } from '../support/test-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'sampan-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const source = testSource('ckan', 'https://data.example/', {
  serviceKey: { name: 'SAMPAN_KEY_TEST', in: { parameter: 'serviceKey' } },
});

function read(environment: Readonly<Record<string, string>>, sources = [source]) {
  const context = { settings: () => settingsFromEnvironment(environment) } as CliContext;
  return readServiceKeys(context, sources);
}

function secrets(text: string): { readonly SAMPAN_SECRETS: string } {
  const file = join(folder, 'secrets.env');
  writeFileSync(file, text);
  return { SAMPAN_SECRETS: file };
}

test('field F-07: a key comes from the environment, else from the file of secrets', async () => {
  const file = secrets('# data.go.kr\nSAMPAN_KEY_TEST = "from-the-file"\n');
  expect((await read(file)).get(source.id)?.plain).toBe('from-the-file');
  const both = { ...file, SAMPAN_KEY_TEST: 'ab%2Bcd%2F%3D%3D' };
  expect((await read(both)).get(source.id)).toMatchObject({ plain: 'ab+cd/==', encoded: 'ab%2Bcd%2F%3D%3D' });
});

test('a missing or empty key is left to the run of its source', async () => {
  expect((await read({})).size).toBe(0);
  expect((await read(secrets('SAMPAN_KEY_TEST=\n'))).size).toBe(0);
});

test('field F-07: a malformed key is refused before anything runs, and not shown', async () => {
  for (const environment of [{ SAMPAN_KEY_TEST: 'ab%G0x' }, secrets('SAMPAN_KEY_TEST=ab%G0x')]) {
    const failure = await read(environment).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'usage', message: expect.stringContaining('SAMPAN_KEY_TEST: found a key') });
    expect(String(failure)).not.toContain('ab%G0x');
    expect(String(failure)).not.toContain('G0x');
  }
});

test('a line of the file that is not read is named by its number, and not shown', async () => {
  const failure = await read(secrets('SAMPAN_KEY_TEST=abcdef\nmy key is xyzzy\n')).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: expect.stringContaining('line 2 is not read (not shown)') });
  expect(String(failure)).not.toContain('xyzzy');
  await expect(read({ SAMPAN_SECRETS: join(folder, 'none') })).rejects.toThrow('found no readable file');
});

test('nobody who wants no key reads the file', async () => {
  const { serviceKey, ...keyless } = source;
  expect((await read({ SAMPAN_SECRETS: join(folder, 'none') }, [keyless])).size).toBe(0);
});
