/** A record of a CSW answer as a row of the listing: which form it has, what it describes, and its id. Pure. */
import { sha256Hex } from '../../kit/hash.ts';
import type { XmlSlice } from '../../kit/xml-slices.ts';
import { elementAt, readXmlTree, wholeText } from '../../kit/xml-tree.ts';
import type { NativeForm } from '../../model/source-record.ts';
import type { ListedRow } from '../json-record.ts';
import { rejection } from '../rejection.ts';
import { recordTexts } from './answer.ts';
import type { LeftOut } from './left-out.ts';

export interface SliceOrigin {
  readonly sourceId: string;
  readonly url: string;
  readonly fetchedAt: string;
  /** Place in the listing, to tell rows apart that have neither id nor text. */
  readonly position: number;
}

/** `MD_ScopeCode` values, and Dublin Core types, of what is no data; the rest, and what says nothing, is (ISO 19115 takes `dataset` then). */
const notData: ReadonlySet<string> = new Set(
  'service services application software attribute attributetype feature featuretype propertytype fieldsession fieldhardware collectionhardware collectionsession dimensiongroup featurecatalogue'.split(
    ' ',
  ),
);

/** Roots by their name: in 19139 the namespace of `MI_Metadata` has two spellings. */
const forms: Readonly<Record<string, NativeForm>> = {
  MD_Metadata: 'iso19139-record',
  MI_Metadata: 'iso19139-record',
  Record: 'csw-dc-record',
  SummaryRecord: 'csw-dc-record',
  BriefRecord: 'csw-dc-record',
};

/** Namespaces of the roots above; ISO 19115-3 (`…/iso/19115/-3/mdb/…`) shares a name with 19139 and is another form. */
const readable =
  /^http:\/\/www\.isotc211\.org\/2005\/g[mn][di]$|\/19115\/-2\/gmi\/|^http:\/\/www\.opengis\.net\/cat\/csw/u;

export function readSlice(slice: XmlSlice, origin: SliceOrigin, leftOut: LeftOut): ListedRow {
  const { text, local, uri, broken } = slice;
  const form = Object.hasOwn(forms, local) && readable.test(uri) ? forms[local] : undefined;
  const level = levelOf(slice, local);
  const id = idOf(slice, form);
  const key = id ?? (text === undefined ? `record ${origin.position}` : sha256Hex(text));
  if (level !== undefined && notData.has(level.toLowerCase())) {
    leftOut.add(level, key);
    return { id, key, event: undefined };
  }
  const raw = text === undefined ? undefined : Buffer.from(text);
  const reject = (slug: string, found: string): ListedRow => {
    const which = id === undefined ? `record ${origin.position} of the listing` : `record ${id}`;
    const message = `${origin.sourceId}: ${which} ${found}; expected gmd:MD_Metadata or csw:Record with an identifier`;
    return { id, key, event: rejection({ slug, message, nativeId: id, raw }) };
  };
  if (raw === undefined) return reject('record-too-large', 'is too large');
  if (broken !== undefined) return reject('record-malformed', `is broken XML (${broken})`);
  if (form === undefined) return reject('record-of-other-form', `is a ${local} (${uri})`);
  if (id === undefined) return reject('record-without-id', 'has no identifier');
  const { url, fetchedAt } = origin;
  return { id, key, event: { kind: 'record', record: { nativeId: id, form, raw, url, fetchedAt } } };
}

function levelOf({ texts }: XmlSlice, local: string): string | undefined {
  return local === 'FC_FeatureCatalogue'
    ? 'featureCatalogue'
    : (texts.get(recordTexts.isoLevel) ?? texts.get(recordTexts.dcType));
}

function idOf(slice: XmlSlice, form: NativeForm | undefined): string | undefined {
  if (form === 'csw-dc-record') return slice.texts.get(recordTexts.dcId);
  const id = slice.texts.get(recordTexts.isoId);
  return id !== undefined || form === undefined ? id : citedId(slice.text ?? '');
}

/** Some write the identifier as an anchor, or only in the citation. */
function citedId(text: string): string | undefined {
  const read = readXmlTree(text);
  if (!read.ok) return undefined;
  const places = ['fileIdentifier', 'identificationInfo/*/citation/CI_Citation/identifier/*/code'];
  return places.map((path) => wholeText(elementAt(read.root, path))?.trim()).find((each) => each !== undefined);
}
