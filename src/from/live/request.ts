import { isMapping } from '../../base/mapping.ts';
import { placeholdersIn, textsIn } from '../../base/placeholders.ts';
import type { DescribedStream, Understood } from '../described.ts';
import { pagingRole } from '../requests/paging-params.ts';
import type { NextRequest } from '../responses/sign.ts';
import type { LiveRequest } from './client.ts';
import { filled, type Values, withoutOpen } from './texts.ts';

/** What a stream's requests have from the API or of their own. */
export interface Place {
  /** The base URL, filled in and without a slash at its end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pagination: Understood<Readonly<Record<string, unknown>>> | undefined;
}

type Request = Pick<LiveRequest, 'url' | 'method' | 'headers' | 'body'> & { readonly sent: Record<string, string> };

/** The request for a page of a stream: the first, or another. */
export function requestFor(
  { answers, parameters }: DescribedStream,
  { base, headers, pagination }: Place,
  known: Values,
  next: NextRequest | undefined,
): Request {
  const { path, params, body, body_as, method, graphql, variables, params_in } = answers;
  const values = { ...firstNames(pagination?.value), ...known, ...(next && 'names' in next ? next.names : {}) };
  const inPath = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)]));
  const own = new URL(`${base}/${filled(path.value, inPath).replace(/^\//, '')}`);
  const asked = {
    ...sizes(parameters, pagination?.value),
    ...filled(withoutOpen(params?.value ?? {}, values), values),
    ...(next && 'params' in next ? next.params : {}),
  };
  const isInBody = params_in?.value === 'body' || pagination?.value.cursor_in === 'body';
  if (!isInBody) for (const [name, value] of Object.entries(asked)) own.searchParams.set(name, String(value));
  // Not all servers take a plus for a space, as in `updated_at ge 2024-01-01`.
  own.search = own.search.replaceAll('+', '%20');
  const fields = {
    ...(graphql && { query: graphql.value }),
    ...filled(body?.value ?? {}, values),
    ...(isInBody && (body_as?.value === 'form' ? asked : typed(asked))),
    ...(isMapping(variables?.value) && { variables: filledVariables(variables.value, values) }),
  };
  const isPosted = method?.value === 'POST' || graphql !== undefined || Object.keys(fields).length > 0;
  const json = isPosted && (isInBody || body || graphql) ? fields : undefined;
  return {
    url: next && 'address' in next ? addressed(next.address, own) : own,
    method: method?.value ?? (isPosted ? 'POST' : 'GET'),
    headers: filled(withoutOpen(headers, values), values),
    body: json && body_as?.value === 'form' ? new URLSearchParams(json as Record<string, string>) : json,
    sent: isInBody ? asked : {},
  };
}

/** True where a request has a name in braces, so that no parameter of its own is sent. */
export function names(name: string, { params, body, path, variables }: DescribedStream['answers']): boolean {
  const texts = textsIn([params?.value, body?.value, path.value, variables?.value]);
  return placeholdersIn(texts).some(each => each.name === name);
}

/** What the names of paging stand for in a first request. */
function firstNames(pagination: Readonly<Record<string, unknown>> | undefined): Values {
  const { type, page_size, start_page } = pagination ?? {};
  return {
    ...(page_size !== undefined && { limit: String(page_size) }),
    ...(type === 'page' && { page: String(start_page ?? 1) }),
    ...(type === 'offset' && { offset: '0' }),
  };
}

/** The page size as it was seen in a request, or as the pagination has it. */
function sizes(
  parameters: Readonly<Record<string, string>>,
  pagination: Readonly<Record<string, unknown>> | undefined,
): Record<string, string> {
  const { page_size_param, page_size } = pagination ?? {};
  const seen = Object.entries(parameters).filter(([name, value]) => value !== '' && pagingRole(name) === 'size');
  return {
    ...(page_size_param !== undefined && page_size !== undefined && { [String(page_size_param)]: String(page_size) }),
    ...Object.fromEntries(seen),
  };
}

/** Parameters as JSON has them: sizes and positions are numbers, cursors stay texts. */
function typed(params: Readonly<Record<string, string>>): Record<string, unknown> {
  const isNumber = (name: string, value: string) =>
    /^\d{1,9}$/.test(value) && ['size', 'page', 'offset'].includes(pagingRole(name) ?? '');
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, isNumber(name, value) ? Number(value) : value]),
  );
}

/** A variable that is nothing but a size or a position is a number. */
function filledVariables(variables: Readonly<Record<string, unknown>>, values: Values): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(withoutOpen(variables, values)).map(([name, text]) => {
      const value = filled(text, values);
      return [name, /^\{(?:limit|page|offset)\}$/.test(String(text)) ? Number(value) : value];
    }),
  );
}

/** An address that is none is taken for what it is asked from, which shows nothing. */
function addressed(address: string, from: URL): URL {
  return URL.canParse(address, from.href) ? new URL(address, from) : from;
}
