import { expect, test } from 'vitest';
import { readJsonRecord } from '../../src/harvest/json-record.ts';

const origin = {
  sourceId: 'xx-portal-example',
  url: 'https://portal.example/list',
  fetchedAt: '2026-01-01T00:00:00.000Z',
  form: 'ckan-package',
  noun: 'package',
  idMember: 'id',
} as const;
const latin1 = (text: string) => readJsonRecord(Buffer.from(text, 'latin1'), origin);

test('a record that is not UTF-8 is rejected under its id, which can be read all the same', () => {
  const { id, key, event } = latin1('{"id":"p1","title":"caf\xe9"}');
  expect([id, key]).toEqual(['p1', 'p1']);
  expect(event).toMatchObject({ kind: 'rejected', nativeId: 'p1', problem: { slug: 'record-not-utf8' } });
});

test('an id that is itself not UTF-8 is none', () => {
  const { id, event } = latin1('{"id":"caf\xe9","title":"x"}');
  expect(id).toBeUndefined();
  expect(event).toMatchObject({ kind: 'rejected', problem: { slug: 'record-not-utf8' } });
  expect(event).not.toHaveProperty('nativeId');
});
