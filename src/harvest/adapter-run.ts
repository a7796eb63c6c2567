/** What an adapter carries from function to function: whom it reads, with what, until when. */
import type { Source } from '../model/source.ts';
import type { HarvestEffects } from './harvest-contract.ts';

export interface AdapterRun {
  readonly source: Source;
  readonly effects: HarvestEffects;
  readonly signal: AbortSignal;
}
