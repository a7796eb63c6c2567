import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { base32Id } from '../../src/kit/hash.ts';
import { processOwner } from '../../src/store/lease-owner.ts';
import { migrations } from '../../src/store/migrations.ts';
import { databasePath, openCatalogueReader, openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { openSqlDatabase } from '../../src/store/sqlite-driver.ts';
import { harvestOnce, sourceId } from './sample-records.ts';

let home: string;
const owner = processOwner();
const open = (steps: readonly string[] = migrations) => openCatalogueStore({ home, owner, migrations: steps });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sampan-open-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function harvested(): Promise<void> {
  const store = await open();
  await harvestOnce(store, { at: '2026-01-01T00:00:00.000Z', wishes: [{ nativeId: 'a', raw: 'a' }] });
  await store.close();
}

test('an older schema is copied aside, then migrated; what was stored is still there', async () => {
  await harvested();
  const newer = [...migrations, 'ALTER TABLE source ADD COLUMN note TEXT'];
  const store = await open(newer);
  expect((await store.totals()).datasets).toBe(1);
  await store.close();
  expect(readdirSync(home)).toContain(`catalogue.db.schema-${migrations.length}`);
  const copy = openSqlDatabase(`${databasePath(home)}.schema-${migrations.length}`, 'read');
  expect(copy.get('SELECT count(*) FROM entry')).toEqual([1]);
  expect(copy.get('PRAGMA user_version')).toEqual([migrations.length]);
  copy.close();
});

test('a newer schema is refused with what was found, what was expected and what to do; nothing is changed', async () => {
  await (await open([...migrations, 'CREATE TABLE later (x)'])).close();
  const refusal = new RegExp(
    `its schema is ${migrations.length + 1}, this Sampan knows up to ${migrations.length}; .*update Sampan`,
  );
  await expect(open()).rejects.toThrow(refusal);
  await expect(openCatalogueReader(home)).rejects.toMatchObject({ code: 'newer-schema' });
  await (await open([...migrations, 'CREATE TABLE later (x)'])).close();
});

test('a step that fails leaves the schema as it was', async () => {
  await harvested();
  await expect(open([...migrations, 'CREATE TABLE half (x); CREATE TABLE entry (x)'])).rejects.toThrow(
    /already exists/,
  );
  const store = await open();
  expect((await store.totals()).datasets).toBe(1);
  await store.close();
});

test('a reader of an older schema says which command migrates it', async () => {
  await (await open([])).close();
  await expect(openCatalogueReader(home)).rejects.toThrow(
    /its schema is 0, this Sampan reads \d+; run `sampan harvest`/,
  );
});

test('a home without a store, a file that is none and the database of another program are told apart', async () => {
  await expect(openCatalogueReader(home)).rejects.toThrow(/there is no store yet; .*run `sampan harvest` first/);
  mkdirSync(home, { recursive: true });
  writeFileSync(databasePath(home), 'this is a letter and not a database, however long it may be');
  await expect(open()).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('expected a store of Sampan'),
  });
  rmSync(databasePath(home));
  const other = openSqlDatabase(databasePath(home), 'write');
  other.script('CREATE TABLE bookmarks (url TEXT)');
  other.close();
  await expect(open()).rejects.toThrow(/a database of another program/);
});

test('a reader sees what a writer commits meanwhile, and cannot write', async () => {
  await harvested();
  const reader = await openCatalogueReader(home);
  const store = await open();
  expect((await reader.totals()).datasets).toBe(1);
  await harvestOnce(store, { at: '2026-01-02T00:00:00.000Z', wishes: [{ nativeId: 'b', raw: 'b' }] });
  expect((await reader.totals()).datasets).toBe(2);
  expect(Buffer.from((await reader.archived(base32Id(sourceId, 'b')))?.raw ?? []).toString()).toBe('b');
  const raw = openSqlDatabase(databasePath(home), 'read');
  expect(() => raw.run('DELETE FROM entry')).toThrow();
  raw.close();
  await reader.close();
  await store.close();
});

test('processes of this host are known to be gone or alive; of others nothing is known', () => {
  expect(owner.isGone(owner.name)).toBe(false);
  expect(owner.isGone(processOwner(2 ** 22 + 7).name)).toBe(true);
  expect(owner.isGone('elsewhere.example/1')).toBe(false);
  expect(owner.isGone('nonsense')).toBe(false);
});
