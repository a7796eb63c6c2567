/** `sampan show`: one dataset as a person reads it, or what the portal said, byte for byte. */
import type { CatalogueRecord, Distribution } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import { type LinkCheck, linkCheckOf } from '../model/link-check.ts';
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
    else {
      const checks = await home.catalogue.linkChecks(record.dataset.id);
      context.out(
        options.json === true
          ? JSON.stringify({ ...record, links: linksOf(record, checks) })
          : recordForPeople(record, checks),
      );
    }
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

function also({ theme }: CatalogueRecord): string {
  return theme.also === undefined ? '' : `; also ${theme.also.join(', ')}`;
}

type LinkChecks = ReadonlyMap<string, LinkCheck>;

function linksOf(
  { dataset }: CatalogueRecord,
  checks: LinkChecks,
): (LinkCheck & { readonly distributionId: string })[] {
  return dataset.distributions.map((each) => ({ distributionId: each.id, ...linkCheckOf(each, checks) }));
}

function recordForPeople(record: CatalogueRecord, checks: LinkChecks): string {
  const { dataset } = record;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['agency', dataset.publisher && texts(dataset.publisher.name)],
    [
      'theme',
      `${record.theme.value} (${record.theme.by}${record.theme.rule === undefined ? '' : `, ${record.theme.rule}`})${also(record)}`,
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
    ...rejectedForPeople(record),
    '',
    `${dataset.distributions.length} distribution(s)`,
    ...dataset.distributions.map((each) => distributionForPeople(each, linkCheckOf(each, checks))),
    ...(record.problems.length === 0 ? [] : ['', `${record.problems.length} problem(s)`]),
    ...record.problems.map(
      (each) =>
        `  ${each.severity} ${each.slug}${each.path === '' ? '' : ` at ${oneLine(each.path)}`}: ${oneLine(each.message)}`,
    ),
  ].join('\n');
}

function rejectedForPeople({ dataset, rejectedVersion }: CatalogueRecord): readonly string[] {
  if (rejectedVersion === undefined) return [];
  const { version, problems } = rejectedVersion;
  return [
    '',
    `The portal's newest version (${version}) could not be used; an older one is shown.`,
    ...problems.map((each) => `  ${each.severity} ${each.slug}: ${oneLine(each.message)}`),
    `  sampan show ${dataset.id} --raw --revision ${version}`,
  ];
}

function distributionForPeople(distribution: Distribution, link: LinkCheck): string {
  const format = distribution.format.id ?? distribution.format.original ?? 'unknown format';
  return `  ${oneLine(format).padEnd(8)} ${texts(distribution.title)}\n           ${oneLine(distribution.url ?? distribution.urlText ?? 'no address')}\n           ${linkForPeople(link)}`;
}

function linkForPeople({ state, reason, checkedAt, lastOk, movedTo }: LinkCheck): string {
  const parts = [
    `link ${state}${reason === undefined ? '' : ` (${reason})`}`,
    checkedAt && `checked ${checkedAt.slice(0, 16).replace('T', ' ')}`,
    state !== 'ok' && lastOk && `last good ${lastOk.at.slice(0, 16).replace('T', ' ')}`,
    movedTo && `moved to ${movedTo}`,
  ];
  return oneLine(parts.filter((part) => typeof part === 'string').join(', '));
}

function texts(text: LangText): string {
  return text.map((each) => oneLine(each.text)).join(' / ');
}

function original(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `, published as "${oneLine(text)}"`;
}
