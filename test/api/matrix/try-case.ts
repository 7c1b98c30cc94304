import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Catalog, selectAll } from '../../framework/catalog.ts';
import type { Outcome } from '../../framework/output.ts';
import { temporaryFolder } from '../../support/generate.ts';
import type { AuthRules } from '../strict-auth.ts';
import { MAX_PAGE } from '../strict-pages.ts';
import type { Resource } from '../strict-server.ts';
import { records, type Session, session } from '../support.ts';
import type { Case } from './case.ts';
import type { Answers, Item } from './levels.ts';

/** A connector of a case beside its API, and its catalog. */
export interface Opened {
  readonly found: Session;
  run(count: number, state?: unknown): Promise<Outcome>;
  /** How many pages the last run has read. */
  pages(): number;
}

/** Records that changed minute by minute. */
export function items(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    name: `Item ${index + 1}`,
    updated_at: new Date(Date.UTC(2024, 0, 1, 0, index + 1)).toISOString().replace('.000Z', 'Z'),
    made: 1_700_000_000 + index,
    amount: `${index}.5`,
  }));
}

/** How many records a page has at most. */
export const SIZE = MAX_PAGE;

const catalogs = new Map<string, Catalog>();

/** Generates the connector of a case, and opens the API for it. */
export async function openCase(given: Case): Promise<Opened> {
  const { levels, replication, connector, stream, resource, rules } = given;
  let pages = 0;
  const envelope = (found: readonly object[]) => {
    pages += 1;
    return resource.envelope?.(found) ?? found;
  };
  const beside = levels.flatMap(level => level.beside ?? []);
  const found = await session(connector, stream, { ...resource, envelope }, { beside });
  const over = found.over({ token_file: join(temporaryFolder(), 'token.json'), ...given.config });
  // Streams of the same replication and schema have the same catalog.
  const same = JSON.stringify([
    replication.stream,
    stream.key_properties,
    stream.schema,
    beside.map(each => each.stream.name),
  ]);
  const catalog = catalogs.get(same) ?? (await over.catalog());
  catalogs.set(same, catalog);
  const options = { ...found.api.options, ...(rules && { auth: rules as AuthRules }) };
  const [own, ...others] = options.resources as [Resource, ...Resource[]];
  const busy = levels.flatMap(level => level.busy ?? []);
  return {
    found,
    pages: () => pages,
    async run(count, state) {
      const all = replication.newestFirst ? items(count).reverse() : items(count);
      found.api.options = { ...options, resources: [{ ...own, records: all, busy: [...busy] }, ...others] };
      pages = 0;
      return over.run({ catalog: selectAll(catalog), state, query: replication.query });
    },
  };
}

/** Runs a case twice, the second time where two records are new; all rows come, each once and with all that it has. */
export async function tryCase(given: Case, opened: Opened, count: number): Promise<void> {
  const { replication, resource } = given;
  const lists = listsOf(given);
  const first = await succeeded(opened.run(count));
  assert.deepEqual(rowsOf(first), expected(given, 1, count, lists));
  assert.equal(opened.pages(), lists * pagesOf(given, 1, count));
  const second = await succeeded(opened.run(count + 2, stateOf(first)));
  const from = replication.from(count);
  const left = Math.max(1, count === 0 ? lists : lists - 1);
  assert.deepEqual(rowsOf(second), expected(given, from, count + 2, left));
  // Without a filter of the API's, all pages have to be looked through.
  const start = resource.bookmark === undefined ? 1 : Math.max(1, from - (replication.before ?? 0));
  assert.equal(opened.pages(), left * pagesOf(given, start, count + 2, count), 'in the second run');
}

async function succeeded(running: Promise<Outcome>): Promise<Outcome> {
  const outcome = await running;
  assert.equal(outcome.exitCode, 0, outcome.error);
  return outcome;
}

/** How many lists a first run asks for, of which one is newer than the others. */
function listsOf({ levels }: Case): number {
  const beside = levels.flatMap(level => level.beside ?? []);
  return beside.find(({ stream }) => stream.name === 'lists')?.resource.records.length ?? 1;
}

/** The rows of the records from one to another, once for each list. */
function expected({ levels, replication }: Case, first: number, last: number, lists: number): object[] {
  const all = items(last).slice(first - 1);
  const kept = (replication.newestFirst ? all.reverse() : all).filter(item =>
    levels.every(({ keeps }) => keeps?.(item) ?? true),
  );
  const rows = kept.map(item => ({
    id: item.id,
    name: item.name,
    updated_at: moment(item.updated_at),
    ...Object.assign({}, ...levels.map(({ row }) => row?.(item))),
  }));
  return Array.from({ length: lists }, () => rows).flat();
}

function moment(text: unknown): string {
  return new Date(String(text)).toISOString();
}

/** The rows of a run, with moments in one form, without what lists are called. */
function rowsOf(outcome: Outcome): object[] {
  return records(outcome).map(({ list: _, list_at: __, ...row }) => ({
    ...row,
    ...('name' in row ? {} : { name: undefined }),
    updated_at: moment(row.updated_at),
    ...(typeof row.made === 'string' && { made: moment(row.made) }),
  }));
}

/** The bookmarks of all streams: Mage keeps those of each by themselves. */
function stateOf({ messages }: Outcome) {
  return {
    bookmarks: Object.assign({}, ...messages.flatMap(({ type, value }) => (type === 'STATE' ? value?.bookmarks : []))),
  };
}

/** How many pages the records from one to another take, where a run goes on from a bookmark or begins. */
function pagesOf(given: Case, first: number, last: number, bookmark = 0): number {
  const { pagination, replication, resource } = given;
  if (replication.newestFirst) return pagesUpTo(given, last, bookmark);
  // The first window of a run without a bookmark ends before the third record.
  const border = replication.end !== undefined && bookmark === 0 ? Math.min(last, 2) : undefined;
  const counts = border === undefined ? [last - first + 1] : [border - first + 1, last - border];
  return counts.map(count => readOf(pagination, count, resource.missing === true)).reduce((sum, each) => sum + each, 0);
}

function sizeOf({ page_size }: Answers): number {
  return Math.min(MAX_PAGE, Number(page_size ?? MAX_PAGE));
}

/** One more where only an empty page is the end; those that are missing aren't counted. */
function readOf(pagination: Case['pagination'], count: number, isMissing: boolean): number {
  if (['job', 'none'].includes(pagination.type)) return count === 0 && isMissing ? 0 : 1;
  const full = Math.ceil(count / sizeOf(pagination));
  const hasEmpty = !saysTheLast(pagination) || full === 0;
  return full + (hasEmpty && !isMissing ? 1 : 0);
}

/** Where the newest come first, a page of what is older than the bookmark is the last. */
function pagesUpTo({ pagination, levels, resource }: Case, last: number, bookmark: number): number {
  const all = readOf(pagination, last, resource.missing === true);
  const size = ['job', 'none'].includes(pagination.type) ? Math.max(1, last) : sizeOf(pagination);
  const pages = Array.from({ length: Math.ceil(last / size) }, (_, page) =>
    items(last)
      .reverse()
      .slice(page * size, (page + 1) * size)
      .filter(item => levels.every(({ keeps }) => keeps?.(item) ?? true)),
  );
  const known = pages.findIndex(page => page.length > 0 && page.every(({ id }) => id < bookmark));
  return known === -1 ? all : Math.min(all, known + 1);
}

/** True where a response says whether there is another page. */
function saysTheLast(pagination: Answers): boolean {
  const names = Object.keys(pagination);
  return names.some(key => /_(?:path|header|when)$/.test(key)) || pagination.type === 'link_header';
}
