/** What Sampan knows of the words of its records, read once: the lexicon and the places. */
import { loadTerminology, type Terminology } from '../vocabulary/terminology.ts';

export interface Knowledge {
  /** What was derived with another version is derived anew. */
  readonly version: string;
  readonly terminology: Terminology;
}

/** Counts up when the same files lead to other facts: rules of this folder. */
const rulesVersion = 2;

/** `vocabFolder`: the package's `vocab/`. A `VocabularyError` names file and line of what is wrong. */
export async function loadKnowledge(vocabFolder: string): Promise<Knowledge> {
  const terminology = await loadTerminology(vocabFolder);
  return { version: `${rulesVersion}-${terminology.version}`, terminology };
}
