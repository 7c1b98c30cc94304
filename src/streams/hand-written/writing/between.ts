import { readClasses } from '../../../python/analysis/classes.ts';
import { insertAll, linesAfter, newlineAt } from '../../../python/edit/insertion.ts';
import { registrySteps } from '../../../python/edit/registry-read.ts';
import { writeString } from '../../../python/strings.ts';
import type { Renaming } from './rename.ts';

/** The text of a file before and after a stream has another name. */
export type Versions = (path: string) => { readonly before: string; readonly after: string };

/**
 * What files say while a stream is being renamed, so that the connector works under both names whichever of its files have
 * been written: the registry has both, and what other files may still ask for by its old name is there.
 */
export function betweenTexts(renaming: Renaming, versions: Versions): ReadonlyMap<string, string> {
  const { from, to, registry, className, value, file, oldFile, oldClassName, constant } = renaming;
  const isRenamed = className !== oldClassName && file === oldFile;
  const texts = new Map<string, string>();
  if (isRenamed && file !== registry.file) texts.set(file, withBothClasses(renaming, versions(file)));
  const old = constant && `${constant.owner}.${constant.name} = ${writeString(from, "'")}`;
  if (constant && old && constant.file !== registry.file)
    texts.set(constant.file, behindClass(versions(constant.file).after, constant.owner, [old]));
  const names = [from, to].map(name => `${registry.name}[${writeString(name, "'")}] = ${value}`);
  const more = [
    ...(isRenamed && file === registry.file ? [`${oldClassName} = ${className}`] : []),
    ...(old && constant?.file === registry.file ? [old] : []),
  ];
  texts.set(registry.file, behindRegistry(versions(registry.file).after, registry.name, [...names, ...more]));
  return texts;
}

/** The text with more statements behind those that build a registry. */
export function behindRegistry(text: string, registry: string, lines: readonly string[]): string {
  const last = registrySteps(text, registry).at(-1);
  return last ? insertAll(text, [linesAfter(text, last.to - 1, lines)]) : text;
}

function behindClass(text: string, name: string, lines: readonly string[]): string {
  const found = readClasses(text)?.find(candidate => candidate.name === name);
  return found ? insertAll(text, [linesAfter(text, found.to - 1, ['', '', ...lines])]) : text;
}

/** The file as it was, and in it a copy of the class as it will be. */
function withBothClasses({ className, oldClassName }: Renaming, { before, after }: ReturnType<Versions>): string {
  const renamed = readClasses(after)?.find(({ name }) => name === className);
  const lines = renamed ? after.slice(renamed.from, renamed.to).split(newlineAt(after, renamed.from)) : [];
  return behindClass(before, oldClassName, lines);
}
