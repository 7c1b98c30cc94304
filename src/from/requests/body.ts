import { isMapping } from '../../base/mapping.ts';
import type { Loss, Understood, UnderstoodAnswers } from '../described.ts';
import { isSecretName, looksRandom } from './secret-names.ts';
import type { SeenRequest } from './seen.ts';
import type { Vault } from './vault.ts';

/** The answers that a request's method and body give, and what of them can't be taken over. */
export interface BodyUnderstood {
  readonly answers: UnderstoodAnswers;
  readonly losses: readonly Loss[];
}

/** Understands a body; what is secret in it goes into the vault. */
export function understandBody({ method, body }: SeenRequest, vault: Vault): BodyUnderstood {
  if (method === 'GET' && body === '') return { answers: {}, losses: [] };
  const said = <Value>(value: Value): Understood<Value> => ({ value, grade: 'said', evidence: `a ${method} request` });
  if (body === '') return { answers: { method: said('POST') }, losses: [] };
  const value = parsed(body);
  if (value === undefined && /^[^=&\s{<]+=/.test(body)) {
    const fields = Object.fromEntries(new URLSearchParams(body));
    return { answers: { method: said(method), body: said(hidden(fields, vault)), body_as: said('form') }, losses: [] };
  }
  if (!isMapping(value))
    return {
      answers: { method: said(method) },
      losses: [loss('its body is not a JSON object', "the stream's get_pages")],
    };
  const { query, variables, ...rest } = value;
  const isGraphql = typeof query === 'string' && /^\s*(?:query\b|\{)/.test(query);
  if (isGraphql && !isMapping(variables)) return { answers: { graphql: said(query) }, losses: [] };
  if (isGraphql)
    return {
      answers: { graphql: said(query), body: said({ ...rest, variables: hidden(variables, vault) }) },
      losses: [],
    };
  return { answers: { method: said(method), body: said(hidden(value, vault)) }, losses: [] };
}

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
