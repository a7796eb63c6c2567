/** The server could not start: a bad world, not a bug. The message is for the operator. */
export class ServeError extends Error {
  override readonly name = 'ServeError';
  readonly code: 'port-in-use' | 'port-refused' | 'address-unavailable';
  constructor(code: ServeError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
