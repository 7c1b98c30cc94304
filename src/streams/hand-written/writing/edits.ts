import { type PythonClass, readClasses } from '../../../python/analysis/classes.ts';
import { classLists } from '../../../python/analysis/lists.ts';
import type { Registry } from '../../../python/analysis/registry.ts';
import { compareNames } from '../../../python/edit/import-order.ts';
import { insertAll, linesAfter, linesBefore, newlineAt } from '../../../python/edit/insertion.ts';
import { deleteAll, removeElement, wholeLine } from '../../../python/edit/removal.ts';
import { insertElement } from '../../../python/edit/sequence.ts';
import { type Place, refuse } from '../../../python/refusal.ts';
import { writeString } from '../../../python/strings.ts';

function classIn(source: string, name: string): PythonClass | undefined {
  return readClasses(source)?.find(candidate => candidate.name === name);
}

/** Puts a class behind another one; nothing changes if it stands there already. Refuses a class of that name that is another. */
export function addClass(source: string, lines: readonly string[], name: string, behind: string, place: Place): string {
  const eol = newlineAt(source, 0);
  const text = lines.join(eol);
  const twin = classIn(source, name);
  if (twin && source.slice(twin.from, twin.to) === text) return source;
  if (twin) return refuse(place, `there is a class ${name} already`);
  const last = classIn(source, behind) ?? refuse(place, `there is no class ${behind}`);
  return insertAll(source, [{ at: last.to, text: eol.repeat(3) + text }]);
}

/** Takes a class out, with the empty lines above it. */
export function removeClass(source: string, name: string): string {
  const found = classIn(source, name);
  if (!found) return source;
  return deleteAll(source, [{ from: source.slice(0, found.from).trimEnd().length, to: found.to }]);
}

/** Adds `NAME = 'value'` to a class of constants, at its sorted place if it is sorted. */
export function addConstant(source: string, owner: string, name: string, value: string, place: Place): string {
  const { attributes } = classIn(source, owner) ?? refuse(place, `there is no class ${owner}`);
  const last = attributes.at(-1) ?? refuse(place, `${owner} has no constants`);
  const line = `${indentAt(source, last.from)}${name} = ${writeString(value, last.value.startsWith('"') ? '"' : "'")}`;
  const twin = attributes.find(attribute => attribute.name === name);
  if (twin) return `${name} = ${twin.value}` === line.trim() ? source : refuse(place, `${owner} has a ${name} already`);
  const names = attributes.map(attribute => attribute.name);
  const sorted = names.every((other, index) => index === 0 || (names[index - 1] ?? '') <= other);
  const greater = sorted ? attributes.find(attribute => attribute.name > name) : undefined;
  return insertAll(source, [
    greater ? linesBefore(source, greater.from, [line]) : linesAfter(source, last.to - 1, [line]),
  ]);
}

export function removeConstant(source: string, owner: string, name: string): string {
  const found = classIn(source, owner)?.attributes.find(attribute => attribute.name === name);
  return found ? deleteAll(source, [wholeLine(source, found.from)]) : source;
}

function indentAt(source: string, offset: number): string {
  return /[ \t]*$/.exec(source.slice(0, offset))?.[0] ?? '';
}

/** Adds a class to a list of classes, at its sorted place if the list is sorted. */
export function addToList(source: string, registry: Registry, list: string, name: string, place: Place): string {
  const found = classLists(source, registry, name).find(candidate => candidate.name === list);
  if (!found) return refuse(place, `there is no list ${list}`);
  if (found.classes.includes(name)) return source;
  const { classes, sequence } = found;
  const sorted = classes.every((other, index) => index === 0 || compareNames(classes[index - 1] ?? '', other) <= 0);
  const greater = sorted ? classes.findIndex(other => compareNames(other, name) > 0) : -1;
  return insertAll(source, insertElement(source, sequence, greater < 0 ? classes.length : greater, { line: name }));
}

/** Takes a class out of every list of classes. */
export function removeFromLists(source: string, registry: Registry, name: string): string {
  return classLists(source, registry, name).reduce((text, { name: list }) => {
    const found = classLists(text, registry, name).find(candidate => candidate.name === list);
    const index = found?.classes.indexOf(name) ?? -1;
    return found && index >= 0 ? deleteAll(text, removeElement(text, found.sequence, index)) : text;
  }, source);
}
