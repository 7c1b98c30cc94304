import type { Understood } from '../described.ts';
import { valuesBeside } from '../responses/beside.ts';
import { saysAll } from '../responses/number-signs.ts';
import { recordsAtPath } from '../responses/records.ts';
import type { FirstPage, NextRequest, PagingSign } from '../responses/sign.ts';
import { pagingSigns } from '../responses/signs.ts';
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

/** Finds out how pages go on after the first, by asking for the second in each way that the first suggests. */
export async function findPages(page: FirstPage, ask: AskPage): Promise<PagesFound> {
  const all = saysAll(page.records.length, valuesBeside(page.response.body, page.recordsPath));
  const signs = pagingSigns(page);
  let ignored = 0;
  for (const sign of signs.slice(0, MAX_SIGNS)) {
    const tried = await trySign(sign, page, ask);
    if (tried === 'same') ignored += 1;
    else if (tried) return tried;
  }
  if (all !== undefined)
    return none('inferred', `the response has ${page.records.length} records, and ${all} says that these are all`);
  if (ignored > 0 && ignored === Math.min(signs.length, MAX_SIGNS))
    return none('inferred', `${listed(signs.slice(0, MAX_SIGNS))} change nothing: one response has all`);
  return { pagination: undefined, second: undefined };
}

/** `same` where the API gives the first page again; undefined where it shows nothing. */
async function trySign(sign: PagingSign, page: FirstPage, ask: AskPage): Promise<PagesFound | 'same' | undefined> {
  const { pagination, evidence, first } = sign;
  const second = await ask(sign.next);
  if ('failure' in second) return undefined;
  const records = recordsAtPath(second.body, page.recordsPath);
  if (!records) return undefined;
  if (isSame(records, page.records)) return 'same';
  const found = (value: Readonly<Record<string, unknown>>, grade: 'said' | 'inferred', why: string): PagesFound => ({
    pagination: { value, grade, evidence: `${evidence}: ${why}` },
    second: second.body,
  });
  if (records.length === 0 && page.records.length === 0) return undefined;
  if (first !== undefined) {
    const one = await ask({ params: first });
    const ones = 'failure' in one ? undefined : recordsAtPath(one.body, page.recordsPath);
    if (!ones) return undefined;
    if (!isSame(ones, page.records))
      return found(
        { ...pagination, start_page: 0 },
        ones.length > 0 ? 'said' : 'inferred',
        'the first page has the number 0',
      );
  }
  if (records.length === 0) return found(pagination, 'inferred', 'the API has nothing more there');
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
