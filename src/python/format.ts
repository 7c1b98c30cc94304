import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type { Diagnostic, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { excuseLines } from './long-lines.ts';

/** The rules of Mage's code base: 100 columns, single quotes, imports sorted with the framework's own modules last. */
const SETTINGS = {
  'line-length': 100,
  'indent-width': 4,
  'target-version': 'py310',
  format: { 'indent-style': 'space', 'quote-style': 'single', 'line-ending': 'lf' },
  lint: {
    select: ['E', 'F', 'W', 'I'],
    // `kinds` is where the Python stands that connectors are made of; no generated file imports it.
    isort: { 'known-first-party': ['mage_integrations', 'data_integrations', 'kinds'] },
  },
};

let workspace: Workspace | undefined;

/** Compile what is called, when it is called, and never a second time; the same on Node 20, 22 and 24. */
const V8_FLAGS = [
  '--wasm-lazy-compilation',
  '--wasm-lazy-validation',
  '--no-wasm-tier-up',
  '--no-wasm-dynamic-tiering',
] as const;

/**
 * Ruff in this process, loaded on first use. Its ten megabytes of WebAssembly run for a moment only, so checking all of them
 * and optimising them, which V8 does on every core and waits for at the end, would take ten times as long as the run.
 */
function ruff(): Workspace {
  if (!workspace) {
    for (const flag of V8_FLAGS) setFlagsFromString(flag);
    const module = createRequire(import.meta.url)(
      '@astral-sh/ruff-wasm-nodejs',
    ) as typeof import('@astral-sh/ruff-wasm-nodejs');
    workspace = new module.Workspace(SETTINGS, module.PositionEncoding.Utf16);
  }
  return workspace;
}

/**
 * Formats generated Python with Ruff and checks it (rules E, F, W and I; imports are sorted on the way).
 * A finding is a fault of our template, so it throws an Error that names the file, and nothing is written.
 */
export function formatPython(source: string, path: string): string {
  try {
    const formatted = ruff().format(source);
    const found = check(formatted);
    const sorted = withSortedImports(formatted, found);
    const left = sorted === formatted ? found : check(sorted);
    const finished = excuseLongLines(sorted, left);
    const findings = finished === sorted ? left : check(finished);
    if (findings.length === 0) return finished;
    throw new Error(
      findings.map(({ code, message, start_location: at }) => `line ${at.row}: ${code} ${message}`).join('; '),
    );
  } catch (error) {
    throw new Error(`The template of ${path} gave Python that Ruff refuses, please report it: ${String(error)}`, {
      cause: error,
    });
  }
}

/** What Ruff would change or refuse in Python that we wrote, each as `:line: what`; nothing where it is as it should be. */
export function pythonFaults(source: string): string[] {
  const formatted = ruff().format(source);
  if (formatted !== source) return [`:${differingLine(formatted, source)}: Ruff formats this otherwise`];
  return check(source).map(({ code, message, start_location: at }) => `:${at.row}: ${code} ${message}`);
}

function differingLine(formatted: string, source: string): number {
  const lines = source.split('\n');
  return formatted.split('\n').findIndex((line, index) => line !== lines[index]) + 1;
}

/** Does Ruff take this for Python? It knows all of its syntax, also what the parser that files are edited with doesn't. */
export function isPython(source: string): boolean {
  try {
    ruff().format(source);
    return true;
  } catch {
    return false;
  }
}

/** What Ruff has left too long can't be broken: nothing that is generated depends on the length of a name or text. */
function excuseLongLines(source: string, findings: readonly Diagnostic[]): string {
  const rows = findings.flatMap(({ code, start_location: at }) => (code === 'E501' ? [at.row] : []));
  return rows.length > 0 ? excuseLines(source, rows) : source;
}

function check(source: string): Diagnostic[] {
  return ruff().check(source);
}

function withSortedImports(formatted: string, findings: readonly Diagnostic[]): string {
  const edits = findings.filter(({ code }) => code === 'I001').flatMap(({ fix }) => fix?.edits ?? []);
  return edits.length > 0 ? ruff().format(edits.reduceRight(applyEdit, formatted)) : formatted;
}

type RuffEdit = NonNullable<Diagnostic['fix']>['edits'][number];

function applyEdit(text: string, edit: RuffEdit): string {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  const offset = ({ row, column }: RuffEdit['location']) => (starts[row - 1] ?? text.length) + column - 1;
  return text.slice(0, offset(edit.location)) + (edit.content ?? '') + text.slice(offset(edit.end_location));
}
