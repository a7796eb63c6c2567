/**
 * The whole fault matrix, each cell with the fault on the first, the second and the third data request.
 * JSON: `{"cells","right","wrongDeletions"}`.
 */
import { realVocabulary } from '../test/pipeline/real-run.ts';
import { faultCells, playCell } from '../test/support/fault-matrix.ts';

const firstRequests = [1, 2, 3];

export async function run(args: readonly string[]): Promise<void> {
  const vocabulary = await realVocabulary();
  const outcomes = [];
  for (const { side, row } of faultCells()) {
    for (const first of firstRequests) {
      const outcome = await playCell(side, row, first, vocabulary);
      outcomes.push(outcome);
      console.error(
        `${outcome.right ? '✓' : '✗'} ${outcome.cell}, request ${first}${outcome.right ? '' : `: ${outcome.faults.join('; ')}`}`,
      );
    }
  }
  const right = outcomes.filter((outcome) => outcome.right).length;
  const wrongDeletions = outcomes.reduce((sum, outcome) => sum + outcome.wrongDeletions, 0);
  console.log(`${right} of ${outcomes.length} cells right, ${wrongDeletions} wrong deletions`);
  if (args.includes('--json')) console.log(JSON.stringify({ cells: outcomes.length, right, wrongDeletions }));
  if (right < outcomes.length) process.exitCode = 1;
}
