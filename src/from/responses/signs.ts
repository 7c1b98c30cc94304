import { snakeCase } from '../../schema/infer/suggest.ts';
import { pagingRole, sizeOf } from '../requests/paging-params.ts';
import { type Beside, valuesBeside } from './beside.ts';
import { linkedNext } from './link-header.ts';
import { numberSigns } from './number-signs.ts';
import type { FirstPage, PagingSign } from './sign.ts';

const HAS_MORE = /^(?:has_?more|has_?next(?:_?page)?|more|more_results|is_?truncated)$/;
const NEXT_ADDRESS = /^next_?(?:page_?)?(?:link|url|uri|href)$/;
const NEXT_HEADER = /^(?:.*_)?next(?:_(?:page|link|url|uri))?$/;
const CURSOR_HEADER = /^(?:.*_)?(?:next_?)?(?:cursor|page_?token|continuation(?:_?token)?)$/;
const CURSOR =
  /^(?:next|next_?cursor|(?:next_?)?page_?token|next_?token|cursor|after|end_?cursor|continuation(?:_?token)?|scroll_?id|next_?page(?:_?(?:id|token|cursor))?|next_?marker|marker|offset|next_?offset|next_?start)$/;

/** The ways in which pages may go on after this one, the surest first. */
export function pagingSigns(page: FirstPage): PagingSign[] {
  const beside = valuesBeside(page.response.body, page.recordsPath);
  const more = beside.find(({ name, value }) => HAS_MORE.test(name) && typeof value === 'boolean');
  const extra = { ...(more && { has_more_path: more.path }), ...sizeOf(page.parameters) };
  return [
    ...linkSigns(page),
    ...headerSigns(page),
    ...addressSigns(beside, page),
    ...cursorSigns(beside, page, extra),
    ...keysetSigns(page, more, extra),
    ...numberSigns(page, beside, extra),
  ];
}

function linkSigns({ response, parameters }: FirstPage): PagingSign[] {
  const next = linkedNext(response.headers.link ?? '');
  if (next === undefined) return [];
  // RFC 8288 has no way to say that there is none but to leave it out.
  const pagination = { type: 'link_header', omitted_at_end: true, ...sizeOf(parameters) };
  return [followed(pagination, 'the Link header has rel=next', next)];
}

/** Headers of any name that have the address of the next page, or a cursor for it; the last page leaves them out. */
function headerSigns({ response, parameters }: FirstPage): PagingSign[] {
  const beside = Object.entries(response.headers).map(([header, value]) => ({
    header,
    name: snakeCase(header.replace(/^x-/, '')),
    value,
  }));
  const size = sizeOf(parameters);
  const addresses = beside.filter(({ name, value }) => NEXT_HEADER.test(name) && /^https?:\/\/|^\//.test(value));
  const cursors = beside.filter(({ name, value }) => CURSOR_HEADER.test(name) && value !== '' && !/\//.test(value));
  return [
    ...addresses.map(({ header, value }) => {
      const pagination = { type: 'next_url', next_url_header: canonical(header), omitted_at_end: true, ...size };
      return followed(pagination, `the header ${canonical(header)} has an address`, value);
    }),
    ...cursors.flatMap(({ header, name, value }) =>
      cursorParams(name, header, parameters).map(param => ({
        pagination: {
          ...{ type: 'cursor', cursor_param: param, cursor_header: canonical(header), omitted_at_end: true },
          ...size,
        },
        evidence: `the header ${canonical(header)} has a cursor`,
        next: { params: { [param]: value } },
        first: undefined,
        isShown: true,
      })),
    ),
  ];
}

/** Names of headers have no case; this is how they are written. */
function canonical(header: string): string {
  return header.replaceAll(/(?:^|-)[a-z]/g, letter => letter.toUpperCase());
}

function followed(pagination: PagingSign['pagination'], evidence: string, address: string): PagingSign {
  return { pagination, evidence, next: { address }, first: undefined, isShown: true };
}

function addressSigns(beside: readonly Beside[], { parameters }: FirstPage): PagingSign[] {
  return beside
    .filter(({ name, value }) => {
      if (typeof value !== 'string') return false;
      // What is called an address may be one that goes on from that of the request.
      if (NEXT_ADDRESS.test(name)) return /^[^\s]*[/?][^\s]*$/.test(value);
      return /^(?:next|next_page|.*_next)$/.test(name) && /^(?:https?:\/\/|\/|\?)/.test(value);
    })
    .map(({ path, value }) => {
      // OData, HAL and lists of links leave it out where there is none.
      const omitted = /nextLink|_links|\[rel=/.test(path) ? { omitted_at_end: true } : {};
      const pagination = { type: 'next_url', next_url_path: path, ...omitted, ...sizeOf(parameters) };
      return followed(pagination, `the response has an address at ${path}`, String(value));
    });
}

function cursorSigns(
  beside: readonly Beside[],
  { parameters }: FirstPage,
  extra: Record<string, unknown>,
): PagingSign[] {
  const cursors = beside.filter(
    ({ name, value }) =>
      CURSOR.test(name) && typeof value !== 'boolean' && value !== '' && !/^(?:https?:\/\/|\/|\?)/.test(String(value)),
  );
  return cursors.flatMap(({ path, name, value }) =>
    cursorParams(name, path, parameters).map(param => ({
      pagination: { type: 'cursor', cursor_param: param, cursor_path: path, ...extra },
      evidence: `the response has a cursor at ${path}`,
      next: { params: { [param]: String(value) } },
      first: undefined,
      // A number may as well be the offset of this page.
      isShown: typeof value === 'string',
    })),
  );
}

/** The parameters that may take the cursor of that name: those that are known to, and those that are called much the same. */
function cursorParams(name: string, path: string, parameters: Readonly<Record<string, string>>): string[] {
  const known = Object.keys(parameters).filter(param => pagingRole(param) === 'cursor');
  if (known.length > 0) return known;
  const key = /[^.\]["]+$/.exec(path)?.[0] ?? name;
  const stripped = key
    .replace(/^next[_-]?/i, '')
    .replace(/^./, letter => (/_/.test(key) ? letter : letter.toLowerCase()));
  const usual = /end_?cursor/.test(name) ? ['after'] : name === 'next' ? ['cursor', 'next', 'page'] : [];
  return [...new Set([...usual, stripped, key])].filter(Boolean).slice(0, 3);
}

/** Where a response says that there is more, and has nothing to go on by, the last record's ID is it. */
function keysetSigns(
  { records, parameters }: FirstPage,
  more: Beside | undefined,
  extra: Record<string, unknown>,
): PagingSign[] {
  const id = (records.at(-1) as { readonly id?: unknown } | undefined)?.id;
  const known = Object.keys(parameters).find(param => pagingRole(param) === 'keyset');
  if ((more?.value !== true && known === undefined) || (typeof id !== 'string' && typeof id !== 'number')) return [];
  const keyset_param = known ?? 'starting_after';
  return [
    {
      pagination: { type: 'keyset', keyset_param, keyset_field: 'id', ...extra },
      evidence: more ? `${more.path} says that there is more` : `the request's parameter ${keyset_param}`,
      next: { params: { [keyset_param]: String(id) } },
      first: undefined,
      isShown: more?.value === true,
    },
  ];
}
