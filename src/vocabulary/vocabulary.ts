/** The tables of `vocab/` in memory, as the pure stages take them. `load-vocabulary.ts` reads them from disk. */
import type { FormatClaim, Frequency, Licence } from '../model/dataset.ts';

export interface Vocabulary {
  /** Version of the tables; part of the mapping version, so that a changed table is seen. */
  readonly version: string;
  /** Canonical licence of what a portal wrote; `unknown` id and openness when nothing is recognised. */
  readonly licence: (original: Licence['original']) => Licence;
  /** Canonical format of the portal's string, or of the address's ending when it gave none. Several for `CSV;JSON`. */
  readonly formats: (original: string | undefined, url: string | undefined) => readonly FormatClaim[];
  /** Frequency code of free text in any of the languages. */
  readonly frequency: (original: string) => Frequency;
}
