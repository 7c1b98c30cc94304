import { type Node, own } from '../../schema/infer/untyped.ts';
import { given, parametersOf, part } from './manifest.ts';
import { lost, NOTHING, type Part, together } from './parts.ts';
import { type Stop, stopOf } from './stop.ts';
import { accessIn, type Context, configuredNumber, pathOf, plainContext, translated } from './template.ts';

const INSTEAD = 'the answer pagination, or get_records of the stream';

/** What stands round a pagination. */
export interface PagingContext {
  /** Where the records are. */
  readonly records: unknown;
  /** True where the request itself has {page}, {offset} or {cursor}. */
  readonly hasToken: boolean;
  /** True where the request counts its offsets from one. */
  readonly startsLater: boolean;
  readonly context: Context;
}

/** In place of the name of a parameter: none is sent. */
const IN_REQUEST = ' ';

function asked(key: string, field: string): Node {
  return field === IN_REQUEST ? {} : { [key]: field };
}

/** The pagination of a retriever. */
export function paginationPart(retriever: Node, { records, hasToken, startsLater, context }: PagingContext): Part {
  const paginator = part(retriever, 'paginator');
  if (!paginator || own(paginator, 'type') === 'NoPagination')
    return { answers: { pagination: { type: 'none' } }, losses: [] };
  const strategy = part(paginator, 'pagination_strategy');
  if (own(paginator, 'type') !== 'DefaultPaginator' || !strategy)
    return lost('its paginator is Python of its own', INSTEAD);
  const token = part(paginator, 'page_token_option');
  // The request may have the token itself, as {page} and the like.
  const field =
    token === undefined && hasToken
      ? IN_REQUEST
      : own(token ?? {}, 'type') === 'RequestPath'
        ? ''
        : fieldOf(token ?? {});
  const size = sizeOf(paginator, strategy, context);
  const unsaid = own(size, 'page_size') === undefined ? sizeLoss(paginator, strategy) : NOTHING;
  return together([paging(strategy, { field, token, size, records }, startsLater), unsaid]);
}

function paging(
  strategy: Node,
  asking: Omit<Asking, 'field'> & { readonly field: string | undefined },
  startsLater: boolean,
): Part {
  const { field, token, size } = asking;
  if (field === undefined)
    return lost(`pages are asked for by a ${own(token ?? {}, 'inject_into') ?? 'part'} that no answer names`, INSTEAD);
  const kind = own(strategy, 'type');
  if (kind === 'PageIncrement') {
    const start = own(strategy, 'start_from_page') ?? 0;
    if (typeof start !== 'number') return lost('the number of the first page is a template', INSTEAD);
    return paged({ type: 'page', ...asked('page_param', field), start_page: start, ...size }, token);
  }
  if (kind === 'OffsetIncrement') {
    const first = startsLater ? { start_offset: 1 } : {};
    return paged({ type: 'offset', ...asked('offset_param', field), ...first, ...size }, token);
  }
  if (kind === 'CursorPagination') return cursor(strategy, { ...asking, field });
  return lost(`its pagination is ${kind}`, INSTEAD);
}

/** The name of the parameter or field of the body that an option sets; undefined where it goes elsewhere. */
export function fieldOf(option: Node): string | undefined {
  const name = own(option, 'field_name') ?? (own(option, 'field_path') as unknown[] | undefined)?.join?.('.');
  const place = own(option, 'inject_into');
  const plain = translated(name, plainContext(parametersOf(option)));
  const isKnown = place === 'request_parameter' || place === 'body_json' || place === 'body_data';
  return isKnown && plain !== undefined && plain !== '' && !plain.includes('{') ? plain : undefined;
}

/** True for an option that goes into a body. */
export function inBody(option: Node): boolean {
  return own(option, 'inject_into') === 'body_json' || own(option, 'inject_into') === 'body_data';
}

function paged(pagination: Node, token: Node | undefined): Part {
  return { answers: { pagination, ...(token && inBody(token) && { params_in: 'body' }) }, losses: [] };
}

