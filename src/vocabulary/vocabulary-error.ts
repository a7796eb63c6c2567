/** A file of `vocab/` that cannot be used: which file, what was found, what was expected. */
export class VocabularyError extends Error {
  override readonly name = 'VocabularyError';
}
