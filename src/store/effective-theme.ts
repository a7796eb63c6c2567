/** Which theme is in force: a person's decision, else the strongest statement there is, else `unclassified`. */
import { type Fact, factStrength } from '../model/fact.ts';
import { isThemeId, type ThemeFact, type ThemeId, unclassified } from '../model/theme.ts';

/** A decision of kind `theme` names a theme id or `unclassified`; `undo` with the value `theme` takes the last one back. */
export interface ThemeDecision {
  readonly kind: 'theme' | 'undo';
  readonly value: unknown;
}

/** `decisions` in the order they were made. */
export function effectiveTheme(statements: readonly ThemeFact[], decisions: readonly ThemeDecision[]): ThemeFact {
  const inForce: (ThemeId | 'unclassified')[] = [];
  for (const { kind, value } of decisions) {
    if (kind === 'undo' && value === 'theme') inForce.pop();
    if (kind === 'theme' && typeof value === 'string' && (value === unclassified || isThemeId(value)))
      inForce.push(value);
  }
  const decided = inForce.at(-1);
  if (decided !== undefined) return { value: decided, by: 'person', confidence: 1 };
  const strongest = statements.reduce<ThemeFact | undefined>(
    (best, each) => (best === undefined || strength(each) > strength(best) ? each : best),
    undefined,
  );
  return strongest ?? { value: unclassified, by: 'rule', rule: 'no-evidence', confidence: 1 };
}

/** Author first, then confidence; the first of equals wins. */
function strength(fact: Fact<unknown>): number {
  return factStrength[fact.by] + Math.min(fact.confidence, 1) / 2;
}
