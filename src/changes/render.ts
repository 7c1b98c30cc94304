import { readFileSync } from 'node:fs';
import ejs, { type TemplateFunction } from 'ejs';
import { assetPath } from '../base/assets.ts';
import { markdownText } from '../base/markdown.ts';
import { compose } from '../python/compose/compose.ts';
import type { Composition } from '../python/compose/composition.ts';
import type { Subclass } from '../python/compose/subclass.ts';
import { formatPython } from '../python/format.ts';
import {
  docstringText,
  formatText,
  type LiteralValue,
  pythonLiteral,
  pythonTemplate,
  pythonTuple,
} from '../python/literal.ts';

const compiled = new Map<string, TemplateFunction>();

/** A line of a template that only controls leaves nothing behind, not even an empty line. */
function load(template: string): string {
  return readFileSync(template, 'utf8').replaceAll(/^[ \t]*<%(?![-=_#])(.*?)%>[ \t]*$/gm, '<%_$1_%>');
}

// Included templates are read by EJS itself.
ejs.fileLoader = load;

/**
 * Renders an EJS template, named by its path below `src`, to the text of a file. `<%= value %>` writes what the file's language takes for that value:
 * a Python literal in `.py`, escaped text in Markdown. `<%- name %>` is for names that `resolve` made.
 * Python is formatted and checked by Ruff.
 */
export function render(template: string, path: string, data: object): string {
  const python = path.endsWith('.py');
  let run = compiled.get(template);
  if (!run) {
    const escapeValue = python
      ? (value?: unknown) => pythonLiteral(value as LiteralValue)
      : (value?: unknown) => markdownText(String(value));
    const filename = assetPath(template);
    run = ejs.compile(load(filename), { filename, escape: escapeValue });
    compiled.set(template, run);
  }
  const text = run({
    ...data,
    literal: pythonLiteral,
    tuple: pythonTuple,
    template: pythonTemplate,
    formatText,
    docstring: docstringText,
  });
  return python ? formatPython(text, path) : `${text.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}

/** The text of a composed module; only where a user's text may have spoilt its form it has to be formatted. */
export function renderPython(module: Composition | Subclass, path: string): string {
  const { text, needsRuff } = compose(module);
  return needsRuff ? formatPython(text, path) : text;
}

/** JSON as Mage's own files have it: two spaces, a final newline. */
export function renderJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
