/** `package_list`, then `package_show` for each name. */
import { JsonSliceScanner } from '../../kit/json-slices.ts';
import { tokenValue } from '../../kit/json-tokens.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { faultError } from '../json-answer.ts';
import { type RecordList, type Shown, shownFault } from '../listed-records.ts';
import { callAction } from './action.ts';
import { readPackage } from './package.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

export async function fetchPackageList(run: AdapterRun): Promise<readonly string[]> {
  const { answer, url } = await callAction(run, 'package_list', {}, 'result[*]');
  if (answer.kind === 'fault') throw faultError(`${run.source.id}: ${url}`, answer, 'a JSON list of names');
  return answer.slices.flatMap((slice) => {
    const name = slice.kind === 'element' ? tokenValue(new TextDecoder().decode(slice.bytes)) : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

export function packageList(run: AdapterRun, names: readonly string[]): RecordList {
  return { noun: 'packages', names, isId: (name) => uuid.test(name), show: (name) => show(run, name) };
}

async function show(run: AdapterRun, name: string): Promise<Shown> {
  const called = await callAction(run, 'package_show', { id: name }, 'result');
  const { answer, url, fetchedAt } = called;
  const slices = answer.kind === 'ok' ? answer.slices : [];
  const [result] = slices.flatMap((slice) => (slice.kind === 'element' ? [slice.bytes] : []));
  if (result === undefined) return shownFault(`${run.source.id}: package_show of ${name}`, name, called);
  const origin = { sourceId: run.source.id, url, fetchedAt, listedAs: name };
  const only = onlyElement(result);
  return { event: readPackage(only ?? result, { ...origin, isDkan: only !== undefined }).event };
}

/** DKAN answers a list of one package (seen on opendata.hautsdefrance.fr, fixture `ckan-dkan/udata`); undefined for CKAN. */
function onlyElement(result: Uint8Array): Uint8Array | undefined {
  if (result[0] !== 0x5b) return undefined;
  const [first] = new JsonSliceScanner({ path: '[*]' }).push(result);
  return first?.kind === 'element' ? first.bytes : undefined;
}
