import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { normalise } from '../../src/normalise/normalise.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import { loadVocabulary } from '../../src/vocabulary/load-vocabulary.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const vocabulary = await loadVocabulary(join(root, 'vocab'));
const name = 'jp-catalog-data-metro-tokyo-lg-jp.yaml';
const source = sourceFromYaml(readFileSync(join(root, 'sources', name), 'utf8'), name);

function read(pkg: object) {
  const raw = new TextEncoder().encode(JSON.stringify(pkg));
  const input = { source, datasetId: 'aaaaaaaaaaaaaaaa', nativeId: 'n1', fetchedAt: '2026-11-24T00:00:00Z', raw };
  const { dataset, problems } = normalise({ ...input, form: 'ckan-package' }, vocabulary);
  return { dataset, paths: problems.flatMap(({ slug, path }) => (slug === 'text-zawgyi' ? [path] : [])) };
}

test('Burmese for the font Zawgyi is reported field by field, and stands as it was published', () => {
  const zawgyi = 'ရန္ကုန္ၿမိဳ႕ လူဦးေရ';
  const { dataset, paths } = read({ id: 'n1', title: zawgyi, notes: 'ရန်ကုန်မြို့ လူဦးရေ', tags: [{ name: 'ျမန္မာ' }] });
  expect(paths).toEqual(['title', 'keywords']);
  expect(dataset?.title).toEqual([{ text: zawgyi, lang: 'und' }]);
});

test('Unicode Burmese is not', () => {
  expect(read({ id: 'n1', title: 'မြန်မာ ကျန်းမာရေး', notes: 'ယောက်ျား' }).paths).toEqual([]);
});
