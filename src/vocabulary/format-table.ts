/** Portals' format strings and address endings → canonical formats, from `vocab/formats.json`. Pure after it is made. */
import type { FormatClaim } from '../model/dataset.ts';
import { remembered } from './bounded-cache.ts';
import { addOnce, type FormatsFile } from './vocabulary-files.ts';

interface KnownFormat {
  readonly id: string;
  readonly mediaType: string;
}

type Formats = (original: string | undefined, url: string | undefined) => readonly FormatClaim[];

/** Different format strings kept at once; udata#986 counted 291 in one catalogue. */
const cacheLimit = 10_000;

export function formatTable(file: FormatsFile, path: string): Formats {
  const bySpelling = new Map<string, KnownFormat>();
  const byEnding = new Map<string, KnownFormat>();
  for (const { id, mediaType, endings, spellings } of file.formats) {
    const format = { id, mediaType };
    for (const spelling of [id, ...endings, ...spellings]) addOnce(bySpelling, formatKey(spelling), format, path);
    for (const ending of endings) addOnce(byEnding, ending, format, path);
  }
  for (const { id, mediaType } of file.formats) {
    if (!bySpelling.has(mediaType)) bySpelling.set(mediaType, { id, mediaType });
  }
  const declared = remembered(cacheLimit, (original) => claimsOf(original, bySpelling));
  return (original, url) => {
    const claims = original === undefined || original.trim() === '' ? [] : declared(original);
    if (claims.some((claim) => claim.id !== undefined)) return claims;
    const format = url === undefined ? undefined : byEnding.get(addressEnding(url) ?? '');
    if (format === undefined) return claims;
    return [{ id: format.id, mediaType: format.mediaType, ...(original?.trim() ? { original } : {}) }];
  };
}

/**
 * The content and its container of a packed file, the whole string when it is known, else its parts as far as they are
 * known (`CSV;JSON`, `xml, csv`). `+` and `/` also stand inside media types, so there all parts must be known
 * (`JSON+XML`, `CSV/Excel`).
 */
function claimsOf(original: string, table: ReadonlyMap<string, KnownFormat>): readonly FormatClaim[] {
  const find = (part: string): KnownFormat | undefined => table.get(formatKey(part)) ?? table.get(bareKey(part));
  const whole = find(original);
  const listed = original.split(/[;,、，；|]|\s\/\s|\s&\s|\s+(?:and|or|及|和|或)\s+|[和及或]/).map(find);
  const joined = original.split(/[+/]/).map(find);
  const parts = listed.every((each) => each === undefined) && !joined.includes(undefined) ? joined : listed;
  const known =
    packedParts(original, find) ?? (whole === undefined ? parts : [whole]).filter((each) => each !== undefined);
  if (known.length === 0) return [{ original }];
  return [...new Set(known)].map(({ id, mediaType }) => ({ id, mediaType, original }));
}

/** `shp (zip)`, `zip(csv)`, `CSV.zip`, `zipped shapefile` → content, container; undefined for another form. */
function packedParts(
  original: string,
  find: (part: string) => KnownFormat | undefined,
): readonly KnownFormat[] | undefined {
  const text = original.normalize('NFKC').trim();
  const match =
    /^(?<content>[^()]+?) ?\((?<container>zip|7z|rar|gz|tar|lzh)\)$/i.exec(text) ??
    /^(?<container>zip|7z|rar|gz|tar|lzh) ?\((?<content>[^()]+)\)$/i.exec(text) ??
    /^(?<content>[^().]+)[. ](?<container>zip|7z|rar|gz|tar|lzh)$/i.exec(text) ??
    /^(?<container>zip)(?:ped|d)? (?<content>[^()]+)$/i.exec(text);
  const content = find(match?.groups?.['content'] ?? '');
  const container = find(match?.groups?.['container'] ?? '');
  return content === undefined || container === undefined ? undefined : [content, container];
}

/** Without width, case, outer spaces, leading dots and parameters of a media type. */
function formatKey(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/www\.iana\.org\/assignments\/media-types\//, '')
    .replace(/^https?:\/\/publications\.europa\.eu\/resource\/authority\/file-type\//, '')
    .replace(/(\/[\w.+-]+)\s*;.*$/, '$1')
    .replace(/^[.,*]+/, '')
    .replace(/\s+/g, ' ');
}

/** `…/list.CSV?x=1` → `csv`: what follows the last dot of the path's last part, at most eight letters or digits. */
function addressEnding(url: string): string | undefined {
  const path = url.replace(/[?#].*$/, '');
  const schemeEnd = path.indexOf('://');
  const slash = path.lastIndexOf('/');
  if (slash < 0 || (schemeEnd >= 0 && slash < schemeEnd + 3)) return undefined;
  return /\.([a-z0-9]{1,8})\s*$/i.exec(path.slice(slash))?.[1]?.toLowerCase();
}

/** Words for "file" and "format" that portals write behind the name, and quotation marks around it. */
const wordsBehind = /(?:[ -]?(?:files?|format|data|檔案?|格式|形式|文件|ファイル|データ|파일|형식)|等)$/;

/** The key of what is left of `CSV檔`, `"CSV"`, `ไฟล์ CSV`. */
function bareKey(text: string): string {
  const bare = formatKey(text.replace(/[\u200b-\u200d\ufeff]/g, ''))
    .replace(/^["'“”「『[(]+|["'“”」』\])]+$/g, '')
    .replace(/^(?:ไฟล์|file|format) ?/, '')
    .replace(wordsBehind, '')
    .replace(/\.$/, '');
  return formatKey(bare);
}
