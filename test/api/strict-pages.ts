import { get, set } from 'lodash-es';
import { said } from './strict-auth.ts';
import type { Reply, Resource, Seen } from './strict-server.ts';

/** The most records that a page has, whatever is asked for. */
export const MAX_PAGE = 3;

type Rules = Record<string, unknown> & { readonly type?: string };

/** The records of one page, as the pagination of the answers describes it. */
export function pageOf(resource: Resource, seen: Seen, authParams: readonly string[]): Reply {
  const rules: Rules = { ...resource.pagination, ...(resource.followed && { after_param: 'after' }) };
  const odd = oddHeader(resource, seen.headers);
  if (odd !== undefined) return { status: 400, body: { message: `the header ${odd} is another` } };
  const unlike = oddBody(resource, seen);
  if (unlike !== undefined) return { status: 400, body: { message: unlike } };
  const asked = readParams(resource, seen, rules);
  const unknown = [...asked.rest].find(name => !authParams.includes(name));
  if (unknown !== undefined && !resource.anyParams)
    return { status: 400, body: { message: `unknown parameter ${unknown}` } };
  const wrong = Object.entries(resource.params ?? {}).find(([name, wanted]) => {
    const value = String(asked.fixed[name]);
    return wanted instanceof RegExp ? !wanted.test(value) : value !== said(wanted);
  });
  if (wrong) return { status: 400, body: [`${wrong[0]} must be ${wrong[1]}`] };
  const { bookmark } = resource;
  const since = asked.bookmark === undefined ? undefined : (bookmark?.parse ?? Date.parse)(asked.bookmark);
  const records = resource.records.filter(
    record =>
      since === undefined || record[bookmark?.field ?? ''] === null || time(record[bookmark?.field ?? '']) >= since,
  );
  const end = asked.end === undefined ? undefined : (bookmark?.parse ?? Date.parse)(asked.end);
  const within = end === undefined ? records : records.filter(record => time(record[bookmark?.field ?? '']) < end);
  return cut(resource, rules, within, asked.paging, seen);
}

interface Asked {
  readonly paging: Record<string, unknown>;
  readonly fixed: Record<string, unknown>;
  readonly bookmark?: string;
  readonly end?: string;
  /** What nobody knows. */
  readonly rest: Set<string>;
}

/** Takes what the stream and the pagination know out of the query and the body. */
function readParams(
  { params = {}, paramsIn = 'query', body = {}, bookmark, bookmarkEnd }: Resource,
  seen: Seen,
  rules: Rules,
): Asked {
  const fields = seen.body ?? seen.form;
  const rest = new Set([...seen.params.keys(), ...leaves(fields)].filter(name => get(body, name) === undefined));
  const pagingIn = rules.cursor_in ?? paramsIn;
  const take = (name: string, place: unknown) => {
    const value = place === 'body' ? get(fields, name) : (seen.params.get(name) ?? undefined);
    if (value !== undefined) rest.delete(name);
    return value;
  };
  const names = Object.entries(rules).filter(([key]) => key.endsWith('_param'));
  return {
    // What follows an address is in the query, whatever the method.
    paging: Object.fromEntries(
      names.map(([key, name]) => [key, take(String(name), key === 'after_param' ? 'query' : pagingIn)]),
    ),
    fixed: Object.fromEntries(Object.keys(params).map(name => [name, take(name, paramsIn)])),
    bookmark: bookmark && (take(bookmark.param, paramsIn) as string | undefined),
    end: bookmarkEnd === undefined ? undefined : (take(bookmarkEnd, paramsIn) as string | undefined),
    rest,
  };
}

/** The header of a resource that a request hasn't as it should. */
export function oddHeader({ headers = {} }: Resource, sent: Seen['headers']): string | undefined {
  return Object.keys(headers).find(name => sent[name.toLowerCase()] !== headers[name]);
}

