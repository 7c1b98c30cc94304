import type { RecordedResponse } from '../described.ts';
import { recordsIn } from './records.ts';
import { pagingSigns } from './signs.ts';

/** The addresses that a response has for its next page, whole. */
export function nextAddresses(response: Omit<RecordedResponse, 'sent'>): string[] {
  const seen = recordsIn(response.body);
  if (!seen) return [];
  const { path, records } = seen;
  const page = { response: { ...response, sent: {} }, recordsPath: path.value, records, parameters: {} };
  return pagingSigns(page).flatMap(({ next }) =>
    'address' in next && URL.canParse(next.address, response.url) ? [new URL(next.address, response.url).href] : [],
  );
}
