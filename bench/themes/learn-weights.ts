/**
 * Softmax regression over sparse features, by AdaGrad in a seeded order. An example that is right in several themes counts as
 * right when any of them is found. Now and then an example is shown without its words, with its concepts alone: they must
 * carry what is known into languages of which no portal's categories were seen. Equal on every machine for equal input.
 */
import { seededRandom } from '../search/random.ts';

export interface Example {
  /** Rows of features, those of concepts first. */
  readonly rows: Int32Array;
  /** As much as there is of each; scaled to length 1 here. */
  readonly amounts: Float32Array;
  /** How many of the rows are of concepts. */
  readonly concepts: number;
  /** Classes that are right. */
  readonly right: readonly number[];
  readonly weight: number;
}

export interface LearnOptions {
  readonly classes: number;
  readonly features: number;
  readonly seed: number;
}

/** Found by trying on the portals' categories and the hand-labelled records (docs/themes.md). */
const epochs = 3;
const rate = 0.2;
/** Pull of each touched weight towards zero. */
const decay = 1e-5;
/** Chance that an example is shown by its concepts alone. */
const conceptsAlone = 0.4;
/** So that the first step of a weight is not the longest. */
const firstSquare = 1e-3;

/** `features × classes` weights, row by row. */
export function learnWeights(examples: readonly Example[], options: LearnOptions): Float32Array {
  const { classes, features, seed } = options;
  const state: State = {
    classes,
    weights: new Float32Array(features * classes),
    squares: new Float32Array(features * classes).fill(firstSquare),
    errors: new Float64Array(classes),
  };
  const random = seededRandom(seed);
  const order = [...examples];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j] as Example, order[i] as Example];
    }
    for (const example of order) {
      const alone = example.concepts > 0 && random.next() < conceptsAlone;
      step(example, alone ? example.concepts : example.rows.length, state);
    }
  }
  return state.weights;
}

interface State {
  readonly classes: number;
  readonly weights: Float32Array;
  /** Sums of squared gradients. */
  readonly squares: Float32Array;
  /** Scratch: scores, then shares, then what each share is off by. */
  readonly errors: Float64Array;
}

/** One example, seen by its first `count` rows. */
function step({ rows, amounts, right, weight }: Example, count: number, state: State): void {
  const { classes, weights, squares, errors } = state;
  const scale = 1 / lengthOf(amounts, count);
  errors.fill(0);
  for (let i = 0; i < count; i++) {
    const row = (rows[i] as number) * classes;
    const amount = (amounts[i] as number) * scale;
    for (let c = 0; c < classes; c++) errors[c] = (errors[c] as number) + (weights[row + c] as number) * amount;
  }
  toErrors(errors, right);
  for (let i = 0; i < count; i++) {
    const row = (rows[i] as number) * classes;
    const amount = (amounts[i] as number) * scale * weight;
    for (let c = 0; c < classes; c++) {
      const at = row + c;
      const gradient = (errors[c] as number) * amount + decay * (weights[at] as number);
      const square = (squares[at] as number) + gradient * gradient;
      squares[at] = square;
      weights[at] = (weights[at] as number) - (rate * gradient) / Math.sqrt(square);
    }
  }
}

function lengthOf(amounts: Float32Array, count: number): number {
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (amounts[i] as number) ** 2;
  return squares === 0 ? 1 : Math.sqrt(squares);
}

/** Scores become shares, and shares what they are off by: nothing may go elsewhere than to those that are right. */
function toErrors(scores: Float64Array, right: readonly number[]): void {
  let highest = -Infinity;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    scores[c] = Math.exp((scores[c] as number) - highest);
    sum += scores[c] as number;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] as number) / sum;
  let mass = 0;
  for (const c of right) mass += scores[c] as number;
  for (const c of right) {
    const share = scores[c] as number;
    scores[c] = share - (mass > 0 ? share / mass : 1 / right.length);
  }
}
