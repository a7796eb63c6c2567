/**
 * The small classifier: a weight for each feature and theme, learnt from the portals' own categories (`npm run train:themes`)
 * and kept in `vocab/themes/model.json`, one line a feature, so that a person can read what speaks for what.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../kit/hash.ts';
import { themeIds } from '../model/theme.ts';
import { VocabularyError } from '../vocabulary/vocabulary-error.ts';
import type { ThemeFeatures } from './theme-features.ts';

/** One character a theme, in the order of `themeIds`: its place in here, less `zeroAt`, times the scale. */
const weightDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const zeroAt = 32;
export const largestWeight = zeroAt - 1;

export interface ThemeModel {
  /** Changes with any byte of the file. */
  readonly version: string;
  /** Share of each theme, 0–1, in the order of `themeIds`; undefined when no feature is known. */
  shares(features: ThemeFeatures): Float64Array | undefined;
}

interface ModelFile {
  readonly scale: number;
  readonly weights: Readonly<Record<string, string>>;
}

/** Hexadecimal digits of the file's hash that name its version. */
const versionLength = 12;

/** Reads `model.json` below `folder`; a `VocabularyError` says what is wrong with it. */
export async function loadThemeModel(folder: string): Promise<ThemeModel> {
  const path = join(folder, 'model.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new VocabularyError(`vocab/themes/model.json: found no file at ${path}; expected the theme model`, { cause });
  }
  return themeModel(parseModel(text), sha256Hex(text).slice(0, versionLength));
}

function parseModel(text: string): ModelFile {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (cause) {
    throw new VocabularyError('vocab/themes/model.json: found broken JSON; expected scale and weights', { cause });
  }
  if (!isModelFile(file))
    throw new VocabularyError('vocab/themes/model.json: found another shape; expected scale and weights by feature');
  return file;
}

function isModelFile(file: unknown): file is ModelFile {
  if (typeof file !== 'object' || file === null || !('scale' in file) || !('weights' in file)) return false;
  const { scale, weights } = file;
  if (typeof scale !== 'number' || typeof weights !== 'object' || weights === null) return false;
  return Object.values(weights).every((row) => typeof row === 'string' && row.length === themeIds.length);
}

function themeModel({ scale, weights }: ModelFile, version: string): ThemeModel {
  const rowOf = new Map(Object.keys(weights).map((feature, row) => [feature, row]));
  const table = Int8Array.from(Object.values(weights).flatMap((digits) => [...digits].map(weightOfDigit)));
  const classes = themeIds.length;
  return {
    version,
    shares(features) {
      const { rows, amounts } = unitVector(features, rowOf);
      if (rows.length === 0) return;
      const scores = new Float64Array(classes);
      for (const [at, row] of rows.entries()) {
        const amount = (amounts[at] ?? 0) * scale;
        for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + (table[row * classes + c] ?? 0) * amount;
      }
      return softmax(scores);
    },
  };
}

function weightOfDigit(digit: string): number {
  return weightDigits.indexOf(digit) - zeroAt;
}

/** Weights −31 … 31 as they stand in the file. */
export function weightRow(weights: readonly number[]): string {
  return weights.map((weight) => weightDigits[weight + zeroAt] ?? '').join('');
}

export interface UnitVector {
  /** Rows of the features that are known. */
  readonly rows: readonly number[];
  /** How much of each there is; their squares add up to 1, so that a long record speaks no louder than a short one. */
  readonly amounts: readonly number[];
}

/** A word that comes again counts less each time: the root of how much of it there is. */
export function unitVector(features: ThemeFeatures, rowOf: ReadonlyMap<string, number>): UnitVector {
  const rows: number[] = [];
  const roots: number[] = [];
  let squares = 0;
  for (const [feature, amount] of features) {
    const row = rowOf.get(feature);
    if (row === undefined) continue;
    const root = Math.sqrt(amount);
    rows.push(row);
    roots.push(root);
    squares += root * root;
  }
  const length = Math.sqrt(squares);
  return { rows, amounts: roots.map((root) => root / length) };
}

function softmax(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
