/**
 * What a portal gets that indexes its texts with SQLite FTS5 and the trigram tokenizer, the only one of FTS5 that finds words
 * inside Chinese and Thai text: words of three characters and more, joined by OR, ranked by bm25 with our field weights.
 */
import Database from 'libsql';
import type { IndexDocument } from '../../src/search/search-contract.ts';
import type { Ranker } from './ranker.ts';

/** Shorter words are in no trigram. */
const shortestWord = 3;

export class TrigramBaseline {
  readonly #database: Database.Database;
  readonly #insert: Database.Statement;
  readonly #find: Database.Statement;
  readonly #documents: { readonly id: string; readonly sourceId: string }[] = [];

  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.exec(
      `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;
       CREATE VIRTUAL TABLE text USING fts5(title, keywords, publisher, description, content = '', tokenize = 'trigram');
       BEGIN`,
    );
    this.#insert = this.#database.prepare(
      'INSERT INTO text (rowid, title, keywords, publisher, description) VALUES (?, ?, ?, ?, ?)',
    );
    this.#find = this.#database
      .prepare('SELECT rowid FROM text WHERE text MATCH ? ORDER BY bm25(text, 4.0, 2.0, 1.5, 1.0)')
      .pluck();
  }

  add({ id, sourceId, titles, keywords, publisher, descriptions }: IndexDocument): void {
    const row = this.#documents.push({ id, sourceId }) - 1;
    this.#insert.run(row, ...[titles, keywords, publisher, descriptions].map((texts) => texts.join('\n')));
  }

  seal(): void {
    this.#database.exec('COMMIT');
  }

  readonly rank: Ranker = async (text, { depth, sourceIds }) => {
    const words = (text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter(
      (word) => [...word].length >= shortestWord,
    );
    if (words.length === 0) return [];
    const wanted = sourceIds === undefined ? undefined : new Set(sourceIds);
    const rows = this.#find.all(words.map((word) => `"${word}"`).join(' OR ')) as number[];
    return rows
      .flatMap((row) => this.#documents[row] ?? [])
      .filter(({ sourceId }) => wanted === undefined || wanted.has(sourceId))
      .slice(0, depth)
      .map(({ id }) => id);
  };

  close(): void {
    this.#database.close();
  }
}