/** The page size is sent only where there is an option for it. It may be configured. */
function sizeOf(paginator: Node, strategy: Node, context: Context): Node {
  const option = part(paginator, 'page_size_option');
  const size = given(strategy, 'page_size') ?? given(paginator, 'page_size');
  const name = option && fieldOf(option);
  if (name === undefined) return {};
  const whole = Number(size);
  if (Number.isInteger(whole) && whole > 0) return { page_size_param: name, page_size: whole };
  const key = configuredNumber(size, context);
  return key === undefined ? {} : { page_size_param: name, page_size: `{${key}}` };
}

/** What is asked for and can't be said is told; where nothing is asked for, pages are as long as the API makes them. */
function sizeLoss(paginator: Node, strategy: Node): Part {
  const size = given(strategy, 'page_size') ?? given(paginator, 'page_size');
  const option = part(paginator, 'page_size_option');
  const isAsked =
    option !== undefined && own(option, 'field_name') !== '' && size !== undefined && size !== null && size !== '';
  return isAsked ? lost(`the page size is ${shown(size)}`, 'the answer page_size of pagination') : NOTHING;
}

interface Asking {
  readonly field: string;
  readonly token: Node | undefined;
  readonly size: Node;
  /** Where the records are. */
  readonly records: unknown;
}

function cursor(strategy: Node, { field, token, size, records }: Asking): Part {
  const plus = /^\s*(\{\{.*?)\s*\+\s*(\d+)\s*\}\}\s*$/s.exec(String(own(strategy, 'cursor_value')));
  const value = accessIn(plus ? `${plus[1]} }}` : withoutCare(own(strategy, 'cursor_value')));
  if (!value || (plus && value.root !== 'last_record'))
    return lost(`the next page is told by ${shown(own(strategy, 'cursor_value'))}`, INSTEAD);
  const { root, steps } = value;
  const isLink = root === 'headers' && /^link$/i.test(steps[0] ?? '') && steps[1] === 'next';
  const stop = stopOf(own(strategy, 'stop_condition'), {
    cursor: value,
    records,
    isSized: size.page_size !== undefined,
  });
  if (!stop)
    return lost(
      `the last page is told by ${shown(own(strategy, 'stop_condition'))}`,
      'the answer last_page_when of pagination',
    );
  const last = lastOf(stop);
  const param = isLink && field !== '' ? steps[2] : undefined;
  if (param !== undefined && param !== 'url')
    return paged({ type: 'cursor', cursor_param: field, cursor_link: param, ...last, ...size }, token);
  if (isLink) return paged({ type: 'link_header', ...last, ...size }, token);
  if (field === '') {
    if (root === 'response') return paged({ type: 'next_url', next_url_path: pathOf(steps), ...last, ...size }, token);
    if (root === 'headers') return paged({ type: 'next_url', next_url_header: steps[0], ...last, ...size }, token);
  } else {
    const more = { ...stop, ...(stop.has_more_path === undefined && last) };
    if (root === 'response')
      return paged(
        { type: 'cursor', ...asked('cursor_param', field), cursor_path: pathOf(steps), ...more, ...size },
        token,
      );
    if (root === 'headers' && steps.length === 1)
      return paged({ type: 'cursor', cursor_param: field, cursor_header: steps[0], ...more, ...size }, token);
    if (root === 'last_record')
      return paged(
        {
          type: 'keyset',
          keyset_param: field,
          keyset_field: pathOf(steps),
          ...(plus && { keyset_plus: Number(plus[2]) }),
          ...stop,
          ...size,
        },
        token,
      );
  }
  return lost(`the next page is told by ${shown(own(strategy, 'cursor_value'))}`, INSTEAD);
}

/** `x if last_record else None` is `x`: without a record no page follows anyway. */
function withoutCare(value: unknown): unknown {
  return typeof value === 'string'
    ? value.replace(/\s+if\s+last_record\s+else\s+(?:None|''|"")\s*\}\}/i, ' }}')
    : value;
}

/** What is missing at the end ends as well, where nothing else is said to. */
function lastOf({ last_page_when, has_more_path }: Stop): Node {
  // Addresses are followed until a response says otherwise.
  if (has_more_path !== undefined) return { last_page_when: { path: has_more_path, not: true }, omitted_at_end: true };
  if (last_page_when === undefined) return { omitted_at_end: true };
  return { last_page_when, ...(last_page_when.empty === true && { omitted_at_end: true }) };
}

/** A template as messages show it. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const plain = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return plain.length > 120 ? `${plain.slice(0, 119)}…` : plain;
}
