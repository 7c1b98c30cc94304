import { mapValues, omitBy, pickBy } from 'lodash-es';
import { isMapping } from '../../base/mapping.ts';
import type { Loss, Understood, UnderstoodAnswers } from '../described.ts';
import { pagingRole } from './paging-params.ts';
import { isSecretName, looksRandom } from './secret-names.ts';
import type { SeenRequest } from './seen.ts';
import type { Vault } from './vault.ts';

/** The answers that a request's method and body give, and what of them can't be taken over. */
export interface BodyUnderstood {
  readonly answers: UnderstoodAnswers;
  /** The fields that cut lists into pages, as texts, where the request has its parameters in the body. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly losses: readonly Loss[];
}

/** Understands a body; what is secret in it goes into the vault. */
export function understandBody(request: SeenRequest, vault: Vault): BodyUnderstood {
  const { method, body } = request;
  if (method === 'GET' && body === '') return { ...NOTHING, answers: {} };
  const said = <Value>(value: Value): Understood<Value> => ({ value, grade: 'said', evidence: `a ${method} request` });
  if (body === '') return { ...NOTHING, answers: { method: said('POST') } };
  const value = parsed(body);
  if (value === undefined && /^[^=&\s{<]+=/.test(body)) {
    const { answers, parameters } = fieldsOf(Object.fromEntries(new URLSearchParams(body)), request, vault);
    return { ...NOTHING, answers: { method: said(method), ...answers, body_as: said('form') }, parameters };
  }
  if (!isMapping(value))
    return {
      ...NOTHING,
      answers: { method: said(method) },
      losses: [loss('its body is not a JSON object', "the stream's get_pages")],
    };
  const { query, variables, ...rest } = value;
  const isGraphql = typeof query === 'string' && /^\s*(?:query\b|\{)/.test(query);
  if (isGraphql && !isMapping(variables)) return { ...NOTHING, answers: { graphql: said(query) } };
  if (isGraphql)
    return {
      ...NOTHING,
      answers: { graphql: said(query), body: said({ ...rest, variables: hidden(variables, vault) }) },
    };
  const { answers, parameters } = fieldsOf(value, request, vault);
  return { ...NOTHING, answers: { method: said(method), ...answers }, parameters };
}

/** The fields of a body; where the address has no parameters, those of paging are among these. */
function fieldsOf(fields: Readonly<Record<string, unknown>>, { method, url }: SeenRequest, vault: Vault) {
  const isInBody = url.search === '';
  const isPaging = (_: unknown, name: string) => isInBody && pagingRole(name) !== undefined;
  const others = omitBy(fields, isPaging);
  const evidence = `a ${method} request`;
  return {
    answers: {
      ...(Object.keys(others).length > 0 && {
        body: { value: hidden(others, vault), grade: 'said' as const, evidence },
      }),
      ...(isInBody && { params_in: { value: 'body', grade: 'said' as const, evidence } }),
    },
    parameters: mapValues(pickBy(fields, isPaging), String),
  };
}

const NOTHING = { losses: [], parameters: {} } as const;

function loss(what: string, instead: string): Loss {
  return { what, instead };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The fields of a request's body that have to do with pages, as texts. */
export function sentFields({ body }: SeenRequest): Readonly<Record<string, string>> {
  const value = parsed(body);
  const fields = isMapping(value) ? value : Object.fromEntries(new URLSearchParams(body));
  return mapValues(
    pickBy(fields, (_, name) => pagingRole(name) !== undefined),
    String,
  );
}

/** A value of a body with {key} in the places of its secrets. */
function hidden(value: unknown, vault: Vault, name = ''): unknown {
  if (Array.isArray(value)) return value.map(item => hidden(item, vault, name));
  if (isMapping(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner, vault, key)]));
  if (typeof value !== 'string') return value;
  return isSecretName(name) || looksRandom(value)
    ? vault.kept(name, value, `The field ${name} of the body`)
    : vault.plain(value);
}
