/** How often data is renewed, from the first field that says so. */
import type { Frequency } from '../model/dataset.ts';
import type { Mapping } from './mapping.ts';
import { quoted } from './problem-log.ts';

export function frequencyField(
  text: string | undefined,
  path: string,
  { vocabulary, log }: Mapping,
): Frequency | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const frequency = vocabulary.frequency(text.trim());
  if (frequency.id === undefined) {
    log.add('frequency-unknown-text', path, `found ${quoted(text)}; expected a frequency such as monthly`);
  }
  return frequency;
}
