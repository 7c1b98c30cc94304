import assert from 'node:assert/strict';
import { compose } from '../../src/python/compose/compose.ts';
import type { Composed, Composition } from '../../src/python/compose/composition.ts';
import { Library } from '../../src/python/compose/module.ts';
import { formatPython } from '../../src/python/format.ts';

/** Real modules by their paths below `src`. */
export type Sources = Readonly<Record<string, string>>;

const NOTHING: Composition = {
  module: 'kinds/x/base.py',
  docstring: '',
  classes: [],
  rename: {},
  modules: {},
  imports: {},
  values: {},
  roots: [],
  uses: [],
};

/** Composes `kinds/x/base.py` of those modules. */
export function composeOf(sources: Sources, composition: Partial<Composition> = {}): Composed {
  const library = new Library(path => sources[path] ?? assert.fail(`there is no ${path}`));
  return compose({ ...NOTHING, ...composition }, library);
}

/** The text of a module that Ruff would leave as it is. */
export function composedText(sources: Sources, composition: Partial<Composition> = {}): string {
  const { text, needsRuff } = composeOf(sources, composition);
  if (!needsRuff) assert.equal(text, formatPython(text, 'composed.py'));
  return text;
}
