import { omit } from 'lodash-es';
import type { Grade, StreamUnderstood, Understood } from '../described.ts';
import { recordsAtPath } from '../responses/records.ts';
import type { FirstPage } from '../responses/sign.ts';
import type { LiveAnswer, LiveFailure } from './client.ts';
import { type Filter, filtersFor } from './filter-names.ts';
import { momentColumns, momentOf, type Written, writtenAs } from './moments.ts';
import type { AskPage } from './pages.ts';

type Row = Readonly<Record<string, unknown>>;

/** A filter that an API has shown to have. */
export interface FoundFilter {
  readonly filter: Filter;
  /** The answer bookmark_format; undefined for ISO 8601 in UTC. */
  readonly format: string | undefined;
  readonly grade: Grade;
  readonly evidence: string;
}

/** How many parameters are tried one by one, where the API refuses many at once. */
const MAX_SINGLE = 12;

/** What a page shows of a filter by a moment in the middle of the first one. */
interface Outcome {
  /** All records are later, and none is missing; or as many as a page has are, of which some may be on another page. */
  readonly is: 'whole' | 'page' | 'ignored' | 'none' | 'refused' | 'other' | 'failed';
  readonly count: number;
}

/**
 * Looks for the parameter by which an API gives what changed since a moment, by asking for what is later than the middle of the first
 * page; what other streams have shown goes first. Undefined where nothing shows one.
 */
export async function findFilter(
  column: string,
  page: FirstPage,
  known: readonly string[],
  ask: AskPage,
): Promise<FoundFilter | undefined> {
  const middle = middleOf(column, page.records as readonly Row[]);
  if (!middle) return undefined;
  const all = filtersFor(column, page).filter(({ isNamed }) => isNamed || middle.isAlone);
  const [proven, open] = [true, false].map(is => all.filter(({ style }) => known.includes(style) === is));
  const search = new Search(middle, page, ask);
  const filter = (await search.first(proven ?? [])) ?? (known.length > 0 ? undefined : await search.any(open ?? []));
  return filter && search.proof(filter);
}

/** A moment by which the records of a page are cut in two. */
interface Middle {
  readonly column: string;
  readonly written: Written;
  readonly moment: number;
  /** True where no other column of moments would cut the page alike. */
  readonly isAlone: boolean;
}

function middleOf(column: string, records: readonly Row[]): Middle | undefined {
  const written = writtenAs(records.map(record => record[column]));
  if (!written) return undefined;
  const floor = (value: unknown) => Math.floor(momentOf(value, written) / written.unit) * written.unit;
  const moments = [...new Set(records.map(record => floor(record[column])))].sort((a, b) => a - b).slice(1);
  const others = momentColumns(records).filter(name => name !== column);
  const earlier = (moment: number) => records.filter(record => floor(record[column]) < moment).length;
  const middles = moments.map(moment => ({
    moment,
    isAlone: others.every(name => {
      const its = writtenAs(records.map(record => record[name])) as Written;
      return records.some(
        record => momentOf(record[name], its) < moment !== momentOf(record[column], written) < moment,
      );
    }),
    distance: Math.abs(earlier(moment) - records.length / 2),
  }));
  const [best] = middles.sort((a, b) => Number(b.isAlone) - Number(a.isAlone) || a.distance - b.distance);
  return best && { column, written, moment: best.moment, isAlone: best.isAlone };
}

class Search {
  readonly #middle: Middle;
  readonly #page: FirstPage;
  readonly #ask: AskPage;
  /** What single parameters have shown. */
  readonly #outcomes = new Map<Filter, Outcome>();

  constructor(middle: Middle, page: FirstPage, ask: AskPage) {
    this.#middle = middle;
    this.#page = page;
    this.#ask = ask;
  }

