/**
 * What SQLite does with the same terms: a contentless FTS5 table fed with text analysed by us, so that a phrase of terms
 * is a chain, and the six facets either from typed arrays in process or by SQL group-by. Both give the same stored
 * fields and highlights as our index, with the same functions.
 */
import Database from 'libsql';
import { matchRanges } from '../../src/search/match-ranges.ts';
import {
  type FacetName,
  facetNames,
  type IndexDocument,
  type SearchRequest,
  type StoredFields,
} from '../../src/search/search-contract.ts';
import { snippetOf } from '../../src/search/snippet.ts';
import { analyseInto } from '../../src/text/analyse.ts';
import type { QueryClause } from '../../src/text/analysis-contract.ts';
import { parseQuery } from '../../src/text/parse-query.ts';
import { FacetArrays } from './facet-arrays.ts';

/** Private use characters (`Co` is a token category): the point inside a decimal, and a gap that no phrase holds. */
const point = '\ue000';
const gap = '\ue001';

export interface BaselineAnswer {
  readonly total: number;
  readonly hits: readonly unknown[];
  /** Counts of each facet's first values, in the order of `facetNames`. */
  readonly facets: readonly (readonly number[])[];
}

export class Fts5Baseline {
  readonly #database: Database.Database;
  readonly #facets = new FacetArrays();
  readonly #statements = new Map<string, Database.Statement>();

  constructor(path: string, documents: readonly IndexDocument[], sqlFacets: boolean) {
    this.#database = new Database(path);
    this.#database.exec(
      'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA mmap_size = 2147483648',
    );
    this.#database.exec(
      `CREATE VIRTUAL TABLE text USING fts5(title, keywords, publisher, description, content = '', prefix = '1 2 3',
         tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'");
       CREATE TABLE stored (id INTEGER PRIMARY KEY, fields TEXT NOT NULL);
       BEGIN`,
    );
    const text = this.#database.prepare(
      'INSERT INTO text (rowid, title, keywords, publisher, description) VALUES (?, ?, ?, ?, ?)',
    );
    const stored = this.#database.prepare('INSERT INTO stored VALUES (?, ?)');
    for (const [row, each] of documents.entries()) {
      text.run(
        row,
        tokensOf(each.titles),
        tokensOf(each.keywords),
        tokensOf(each.publisher),
        tokensOf(each.descriptions),
      );
      stored.run(row, JSON.stringify(each.stored));
      this.#facets.add(each);
    }
    this.#database.exec(
      "COMMIT; INSERT INTO text (text) VALUES ('optimize'); INSERT INTO text (text, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.5, 1.0)')",
    );
    if (sqlFacets) this.#addFacetTables(documents);
    this.#facets.seal();
  }

  /** Top 20 by bm25, facets counted over typed arrays. */
  search(request: SearchRequest): BaselineAnswer {
    const { clauses } = parseQuery(request.text);
    const match = matchOf(clauses);
    const filtered = Object.keys(request.filters).length > 0;
    const rows = Int32Array.from(this.#all('SELECT rowid FROM text WHERE text MATCH ?', match));
    const { total, facets, passes } = this.#facets.count(rows, request.filters, request.facetLimit);
    const top = filtered
      ? this.#all('SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank', match)
          .filter(passes)
          .slice(0, request.limit)
      : this.#all(`SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank LIMIT ${request.limit}`, match);
    return { total, hits: this.#hits(top, clauses), facets };
  }

  /** The same answer, facets by SQL. */
  searchBySql(request: SearchRequest): BaselineAnswer {
    const { clauses } = parseQuery(request.text);
    const match = matchOf(clauses);
    const restriction = (but?: FacetName): { readonly sql: string; readonly values: readonly string[] } => {
      // `+rowid`: the words drive and the filters are looked up; the other way round FTS5 is asked once a filtered record.
      const parts = facetNames.flatMap((name) => {
        const values = request.filters[name];
        return values === undefined || values.length === 0 || name === but ? [] : [{ name, values }];
      });
      const sql = parts.map(
        ({ name, values }) =>
          ` AND +rowid IN (SELECT id FROM facet_${name} WHERE value IN (${values.map(() => '?').join()}))`,
      );
      return { sql: sql.join(''), values: parts.flatMap((part) => part.values) };
    };
    const all = restriction();
    const found = `FROM text WHERE text MATCH ?${all.sql}`;
    const [total = 0] = this.#all(`SELECT count(*) ${found}`, match, ...all.values);
    const top = this.#all(`SELECT rowid ${found} ORDER BY rank LIMIT ${request.limit}`, match, ...all.values);
    const facets = facetNames.map((name) => {
      const { sql, values } = restriction(name);
      const counted = `SELECT count(*) FROM facet_${name} WHERE id IN (SELECT rowid FROM text WHERE text MATCH ?${sql})
        GROUP BY value ORDER BY count(*) DESC, value LIMIT ${request.facetLimit}`;
      return this.#all(counted, match, ...values);
    });
    return { total, hits: this.#hits(top, clauses), facets };
  }

  close(): void {
    this.#database.close();
  }

  #addFacetTables(documents: readonly IndexDocument[]): void {
    for (const name of facetNames) {
      this.#database.exec(`CREATE TABLE facet_${name} (id INTEGER NOT NULL, value TEXT NOT NULL); BEGIN`);
      const insert = this.#database.prepare(`INSERT INTO facet_${name} VALUES (?, ?)`);
      for (const [row, each] of documents.entries())
        for (const value of new Set(each.facets[name])) insert.run(row, value);
      this.#database.exec(
        `COMMIT; CREATE INDEX by_id_${name} ON facet_${name} (id, value); CREATE INDEX by_value_${name} ON facet_${name} (value, id)`,
      );
    }
    this.#database.exec('ANALYZE');
  }

  /** First column of all rows. */
  #all(sql: string, ...values: readonly (string | number)[]): number[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql).pluck();
      this.#statements.set(sql, statement);
    }
    return statement.all(...values) as number[];
  }

  #hits(rows: readonly number[], clauses: readonly QueryClause[]): readonly unknown[] {
    return rows.map((row) => {
      const [fields = '{}'] = this.#all('SELECT fields FROM stored WHERE id = ?', row) as unknown as string[];
      const stored = JSON.parse(fields) as StoredFields;
      return { stored, title: matchRanges(stored.title, clauses), snippet: snippetOf(stored.description, clauses) };
    });
  }
}

function tokensOf(values: readonly string[]): string {
  const tokens: string[] = [];
  for (const line of values.flatMap((value) => value.split(/[\n\r\u0085\u2028\u2029]+/u))) {
    tokens.push(...unitsOf(line).map(({ term }) => encoded(term)), gap);
  }
  return tokens.join(' ');
}

function unitsOf(text: string): { readonly term: string; readonly tail: boolean }[] {
  const units: { term: string; tail: boolean }[] = [];
  analyseInto(text, (term, _position, _start, _end, kind) => {
    if (kind !== 'word') units.push({ term, tail: kind === 'tail' });
  });
  return units;
}

function encoded(term: string): string {
  return term.replaceAll('.', point);
}

/** FTS5 phrases have no gaps: the tails inside a clause, which our chains pass over, are written out. */
function matchOf(clauses: readonly QueryClause[]): string {
  return clauses
    .map((clause) => {
      const units = unitsOf(clause.source);
      if (units.at(-1)?.tail === true) units.pop();
      return `"${units.map(({ term }) => encoded(term)).join(' ')}"${clause.prefix ? ' *' : ''}`;
    })
    .join(' AND ');
}
