/**
 * data.gov.my and OpenDOSM: both are built from definitions, one JSON file each, in the public repository
 * `data-gov-my/datagovmy-meta`. `endpoint` is the tree of that repository; the files are asked for one by one. Options
 * of the source: `files` (needed: the folder that the paths of the tree are below; an address, or from the endpoint, such
 * as `../../raw/`) and `listing`
 * (`catalogue`, the default: `data-catalogue/`, known by the name of the file, as the website has it in its addresses;
 * `publications`: `pub-dosm/publications/`, known by the member `publication`).
 */
import { SourceError } from '../../model/source-error.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { addressPart } from '../address-part.ts';
import { fetchJson } from '../fetch-json.ts';
import type { Harvest } from '../harvest-contract.ts';
import { readJsonRecord } from '../json-record.ts';
import { harvestListed, parseListCursor, type RecordList, type Shown, shownFault } from '../listed-records.ts';
import { fetchTree } from './tree.ts';

interface Listing {
  readonly folder: string;
  readonly form: 'data-gov-my-definition' | 'data-gov-my-publication';
  /** Member that holds the id; the name of the file when there is none. */
  readonly idMember?: string;
}

const catalogue: Listing = { folder: 'data-catalogue/', form: 'data-gov-my-definition' };

/** 156 of 1,475 files have another name than `publication`, by which the website addresses them. */
const publications: Listing = {
  folder: 'pub-dosm/publications/',
  form: 'data-gov-my-publication',
  idMember: 'publication',
};

export const harvestDataGovMy: Harvest = async function* harvestDataGovMy(source, from, effects, signal) {
  const run = { source, effects, signal };
  const { files } = source.options;
  if (typeof files !== 'string' || !URL.canParse(files, source.endpoint)) {
    const message = `${source.id}: options.files is missing or no address; expected the address of the folder of raw files`;
    throw new SourceError('malformed', message, { reason: 'option-missing' });
  }
  const listing = source.options['listing'] === 'publications' ? publications : catalogue;
  const { paths, isTruncated } = await fetchTree(run, listing.folder);
  for await (const event of harvestListed(run, definitions(run, listing, paths, files), parseListCursor(from))) {
    if (event.kind !== 'end') yield event;
    else if (isTruncated)
      yield { ...event, complete: false, why: `${source.id}: the tree is cut off; expected all of it` };
    // The tree has the hash of each file: when it is the same, so are they.
    else yield { ...event, decidedBy: [source.endpoint] };
  }
};

function definitions(run: AdapterRun, listing: Listing, paths: readonly string[], files: string): RecordList {
  const folder = new URL(listing.folder, new URL(`${files.replace(/\/*$/u, '')}/`, run.source.endpoint)).href;
  const names = paths.map((path) => path.slice(listing.folder.length, -'.json'.length));
  return {
    noun: 'definitions',
    names: [...new Set(names)],
    isId: () => listing.idMember === undefined,
    show: (name) => show(run, listing, name, `${folder}${name.split('/').map(addressPart).join('/')}.json`),
  };
}

async function show(run: AdapterRun, listing: Listing, name: string, address: string): Promise<Shown> {
  const { source } = run;
  const fetched = await fetchJson(run, address, { path: '' });
  const { answer, url, fetchedAt } = fetched;
  const slices = answer.kind === 'ok' ? answer.slices : [];
  const [raw] = slices.flatMap((slice) => (slice.kind === 'element' ? [slice.bytes] : []));
  if (raw === undefined) return shownFault(`${source.id}: ${url}`, name, fetched);
  const { form, idMember } = listing;
  if (idMember === undefined)
    return { event: { kind: 'record', record: { nativeId: name, form, raw, url, fetchedAt } } };
  const origin = { sourceId: source.id, url, fetchedAt, form, noun: 'publication', idMember, listedAs: name };
  return { event: readJsonRecord(raw, origin).event };
}
