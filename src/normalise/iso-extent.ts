/** Extents of ISO 19139 → places and periods. Pure. The reference system of the data says nothing of its extent, which is in degrees of WGS 84 (case `field P-17`). */
import { childrenOf, elementAt, elementsAt, wholeText, type XmlElement } from '../kit/xml-tree.ts';
import type { Place } from '../model/dataset.ts';
import type { Period } from '../model/partial-date.ts';
import { type Box, boxField } from './bounding-box.ts';
import { boxOfGml } from './gml-box.ts';
import { isoDate } from './iso-dates.ts';
import { type IsoLanguages, isoText, plainTextOf } from './iso-text.ts';
import type { Mapping } from './mapping.ts';
import { present } from './optional.ts';
import { periodOf } from './period-field.ts';
import { plainLine } from './plain-text.ts';

/** An extent lists the places that it covers; more than a country has districts is not kept. */
const mostPlaces = 500;

const extentPath = 'identificationInfo/*/extent/EX_Extent';

export function isoPlaces(record: XmlElement, languages: IsoLanguages, mapping: Mapping): readonly Place[] {
  const extents = elementsAt(record, extentPath);
  return extents.flatMap((extent) => placesOfExtent(extent, languages, mapping)).slice(0, mostPlaces);
}

/** One name, one code and one box are one place; of several nobody says which belong together. */
function placesOfExtent(extent: XmlElement, languages: IsoLanguages, mapping: Mapping): readonly Place[] {
  const shapes = elementsAt(extent, 'geographicElement/*');
  // A period has a description too.
  if (shapes.length === 0 && childrenOf(extent, 'temporalElement').length > 0) return [];
  const description = isoText(elementAt(extent, 'description'), languages, plainLine);
  const identified = identifiedPlaces(extent, languages);
  const boxes = shapes.map((each) => boxOf(each, mapping)).filter((each) => each !== undefined);
  if (boxes.length <= 1 && identified.length <= 1) {
    const [place = { name: [] }] = identified;
    const whole = present({ ...place, name: description.length === 0 ? place.name : description, bbox: boxes[0] });
    return whole.name.length === 0 && whole.bbox === undefined ? [] : [whole];
  }
  const described = description.length === 0 ? [] : [{ name: description }];
  return [...described, ...identified, ...boxes.map((bbox) => ({ name: [], bbox }))];
}

function identifiedPlaces(extent: XmlElement, languages: IsoLanguages): readonly Place[] {
  const identifiers = elementsAt(extent, 'geographicElement/EX_GeographicDescription/geographicIdentifier/*');
  return identifiers.flatMap((identifier) => {
    const name = isoText(elementAt(identifier, 'code'), languages, plainLine);
    const text = name[0]?.text ?? '';
    // An address names a place for machines only.
    if (text === '' || /^https?:/iu.test(text)) return [];
    const authority = wholeText(elementAt(identifier, 'authority/CI_Citation/title')) ?? '';
    const isCode = /ISO\s*3166/iu.test(authority) && /^[A-Z]{2,3}(?:-[A-Z0-9]{1,3})?$/u.test(text);
    return [present({ name, code: isCode ? text : undefined })];
  });
}

function boxOf(element: XmlElement, mapping: Mapping): Box | undefined {
  const path = 'identificationInfo.extent.geographicElement';
  if (element.local === 'EX_BoundingPolygon') return boxOfGml(element, path, mapping);
  if (element.local !== 'EX_GeographicBoundingBox') return undefined;
  const bound = (name: string) => plainTextOf(elementAt(element, name));
  const written = {
    west: bound('westBoundLongitude'),
    south: bound('southBoundLatitude'),
    east: bound('eastBoundLongitude'),
    north: bound('northBoundLatitude'),
  };
  return Object.values(written).every((each) => each === undefined) ? undefined : boxField(written, path, mapping);
}

/** `gml:TimePeriod` and `gml:TimeInstant`; an indeterminate end (`now`) is open. */
export function isoPeriods(record: XmlElement, mapping: Mapping): readonly Period[] {
  const times = elementsAt(record, `${extentPath}/temporalElement/*/extent/*`);
  return times.flatMap((time) => {
    if (time.local === 'TimeInstant') {
      const instant = positionOf(elementAt(time, 'timePosition'));
      return periodOf(instant, instant, mapping.dates) ?? [];
    }
    const end = (position: string, instant: string) =>
      positionOf(childrenOf(time, position)[0] ?? elementAt(time, `${instant}/TimeInstant/timePosition`));
    return periodOf(end('beginPosition', 'begin'), end('endPosition', 'end'), mapping.dates) ?? [];
  });
}

/** The date, or the word for the lack of one (`now`, `unknown`), which leaves the end open. */
function positionOf(position: XmlElement | undefined): string | undefined {
  const text = position?.text.trim() ?? '';
  if (text !== '') return isoDate(text);
  return position?.attributes.get('indeterminatePosition');
}
