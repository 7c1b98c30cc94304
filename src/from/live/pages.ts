import type { Understood } from '../described.ts';
import { sizeOf } from '../requests/paging-params.ts';
import { valuesBeside } from '../responses/beside.ts';
import { saysAll } from '../responses/number-signs.ts';
import { recordsAtPath } from '../responses/records.ts';
import type { FirstPage, NextRequest, PagingSign } from '../responses/sign.ts';
import type { LiveAnswer } from './client.ts';

/** Asks for another page of a stream. */
export type AskPage = (next: NextRequest) => Promise<LiveAnswer>;

export interface PagesFound {
  readonly pagination: Understood<Readonly<Record<string, unknown>>> | undefined;
  /** The second page, where there is one. */
  readonly second: unknown;
}

/** How many ways to go on are tried for a stream. */
const MAX_SIGNS = 4;
const PROVEN = 'the API gave another page by it';

/** Finds out how pages go on after the first, by asking for the second in each way that is known or that the first suggests. */
export async function findPages(page: FirstPage, signs: readonly PagingSign[], ask: AskPage): Promise<PagesFound> {
  const all = saysAll(page.records.length, valuesBeside(page.response.body, page.recordsPath));
  const tried = signs.slice(0, MAX_SIGNS);
  let ignored = 0;
  for (const sign of tried) {
    const found = await trySign(sign, page, ask);
    if (found === 'same') ignored += 1;
    else if (found) return found;
  }
  // What leads on and isn't understood is no sign of an end, nor is a page that is full.
  if (signs.some(({ isShown }) => isShown)) return NOTHING;
  if (all !== undefined)
    return none('inferred', `the response has ${page.records.length} records, and ${all} says that these are all`);
  if (ignored > 0 && ignored === tried.length && !isFull(page))
    return none('inferred', `${listed(tried)} change nothing: one response has all`);
  return NOTHING;
}

const NOTHING: PagesFound = { pagination: undefined, second: undefined };
/** As many records as pages have where nobody says how many they shall have. */
const USUAL_SIZES = new Set([10, 15, 20, 24, 25, 30, 40, 50, 60, 64, 100, 200, 250, 500, 1000, 2000, 5000, 10_000]);

/** Whether a page has just as many records as were asked for, or as pages often have. */
function isFull({ records, parameters }: FirstPage): boolean {
  const { page_size } = sizeOf(parameters);
  return page_size === undefined ? USUAL_SIZES.has(records.length) : records.length >= Number(page_size);
}

/** `same` where the API gives the first page again; undefined where it shows nothing. */
async function trySign(sign: PagingSign, page: FirstPage, ask: AskPage): Promise<PagesFound | 'same' | undefined> {
  const { pagination, evidence, first, zero } = sign;
  const at = async (next: NextRequest) => {
    const answer = await ask(next);
    const records = 'failure' in answer ? undefined : recordsAtPath(answer.body, page.recordsPath)?.records;
    return records && 'body' in answer ? { records, body: answer.body } : undefined;
  };
  const second = await at(sign.next);
  if (!second || (second.records.length === 0 && page.records.length === 0)) return undefined;
  if (isSame(second.records, page.records)) return 'same';
  const found = (value: Readonly<Record<string, unknown>>, grade: 'said' | 'inferred', why: string): PagesFound => ({
    pagination: { value, grade, evidence: `${evidence}: ${why}` },
    second: second.body,
  });
  // A parameter that the API takes for something else gives other records, or none, for the first page, too.
  if (first !== undefined && (zero !== undefined || second.records.length === 0)) {
    const ones = await at({ params: first });
    if (!ones) return undefined;
    if (!isSame(ones.records, page.records)) {
      const zeros = zero && (await at({ params: zero }));
      if (!zeros || !isSame(zeros.records, page.records)) return undefined;
      const isSure = ones.records.length > 0;
      return found({ ...pagination, start_page: 0 }, isSure ? 'said' : 'inferred', 'the first page has the number 0');
    }
  }
  if (second.records.length === 0) return found(pagination, 'inferred', 'the API has nothing more there');
  return found(pagination, 'said', PROVEN);
}

/** Whether two pages have the same records, by their IDs where they have some. */
function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  const identity = (record: unknown) => JSON.stringify((record as { readonly id?: unknown }).id ?? record);
  return a.length === b.length && a.every((record, index) => identity(record) === identity(b[index]));
}

function none(grade: 'said' | 'inferred', evidence: string): PagesFound {
  return { pagination: { value: { type: 'none' }, grade, evidence }, second: undefined };
}

function listed(signs: readonly PagingSign[]): string {
  return signs.map(({ evidence }) => evidence).join(', ');
}