/** What is wrong with a body, beside what changes in it. */
function oddBody({ body = {}, bodyAs }: Resource, seen: Seen): string | undefined {
  const fields = seen[bodyAs === 'form' ? 'form' : 'body'];
  if (bodyAs !== undefined && fields === undefined) return `no ${bodyAs}, but ${seen.headers['content-type']}`;
  const text = (value: unknown) => (bodyAs === 'form' ? String(value) : value);
  // What other {names} stand for changes.
  const fixed = leaves(body).filter(name => !/\{/.test(said(get(body, name))));
  const wrong = fixed.find(name => {
    const wanted = get(body, name);
    return get(fields, name) !== (typeof wanted === 'string' ? said(wanted) : text(wanted));
  });
  return wrong && `${wrong} is ${JSON.stringify(get(fields, wrong))}`;
}

function leaves(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return prefix ? [prefix] : [];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, prefix ? `${prefix}.${key}` : key));
}

function cut(
  resource: Resource,
  rules: Rules,
  records: readonly Record<string, unknown>[],
  paging: Record<string, unknown>,
  seen: Seen,
): Reply {
  const size = Math.min(MAX_PAGE, Number(paging.page_size_param ?? MAX_PAGE));
  const start = startOf(rules, records, paging, size);
  const end = rules.type === 'none' || rules.type === 'job' ? records.length : start + size;
  const page = records.slice(start, end);
  const more = end < records.length;
  const envelope =
    resource.envelope ?? (found => (resource.recordsPath ? set({}, resource.recordsPath, found) : found));
  if (resource.missing && page.length === 0) return { status: 404, body: { message: 'no such records' } };
  const body = envelope(page);
  const headers: Record<string, string> = resource.type ? { 'Content-Type': resource.type } : {};
  const put = (path: unknown, value: unknown) => typeof path === 'string' && set(body as object, path, value);
  put(rules.has_more_path, more);
  put((rules.last_page_when as { path?: string } | undefined)?.path, !more);
  put(rules.total_path, records.length);
  put(rules.total_pages_path, Math.ceil(records.length / size));
  const putNext = (href: string | null) => {
    const { next_url_path: path, next_url_header: header } = rules;
    const choice = /^(.*)\[(.*)=(.*)\]\.(.*)$/.exec(String(path));
    if (header !== undefined) href !== null && Object.assign(headers, { [String(header)]: href });
    else if (!choice) put(path, href);
    else if (href !== null) {
      const [, list, field, value, key] = choice as unknown as string[];
      (get(body, list as string) as object[]).push({ [field as string]: value, [key as string]: href });
    }
  };
  if (rules.type === 'cursor') {
    put(rules.cursor_path, more ? `c${end}` : null);
    if (more && rules.cursor_header) headers[String(rules.cursor_header)] = `c${end}`;
  }
  const next = new URL(`${seen.path}?${seen.params}`, seen.origin);
  next.searchParams.set('after', String(end));
  if (rules.type === 'next_url')
    putNext(more ? (resource.followed === 'relative' ? next.pathname + next.search : next.href) : null);
  if (rules.type === 'link_header' && more)
    headers.Link = `<${seen.origin}/first>; rel="first", <${next.href}>; rel="next last"; title="a, b"`;
  return { body: resource.write?.(body) ?? body, headers };
}

function startOf(
  rules: Rules,
  records: readonly Record<string, unknown>[],
  paging: Record<string, unknown>,
  size: number,
): number {
  switch (rules.type) {
    case 'page':
      return (Number(paging.page_param) - Number(rules.start_page ?? 1)) * size;
    case 'offset':
      return Number(paging.offset_param);
    case 'cursor':
      return Number(String(paging.cursor_param ?? 'c0').slice(1));
    case 'keyset': {
      const last = paging.keyset_param;
      return last === undefined
        ? 0
        : records.findIndex(record => String(record[String(rules.keyset_field ?? 'id')]) === String(last)) + 1;
    }
    default:
      return Number(paging.after_param ?? 0);
  }
}

function time(value: unknown): number {
  if (typeof value !== 'number') return Date.parse(String(value));
  return value > 1e11 ? value : value * 1000;
}
