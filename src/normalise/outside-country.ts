/**
 * Whether places lie where the portal's country is: a box wholly outside it is noted and stays as it is (case
 * `field P-17`). It may well be right, and turning its axes may be wrong: latitude and longitude of India's station on
 * Svalbard, 78.9 N 11.9 E, change places into Tamil Nadu. Pure.
 */
import type { Dataset } from '../model/dataset.ts';
import type { Box } from './bounding-box.ts';
import type { Mapping } from './mapping.ts';

/**
 * Land, islands and waters of each country, in degrees, rounded outward to half a degree or more. Read off the maps of
 * the countries themselves; only to tell apart what is far away.
 */
const countryBoxes: Readonly<Record<string, Box>> = {
  ID: [92, -13.5, 142, 8.5],
  IN: [66, 4, 98.5, 37.5],
  JP: [120, 18, 158, 47],
  KH: [100.5, 8.5, 108.5, 15.5],
  KR: [122, 31, 134, 40],
  MM: [90.5, 8, 102, 29.5],
  MY: [98, 0, 120, 9],
  PH: [112, 3, 130, 23],
  SG: [102.5, 0.5, 105, 2.5],
  TH: [95, 4.5, 106.5, 21.5],
  TW: [113, 9, 125, 28],
  VN: [101, 5, 118, 24.5],
};

export function reportOutsideCountry({ spatial, country }: Dataset, { log }: Mapping): void {
  const home = Object.hasOwn(countryBoxes, country) ? countryBoxes[country] : undefined;
  if (home === undefined) return;
  for (const { bbox } of spatial) {
    if (bbox === undefined || meet(bbox, home)) continue;
    const [west, south, east, north] = bbox;
    const turned: Box = [south, west, north, east];
    const hint = isInRange(turned) && meet(turned, home) ? '; with the axes turned it would be inside' : '';
    log.add(
      'spatial-outside-country',
      'spatial',
      `found ${bbox.join(' ')}; expected a place in or around ${country} (${home.join(' ')})${hint}`,
    );
  }
}

/** A box over the antimeridian has its west greater than its east: it reaches from there to both ends. */
function meet([west, south, east, north]: Box, home: Box): boolean {
  const inWidth = west <= east ? west <= home[2] && east >= home[0] : west <= home[2] || east >= home[0];
  return inWidth && south <= home[3] && north >= home[1];
}

function isInRange([, south, , north]: Box): boolean {
  return Math.abs(south) <= 90 && Math.abs(north) <= 90;
}
