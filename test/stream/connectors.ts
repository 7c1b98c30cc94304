import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planStreams, type StreamRun } from '../../src/streams/plan.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/connectors/', import.meta.url));

/** The hand-written connectors of test/fixtures, each of a form that Mage's own have. */
export const FORMS = ['tables', 'plans', 'ids', 'inline', 'records', 'graph'] as const;
export type Form = (typeof FORMS)[number];

/** Puts a hand-written connector of test/fixtures below `sources`, its Python changed by `variant`. */
export function place(
  form: string,
  sources: string,
  variant: (text: string, path: string) => string = text => text,
): string {
  const folder = join(sources, form);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(FIXTURES, form), folder, { recursive: true });
  for (const path of Object.keys(tree(folder)).filter(name => name.endsWith('.py'))) {
    const text = readFileSync(join(folder, path), 'utf8');
    writeFileSync(join(folder, path), variant(text, path));
  }
  return folder;
}

/** Every file of a folder by its relative path. */
export function tree(folder: string): Record<string, string> {
  const paths = (readdirSync(folder, { recursive: true }) as string[]).filter(path => !path.includes('__pycache__'));
  const files = paths.map(path => join(folder, path)).filter(path => statSync(path).isFile());
  return Object.fromEntries(files.map(path => [relative(folder, path), readFileSync(path, 'utf8')]));
}

/** The answers of a stream that each of the connectors takes. */
export const refunds = {
  name: 'refunds',
  path: '/refunds',
  key_properties: ['id'],
  schema: { properties: { id: 'integer', updated_at: 'date-time' } },
};

/** Where each form's answers have their records. */
export function answersFor(form: Form, more: object = {}): object {
  const records_path = { inline: 'data', records: 'list', graph: 'data.refunds' }[form as string];
  return { ...refunds, ...(records_path && { records_path }), ...more };
}

/** Plans what adding streams to a connector writes. */
export function planFor(folder: string, streams: readonly object[]): Promise<StreamRun> {
  const document = { file: 'streams.yaml', folder, value: { streams }, lineOf: () => undefined, comments: [] };
  return planStreams({ folder, name: undefined, flags: {}, cwd: folder, document: document as never }, undefined);
}

/** Adds streams to a connector. */
export async function add(folder: string, streams: readonly object[]): Promise<StreamRun> {
  const run = await planFor(folder, streams);
  write(run);
  return run;
}

export function write({ changes }: Pick<StreamRun, 'changes'>): void {
  for (const { path, content, removed } of changes) {
    if (removed) rmSync(path);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }
}
