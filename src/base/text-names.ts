/** Names in braces that have a meaning of their own, and so are no configuration keys. */
export const MOMENTS = ['since', 'until', 'today', 'now'] as const;
export const PAGING = ['page', 'offset', 'cursor', 'limit'] as const;

/** Those that change within a run, which requests are filled with one by one. */
const CHANGING: readonly string[] = ['since', 'until', ...PAGING];

/** Those that the client has beside the configuration, from its start on. */
export const CLOCK: readonly string[] = ['today', 'now'];

const OWN: readonly string[] = [...MOMENTS, ...PAGING];

/** What is easily taken for one of them. */
const MISTAKES: Readonly<Record<string, string>> = {
  bookmark: 'since',
  last_bookmark: 'since',
  start_date: 'since',
  since_date: 'since',
  end_date: 'until',
  until_date: 'until',
  page_number: 'page',
  page_size: 'limit',
  next_cursor: 'cursor',
};

/** True for a name that is no configuration key and no field of a parent. */
export function isOwnName(name: string): boolean {
  return OWN.includes(name);
}

/** True for what changes within a run. */
export function changes(name: string): boolean {
  return CHANGING.includes(name);
}

/** True for where a pagination is. */
export function isPaging(name: string): boolean {
  return (PAGING as readonly string[]).includes(name);
}

/** True for what has a format: a moment. */
export function isMoment(name: string): boolean {
  return (MOMENTS as readonly string[]).includes(name);
}

/** The name of ours that was meant by another. */
export function meantBy(name: string): string | undefined {
  return MISTAKES[name];
}

/** True for a parameter that isn't sent, since what it has stands in texts. */
export function isPlace(param: string): boolean {
  return CHANGING.some(name => param === `{${name}}`);
}
