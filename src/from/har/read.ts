import * as v from 'valibot';
import { UserError } from '../../base/problems.ts';
import type { DescribedApi } from '../described.ts';
import type { Source } from '../reader.ts';
import { describeRequests } from '../requests/describe.ts';
import type { SeenRequest } from '../requests/seen.ts';
import { hasList } from '../responses/records.ts';

const pair = v.object({ name: v.string(), value: v.string() });
/** What is read of a recording (HAR 1.2): entries of another form are left out. */
const entry = v.object({
  request: v.object({
    method: v.string(),
    url: v.string(),
    headers: v.array(pair),
    postData: v.optional(v.object({ text: v.optional(v.string(), '') }), { text: '' }),
  }),
  response: v.object({
    status: v.number(),
    headers: v.array(pair),
    content: v.object({ text: v.optional(v.string(), ''), encoding: v.optional(v.string(), '') }),
  }),
});
const recording = v.object({ log: v.object({ entries: v.array(v.unknown()) }) });

/** Describes the API that a browser or a proxy recorded. Throws a UserError where it answered with no list in JSON. */
export async function readHar({ text, name }: Source): Promise<DescribedApi> {
  const entries = entriesOf(text, name);
  const seen = entries.flatMap(candidate => {
    const { success, output } = v.safeParse(entry, candidate);
    return success ? seenRequest(output) : [];
  });
  if (seen.length === 0)
    throw new UserError({
      where: name,
      message: `none of its ${entries.length} entries is answered by JSON with a list of records`,
      hint: 'was it saved "with content"?',
    });
  const left = entries.length - seen.length;
  const notes = left > 0 ? [`${left} of ${entries.length} entries are no lists in JSON, and were left out`] : [];
  return describeRequests(seen, { source: 'the recording', notes });
}

function entriesOf(text: string, where: string): readonly unknown[] {
  try {
    return v.parse(recording, JSON.parse(text)).log.entries;
  } catch (error) {
    throw new UserError({ where, message: `is no recording: ${(error as Error).message}` }, { cause: error });
  }
}

function seenRequest({ request, response }: v.InferOutput<typeof entry>): SeenRequest[] {
  const { method, url, headers, postData } = request;
  if (!URL.canParse(url) || response.status < 200 || response.status > 299) return [];
  const body = jsonOf(response.content);
  if (!hasList(body)) return [];
  return [
    {
      method: method.toUpperCase(),
      url: new URL(url),
      headers: headers.map(header => [header.name, header.value] as const),
      body: postData.text,
      response: {
        headers: Object.fromEntries(response.headers.map(header => [header.name.toLowerCase(), header.value])),
        body,
      },
    },
  ];
}

function jsonOf({ text, encoding }: { readonly text: string; readonly encoding: string }): unknown {
  try {
    return JSON.parse(encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text);
  } catch {
    return undefined;
  }
}
