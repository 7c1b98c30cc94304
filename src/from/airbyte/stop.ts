import { type Access, access, pathOf } from './template.ts';

/** What a condition is held against. */
export interface Stopping {
  /** Where the next page is told. */
  readonly cursor: Access;
  /** Where the records are. */
  readonly records: unknown;
  /** True where a page size is asked for. */
  readonly isSized: boolean;
}

/** What tells the last page beside the cursor, as answers have it. */
export interface Stop {
  readonly has_more_path?: string;
  readonly last_page_when?: Readonly<Record<string, unknown>>;
}

/** A condition of the last page; undefined where no answer says it. A cursor that is missing or empty ends of its own accord. */
export function stopOf(condition: unknown, stopping: Stopping): Stop | undefined {
  if (condition === undefined || condition === '' || condition === false) return {};
  const text = /^\s*\{\{\s*(.*?)\s*\}\}\s*$/s.exec(String(condition))?.[1];
  if (text === undefined) return undefined;
  const stops = text.split(/\s+or\s+/).map(term => termOf(term, stopping));
  if (stops.some(stop => stop === undefined)) return undefined;
  const said = (stops as Stop[]).filter(stop => Object.keys(stop).length > 0);
  return said.length > 1 ? undefined : (said[0] ?? {});
}

function termOf(term: string, { cursor, records, isSized }: Stopping): Stop | undefined {
  if (/^(?:last_page_size\s*==\s*0|not\s+last_record)$/.test(term)) {
    // A path to several lists is none to one value: the list that has them is.
    const [list = ''] = typeof records === 'string' ? records.split(/\.?\*/) : [];
    return list === '' ? {} : { last_page_when: { path: list, empty: true } };
  }
  if (/^last_page_size\s*<\s*[\d_]+$/.test(term)) return isSized ? { last_page_when: { short_page: true } } : undefined;
  const absent = /^'([^']+)'\s+not\s+in\s+(.*)$/.exec(term);
  if (absent) return isCursor(access(`${absent[2]}['${absent[1]}']`), cursor) ? {} : undefined;
  const falsy =
    /^not\s+(.*)$/.exec(term)?.[1] ??
    /^(.*?)\s*(?:is\s+(?:none|undefined|false)|==\s*(?:none|false|''|""))$/i.exec(term)?.[1];
  if (falsy !== undefined) return falsyStop(access(falsy), term, cursor);
  const [, name, text, other] = /^(.*?)\s*==\s*(?:['"]([^'"]*)['"]|(\d+|true))$/i.exec(term) ?? [];
  const found = access(name ?? term);
  const [link, next, value] = found?.steps ?? [];
  if (found?.root === 'headers' && link === 'link' && next === 'next' && value !== undefined && text !== undefined)
    return { last_page_when: { link: value, equals: text } };
  if (found?.root !== 'response') return undefined;
  const equals = name === undefined || /^true$/i.test(other ?? '') ? true : (text ?? Number(other));
  return { last_page_when: { path: pathOf(found.steps), equals } };
}

function falsyStop(found: Access | undefined, term: string, cursor: Access): Stop | undefined {
  if (isCursor(found, cursor)) return {};
  const isFlag = !/is\s+(?:none|undefined)|''|""|==\s*none/i.test(term);
  return found?.root === 'response' && isFlag ? { has_more_path: pathOf(found.steps) } : undefined;
}

/** True for the cursor itself, and for what it stands in. */
function isCursor(found: Access | undefined, { root, steps }: Access): boolean {
  return found?.root === root && found.steps.every((step, index) => step === steps[index]);
}
