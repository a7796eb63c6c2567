/**
 * Online resources of ISO 19139 → distributions. Pure. A size is that of the one resource in its transfer options, a
 * format the only one that the record names; of several nobody says which is whose.
 */
import { childrenOf, elementAt, elementsAt, type XmlElement } from '../kit/xml-tree.ts';
import type { Distribution } from '../model/dataset.ts';
import { codeOf, type IsoLanguages, isoText, plainTextOf } from './iso-text.ts';
import { distributionsOf, type ListedFile } from './listed-file.ts';
import type { Mapping } from './mapping.ts';
import { accessOf, resourceFormat, type WrittenResource } from './online-protocol.ts';
import { plainLine, plainText } from './plain-text.ts';

/** Where transfer options stand: of the data, or of one distributor. */
const optionPlaces = [
  'distributionInfo/*/transferOptions/MD_DigitalTransferOptions',
  'distributionInfo/*/distributor/MD_Distributor/distributorTransferOptions/MD_DigitalTransferOptions',
] as const;

const formatPlaces = [
  'distributionInfo/*/distributionFormat/MD_Format',
  'distributionInfo/*/distributor/MD_Distributor/distributorFormat/MD_Format',
  'identificationInfo/*/resourceFormat/MD_Format',
] as const;

/** Megabytes of ISO 19115 (B.2.10.2), decimal. */
const bytesOfMegabyte = 1_000_000;

export function isoDistributions(
  record: XmlElement,
  languages: IsoLanguages,
  mapping: Mapping,
): readonly Distribution[] {
  const format = onlyFormat(record);
  const files = optionPlaces.flatMap((place) =>
    elementsAt(record, place).flatMap((options, group) => {
      const resources = elementsAt(options, 'onLine/CI_OnlineResource').filter((each) => isFilled(each));
      const sizeBytes = resources.length === 1 ? transferSize(options) : undefined;
      return resources.map((resource, at) => {
        const path = `distributionInfo.transferOptions[${group}].onLine[${at}]`;
        return fileOf(resource, { path, languages, format, sizeBytes }, mapping);
      });
    }),
  );
  return distributionsOf(files, 'distributionInfo.transferOptions', mapping);
}

/** An address that the record gives as a page about itself. */
export function informationPage(record: XmlElement): string | undefined {
  const resources = elementsAt(record, `${optionPlaces[0]}/onLine/CI_OnlineResource`);
  const page = resources.find((each) => codeOf(elementAt(each, 'function'))?.toLowerCase() === 'information');
  return plainTextOf(elementAt(page, 'linkage'))?.trim();
}

interface FileContext {
  readonly path: string;
  readonly languages: IsoLanguages;
  readonly format: string | undefined;
  readonly sizeBytes: number | undefined;
}

function fileOf(
  resource: XmlElement,
  { path, languages, format, sizeBytes }: FileContext,
  mapping: Mapping,
): ListedFile {
  const url = plainTextOf(elementAt(resource, 'linkage'))?.trim();
  const written: WrittenResource = {
    url,
    protocol: plainTextOf(elementAt(resource, 'protocol'))?.trim(),
    function: codeOf(elementAt(resource, 'function')),
    mediaType: mediaTypeOf(resource),
    format,
  };
  return {
    url,
    path: `${path}.linkage`,
    access: accessOf(written, mapping),
    format: (link) => resourceFormat({ ...written, url: link }, `${path}.protocol`, mapping),
    title: isoText(elementAt(resource, 'name'), languages, plainLine),
    description: isoText(elementAt(resource, 'description'), languages, plainText),
    sizeBytes,
  };
}

/** `gmx:MimeFileType type="application/zip"`, in the name or the protocol. */
function mediaTypeOf(resource: XmlElement): string | undefined {
  const types = ['name', 'protocol'].map((field) =>
    elementAt(resource, `${field}/MimeFileType`)?.attributes.get('type')?.trim(),
  );
  return types.find((type) => type !== undefined && /^[a-z]+\/[\w.+-]+/iu.test(type));
}

function isFilled(resource: XmlElement): boolean {
  return ['linkage', 'name', 'description'].some((field) => plainTextOf(elementAt(resource, field)) !== undefined);
}

function onlyFormat(record: XmlElement): string | undefined {
  for (const place of formatPlaces) {
    const names = new Set(
      elementsAt(record, place).flatMap((each) => plainLine(plainTextOf(elementAt(each, 'name')) ?? '') ?? []),
    );
    if (names.size > 0) return names.size === 1 ? [...names][0] : undefined;
  }
  return undefined;
}

function transferSize(options: XmlElement): number | undefined {
  const text = plainTextOf(childrenOf(options, 'transferSize')[0])?.trim();
  const bytes = text === undefined || text.length > 40 ? Number.NaN : Math.round(Number(text) * bytesOfMegabyte);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}
