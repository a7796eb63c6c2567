/**
 * Version of everything in this folder that decides how a raw record becomes a dataset. Counted up with each change
 * that gives any record another dataset, so that the pipeline knows what to renormalise.
 *
 * 1: first mapping of ckan-package, data-go-kr-row and dcat-us-dataset.
 * 2: Open Development Mekong's fields, where CKAN and data.json records were harvested from, DCAT-US 3.0, the order of
 * languages in data.gov.my.
 * 3: dates in more spellings and calendars, parts of years, periods and intervals in date fields, bounds in more shapes.
 * 4: Burmese written for the font Zawgyi is reported.
 */
export const mappingVersion = 4;
