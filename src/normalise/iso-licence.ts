/**
 * Constraints of ISO 19139 → licence. Pure. The first text or anchor that is a known licence is it; else the first text
 * about use is kept as written, unknown. What is said of access alone is no licence, and openness is never inferred
 * (`no limitations`, `none`).
 */
import { childrenOf, elementsAt, type XmlElement } from '../kit/xml-tree.ts';
import type { Licence } from '../model/dataset.ts';
import { anchorOf, codeOf, type IsoLanguages, isoText } from './iso-text.ts';
import { licenceField, type WrittenLicence } from './licence-field.ts';
import type { Mapping } from './mapping.ts';
import { plainText } from './plain-text.ts';

interface Constraint extends WrittenLicence {
  /** 0: names a licence; 1: stands where one has to be; 2: is said of use; 3: of access only. */
  readonly rank: 0 | 1 | 2 | 3;
}

/** The word in the languages of the region, where portals use it. */
const licenceWord =
  /licen[cs]|授權|授权|許諾|ライセンス|라이선스|라이센스|이용허락|lisensi|lesen |giấy phép|สัญญาอนุญาต|អាជ្ញាប័ណ្ណ/iu;

export function isoLicence(record: XmlElement, languages: IsoLanguages, mapping: Mapping): Licence {
  const constraints = elementsAt(record, 'identificationInfo/*/resourceConstraints/*')
    .flatMap((each) => constraintsOf(each, languages))
    .toSorted((a, b) => a.rank - b.rank);
  const known = constraints.find((each) => mapping.vocabulary.licence(originalOf(each)).id !== 'unknown');
  const written = known ?? constraints.find(({ rank }) => rank < 3) ?? {};
  return licenceField(originalOf(written), 'identificationInfo.resourceConstraints', mapping);
}

function originalOf({ title, url }: WrittenLicence): { readonly title?: string; readonly url?: string } {
  return { ...(title !== undefined && { title }), ...(url !== undefined && { url }) };
}

function constraintsOf(constraint: XmlElement, languages: IsoLanguages): readonly Constraint[] {
  // Who may see secrets is no licence.
  if (constraint.local === 'MD_SecurityConstraints') return [];
  const use = childrenOf(constraint, 'useConstraints').map((each) => codeOf(each)?.toLowerCase() ?? '');
  const isOfAccess = use.length === 0 && childrenOf(constraint, 'accessConstraints').length > 0;
  const isOfLicence = use.some((code) => licenceWord.test(code));
  const ranked = (name: string, rank: Constraint['rank']) =>
    childrenOf(constraint, name)
      .flatMap((each) => textsOf(each, languages))
      .map((text) => ({ ...text, rank: rank < 3 && licenceWord.test(text.title ?? '') ? 0 : rank }));
  return [...ranked('otherConstraints', isOfAccess ? 3 : isOfLicence ? 1 : 2), ...ranked('useLimitation', 2)];
}

/** Each language by itself: a licence may be named in one of them only. */
function textsOf(element: XmlElement, languages: IsoLanguages): readonly WrittenLicence[] {
  const anchor = anchorOf(element);
  // The INSPIRE list of limits on access (https://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess).
  if (anchor !== undefined && /LimitationsOnPublicAccess|ConditionsApplyingToAccessAndUse/u.test(anchor)) return [];
  const texts = isoText(element, languages, plainText);
  if (texts.length === 0) return anchor === undefined ? [] : [{ url: anchor }];
  return texts.map(({ text }) => ({ title: text, url: anchor ?? addressIn(text) }));
}

function addressIn(text: string): string | undefined {
  return /https?:\/\/[^\s<>"')\]]+/u.exec(text)?.[0].replace(/[.,;]+$/u, '');
}
