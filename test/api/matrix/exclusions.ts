import type { Row } from '../pairwise.ts';
import { type Factor, isText, levelOf } from './case.ts';

/** Why some levels don't go together, and what is said of it: by the generator, or by the run. */
export interface Exclusion {
  readonly why: string;
  readonly excludes: (row: Row) => boolean;
  readonly refused: RegExp;
  /** True where the run alone can know. */
  readonly atRun?: true;
}

/** Whether a pagination looks beside the records for what leads on, or for what tells how much there is. */
const isBeside = (row: Row, what: 'next' | 'total') => {
  const answers = pagination(row);
  const isNext = ['cursor_path', 'next_url_path', 'last_page_when'].some(key => key in answers);
  const isTotal = ['total_pages_path', 'has_more_path'].some(key => key in answers);
  return what === 'next' ? isNext : isTotal;
};

const isGiven = (row: Row, ...factors: Factor[]) => factors.every(factor => factor in row);
const pagination = (row: Row) => (levelOf(row, 'pagination').connector?.pagination ?? {}) as Record<string, unknown>;
const format = (row: Row) => levelOf(row, 'format').stream?.response_format;
const isBare = (row: Row) => ['jsonl', 'csv'].includes(String(format(row)));
const hasBody = (row: Row) => ['body', 'params_in'].some(key => key in (levelOf(row, 'method').stream ?? {}));
const isFiltered = (row: Row) => isText(row, 'since');
const BARE = /has no \S+ to go on by, since its response is the list of records itself \(pagination: /;

export const EXCLUSIONS: readonly Exclusion[] = [
  {
    why: 'next addresses, links, jobs and single pages have no value that could stand in a text',
    excludes: row =>
      isText(row, 'paging') &&
      isGiven(row, 'pagination') &&
      ['next_url', 'link_header', 'job', 'none'].includes(String(pagination(row).type)),
    refused: /has \{page\}, which its pagination \((?:next_url|link_header|job|none)\) has no value for \(/,
  },
  {
    why: 'a text of the bookmark needs one',
    excludes: row => isFiltered(row) && row.replication === 0,
    refused: /has \{since\}, which has no value without a replication_key \(/,
  },
  {
    why: 'where the API leaves out what is old, nothing is gained by its order',
    excludes: row => isFiltered(row) && levelOf(row, 'replication').stream?.newest_first === true,
    refused: /newest_first.*has no use where the API leaves out what is old \(/,
  },
  {
    why: 'a bookmark of a parent is no filter of the child',
    excludes: row => isFiltered(row) && levelOf(row, 'replication').beside !== undefined,
    refused: /has a bookmark_param or \{since\}, and its bookmark is that of lists \(give it to lists alone\)/,
  },
  {
    why: 'what is new among several parents or items is more than what has changed of one',
    excludes: row => (row.parts ?? 0) > 0 && levelOf(row, 'replication').beside !== undefined,
    refused: /has incremental: true beside other parents or for_each \(leave it out/,
  },
  {
    why: 'a GET request has no body for a key',
    excludes: row =>
      isGiven(row, 'auth', 'method') &&
      (levelOf(row, 'auth').connector?.auth as { in?: string } | undefined)?.in === 'body' &&
      !hasBody(row),
    refused: /a GET request has no body for the key \(method: POST/,
  },
  {
    why: 'nor for a cursor',
    excludes: row =>
      isGiven(row, 'pagination', 'method') &&
      pagination(row).cursor_in === 'body' &&
      !hasBody(row) &&
      // A text takes the cursor with it.
      (!isGiven(row, 'texts') || !isText(row, 'paging')),
    refused: /is asked for by GET, which has no body for the cursor of its pagination \(method: POST/,
  },
  {
    why: 'what is asked about a job has no headers of a stream',
    excludes: row => pagination(row).type === 'job' && row.headers === 1,
    refused: /has headers of its own, which what is asked about its job has not \(give them to the connector\)/,
  },
  {
    why: 'a list has nothing beside its records',
    excludes: row => isBeside(row, 'next') && row.records === 0,
    refused: BARE,
  },
  {
    why: 'a list has no total beside it either, which the run finds',
    excludes: row => isBeside(row, 'total') && (row.records === 0 || isBare(row)),
    refused: /items: .*feed\.meta\.(?:pages|more)/,
    atRun: true,
  },
  {
    why: 'nor have lines',
    excludes: row => isBeside(row, 'next') && isBare(row),
    refused: BARE,
  },
  {
    why: 'lines have nothing around their records',
    excludes: row => isBare(row) && (row.records ?? 0) > 0,
    refused: /records_path.*: is \S+, and (?:jsonl|csv) has nothing around its records \(/,
  },
  {
    why: 'the element around all others is no record',
    excludes: row => format(row) === 'xml' && row.records === 0,
    refused: /records_path.*: is missing, and xml has one element around all others.*\(begin it with the name of that/,
  },
  {
    why: 'elements are no rows of values',
    excludes: row => format(row) === 'xml' && levelOf(row, 'records').stream?.records_in === 'rows',
    refused: /records_in.*: is rows, and xml has elements, which are no rows of values \(/,
  },
  {
    why: 'rules for errors look into JSON',
    excludes: row => format(row) !== undefined && row.errors === 2,
    refused: /errors\[0\]\.path.*: is read in JSON alone \(/,
  },
  {
    why: 'CSV and XML have no numbers',
    excludes: row => ['csv', 'xml'].includes(String(format(row))) && row.conditions === 1,
    refused: /has a condition with 0, and (?:csv|xml) has nothing but text \(write "0"\)/,
  },
];

/** Whether no exclusion keeps the levels of a row apart; a row may lack some. */
export function possible(row: Row): boolean {
  return !EXCLUSIONS.some(({ excludes }) => excludes(row));
}
