import type { Understood } from '../described.ts';

/** What a request parameter is for that cuts lists into pages. */
export type PagingRole = 'page' | 'offset' | 'cursor' | 'size' | 'keyset';

/** Names in snake case, without signs such as $ and brackets. */
const ROLES: Readonly<Record<PagingRole, RegExp>> = {
  page: /^(?:page|page_?(?:number|num|no|index|idx)|pg|p|current_?page)$/,
  offset: /^(?:offset|start|skip|start_?(?:at|index)|first_?result|from|page_offset)$/,
  cursor:
    /^(?:cursor|(?:next_?)?page_?token|next_?token|next_?cursor|after|page_?cursor|page_after|continuation(?:_?token)?|scroll_?id|next_?page(?:_?(?:id|token))?|marker|bookmark|start_?cursor|paging_?token)$/,
  keyset: /^(?:starting_after|since_?id|after_?id|last_?id|start_after)$/,
  size: /^(?:limit|per_?page|page_?size|size|count|top|max_?results|results_?per_?page|page_limit|first|rows|num|pagelen|max|items_?per_?page|batch_?size|n)$/,
};

/** What a parameter is for, by its name; undefined where it has nothing to do with pages. */
export function pagingRole(name: string): PagingRole | undefined {
  const plain = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[[\].-]+/g, '_')
    .replaceAll(/^[$_]+|_+$/g, '')
    .toLowerCase();
  return (Object.keys(ROLES) as PagingRole[]).find(role => ROLES[role].test(plain));
}

/** The page size that the parameters of a request ask for, as a pagination has it. */
export function sizeOf(parameters: Readonly<Record<string, string>>): Record<string, unknown> {
  const [name, value] = Object.entries(parameters).find(([param]) => pagingRole(param) === 'size') ?? [];
  if (name === undefined) return {};
  return /^[1-9]\d{0,5}$/.test(value ?? '') ? { page_size_param: name, page_size: Number(value) } : {};
}

/** How pages go on by what the parameters are called; a cursor has to be looked for in a response. */
export function pagingOf(
  parameters: Readonly<Record<string, string>>,
): Understood<Record<string, unknown>> | undefined {
  const named = (role: PagingRole) => Object.keys(parameters).find(name => pagingRole(name) === role);
  const size = sizeOf(parameters);
  const page = named('page');
  if (page !== undefined) {
    const start = parameters[page] === '0' ? { start_page: 0 } : {};
    return guess({ type: 'page', page_param: page, ...start, ...size }, page);
  }
  const offset = named('offset');
  return offset === undefined ? undefined : guess({ type: 'offset', offset_param: offset, ...size }, offset);
}

function guess(value: Record<string, unknown>, name: string): Understood<Record<string, unknown>> {
  return { value, grade: 'guessed', evidence: `the request's parameter ${name}` };
}
