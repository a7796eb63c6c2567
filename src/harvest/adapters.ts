/** Protocol → adapter. To add one: a folder with an `adapter.ts`, a row here, its side in `simulator/`. */
import type { Protocol } from '../model/source.ts';
import { harvestCkan } from './ckan/adapter.ts';
import { harvestDataGoKr } from './data-go-kr/adapter.ts';
import { harvestDcatUs } from './dcat-us/adapter.ts';
import type { Harvest } from './harvest-contract.ts';

export const adapters: Readonly<Record<Protocol, Harvest>> = {
  ckan: harvestCkan,
  'data-go-kr': harvestDataGoKr,
  'dcat-us': harvestDcatUs,
};
