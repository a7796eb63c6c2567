/** Names of concepts and places that are spelt almost like a word: what the vocabulary knows and no text has to say. */
import { identifierKey } from '../text/identifier-key.ts';
import { type Spelling, slipsBetween, spellingOf } from '../text/spelling.ts';
import { textUnits } from '../text/text-units.ts';
import { labelsOfLexicon } from '../vocabulary/lexicon.ts';
import { labelsOfPlaces } from '../vocabulary/places.ts';
import type { Terminology } from '../vocabulary/terminology.ts';
import type { NearTerm } from './nearest-terms.ts';

export interface NearLabels {
  /** `word`: folded, of one script. The nearest first. */
  near(word: string): readonly NearTerm[];
}

interface SpeltLabel {
  readonly text: string;
  readonly spelling: Spelling;
}

/** Candidates that are worth a try. */
const maxNear = 3;

/** Reads the labels when it is first asked: most queries are spelt as they should be. */
export function nearLabels(terminology: Terminology): NearLabels {
  let byShape: ReadonlyMap<string, readonly SpeltLabel[]> | undefined;
  return {
    near(word) {
      const spelling = spellingOf(word);
      if (spelling === undefined || spelling.slips === 0) return [];
      byShape ??= labelsByShape(terminology);
      const found: NearTerm[] = [];
      for (let more = -spelling.slips; more <= spelling.slips; more++) {
        for (const label of byShape.get(shapeOf(spelling, more)) ?? []) {
          const slips = slipsBetween(spelling.letters, label.spelling.letters, spelling.slips);
          if (slips > 0 && slips <= spelling.slips) found.push({ text: label.text, slips, count: 0 });
        }
      }
      return found.sort((a, b) => a.slips - b.slips).slice(0, maxNear);
    },
  };
}

/** Script and number of letters: only labels of nearly the same are compared. */
function shapeOf({ scriptClass, letters }: Spelling, more: number): string {
  return `${scriptClass} ${letters.length + more}`;
}

function labelsByShape({ lexicon, gazetteer }: Terminology): ReadonlyMap<string, readonly SpeltLabel[]> {
  const byText = new Map<string, SpeltLabel>();
  for (const labels of [labelsOfLexicon(lexicon), labelsOfPlaces(gazetteer)]) {
    for (const { text } of labels) {
      // One word, or one run of a script without spaces: what a slip is looked for in.
      const spelling = /\s/u.test(text) ? undefined : spellingOf(textUnits(text).keys.join(''));
      if (spelling !== undefined) byText.set(identifierKey(text), { text, spelling });
    }
  }
  const groups = new Map<string, SpeltLabel[]>();
  for (const label of byText.values()) {
    const shape = shapeOf(label.spelling, 0);
    const group = groups.get(shape);
    if (group === undefined) groups.set(shape, [label]);
    else group.push(label);
  }
  return groups;
}
