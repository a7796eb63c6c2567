/** A decision that cannot be made: what it is about is not in a state to decide on. The message is for people. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';
}