  /** The first of these that filters, tried one by one. */
  async first(filters: readonly Filter[]): Promise<Filter | undefined> {
    for (const filter of filters.slice(0, MAX_SINGLE)) if (isFiltered(await this.#try([filter]))) return filter;
    return undefined;
  }

  /** One of these that filters: an API that ignores what it doesn't know is asked by all at once, and then by halves. */
  async any(names: readonly Filter[]): Promise<Filter | undefined> {
    if (names.length < 2) return this.first(names);
    const { is } = await this.#try(names);
    if (is === 'ignored') return undefined;
    if (is !== 'whole' && is !== 'page') return this.first(names);
    let rest = names;
    while (rest.length > 1) {
      const half = rest.slice(0, Math.ceil(rest.length / 2));
      rest = isFiltered(await this.#try(half)) ? half : rest.slice(half.length);
    }
    return this.first(rest);
  }

  /** A filter with its proof; undefined where the API does the same by a parameter that no API has. */
  async proof(filter: Filter): Promise<FoundFilter | undefined> {
    const { is, count } = await this.#try([filter]);
    const nonsense = await this.#try([{ ...filter, param: filter.param.replace(/[a-z]{3,}/i, 'nonsense') }]);
    // A page that is full may have been filtered by another moment, such as that of the creation.
    if (isFiltered(nonsense) || nonsense.is === 'failed' || (is === 'page' && !filter.isNamed)) return undefined;
    const { written, moment, column } = this.#middle;
    const isSure = is === 'whole' && nonsense.is !== 'other';
    const shown = `of ${this.#page.records.length} records the API gave ${count} by ${filter.param} ${written.text(moment)}`;
    const rest = is === 'whole' ? 'all that are later' : 'a page, all of it later';
    return {
      filter,
      format: written.format,
      grade: isSure ? 'said' : 'inferred',
      evidence: `${shown}: ${rest} by ${column}; ${NONSENSE[nonsense.is]}`,
    };
  }

  async #try(filters: readonly Filter[]): Promise<Outcome> {
    const [single] = filters;
    const kept = filters.length === 1 && single ? this.#outcomes.get(single) : undefined;
    if (kept) return kept;
    const { written, moment } = this.#middle;
    const since = written.text(moment);
    const answer = await this.#ask({
      params: Object.fromEntries(filters.map(({ param, text }) => [param, text.replace('{since}', since)])),
    });
    const outcome = this.#outcomeOf(answer);
    if (filters.length === 1 && single) this.#outcomes.set(single, outcome);
    return outcome;
  }

  #outcomeOf(answer: LiveAnswer): Outcome {
    if ('failure' in answer) return { is: isRefusal(answer) ? 'refused' : 'failed', count: 0 };
    const records = recordsAtPath(answer.body, this.#page.recordsPath)?.records;
    return records ? this.#outcome(records as readonly Row[]) : { is: 'other', count: 0 };
  }

  #outcome(records: readonly Row[]): Outcome {
    const { column, written, moment } = this.#middle;
    const { length: count } = records;
    if (count === 0) return { is: 'none', count };
    const at = (record: Row) => momentOf(record[column], written);
    if (!records.every(record => writtenAs([record[column]]) !== undefined)) return { is: 'other', count };
    if (records.some(record => at(record) < moment)) return { is: 'ignored', count };
    const given = new Set(records.map(identity));
    // What is of that very moment may be left out.
    const later = (this.#page.records as readonly Row[]).filter(record => at(record) >= moment + written.unit);
    if (later.every(record => given.has(identity(record)))) return { is: 'whole', count };
    return { is: count >= this.#page.records.length ? 'page' : 'other', count };
  }
}

/** What the API does with a parameter that no API has. */
const NONSENSE: Readonly<Record<Outcome['is'], string>> = {
  ignored: 'a parameter that no API has changes nothing',
  refused: 'a parameter that no API has is refused',
  none: 'a parameter that no API has gives nothing',
  other: 'a parameter that no API has gives others',
  ...{ whole: '', page: '', failed: '' },
};

/** True where the API doesn't take a parameter, and not where it takes no more requests or lacks a proof. */
function isRefusal({ status = 0 }: LiveFailure): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
}

function isFiltered({ is }: Outcome): boolean {
  return is === 'whole' || is === 'page';
}

function identity(record: Row): string {
  return JSON.stringify(record.id ?? record);
}

/** A stream's answers with a filter. The moment that a request had in its place isn't asked for always, but where a run begins. */
export function withFilter(
  answers: StreamUnderstood,
  { filter: { param, text }, format, grade, evidence }: FoundFilter,
): StreamUnderstood {
  const found = <Value>(value: Value): Understood<Value> => ({ value, grade, evidence });
  const { params, ...others } = answers;
  const fixed = omit(params?.value ?? {}, param);
  return {
    ...others,
    ...(params && Object.keys(fixed).length > 0 && { params: { ...params, value: fixed } }),
    ...(text === '{since}' ? { bookmark_param: found(param) } : { params: found({ ...fixed, [param]: text }) }),
    ...(format !== undefined && { bookmark_format: found(format) }),
  };
}
