import { buildClientSchema, buildSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { isMapping } from '../../base/mapping.ts';
import { UserError } from '../../base/problems.ts';
import { own } from '../../schema/infer/untyped.ts';
import type { DescribedApi, DescribedKey, Understood } from '../described.ts';
import { parseDescription } from '../endpoints/parse.ts';
import type { Source } from '../reader.ts';
import { understandHeaders } from '../requests/headers.ts';
import { hostName } from '../requests/paths.ts';
import { Vault } from '../requests/vault.ts';
import { streamsOf } from './streams.ts';

/** The largest schemas that are known have a tenth of it. */
const MAX_TOKENS = 5_000_000;

/** Understands a schema in GraphQL's own language, or as an endpoint gives it when it is asked for. */
export function readGraphQL({ text, name, address, isAsked, headers: given }: Source): DescribedApi {
  const schema = schemaOf(text, name);
  const { base, path } = placeOf(isAsked ? address : undefined);
  const vault = new Vault();
  const { auth, headers, notes } = understandHeaders(isAsked ? Object.entries(given) : [], vault);
  const { streams, notes: refused } = streamsOf(schema, path);
  const keys = streams.flatMap(stream => stream.keys);
  const config = [
    ...new Map([...keys, ...vault.config].map(key => [key.name, key] as [string, DescribedKey])).values(),
  ];
  return {
    answers: {
      ...(base && {
        base_url: base,
        name: { value: hostName(new URL(base.value)), grade: 'guessed', evidence: 'the name of the host' },
      }),
      ...(auth && { auth }),
      ...(Object.keys(headers).length > 0 && {
        headers: { value: headers, grade: 'said', evidence: 'the headers that were given' },
      }),
      ...(config.length > 0 && {
        config: { value: config, grade: 'said', evidence: 'arguments that queries require' },
      }),
    },
    streams: streams.map(({ stream }) => stream),
    credentials: vault.credentials,
    notes: [...(base ? notes : ['a schema names no address and no authentication: they are to be told']), ...refused],
  };
}

function schemaOf(text: string, name: string): GraphQLSchema {
  try {
    if (!/^\s*\{/.test(text))
      return buildSchema(text, { assumeValidSDL: true, noLocation: true, maxTokens: MAX_TOKENS });
    const root = parseDescription(text, name);
    const data = isMapping(root) && isMapping(own(root, 'data')) ? own(root, 'data') : root;
    return buildClientSchema(data as IntrospectionQuery, { assumeValid: true });
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { message, locations } = error as Error & { locations?: readonly { line: number }[] };
    const line = locations?.[0]?.line;
    throw new UserError(
      {
        where: name,
        ...(line !== undefined && { line }),
        message: `is no GraphQL schema: ${error instanceof RangeError ? 'it is nested too deeply' : message}`,
      },
      { cause: error },
    );
  }
}

/** The address of an endpoint as base and path. */
function placeOf(address: string | undefined): {
  readonly base?: Understood<string>;
  readonly path: Understood<string>;
} {
  if (address === undefined)
    return { path: { value: '/graphql', grade: 'guessed', evidence: 'most endpoints are called so' } };
  const url = new URL(address);
  const [, above = '', last = ''] = /^(.*)(\/[^/]*)$/.exec(url.pathname.replace(/\/+$/, '')) ?? [];
  const evidence = 'the address that was asked';
  return {
    base: { value: `${url.origin}${above}`, grade: 'said', evidence },
    path: { value: last || '/', grade: 'said', evidence },
  };
}
