/**
 * Responsible parties of ISO 19139 → publisher and contacts. Pure. The publisher is the organisation with the strongest
 * role in `publisherRoles`, among the parties of the data; then of its distribution; then of the record. Persons are not
 * shown: a contact has the name of its office, and one without an office is left out.
 */
import { elementAt, elementsAt, type XmlElement } from '../kit/xml-tree.ts';
import type { Agency, ContactPoint } from '../model/dataset.ts';
import { codeOf, type IsoLanguages, isoText, plainTextOf } from './iso-text.ts';
import { readLink } from './link.ts';
import type { Mapping } from './mapping.ts';
import { present } from './optional.ts';
import { plainLine } from './plain-text.ts';

/** `CI_RoleCode`, the strongest first; a role that is not here, or none, comes last. */
const publisherRoles: readonly string[] = [
  'publisher',
  'owner',
  'custodian',
  'resourceprovider',
  'distributor',
  'pointofcontact',
  'originator',
  'principalinvestigator',
  'author',
  'processor',
];

/** Where parties stand, the nearest to the data first. */
const partyPlaces = {
  ofData: [
    'identificationInfo/*/citation/CI_Citation/citedResponsibleParty/*',
    'identificationInfo/*/pointOfContact/*',
  ],
  ofDistribution: ['distributionInfo/MD_Distribution/distributor/MD_Distributor/distributorContact/*'],
  ofRecord: ['contact/*'],
} as const;

export function isoPublisher(record: XmlElement, languages: IsoLanguages, mapping: Mapping): Agency | undefined {
  for (const places of Object.values(partyPlaces)) {
    const named = partiesAt(record, places).filter((party) => nameOf(party, languages).length > 0);
    const [party] = named.toSorted((a, b) => rankOf(a) - rankOf(b));
    if (party !== undefined) return agencyOf(party, languages);
  }
  mapping.log.add(
    'publisher-missing',
    'identificationInfo.pointOfContact',
    'found no organisation; expected the body that publishes',
  );
  return undefined;
}

export function isoContacts(record: XmlElement, languages: IsoLanguages): readonly ContactPoint[] {
  const ofData = partiesAt(record, partyPlaces.ofData.slice(1));
  const parties = ofData.length > 0 ? ofData : partiesAt(record, partyPlaces.ofRecord);
  const contacts = parties.map((party) => contactOf(party, languages)).filter(({ name }) => name !== undefined);
  return [...new Map(contacts.map((each) => [JSON.stringify(each), each])).values()];
}

function partiesAt(record: XmlElement, places: readonly string[]): readonly XmlElement[] {
  return places.flatMap((place) => elementsAt(record, place));
}

function rankOf(party: XmlElement): number {
  const role = codeOf(elementAt(party, 'role'))?.toLowerCase().replace(/\s/gu, '') ?? '';
  const rank = publisherRoles.indexOf(role);
  return rank < 0 ? publisherRoles.length : rank;
}

function nameOf(party: XmlElement, languages: IsoLanguages): Agency['name'] {
  return isoText(elementAt(party, 'organisationName'), languages, plainLine);
}

function agencyOf(party: XmlElement, languages: IsoLanguages): Agency {
  const site = plainTextOf(elementAt(party, 'contactInfo/CI_Contact/onlineResource/CI_OnlineResource/linkage'));
  const link = site === undefined ? undefined : readLink(site);
  return present({
    name: nameOf(party, languages),
    homepage: link !== undefined && 'url' in link ? link.url : undefined,
  });
}

function contactOf(party: XmlElement, languages: IsoLanguages): ContactPoint {
  const line = (path: string) => plainLine(plainTextOf(elementAt(party, path)) ?? '');
  return present({
    name: nameOf(party, languages)[0]?.text ?? line('positionName'),
    email: line('contactInfo/CI_Contact/address/CI_Address/electronicMailAddress')?.replace(/^mailto:/iu, ''),
    phone: line('contactInfo/CI_Contact/phone/CI_Telephone/voice'),
  });
}
