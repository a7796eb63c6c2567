/** What is compared of a record, kept for the next comparison; the records seen longest ago are read again when needed. */
import type { CataloguePlaces } from '../enrich/catalogue-places.ts';
import { type CopyTraits, copyTraits } from '../enrich/copy-traits.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';

/** Of each of two halves, in records of about one kB; Tokyo's largest has 500 addresses. */
const keptRecords = 20_000;

const pageSize = 500;

export class TraitCache {
  readonly #store: CatalogueReader;
  readonly #places: CataloguePlaces;
  #kept = new Map<string, CopyTraits>();
  #older = new Map<string, CopyTraits>();

  constructor(store: CatalogueReader, places: CataloguePlaces) {
    this.#store = store;
    this.#places = places;
  }

  keep(traits: CopyTraits): void {
    this.#kept.set(traits.id, traits);
    if (this.#kept.size < keptRecords) return;
    // The older half goes at once: a map that loses its first entry again and again becomes slow to look into.
    this.#older = this.#kept;
    this.#kept = new Map();
  }

  /** Of those that are shown; a tombstone is nobody's copy. */
  async get(ids: readonly string[]): Promise<ReadonlyMap<string, CopyTraits>> {
    const found = new Map<string, CopyTraits>();
    const absent: string[] = [];
    for (const id of ids) {
      const known = this.#kept.get(id) ?? this.#older.get(id);
      if (known === undefined) absent.push(id);
      else found.set(id, known);
    }
    for (let i = 0; i < absent.length; i += pageSize) {
      for (const traits of await this.#read(absent.slice(i, i + pageSize))) {
        found.set(traits.id, traits);
        this.keep(traits);
      }
    }
    return found;
  }

  async #read(ids: readonly string[]): Promise<readonly CopyTraits[]> {
    const records = await this.#store.records(ids);
    return [...records.values()].flatMap(({ state, dataset }) =>
      state === 'tombstone' ? [] : [copyTraits(dataset, this.#places)],
    );
  }
}
