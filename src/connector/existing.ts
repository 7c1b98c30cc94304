import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { UserError } from '../base/problems.ts';
import { MANIFEST_FILE, MANIFEST_KEY } from '../changes/manifest-file.ts';
import type { FileRecords } from '../changes/written-files.ts';
import type { SchemaRecords } from './schema-record.ts';

/** A connector that this generator wrote. */
export interface ExistingConnector {
  /** Absolute. */
  readonly folder: string;
  /** The answers that made it, without the streams' schemas, which stand in schemas/. */
  readonly answers: RawAnswers & { readonly kind: string; readonly streams?: readonly RawAnswers[] };
  /** The columns of its streams as they were last written. */
  readonly schemas: SchemaRecords;
  /** Its files as they were last written; undefined where a version wrote it that didn't record them. */
  readonly files?: FileRecords;
}

/** The connector of ours around a folder, from there upwards. */
export function findConnector(from: string): ExistingConnector | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const connector = readConnector(folder);
    if (connector || folder === dirname(folder)) return connector;
  }
}

/** The connector of ours in a folder, or undefined. Throws a UserError if its record can't be read. */
export function readConnector(folder: string): ExistingConnector | undefined {
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file)) return undefined;
  try {
    const { answers, schemas = {}, files } = JSON.parse(readFileSync(file, 'utf8'))?.[MANIFEST_KEY] ?? {};
    return answers ? { folder, answers, schemas, files } : undefined;
  } catch (error) {
    throw new UserError(
      {
        where: file,
        message: `can't be read: ${(error as Error).message}`,
        hint: 'mend it, or take it from version control',
      },
      { cause: error },
    );
  }
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
