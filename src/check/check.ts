import { join } from 'node:path';
import { uniqBy } from 'lodash-es';
import { readText } from '../base/read-text.ts';
import { inLineEndsOf } from '../changes/merge/lines.ts';
import type { EditEntry, RenderedFile } from '../changes/plan.ts';
import type { WrittenFile } from '../changes/written-file.ts';
import { type Comparison, compareConnector } from '../connector/changes.ts';
import { type ExistingConnector, requireConnector } from '../connector/existing.ts';
import { loadOnDisk } from '../connector/load-existing.ts';
import { resolveConnector } from '../connector/resolve.ts';
import { kindNamed } from '../kinds/registry.ts';
import { readConnectorFiles } from '../python/analysis/files.ts';
import type { Difference, Finding } from './finding.ts';
import { registryFindings } from './registered.ts';

export interface Checked {
  readonly connector: ExistingConnector;
  /** The layout's root. */
  readonly root: string;
  readonly findings: readonly Finding[];
}

/**
 * Compares the connector that `option` names, or that is around `cwd`, with what its answers give. Throws a UserError where there is no connector of ours, or one that nothing can be made of.
 */
export async function checkConnector(option: string | undefined, cwd: string): Promise<Checked> {
  const connector = requireConnector(option, cwd);
  const kind = await kindNamed(connector.answers.kind);
  const resolved = resolveConnector(kind, loadOnDisk(kind, connector));
  const compared = compareConnector({ kind, resolved, existing: connector });
  const { folder, layout } = resolved.model;
  const { root } = layout;
  const findings = findingsOf(compared, path => readText(join(root, path)));
  const registered = kind.declaresSchemas ? registryFindings(readConnectorFiles(connector.folder)) : [];
  const others = registered.map(({ path, difference }) => ({ path: `${folder}/${path}`, difference }));
  return {
    connector,
    root,
    findings: uniqBy([...findings, ...others], ({ path, difference }) => `${difference} ${path}`),
  };
}

type Read = (path: string) => string | undefined;

function findingsOf({ files, edits, previous }: Comparison, read: Read): Finding[] {
  const written: ReadonlyMap<string, WrittenFile> = previous?.files ?? new Map();
  const paths = new Set(files.map(({ path }) => path));
  const leftOver = [...written.keys()].filter(path => !paths.has(path) && read(path) !== undefined);
  return [
    ...files.flatMap(file => finding(file.path, differenceOf(file, written.get(file.path), read(file.path)))),
    ...leftOver.map((path): Finding => ({ path, difference: 'no longer needed' })),
    ...edits.flatMap(edit => finding(edit.path, isMade(edit, read(edit.path)) ? undefined : 'unregistered')),
  ];
}

function finding(path: string, difference: Difference | undefined): Finding[] {
  return difference ? [{ path, difference }] : [];
}

function differenceOf(
  { text, isSchema }: RenderedFile,
  written: WrittenFile | undefined,
  now: string | undefined,
): Difference | undefined {
  if (now === undefined) return 'missing';
  const isUnmodified = written?.isUnmodified(now) !== false;
  // What a schema is to be is what stands there; its answers are the samples that it came from.
  if (isSchema) return isUnmodified ? undefined : 'changed';
  if (now === inLineEndsOf(now, text)) return undefined;
  if (isUnmodified) return 'outdated';
  return written?.isUnmodified(text) ? 'changed' : 'changed and outdated';
}

function isMade({ transform }: EditEntry, now: string | undefined): boolean {
  return transform(now) === now;
}
