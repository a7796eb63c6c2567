/** An index that cannot be used as it is; both say what to run. Nothing is lost: the index can be made again at will. */

/** The index was written for another format, analysis or Unicode data than this program uses. */
export class IndexMismatchError extends Error {
  override readonly name = 'IndexMismatchError';
}

/** The index folder holds no index, or a file of it is missing, cut off or altered. */
export class IndexDamagedError extends Error {
  override readonly name = 'IndexDamagedError';
  readonly code: 'missing' | 'damaged';
  constructor(code: IndexDamagedError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
