import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import type { GivenOptions } from '../../src/options/given-options.ts';
import { openFile } from '../../src/refresh/input.ts';
import { planSchema, type SchemaRun } from '../../src/refresh/plan.ts';
import { readEvidence } from '../../src/refresh/read.ts';
import type { SourceEvidence } from '../../src/refresh/source-evidence.ts';
import { temporaryFolder } from '../support/generate.ts';

const HOME = temporaryFolder();

/** A folder of its own with these files. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(HOME, 'schema-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A hand-written connector, as far as schemas go, with these files. */
export function connectorOf(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  return folderOf({ '__init__.py': '', 'schemas/other.json': '{"type": "object", "properties": {}}', ...files });
}

/** Plans a run in a folder by flags, as the generator does. */
export function planIn(
  cwd: string,
  flags: Readonly<Record<string, unknown>>,
  options: Partial<GivenOptions> = {},
): Promise<SchemaRun> {
  const given = { dryRun: false, force: false, bail: false, json: false, ...options };
  return planSchema({ options: given, flags, cwd }, undefined);
}

/** The same, and writes what is planned. */
export async function writeIn(...run: Parameters<typeof planIn>): Promise<SchemaRun> {
  const planned = await planIn(...run);
  for (const { path, before, content } of planned.changes) if (before !== content) writeFileSync(path, content);
  return planned;
}

export function jsonIn(folder: string, path: string): ReturnType<typeof JSON.parse> {
  return JSON.parse(readFileSync(join(folder, path), 'utf8'));
}

/** What a file with this content says. */
export function readFile(
  name: string,
  content: string | Uint8Array,
  options: { readonly recordsPath?: string } = {},
): Promise<SourceEvidence> {
  return readEvidence(openFile(name, folderOf({ [name]: content })), { stream: 'things', ...options });
}

/** The text of the user's error that this ends with. */
export async function messageOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('there was no error');
}
