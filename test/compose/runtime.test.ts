import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ClassParts, classParts } from '../../src/python/compose/flatten.ts';
import { hookCalls, isEmptyHook } from '../../src/python/compose/hooks.ts';
import { Library } from '../../src/python/compose/module.ts';

const SRC = resolve(import.meta.dirname, '../../src');
const library = new Library(path => readFileSync(join(SRC, path), 'utf8'));
const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.py'));

/** Hooks of a class and those that it derives from that do nothing. */
function emptyHooks({ members, parents }: ClassParts): string[] {
  const own = members.filter(isEmptyHook).map(({ name }) => name);
  return [...own, ...parents.flatMap(emptyHooks)];
}

describe('the real modules of Python', () => {
  for (const path of paths) {
    it(`${path} can be taken apart, and calls its empty hooks as statements of their own`, () => {
      const { items } = library.module(path);
      for (const { name } of items.filter(({ kind }) => kind === 'class')) {
        const parts = classParts(library, { module: path, class: name });
        const hooks = new Set(emptyHooks(parts));
        for (const member of parts.members) hookCalls(member, hooks);
      }
    });
  }
});
