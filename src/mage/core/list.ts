import { insertSorted, listElements, removeElements, replaceElement } from '../../python/edit/list-edit.ts';
import { keywordArguments } from '../../python/parse.ts';
import { required } from '../../python/refusal.ts';
import { writeString } from '../../python/strings.ts';
import type { Edit } from '../layout.ts';
import { fromKeys, isRegistered, type RegisteredSource, type Registration, toKeys } from '../source.ts';

/** The list of Mage's sources, relative to a checkout of mage-ai. */
export const CORE_LIST = 'mage_ai/data_integrations/sources/constants.py';

const LISTS = ['SQL_SOURCES', 'SOURCES'];

/** Adds a source to the lists of mage_ai/data_integrations/sources/constants.py: `dict(name='…')`, and what can't be derived. */
export function registerInCore(content: string | undefined, source: Registration): string {
  const list = source.sql ? 'SQL_SOURCES' : 'SOURCES';
  const place = { file: CORE_LIST, byHand: `add to the list ${list}: ${entryOf(source, "'").entry},` };
  const constants = required(content, place);
  const elements = LISTS.flatMap(name => listElements(constants, name, place));
  if (isRegistered(elements.flatMap(readEntry), source, place)) return completed(constants, list, source, elements);
  const keyOf = (element: string) => readEntry(element)[0]?.name;
  const entry = entryOf(source, quoteStyle(elements));
  return insertSorted(constants, { file: CORE_LIST, list, ...entry, key: source.name, keyOf });
}

/** Takes a source out of the lists again, whichever it stands in. */
export function unregisterInCore(content: string, { name, uuid }: Registration): string {
  const place = { file: CORE_LIST, byHand: `take the source ${name} out of its list` };
  const isIt = (element: string) => readEntry(element).some(entry => entry.name === name && entry.uuid === uuid);
  return LISTS.reduce((text, list) => removeElements(text, list, place, isIt), content);
}

/** The edit that lists a source, of a checkout and of an installed Mage. */
export function coreListEdit(source: Registration): Edit {
  return {
    path: CORE_LIST,
    create: false,
    transform: content => registerInCore(content, source),
    revert: content => unregisterInCore(content, source),
  };
}

/** The sources that constants.py lists. Throws a UserError if it can't be read. */
export function readCoreSources(constants: string): readonly RegisteredSource[] {
  const place = { file: CORE_LIST, byHand: 'see which sources it lists' };
  return LISTS.flatMap(name => listElements(constants, name, place)).flatMap(readEntry);
}

/**
 * The entry on one line, and as the file writes one with several keys. Mage's scheduler takes for the uuid of a database
 * that has none its name in lower case, spaces and all (mage_ai/data_integrations/utils/scheduler.py), and would else read
 * its tables in one batch.
 */
function entryOf(source: Registration, quote: "'" | '"') {
  const { name, sql, uuid } = source;
  const keys = { ...toKeys(source), ...(sql && uuid !== name.toLowerCase() && { uuid }) };
  const pairs = pairsOf(keys, quote);
  return {
    entry: entryText(keys, quote),
    block: pairs.length > 1 ? ['dict(', ...pairs.map(pair => `    ${pair},`), ')'] : [entryText(keys, quote)],
  };
}

/** The entry of a database as older versions wrote it gets the uuid that it lacked; one that was edited stays. */
function completed(constants: string, list: string, source: Registration, elements: readonly string[]): string {
  const plain = (text: string) => text.replaceAll(/\s|,(?=\s*\))/g, '');
  const olds = (["'", '"'] as const).map(quote => plain(entryText(toKeys(source), quote)));
  const entry = entryOf(source, quoteStyle(elements));
  return replaceElement(constants, { file: CORE_LIST, list, ...entry }, element => olds.includes(plain(element)));
}

function entryText(keys: object, quote: "'" | '"'): string {
  return `dict(${pairsOf(keys, quote).join(', ')})`;
}

function pairsOf(keys: object, quote: "'" | '"'): string[] {
  return Object.entries(keys).map(([key, value]) => `${key}=${writeString(value, quote)}`);
}

function quoteStyle(elements: readonly string[]): "'" | '"' {
  const count = (quote: string) => elements.filter(element => element.includes(`=${quote}`)).length;
  return count('"') > count("'") ? '"' : "'";
}

function readEntry(element: string): readonly RegisteredSource[] {
  const { name, module_name, uuid } = keywordArguments(element, 'dict');
  return name === undefined ? [] : [fromKeys({ name, module_name, uuid })];
}
