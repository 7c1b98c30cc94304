import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const TOKEN = 'pat-eu1-secret';
const SIZE = 200;
const MOST = 10_000;

const wrong = (message: string, status = 400): Reply => ({
  status,
  body: { status: 'error', category: 'VALIDATION_ERROR', message },
});
const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString();
const contact = (id: number, minute = id) => ({
  id: String(id),
  moment: Date.parse(at(minute)),
  email: `c${id}@acme.test`,
  lastmodifieddate: at(minute),
});

const IDS = Array.from({ length: 101 }, (_, index) => String(index + 1));
const CHILDREN = { contact_ids: IDS, contact_companies: IDS.map(id => `${id}/${9000 + Number(id)}`) };

/** HubSpot: a search in a body, at most 200 records a page and 10,000 in all. */
export function hubspot(count = 401): Rebuilt {
  const contacts = Array.from({ length: count }, (_, index) => contact(index + 1));
  const changed = contact(7, 500);

  const search = ({ body = {}, params }: Seen): Reply => {
    const { filterGroups, sorts, properties, limit, after = 0, ...others } = body;
    if (params.size > 0 || Object.keys(others).length > 0)
      throw new Refusal(wrong(`unknown: ${Object.keys(others)}${params}`));
    expectSame(sorts, [{ propertyName: 'lastmodifieddate', direction: 'ASCENDING' }], wrong('sorts'));
    const [
      {
        filters: [filter],
      },
    ] = filterGroups as [{ filters: [{ value: unknown; highValue: unknown }] }];
    const { value, highValue } = filter;
    const wanted = { propertyName: 'lastmodifieddate', operator: 'BETWEEN', value, highValue };
    expectSame(filter, wanted, wrong('filter'));
    for (const moment of [value, highValue])
      if (!/^\d{13}$/.test(String(moment))) throw new Refusal(wrong(`${moment} is no time in milliseconds`));
    if (!(Number(limit) <= SIZE)) throw new Refusal(wrong(`limit ${limit}`));
    if (!/^\d+$/.test(String(after)) || Number(after) + Number(limit) > MOST)
      throw new Refusal(wrong(`after ${after}`));
    const found = contacts
      .filter(({ moment }) => moment >= Number(value) && moment <= Number(highValue))
      .sort((one, other) => one.moment - other.moment);
    const { page, next } = cut(found, Number(after), Number(limit));
    const results = page.map(({ id, moment: _, ...given }) => ({
      id,
      properties: Object.fromEntries((properties as (keyof typeof given)[]).map(name => [name, given[name] ?? null])),
      createdAt: at(0),
      updatedAt: given.lastmodifieddate,
      archived: false,
    }));
    return { body: { total: found.length, results, ...(next && { paging: { next: { after: String(next) } } }) } };
  };

  const list = (seen: Seen): Reply => {
    checkParams(seen, { properties: /^[\w,]+$/, limit: /^([1-9]\d?|100)$/, after: /^\d+$/ }, [], wrong);
    const all = contacts
      .slice(0, IDS.length)
      .map(({ id }) => ({ id, properties: { hs_object_id: id }, archived: false }));
    const { page, next } = cut(all, Number(seen.params.get('after') ?? 0), Number(seen.params.get('limit') ?? 10));
    return {
      body: { results: page, ...(next && { paging: { next: { after: String(next), link: 'https://x.test' } } }) },
    };
  };

  return {
    config: { access_token: TOKEN, start_date: at(400) },
    secret: 'access_token',
    refused: /401.*credentials/,
    answer: seen => {
      expectSame(seen.headers.authorization, `Bearer ${TOKEN}`, wrong('credentials are invalid', 401));
      if (seen.path === '/crm/v3/objects/contacts/search' && seen.method === 'POST') return search(seen);
      if (seen.path === '/crm/v3/objects/contacts') return list(seen);
      const [, id] = /^\/crm\/v4\/objects\/contacts\/(\d+)\/associations\/companies$/.exec(seen.path) ?? [];
      if (!id || seen.method !== 'GET') throw new Refusal(wrong(`no ${seen.method} ${seen.path}`, 404));
      checkParams(seen, { limit: /^([1-9]\d?|[1-4]\d\d|500)$/, after: /^.+$/ }, [], wrong);
      return { body: { results: [{ toObjectId: 9000 + Number(id), associationTypes: [{ typeId: 1 }] }] } };
    },
    busy: [
      {
        status: 429,
        headers: { 'Retry-After': '0' },
        body: { status: 'error', errorType: 'RATE_LIMIT', policyName: 'SECONDLY' },
      },
      { status: 502 },
    ],
    fault: { reply: wrong('the property is unknown'), message: /contacts.*400.*the property is unknown/s },
    change: () => void contacts.splice(6, 1, changed),
    first: { contacts: ['400', '401'], ...CHILDREN },
    second: { contacts: ['401', '7'], ...CHILDREN },
  };
}
