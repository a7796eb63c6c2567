/** `sampan show`: one dataset as a person reads it, or what the portal said, byte for byte. */
import type { CatalogueRecord, Distribution } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { getRecord } from './named-record.ts';
import { openReadHome } from './open-home.ts';
import { wholeNumber } from './settings.ts';
import { oneLine } from './table.ts';

interface ShowOptions {
  readonly raw?: boolean;
  readonly revision?: string;
  readonly json?: boolean;
}

export async function show(context: CliContext, id: string, options: ShowOptions): Promise<void> {
  const home = await openReadHome(context);
  try {
    const record = await getRecord(home.catalogue, 'show', id);
    if (options.raw === true) await writeRaw(context, home.catalogue, record, options.revision);
    else context.out(options.json === true ? JSON.stringify(record) : recordForPeople(record));
  } finally {
    await home.close();
  }
}

async function writeRaw(
  context: CliContext,
  catalogue: CatalogueReader,
  record: CatalogueRecord,
  version: string | undefined,
): Promise<void> {
  const wanted = version === undefined ? undefined : wholeNumber('--revision', version, Number.MAX_SAFE_INTEGER);
  const archived = await catalogue.archived(record.dataset.id, wanted);
  if (archived === undefined) {
    const history = await catalogue.history(record.dataset.id);
    throw new CliError(
      'failed',
      `show: ${record.dataset.id} has ${history.length} version(s) in the archive; found no version ${version ?? ''}`,
    );
  }
  context.outBytes(archived.raw);
}

function recordForPeople(record: CatalogueRecord): string {
  const { dataset } = record;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['agency', dataset.publisher && texts(dataset.publisher.name)],
    [
      'theme',
      `${record.theme.value} (${record.theme.by}${record.theme.rule === undefined ? '' : `, ${record.theme.rule}`})`,
    ],
    [
      'licence',
      `${dataset.licence.id} (${dataset.licence.openness})${original(dataset.licence.original.title ?? dataset.licence.original.id)}`,
    ],
    ['keywords', dataset.keywords.map((each) => oneLine(each.text)).join(', ')],
    ['issued', dataset.issued?.value || dataset.issued?.original],
    ['modified', dataset.modified?.value || dataset.modified?.original],
    ['frequency', dataset.frequency && `${dataset.frequency.id ?? 'unknown'}${original(dataset.frequency.original)}`],
    ['page', dataset.landingPage],
    ['source', `${dataset.sourceId} / ${dataset.nativeId}`],
    [
      'state',
      `${record.state}, first seen ${record.firstSeen.slice(0, 10)}, last seen ${record.lastSeen.slice(0, 10)}`,
    ],
    ['id', dataset.id],
  ];
  const described = dataset.description.map((each) => each.text.trim()).filter((text) => text !== '');
  return [
    texts(dataset.title),
    '',
    ...rows.flatMap(([name, value]) => (value ? [`  ${name.padEnd(10)} ${oneLine(value)}`] : [])),
    ...described.map(
      (text) =>
        `\n${text
          .split('\n')
          .map((line) => `  ${oneLine(line)}`)
          .join('\n')}`,
    ),
    '',
    `${dataset.distributions.length} distribution(s)`,
    ...dataset.distributions.map(distributionForPeople),
    ...(record.problems.length === 0 ? [] : ['', `${record.problems.length} problem(s)`]),
    ...record.problems.map(
      (each) =>
        `  ${each.severity} ${each.slug}${each.path === '' ? '' : ` at ${oneLine(each.path)}`}: ${oneLine(each.message)}`,
    ),
  ].join('\n');
}

function distributionForPeople(distribution: Distribution): string {
  const format = distribution.format.id ?? distribution.format.original ?? 'unknown format';
  return `  ${oneLine(format).padEnd(8)} ${texts(distribution.title)}\n           ${oneLine(distribution.url ?? distribution.urlText ?? 'no address')}`;
}

function texts(text: LangText): string {
  return text.map((each) => oneLine(each.text)).join(' / ');
}

function original(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `, published as "${oneLine(text)}"`;
}
