import { deburr, snakeCase } from 'lodash-es';
import { singular } from '../endpoints/words.ts';
import { looksRandom } from './secret-names.ts';

/** Beginnings of paths that belong to the API as a whole: /api, /v2, /2024-10. */
const OF_API =
  /^(?:apis?|rest|services|public|v\d+(?:[._]\d+)*(?:beta|alpha)?\d*|\d+(?:\.\d+)+|\d{4}-\d{2}(?:-\d{2})?|json|data)$/i;
const VERSION = /^v?\d/i;
/** Last parts of paths that say what is done with the records, which the part before names. */
const VERB = /^(?:search|query|list|find|all|index|browse|lookup|fetch|latest|feed|export|download|json|details)$/;
/** Last parts of paths that say only that there are records: which, what stands before them says. */
const ANY_RECORDS =
  /^(?:items|records|rows|entries|results|data|values|documents|docs|objects|entities|elements|contents?)$/;
/** What has lists that users name: `/collections/articles/records`. */
const CONTAINER =
  /^(?:collections?|colls|tables?|lists?|buckets?|databases?|sheets?|datasets?|ind(?:exe|ice)s|models?|types?|schemas?)$/;
const ID = /^(?:\d+|[0-9a-f]{24,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** The fixed parts of a path, decoded; undefined for one that isn't well formed. */
export function segmentsOf({ pathname }: URL): string[] {
  return pathname.split('/').filter(Boolean);
}

/** How many segments the base URL takes of the paths: those that are the API's, and all have. */
export function baseLength(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  const fits = (segment: string, index: number) =>
    OF_API.test(segment) && paths.every(path => path[index] === segment && path.length > index + 1);
  const end = first.findIndex((segment, index) => !fits(segment, index));
  return Math.max(end, 0);
}

/** True for a segment that names one record or one account. */
export function isId(segment: string): boolean {
  return ID.test(segment) || looksRandom(segment);
}

/** A stream's name from its path: the last part that names something, with those before it where that is taken. */
export function streamName(segments: readonly string[], taken: ReadonlySet<string>): string {
  const words = namingWords(segments);
  for (let count = 1; count <= words.length; count += 1) {
    const name = words.slice(-count).join('_').slice(0, 60);
    if (!taken.has(name)) return name;
  }
  const base = words.at(-1)?.slice(0, 55) ?? 'records';
  let [name, number] = [base, 2];
  while (taken.has(name)) name = `${base}_${number++}`;
  return name;
}

/** The words of a path that name its records, the last one first of all. */
function namingWords(segments: readonly string[]): string[] {
  const all = segments
    .filter(segment => !VERSION.test(segment))
    .map(segment => ({ word: wordOf(segment), isId: isId(segment) || /^\{/.test(segment) }));
  const words = all.flatMap(({ word, isId }) => (isId || word === '' ? [] : [word]));
  const [last = '', before = '', container = ''] = words.toReversed();
  if (words.length > 1 && VERB.test(last)) return words.slice(0, -1);
  if (words.length < 2 || !ANY_RECORDS.test(last)) return words;
  const isBelowId = all.at(-2)?.isId === true;
  if (CONTAINER.test(container) && !isBelowId) return words.slice(0, -1);
  // Items of an order are not orders.
  return isBelowId || before.endsWith('s') ? [...words.slice(0, -2), `${singular(before)}_${last}`] : words;
}

function wordOf(segment: string): string {
  return snakeCase(deburr(segment).replace(/\.(?:json|xml|csv|php|aspx?)$/i, ''));
}

/** `user_id` for what follows `users` in a path. */
export function idName(segment: string): string {
  const word = singular(snakeCase(deburr(segment)) || 'record');
  return `${/^[a-z]/.test(word) ? word : `of_${word}`}_id`.slice(0, 60);
}

/** The name of a connector from its host: `Acme` for api.acme.com. */
export function hostName({ hostname }: URL): string {
  const isNumeric = /^[\d.]+$|^\[/.test(hostname);
  const parts = hostname.split('.').filter(part => !/^(?:www|api|apis|rest|app|dev|gateway|my)$/.test(part));
  const part = isNumeric ? 'local' : ((parts.length > 1 ? parts.slice(0, -1).at(-1) : parts[0]) ?? 'local');
  const isSuffix = /^(?:co|com|org|net|gov|ac)$/.test(part) && parts.length > 2;
  const word = isSuffix ? (parts.at(-3) ?? part) : part;
  return word.charAt(0).toUpperCase() + word.slice(1);
}
