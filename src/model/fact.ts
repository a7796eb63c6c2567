/** Who says so, strongest first in `factStrength`. */
export type FactOrigin = 'person' | 'publisher' | 'observed' | 'rule' | 'model';

/** A statement with its author: `rule` names the rule or table, `confidence` runs from 0 to 1. */
export interface Fact<T> {
  readonly value: T;
  readonly by: FactOrigin;
  readonly rule?: string;
  readonly confidence: number;
}

/** Precedence of authors (design: person > publisher > observed > rule > model); higher wins. */
export const factStrength: Readonly<Record<FactOrigin, number>> = {
  person: 5,
  publisher: 4,
  observed: 3,
  rule: 2,
  model: 1,
};

/** What a machine saw when it looked, about a dataset or one of its distributions (link state, what the bytes are …). */
export interface ObservedFact {
  readonly datasetId: string;
  readonly distributionId?: string;
  /** What was looked at, e.g. `link-state`. */
  readonly kind: string;
  readonly value: unknown;
  /** ISO 8601 instant. */
  readonly observedAt: string;
}

/** What a person decided about a dataset; append-only, undone by a later one, stronger than any rule. */
export interface Decision {
  readonly datasetId: string;
  readonly distributionId?: string;
  readonly kind: 'theme' | 'merge' | 'unmerge' | 'accept-run' | 'restore' | 'undo';
  readonly value: unknown;
  readonly by: string;
  readonly why: string;
  /** ISO 8601 instant. */
  readonly decidedAt: string;
}

/** What a rule or model worked out; may be dropped and made again at any time. */
export interface DerivedFact {
  readonly datasetId: string;
  readonly kind: string;
  readonly fact: Fact<unknown>;
}
