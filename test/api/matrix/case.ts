import type { Row } from '../pairwise.ts';
import type { Resource } from '../strict-server.ts';
import { type Answers, type AuthLevel, LEVELS, type Level, type ReplicationLevel, TEXTS } from './levels.ts';

export type Factor = keyof typeof LEVELS;

/** The level of a factor in a row; the first one where the row lacks it. */
export function levelOf(row: Row, factor: Factor): Level {
  return LEVELS[factor][row[factor] ?? 0] as Level;
}

/** A connector of a row, the API that it reads, and what is known of both. */
export interface Case {
  readonly levels: readonly Level[];
  readonly pagination: Answers & { readonly type: string };
  readonly replication: ReplicationLevel;
  readonly connector: Answers;
  readonly stream: Answers & { readonly schema: object };
  readonly resource: Partial<Resource>;
  readonly config: Answers;
  /** How the API authenticates, where that is one of several schemes. */
  readonly rules?: Answers & { readonly type: string };
}

export function isText(row: Row, part: 'since' | 'paging'): boolean {
  return [part, 'both'].includes(TEXTS[row.texts ?? 0] as string);
}

/** What stands where a pagination has a parameter; nothing where it has none that a text could take. */
export function pagingText({ type, ...answers }: Answers): Answers {
  const size = answers.page_size !== undefined && { limit: '{limit}' };
  const texts: Readonly<Record<string, Answers>> = {
    page: { page: '{page}' },
    offset: { offset: '{offset}', ...size },
    cursor: { [String(answers.cursor_param ?? 'cursor')]: '{cursor}', ...size },
    keyset: { starting_after: '{cursor}' },
  };
  return texts[String(type)] ?? { page: '{page}' };
}

/** The filter by the bookmark: parameters of its own, or texts. */
function filterOf(row: Row, { param, end, text = '{since}' }: ReplicationLevel): { stream: Answers; params: Answers } {
  if (isText(row, 'since')) return { stream: {}, params: { since: text, ...(end && { [end]: '{until}' }) } };
  const stream = { ...(param && { bookmark_param: param }), ...(end && { bookmark_end_param: end }) };
  return { stream, params: {} };
}

/** What a row stands for. */
export function caseOf(row: Row): Case {
  const levels = (Object.keys(LEVELS) as Factor[]).map(factor => levelOf(row, factor));
  const auth = levelOf(row, 'auth') as AuthLevel;
  const replication = levelOf(row, 'replication') as ReplicationLevel;
  const pagination = levelOf(row, 'pagination').connector?.pagination as Case['pagination'];
  const filter = filterOf(row, replication);
  const answers: Answers = Object.assign({}, ...levels.map(level => level.stream));
  const method = levelOf(row, 'method').stream ?? {};
  const parents = [answers.parent ?? [], answers.parents ?? []].flat();
  const lists = answers.parents === undefined ? {} : { list: '{list}' };
  const params = {
    ...(method.params as object),
    ...filter.params,
    ...(isText(row, 'paging') && pagingText(pagination)),
    ...lists,
  };
  const { parent: _, ...others } = answers;
  const stream = {
    ...others,
    ...filter.stream,
    // A stream has fields of one parent, or of several.
    ...(parents.length > 0 && { parents }),
    ...(isText(row, 'since') && replication.text && { bookmark_format: undefined }),
    schema: { properties: propertiesOf(levels) },
    ...(Object.keys(params).length > 0 && { params }),
  };
  return {
    levels,
    pagination,
    replication,
    connector: Object.assign({}, ...levels.map(level => level.connector)),
    stream,
    resource: resourceOf(row, levels, stream, lists),
    config: Object.assign({}, ...levels.map(level => level.config)),
    ...(auth.rules && { rules: auth.rules }),
  };
}

function propertiesOf(levels: readonly Level[]): Answers {
  const columns = { id: 'integer', name: 'string', updated_at: 'date-time' };
  const properties = Object.assign(columns, ...levels.map(level => level.properties));
  const without = levels.flatMap(level => level.without ?? []);
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !without.includes(name)));
}

/** What a strict API has of the stream. */
function resourceOf(row: Row, levels: readonly Level[], stream: Answers, lists: Answers): Partial<Resource> {
  const {
    param = 'since',
    end,
    parse,
    stream: { replication_key } = {},
  } = levelOf(row, 'replication') as ReplicationLevel;
  const method = levelOf(row, 'method').stream ?? {};
  const isFiltered = stream.bookmark_param !== undefined || isText(row, 'since');
  const { cursor_in, ...pagination } = (levelOf(row, 'pagination').connector?.pagination ?? {}) as Answers;
  const isPosted = method.method !== undefined || method.params_in !== undefined;
  return {
    ...Object.assign({}, ...levels.map(level => level.api)),
    path: levelOf(row, 'base').stream ? '/v2/items' : '/items',
    method: isPosted ? 'POST' : 'GET',
    ...(isPosted && { bodyAs: method.body_as === 'form' ? 'form' : 'json' }),
    headers: Object.assign({}, ...levels.map(level => level.api?.headers)),
    params: {
      ...(method.params as Record<string, string>),
      ...(lists.list !== undefined && { list: /^(?:old|new)$/ }),
    },
    // Where a text has the cursor, it stands where that does.
    pagination: {
      ...DEFAULTS[String(pagination.type)],
      ...pagination,
      ...(cursor_in !== undefined && !isText(row, 'paging') && { cursor_in }),
    },
    ...(isFiltered && {
      bookmark: { param, field: String(replication_key), ...(parse && { parse }) },
      ...(end && { bookmarkEnd: end }),
    }),
  };
}

/** What paginations have where their answers don't say it. */
const DEFAULTS: Readonly<Record<string, Answers>> = {
  page: { page_param: 'page', start_page: 1 },
  offset: { offset_param: 'offset' },
  cursor: { cursor_param: 'cursor' },
  keyset: { keyset_param: 'starting_after', keyset_field: 'id' },
};
