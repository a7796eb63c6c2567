/**
 * Version of everything in this folder that decides how a raw record becomes a dataset. Counted up with each change
 * that gives any record another dataset, so that the pipeline knows what to renormalise.
 *
 * 1: first mapping of ckan-package, data-go-kr-row and dcat-us-dataset.
 */
export const mappingVersion = 1;
