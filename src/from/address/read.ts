import { UserError } from '../../base/problems.ts';
import { parseJson } from '../../schema/read/json.ts';
import type { DescribedApi } from '../described.ts';
import type { Source } from '../reader.ts';
import { describeRequests } from '../requests/describe.ts';
import { hasList } from '../responses/records.ts';

/** Describes the API that answered at an address. Throws a UserError where its answer is no JSON with records. */
export async function readAddress({ address, headers, text, name, responseHeaders }: Source): Promise<DescribedApi> {
  const body = parseJson(text, name);
  if (!hasList(body))
    throw new UserError({
      where: name,
      message: 'answers with JSON that has no list of objects',
      hint: 'give the address of a list, or a description of the API',
    });
  const request = {
    method: 'GET',
    url: new URL(address as string),
    headers: Object.entries(headers),
    body: '',
    response: { headers: responseHeaders, body },
  };
  return describeRequests([request], { source: 'the address', notes: [] });
}
