import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { readAnswers } from '../../src/answers/document.ts';
import type { Change } from '../../src/changes/change.ts';
import type { AnyKind } from '../../src/connector/kind.ts';
import type { ConnectorModel } from '../../src/connector/model.ts';
import { type ConnectorRun, planRun } from '../../src/connector/run.ts';
import { kindNamed } from '../../src/kinds/registry.ts';
import type { GivenOptions } from '../../src/options/given-options.ts';

const temporary: string[] = [];

function removeTemporary(): void {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
}

/** A folder of a test's own below the system's, removed when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mage-connector-'));
  if (temporary.length === 0) process.once('exit', removeTemporary);
  temporary.push(folder);
  return folder;
}

export interface Generated {
  readonly model: ConnectorModel;
  readonly notes: readonly string[];
  /** The layout's root. */
  readonly root: string;
  /** The connector's folder, absolute. */
  readonly folder: string;
  /** The files that were written, relative to the root. */
  readonly files: readonly string[];
}

export interface GenerateOptions {
  /** Where the generator runs; a folder of its own if not given. */
  readonly cwd?: string;
  readonly options?: Partial<GivenOptions>;
  /** Adds streams to the connector around `cwd` or of `--connector`. */
  readonly addsOnly?: boolean;
  /** The kind as another version of the generator has it. */
  readonly version?: AnyKind;
}

export type KindName = 'api' | 'sql' | 'file';

export function kindOf(name: string): Promise<AnyKind> {
  return kindNamed(name);
}

/** Plans a run from answers, as the generators do; `answers` is an answers file's path or its content. Nothing is written. */
export async function plan(
  kind: KindName,
  answers: string | object,
  { cwd = temporaryFolder(), options = {}, addsOnly = false, version }: GenerateOptions = {},
): Promise<ConnectorRun> {
  const file = typeof answers === 'string' ? answers : await writeAnswers(answers);
  const given: GivenOptions = { dryRun: false, force: false, bail: false, json: false, answers: file, ...options };
  const input = {
    kind: version ?? (await kindOf(kind)),
    options: given,
    flags: {},
    cwd,
    document: readAnswers(file, cwd),
    intent: addsOnly ? ('add' as const) : ('any' as const),
  };
  return planRun(input, undefined);
}

/** Generates a connector and writes it, without Yeoman's questions. */
export async function generate(
  kind: KindName,
  answers: string | object,
  options: GenerateOptions = {},
): Promise<Generated> {
  const { model, notes, changes } = await plan(kind, answers, options);
  await apply(changes);
  const { root } = model.layout;
  return {
    model,
    notes,
    root,
    folder: join(root, model.folder),
    files: changes.map(({ path }) => relative(root, path)),
  };
}

/** Makes changes without Yeoman, also those that it would ask about. */
export async function apply(changes: readonly Change[]): Promise<void> {
  for (const { path, before, content, removed } of changes) {
    if (removed) await rm(path);
    else if (before !== content) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
  }
}

async function writeAnswers(answers: object): Promise<string> {
  const file = join(temporaryFolder(), 'answers.json');
  await writeFile(file, JSON.stringify(answers));
  return file;
}

/** The text of a file of a generated connector. */
export function textOf({ folder }: Generated, path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8');
}
