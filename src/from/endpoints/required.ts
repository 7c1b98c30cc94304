import type { DescribedKey, Loss } from '../described.ts';
import type { List } from './list.ts';
import { configName, literal } from './names.ts';
import type { Param } from './param.ts';
import { firstSentence } from './words.ts';

/** What every request has beside its pages and its bookmark, and the configuration keys that it needs. */
export interface Required {
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly keys: readonly DescribedKey[];
  readonly losses: readonly Loss[];
}

/** What OpenAPI says is ignored among the parameters, and what a client writes itself. */
const OWN_HEADERS = /^(?:accept|content-type|content-length|host|user-agent|authorization|cookie)$/i;
/** A name of a header, by RFC 9110, section 5.1. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** Parameters, headers and fields of a body without which the API refuses: their default, or a configuration key. */
export function requiredOf(list: List): Required {
  const { endpoint, paging, bookmark } = list;
  const params: Record<string, string> = fixedParams(list);
  const headers: Record<string, string> = {};
  const keys: DescribedKey[] = [];
  const losses: Loss[] = [];
  for (const param of endpoint.params) {
    const isSet = paging.params.includes(param.name) || bookmark?.filter?.param === param.name || isCredential(param);
    if (!param.required || isSet) continue;
    if (param.place === 'cookie')
      losses.push({ what: `the cookie ${param.name} is required`, instead: 'the answer headers, by Cookie' });
    if (param.place === 'header' && !OWN_HEADERS.test(param.name) && HEADER_NAME.test(param.name))
      headers[param.name] = textFor(param, keys);
    if (param.place === 'query' || param.place === 'body') params[literal(param.name)] = textFor(param, keys);
  }
  return { params, headers, keys, losses };
}

function textFor(param: Param, keys: DescribedKey[]): string {
  const known = usualValue(param);
  const type = param.place === 'body' ? bodyType(param) : undefined;
  if (known !== undefined && type === undefined) return literal(String(known));
  const name = configName(param.name);
  keys.push({
    name,
    description: firstSentence(param.description) || `The ${WHAT[param.place]} ${param.name} of requests`,
    ...(known !== undefined && { default: known }),
    ...(type && { type }),
  });
  return `{${name}}`;
}

const WHAT = { query: 'parameter', header: 'header', body: 'field', path: 'parameter', cookie: 'cookie' } as const;

/** In a JSON body, a value that is no text keeps its type by that of its configuration key. */
function bodyType({ shape }: Param): DescribedKey['type'] {
  return shape.type === 'array'
    ? 'list'
    : shape.type === 'integer' || shape.type === 'number' || shape.type === 'boolean'
      ? shape.type
      : undefined;
}

/** What every request has, but for what the pagination and the bookmark set. */
function fixedParams({ endpoint, paging, bookmark }: List): Record<string, string> {
  const isSet = (name: string) => paging.params.includes(name) || bookmark?.filter?.param === name;
  return Object.fromEntries(Object.entries(endpoint.fixed).filter(([name]) => !isSet(name)));
}

function usualValue({ shape }: Param): string | number | boolean | undefined {
  const value = shape.fallback ?? (shape.enumerated.length === 1 ? shape.enumerated[0] : undefined);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** What authentication sets. */
function isCredential({ name }: Param): boolean {
  return /^(?:authorization|(?:x[-_])?(?:api[-_]?key|api[-_]?token|access[-_]?token|auth[-_]?token)|token|auth|apikey)$/i.test(
    name,
  );
}
