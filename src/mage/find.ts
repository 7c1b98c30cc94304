import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ancestors } from '../base/folders.ts';
import { LAYOUT_NAMES, type LayoutName } from '../base/layout-names.ts';
import { UserError } from '../base/problems.ts';
import type { Exists, Layout, LayoutQuestion } from './layout.ts';
import { layoutOf } from './registry.ts';

/**
 * Finds the layout from a folder upwards: the nearest that is there, else one that can be made anywhere.
 * Throws a UserError if a layout is wanted that is not there.
 */
export function findLayout(from: string, wanted: LayoutName | 'auto'): Layout {
  const start = resolve(from);
  const layouts = (wanted === 'auto' ? LAYOUT_NAMES : [wanted]).map(layoutOf);
  const around = ancestors(start).flatMap(folder => layouts.flatMap(layout => layout.at(folder) ?? []));
  const found = around[0] ?? layouts.flatMap(layout => layout.anywhere(start, wanted !== 'auto') ?? [])[0];
  if (found) return found;
  throw new UserError({
    where: '--layout',
    message: `neither ${start} nor a folder above it is ${layouts.map(({ sign }) => sign).join(' or ')}`,
    hint: 'change to a folder inside it, or choose --layout standalone',
  });
}

/** Tells what stands in a layout. */
export function existsIn({ root }: Layout): Exists {
  return path => existsSync(join(root, path));
}

/** What a user has to tell of the layout that is found from a folder upwards; undefined where it is plain. */
export function layoutQuestion(from: string): LayoutQuestion | undefined {
  const found = findLayout(from, 'auto');
  return layoutOf(found.kind).question(existsIn(found));
}
