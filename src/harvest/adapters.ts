/** Protocol → adapter; those that read a few documents ask for them on condition. To add one: a folder with an `adapter.ts`, a row here, its side in `simulator/`. */
import type { Protocol } from '../model/source.ts';
import { harvestCkan } from './ckan/adapter.ts';
import { harvestCsw } from './csw/adapter.ts';
import { harvestDataGoKr } from './data-go-kr/adapter.ts';
import { harvestDataGovMy } from './data-gov-my/adapter.ts';
import { harvestDataGovSg } from './data-gov-sg/adapter.ts';
import { harvestDataGovTw } from './data-gov-tw/adapter.ts';
import { harvestDcatRdf } from './dcat-rdf/adapter.ts';
import { harvestDcatUs } from './dcat-us/adapter.ts';
import type { Harvest } from './harvest-contract.ts';
import { harvestOgdIndia } from './ogd-india/adapter.ts';
import { harvestSchemaOrg } from './schema-org/adapter.ts';
import { unlessNotModified } from './unless-not-modified.ts';

export const adapters: Readonly<Record<Protocol, Harvest>> = {
  ckan: harvestCkan,
  csw: harvestCsw,
  'data-go-kr': unlessNotModified(harvestDataGoKr),
  'data-gov-my': unlessNotModified(harvestDataGovMy),
  'data-gov-sg': harvestDataGovSg,
  'data-gov-tw': unlessNotModified(harvestDataGovTw),
  'dcat-rdf': unlessNotModified(harvestDcatRdf),
  'dcat-us': unlessNotModified(harvestDcatUs),
  'ogd-india': harvestOgdIndia,
  'schema-org': unlessNotModified(harvestSchemaOrg),
};
