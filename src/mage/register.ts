import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { registerInCore } from './core-list.ts';
import { addToNavigation, NAVIGATION, PAGES } from './docs-navigation.ts';
import { addToOverview, OVERVIEW } from './docs-overview.ts';
import { documentationPage } from './docs-page.ts';
import { CORE_LIST, type Layout, registryFile } from './find.ts';
import { registerInProject } from './project-list.ts';
import { addRequirements } from './requirements.ts';
import type { Registration } from './source.ts';

/** A change of one file: pure and idempotent, and it throws a UserError that says what to do by hand if it can't be made. */
export interface Edit {
  /** Relative to the layout's root, with `/`. */
  readonly path: string;
  /** The file may be missing, and is created then. */
  readonly create?: boolean;
  /** From the file's content, undefined if it is missing, to its new content. */
  readonly transform: (content: string | undefined) => string;
}

/**
 * What registers a source in its layout (mage-contract.md, section 1); nothing if it is standalone. A checkout without the
 * documentation, or without some of its files, gets no edits for what is missing: `exists` tells, by paths relative to the
 * root.
 */
export function registrationEdits(
  layout: Layout,
  source: Registration,
  exists: (path: string) => boolean = path => existsSync(join(layout.root, path)),
): readonly Edit[] {
  if (layout.kind === 'core') return [...coreEdits(source), ...documentationEdits(source, exists)];
  return layout.kind === 'project' ? projectEdits(layout, source) : [];
}

function coreEdits(source: Registration): readonly Edit[] {
  return [
    { path: CORE_LIST, transform: content => registerInCore(content, source) },
    ...requirementEdits('mage_integrations/requirements.txt', source),
  ];
}

function documentationEdits(source: Registration, exists: (path: string) => boolean): readonly Edit[] {
  const entries: readonly Edit[] = [
    { path: NAVIGATION, transform: content => addToNavigation(content, source) },
    { path: OVERVIEW, transform: content => addToOverview(content, source) },
  ];
  return entries.filter(({ path }) => exists(path));
}

/** The page in Mage's own documentation that a core source has, or undefined where a checkout has no documentation. */
export function sourcePage(
  layout: Layout,
  source: Registration,
  exists: (path: string) => boolean = path => existsSync(join(layout.root, path)),
): { readonly path: string; readonly text: string } | undefined {
  if (layout.kind !== 'core' || documentationEdits(source, exists).length === 0) return undefined;
  return { path: `docs/${PAGES}${source.uuid}.mdx`, text: documentationPage(source) };
}

function projectEdits(layout: Layout, source: Registration): readonly Edit[] {
  const path = registryFile(layout);
  return [
    { path, create: true, transform: content => registerInProject(content, source, path) },
    ...requirementEdits('requirements.txt', source),
  ];
}

function requirementEdits(path: string, { pythonPackages }: Registration): readonly Edit[] {
  if (pythonPackages.length === 0) return [];
  return [{ path, create: true, transform: content => addRequirements(content, pythonPackages) }];
}
