/**
 * The monthly list of data.go.kr (dataset 15062804 목록개방현황): one CSV. No options. The two columns named here are
 * those that every year's list has (2022 and 2025 seen).
 */
import { harvestCsvList } from '../csv-list.ts';
import { gatewayError } from '../gateway-error.ts';
import type { Harvest } from '../harvest-contract.ts';

export const harvestDataGoKr: Harvest = (source, from, effects, signal) => {
  const list = { form: 'data-go-kr-row', key: '목록키', name: '목록명', refusal: gatewayError } as const;
  return harvestCsvList({ source, effects, signal }, list, from);
};
