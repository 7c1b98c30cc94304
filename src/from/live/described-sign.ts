import { isFault, parsePath, valuesAt } from '../../base/paths.ts';
import type { DescribedStream } from '../described.ts';
import { linkedNext } from '../responses/link-header.ts';
import type { FirstPage, NextRequest, PagingSign } from '../responses/sign.ts';
import { names } from './request.ts';

type Pagination = Readonly<Record<string, unknown>>;

/** How pages go on as a stream is described, as a sign that can be tried; undefined where the first page has nothing to go on by. */
export function describedSign(
  { answers }: DescribedStream,
  pagination: Pagination | undefined,
  page: FirstPage,
): PagingSign | undefined {
  const next = pagination && nextOf(answers, pagination, page);
  if (!pagination || !next) return undefined;
  return { pagination, evidence: 'it goes on as it is described', isShown: false, ...next };
}

type Next = Pick<PagingSign, 'next' | 'first' | 'zero'>;

function nextOf(answers: DescribedStream['answers'], pagination: Pagination, page: FirstPage): Next | undefined {
  const { response, records } = page;
  const at = (path: unknown) => valueAt(response.body, path);
  const text = (key: string, otherwise: string) => String(pagination[key] ?? otherwise);
  const header = (name: unknown) => response.headers[String(name).toLowerCase()];
  const by = (value: unknown, name: string, param: string): Next | undefined =>
    value === undefined || value === null || value === ''
      ? undefined
      : { next: placed(answers, name, param, String(value)), first: undefined };
  const leads = (address: unknown): Next | undefined =>
    typeof address === 'string' && address !== '' ? { next: { address }, first: undefined } : undefined;
  switch (pagination.type) {
    case 'cursor':
      if (pagination.has_more_path !== undefined && at(pagination.has_more_path) === false) return undefined;
      return by(
        at(pagination.cursor_path) ?? header(pagination.cursor_header),
        'cursor',
        text('cursor_param', 'cursor'),
      );
    case 'next_url':
      return leads(at(pagination.next_url_path) ?? header(pagination.next_url_header));
    case 'link_header':
      return leads(linkedNext(header('link') ?? ''));
    case 'keyset':
      return by(valueAt(records.at(-1), pagination.keyset_field ?? 'id'), '', text('keyset_param', 'after'));
    case 'offset':
      return by(records.length, 'offset', text('offset_param', 'offset'));
    case 'page': {
      const start = Number(pagination.start_page ?? 1);
      const param = text('page_param', 'page');
      const next = by(start + 1, 'page', param);
      return next && 'params' in next.next ? { ...next, first: { [param]: String(start) } } : next;
    }
    default:
      return undefined;
  }
}

/** Where the request itself says by a name in braces where the value stands, it is no parameter. */
function placed(answers: DescribedStream['answers'], name: string, param: string, value: string): NextRequest {
  return name !== '' && names(name, answers) ? { names: { [name]: value } } : { params: { [param]: value } };
}

function valueAt(value: unknown, path: unknown): unknown {
  const steps = typeof path === 'string' ? parsePath(path) : undefined;
  return steps === undefined || isFault(steps) ? undefined : valuesAt(value, steps)[0];
}
