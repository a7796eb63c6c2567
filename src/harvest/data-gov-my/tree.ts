/**
 * The list of definitions: the tree of the public repository that holds them, as GitHub's REST API gives it
 * (`GET /repos/{owner}/{repo}/git/trees/{branch}?recursive=1`, documented at docs.github.com/rest/git/trees).
 */
import { tokenValue, topLevelTokens } from '../../kit/json-tokens.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { fetchJson } from '../fetch-json.ts';
import { faultError } from '../json-answer.ts';

export interface DefinitionTree {
  /** Paths in the repository of the definitions, in the order of the tree. */
  readonly paths: readonly string[];
  /** The API cuts a tree of more than 100,000 entries or 7 MB off and says so. */
  readonly isTruncated: boolean;
}

/** Definitions in `folder` and below it; `folder` ends with a slash. */
export async function fetchTree(run: AdapterRun, folder: string): Promise<DefinitionTree> {
  const { endpoint, id } = run.source;
  const shape = { path: 'tree[*]', scalars: ['truncated'], messages: ['message'] };
  const { answer } = await fetchJson(run, endpoint, shape);
  if (answer.kind === 'fault') throw faultError(`${id}: ${endpoint}`, answer, 'the tree of a repository');
  const paths = answer.slices.flatMap((slice) => (slice.kind === 'element' ? pathOf(slice.bytes) : []));
  return {
    paths: paths.filter((path) => path.startsWith(folder) && path.endsWith('.json')),
    isTruncated: answer.values.get('truncated') === true,
  };
}

/** Path of a file; none for a folder or a submodule. */
function pathOf(entry: Uint8Array): readonly string[] {
  const tokens = topLevelTokens(entry, ['path', 'type']);
  const path = tokenValue(tokens.get('path'));
  return typeof path === 'string' && tokenValue(tokens.get('type')) === 'blob' ? [path] : [];
}
