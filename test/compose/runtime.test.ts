import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ClassParts, classParts } from '../../src/python/compose/classes.ts';
import { hookCalls } from '../../src/python/compose/hook-calls.ts';
import { type EmptyHook, emptyHook } from '../../src/python/compose/hooks.ts';
import { Library, type RuntimeModule, readModule } from '../../src/python/compose/module.ts';
import { renamedModule } from '../../src/python/compose/renamed.ts';
import { topLevel } from '../../src/python/parse.ts';
import { readTree, type SyntaxNode, writeTree } from '../../src/python/syntax-node.ts';

const SRC = resolve(import.meta.dirname, '../../src');
const library = new Library(path => readFileSync(join(SRC, path), 'utf8'));
/** What verify runs beside a connector is never put into one. */
const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  path => path.endsWith('.py') && !path.startsWith('verify/'),
);

/** Hooks that stay in every connector, for its users to override: they may be called in any way. */
const DOCUMENTED: readonly string[] = ['transform'];

/** Hooks of a class and those that it derives from that do nothing. */
function emptyHooks({ members, parents }: ClassParts): Map<string, EmptyHook> {
  const hooks = new Map(parents.flatMap(parent => [...emptyHooks(parent)]));
  for (const item of members) {
    const hook = DOCUMENTED.includes(item.name) ? undefined : emptyHook(item);
    if (hook) hooks.set(item.name, hook);
    else hooks.delete(item.name);
  }
  return hooks;
}

/** What a tree has, in order: each node's type and where it stands. */
function outline(nodes: readonly SyntaxNode[]): string[] {
  return nodes.flatMap(node => [`${node.name} ${node.from} ${node.to}`, ...outline(node.children)]);
}

describe('the real modules of Python', () => {
  for (const path of paths) {
    it(`${path} has the same tree when it was parsed by the build`, () => {
      const source = readFileSync(join(SRC, path), 'utf8');
      const script = topLevel(source)?.[0]?.parent;
      assert.ok(script);
      const written = JSON.parse(JSON.stringify(writeTree(script)));
      const [module, built] = [readModule(path, source), readModule(path, source, readTree(written).children)];
      const nodes = (of: RuntimeModule) => outline(of.items.flatMap(item => item.nodes));
      assert.deepEqual(nodes(built), nodes(module));
      assert.deepEqual(built.imports, module.imports);
    });
    it(`${path} has the tree of its text with other names`, () => {
      const module = library.module(path);
      const names = module.items.flatMap(({ kind, name }) => (kind === 'main' ? [] : [name]));
      for (const other of ['short', 'longer_than_the_name_that_stood_there']) {
        const renamed = renamedModule(
          module,
          Object.fromEntries(names.map((name, index) => [name, `${other}${index}`])),
        );
        const nodes = (of: RuntimeModule) => outline(of.items.flatMap(item => item.nodes));
        assert.deepEqual(nodes(renamed), nodes(readModule(path, renamed.source)));
      }
    });
    it(`${path} can be taken apart, and calls its empty hooks as statements of their own`, () => {
      const module = library.module(path);
      for (const { name } of module.items.filter(({ kind }) => kind === 'class')) {
        const parts = classParts(library, module, name);
        for (const member of parts.members) hookCalls(member, emptyHooks(parts));
      }
    });
  }
});
