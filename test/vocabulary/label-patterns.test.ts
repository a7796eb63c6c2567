import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { textUnits } from '../../src/text/text-units.ts';
import { beginningOf } from '../../src/vocabulary/label-patterns.ts';
import { labelsOfLexicon, loadLexicon } from '../../src/vocabulary/lexicon.ts';
import { labelsOfPlaces, loadPlaces } from '../../src/vocabulary/places.ts';

const vocab = fileURLToPath(new URL('../../vocab/', import.meta.url));

test('each label of the package waits where a text that begins with its first unit looks for it', async () => {
  const labels = [
    ...labelsOfLexicon(await loadLexicon(`${vocab}lexicon`)),
    ...labelsOfPlaces(await loadPlaces(`${vocab}places`)),
  ];
  const missed: string[] = [];
  for (const label of labels) {
    for (const text of [label.text, ...(label.guards ?? [])]) {
      const beginning = beginningOf(text);
      const { keys, exacts } = textUnits(text);
      if (beginning === undefined) continue;
      if (beginningOf(keys[0] ?? '') !== beginning || beginningOf(exacts[0] ?? '') !== beginning) missed.push(text);
    }
  }
  expect(labels.length).toBeGreaterThan(50_000);
  expect(missed).toEqual([]);
});
