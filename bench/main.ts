/** `npm run bench -- <name> [--json]`: what Sampan promises about speed, size and survival, measured. */
import { run as chaos } from './chaos.ts';
import { run as duplicates } from './duplicates.ts';
import { run as faults } from './faults.ts';
import { run as fuzz } from './fuzz.ts';
import { run as harvest } from './harvest.ts';
import { run as languages } from './languages.ts';
import { run as lexicon } from './lexicon.ts';
import { run as relevance } from './relevance.ts';
import { run as search } from './search.ts';
import { run as segmentation } from './segmentation.ts';
import { run as themes } from './themes.ts';

/** Each takes the rest of the command line; with `--json` its last line of standard output is one object. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  harvest,
  search,
  chaos,
  fuzz,
  faults,
  duplicates,
  languages,
  lexicon,
  themes,
  relevance,
  segmentation,
};

const [name = '', ...rest] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(`bench: found "${name}", expected one of ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
} else {
  await bench(rest);
}
