import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSources } from '../../src/registry/load-sources.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import { pem } from '../support/tls-server.ts';

const fileName = 'jp-data-example-jp.yaml';
const good = `id: jp-data-example-jp
name: { en: Example }
country: JP
protocol: ckan
endpoint: https://data.example.jp/api/3/action/
languages: [ja]
timeZone: Asia/Tokyo
`;
const indented = (text: string) => text.trimEnd().replaceAll(/^/gm, '  ');

describe('certificateAuthority', () => {
  test('may be written into the file, several of them too', () => {
    const both = `${pem('root.pem')}${pem('intermediate.pem')}`;
    const { certificateAuthority } = sourceFromYaml(`${good}certificateAuthority: |\n${indented(both)}\n`, fileName);
    expect(certificateAuthority?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  test('may be the name of a PEM file beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sampan-ca-'));
    try {
      writeFileSync(join(folder, fileName), `${good}certificateAuthority: example-root.pem\n`);
      await expect(loadSources(folder)).rejects.toThrow(
        'found certificateAuthority: example-root.pem, and no such file; expected a file beside this one in PEM form',
      );
      writeFileSync(join(folder, 'example-root.pem'), 'not a certificate');
      await expect(loadSources(folder)).rejects.toThrow('and no certificate in it');
      writeFileSync(join(folder, 'example-root.pem'), pem('root.pem'));
      expect((await loadSources(folder))[0]?.certificateAuthority).toBe(pem('root.pem'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    ['../secret.pem'],
    ['/etc/ssl/root.pem'],
    ['hello'],
    ['"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----"'],
  ])('is not %s', (value) => {
    expect(() => sourceFromYaml(`${good}certificateAuthority: ${value}\n`, fileName)).toThrow(
      'expected certificates in PEM form, or the name of a .pem file beside this one',
    );
  });
});

test('field F-03: outdated TLS is allowed by name and in no other way', () => {
  expect(sourceFromYaml(`${good}tls: legacy\n`, fileName).tls).toBe('legacy');
  expect(sourceFromYaml(good, fileName).tls).toBeUndefined();
  for (const value of ['off', 'insecure', 'true', '{ verify: false }']) {
    expect(() => sourceFromYaml(`${good}tls: ${value}\n`, fileName)).toThrow('expected one of legacy');
  }
});

describe('serviceKey', () => {
  test.each([
    ['{ name: SAMPAN_KEY_KR, parameter: serviceKey }', { parameter: 'serviceKey' }],
    ['{ name: SAMPAN_KEY_KR, header: X-Api-Key }', { header: 'X-Api-Key', prefix: '' }],
    [
      '{ name: SAMPAN_KEY_KR, header: Authorization, prefix: "Infuser " }',
      { header: 'Authorization', prefix: 'Infuser ' },
    ],
  ])('%s', (yaml, where) => {
    expect(sourceFromYaml(`${good}serviceKey: ${yaml}\n`, fileName).serviceKey).toEqual({
      name: 'SAMPAN_KEY_KR',
      in: where,
    });
  });

  test.each([
    'ab+cd/==',
    '{ name: AWS_SECRET_ACCESS_KEY, parameter: key }',
    '{ name: SAMPAN_KEY_KR }',
    '{ name: SAMPAN_KEY_KR, parameter: key, header: X-Key }',
    '{ name: SAMPAN_KEY_KR, header: Host }',
    '{ name: SAMPAN_KEY_KR, parameter: key, value: ab+cd/== }',
  ])('field F-07: %s is a mistake, and its message does not repeat it', (yaml) => {
    const read = () => sourceFromYaml(`${good}serviceKey: ${yaml}\n`, fileName);
    expect(read).toThrow('found serviceKey: (not shown); expected { name: SAMPAN_KEY_…, parameter: … }');
    expect(read).not.toThrow('ab+cd');
  });
});
