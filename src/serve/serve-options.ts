/** What the web server is made of. Everything it does to the world comes in here; nothing is read from the process. */
import type { Source } from '../model/source.ts';
import type { SearchIndex } from '../search/search-contract.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import type { Theme } from '../vocabulary/load-themes.ts';
import type { Terminology } from '../vocabulary/terminology.ts';

export interface ServeOptions {
  readonly catalogue: CatalogueReader;
  readonly index: SearchIndex;
  /** The registry's sources, for names and homepages; a source that has records but no file is shown by its id. */
  readonly sources: readonly Source[];
  readonly themes: readonly Theme[];
  /** What queries and titles are understood with, and its labels. */
  readonly terminology: Terminology;
  /** Name by canonical licence id. */
  readonly licenceLabels: ReadonlyMap<string, string>;
  /** Public address without a slash at the end; absolute links are made with it, never with the Host header. */
  readonly baseUrl: string;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}
