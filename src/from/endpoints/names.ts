import { groupBy } from 'lodash-es';
import { segmentsOf } from './endpoint.ts';
import { bare, singular, snake } from './words.ts';

/** Parts of paths that name no records. */
const GENERIC =
  /^(?:v\d[\w.-]*|api|rest|list|all|search|query|index|find|get|json|fetch|browse|lookup|filter|latest|public|\d[\d.-]*)$/i;
const VERB = /^(?:get|list|fetch|search|find|query|read|retrieve|browse|export|all)_(?:all_|list_)?(?=[a-z])/;
const VERB_BEHIND = /_(?:list|search|get|all|index|query|find)$/;
const MAX_LENGTH = 60;

/** The words of a path that name what it has, the last first: `posts` and `users` of `/users/{id}/posts`. */
export function wordsOf(path: string): string[] {
  const words = segmentsOf(path)
    .flatMap(segment => ('fixed' in segment && !GENERIC.test(segment.fixed) ? [wordOf(segment.fixed)] : []))
    .filter(word => word !== '');
  return words.reverse();
}

/** The name of a part of a path: `users` for `users.json`, `getUsers` and `users.list`. */
function wordOf(fixed: string): string {
  const plain = snake(fixed.replace(/\.(?:json|xml|php|aspx?|html?)$/i, '').replaceAll(/\{[^{}]*\}/g, ''));
  const named = plain.replace(VERB, '').replace(VERB_BEHIND, '');
  return named === '' || GENERIC.test(named) ? plain : named;
}

/**
 * Names for streams, each once: the last word of its path. Where several streams have it, the one with the shortest path keeps it,
 * and the others have the words before it too, in the singular; in the end there is a number.
 */
export function streamNamesFor(endpoints: readonly { readonly path: string; readonly operation: string }[]): string[] {
  const wanted = endpoints.map(({ path, operation }) => choicesOf(path, operation));
  const rounds = Math.max(0, ...wanted.map(choices => choices.length));
  const names = new Map<number, string>();
  const taken = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const open = [...wanted.keys()].filter(index => !names.has(index));
    const groups = groupBy(open, index => wanted[index]?.[Math.min(round, (wanted[index]?.length ?? 1) - 1)]);
    for (const [name, indices] of Object.entries(groups)) {
      const [first, second] = indices.toSorted((a, b) => wordCount(endpoints[a]) - wordCount(endpoints[b]));
      const isShortest = second === undefined || wordCount(endpoints[first as number]) < wordCount(endpoints[second]);
      if (taken.has(name) || !isShortest) continue;
      taken.add(name);
      names.set(first as number, name);
    }
  }
  const numbers = new Map<string, number>();
  return wanted.map((choices, index) => names.get(index) ?? numbered(choices[0] as string, taken, numbers));
}

function wordCount(endpoint: { readonly path: string } | undefined): number {
  return segmentsOf(endpoint?.path ?? '').length;
}

/** `numbers`: the last that each name has got; to count from the first again would take a day for a hundred thousand of them. */
function numbered(name: string, taken: Set<string>, numbers: Map<string, number>): string {
  let unique = name;
  for (let number = (numbers.get(name) ?? 1) + 1; taken.has(unique); number++) {
    unique = `${name}_${number}`;
    numbers.set(name, number);
  }
  taken.add(unique);
  return unique;
}

function choicesOf(path: string, operation: string): string[] {
  const words = wordsOf(path);
  const [last = snake(operation).replace(VERB, '') || 'records', ...above] = words;
  const choices = [last];
  for (const word of above) {
    const prefix = singular(word);
    choices.push(`${prefix}_${choices.at(-1)}`);
  }
  const ofOperation = snake(operation);
  return [...choices, ...(ofOperation === '' ? [] : [ofOperation])].map(clipped);
}

function clipped(name: string): string {
  const valid = /^[a-z]/.test(name) ? name : `stream_${name}`;
  return valid.length <= MAX_LENGTH ? valid : valid.slice(0, MAX_LENGTH).replace(/_[^_]*$/, '');
}

/** What names in braces stand for that are no keys. */
const GRAMMAR = new Set('cursor item limit now offset page since today until'.split(' '));
/** Keys that connectors have for credentials and for where they begin. */
const RESERVED = new Set(
  (
    'access_token api_key auth_type client_certificate client_id client_key client_secret password private_key refresh_token ' +
    'start_date token username'
  ).split(' '),
);

/** A name in braces for a parameter: `owner_id` for `ownerId`. */
export function keyName(param: string): string {
  const name = snake(param).slice(0, 63);
  const valid = /^[a-z]/.test(name) ? name : `param_${name || bare(param)}`.slice(0, 63);
  return GRAMMAR.has(valid) ? `${valid}_param` : valid.replace(/_+$/, '');
}

/** The configuration key of a parameter, which is none of those that connectors have of their own. */
export function configName(param: string): string {
  const name = keyName(param);
  return RESERVED.has(name) ? `${name}_param` : name;
}

/** Text in which braces stand for themselves. */
export function literal(text: string): string {
  return text.replaceAll(/[{}]/g, '$&$&');
}
