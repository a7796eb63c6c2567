/** How data.gov.tw wraps what it says: `{"success": true, "result": …}`; errors come with status 200 too (`ER0001`). Pure. */
import { SourceError } from '../../model/source-error.ts';
import type { AnswerShape } from '../json-answer.ts';

export const detailShape: AnswerShape = {
  path: 'result',
  scalars: ['success'],
  messages: ['error.message', 'message', 'code'],
  refusal: (values) => (values.get('success') === false ? 'success=false' : undefined),
};

/** The JSON that stands in place of the export; undefined for anything else. */
export function errorMessage(who: string, bodyStart: string, status: number): SourceError | undefined {
  if (status !== 200 || !/"success"\s*:\s*false/u.test(bodyStart)) return undefined;
  const said = bodyStart.trim().slice(0, 200).replaceAll(/\s+/gu, ' ');
  return new SourceError('soft-error', `${who}: answered success=false (${said}); expected the export as CSV`, {
    reason: 'answer-unsuccessful',
    status,
  });
}
