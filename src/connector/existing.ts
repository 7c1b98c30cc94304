import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { UserError } from '../base/problems.ts';
import { readText } from '../base/read-text.ts';
import { MANIFEST_FILE } from '../changes/manifest-file.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** A connector that this generator wrote, and what its manifest says. */
export interface ExistingConnector extends Manifest {
  /** Absolute. */
  readonly folder: string;
  /** The manifest as it was read: where it is another when it is to be written, so is the connector. */
  readonly text: string;
  readonly answers: RawAnswers & { readonly kind: string; readonly streams?: readonly RawAnswers[] };
}

/** The connector of ours around a folder, from there upwards. */
export function findConnector(from: string): ExistingConnector | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const connector = readConnector(folder);
    if (connector || folder === dirname(folder)) return connector;
  }
}

/** The connector of ours in a folder, or undefined. Throws a UserError if its manifest can't be read. */
export function readConnector(folder: string): ExistingConnector | undefined {
  const file = join(folder, MANIFEST_FILE);
  const text = readText(file);
  const { answers, ...manifest } = readManifest(text, file);
  if (text === undefined || !answers) return undefined;
  return { ...manifest, folder, text, answers: answers as ExistingConnector['answers'] };
}

/** The connector that `--connector` names or that is around `cwd`. Throws a UserError that says what was looked for. */
export function requireConnector(option: string | undefined, cwd: string): ExistingConnector {
  const found = option === undefined ? findConnector(cwd) : readConnector(resolve(cwd, option));
  if (found) return found;
  const where = option === undefined ? `${resolve(cwd)} and the folders above it are` : `${option} is`;
  throw new UserError({
    where: option === undefined ? undefined : '--connector',
    message: `${where} no connector of this generator: there is no ${MANIFEST_FILE} with its answers`,
    hint: 'name the folder of the connector with --connector DIR',
  });
}

/**
 * The schemas folder of the connector that `--connector` names or that is around `cwd`, whoever wrote it.
 * Throws a UserError if there is none.
 */
export function requireSchemasFolder(option: string | undefined, cwd: string): string {
  const start = resolve(cwd, option ?? '.');
  for (let folder = start; ; folder = dirname(folder)) {
    const schemas = join(folder, 'schemas');
    if (existsSync(schemas) && existsSync(join(folder, '__init__.py'))) return schemas;
    if (option !== undefined || folder === dirname(folder)) break;
  }
  throw new UserError({
    where: option === undefined ? undefined : '--connector',
    message: `${start} is no connector with a folder schemas`,
    hint: 'name the folder of the connector with --connector DIR',
  });
}
