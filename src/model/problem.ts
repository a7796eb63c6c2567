/**
 * Something wrong with data (not with the world, not with us). The slug is stable and documented in
 * `docs/problems.md`; the message says who, what was found and what was expected.
 */
export interface Problem {
  /** Stable kebab-case name, e.g. `licence-unknown-text`. */
  readonly slug: string;
  /** `error`: the record could not be used; `warning`: a value was lost or doubtful; `note`: repaired without loss. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Where in the native record, e.g. `resources[3].url`; empty for the whole record. */
  readonly path: string;
  readonly message: string;
}
