import { type Insertion, insertAll, linesAfter, linesBefore, newlineAt } from '../python/edit/insertion.ts';
import { isAfter } from '../python/edit/sequence.ts';
import type { Edit } from './layout.ts';
import type { Registration } from './source.ts';

/** The edit of a requirements file that names a source's packages; none where it has none. */
export function requirementEdits(path: string, { pythonPackages }: Registration): readonly Edit[] {
  if (pythonPackages.length === 0) return [];
  return [
    {
      path,
      create: true,
      transform: content => addRequirements(content, pythonPackages),
      // Others may need them by now.
      revert: content => content,
    },
  ];
}

/** A requirement in a requirements file: the project's normalised name, and where its text begins and ends. */
interface Line {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Adds the packages that a requirements file doesn't name yet, whatever version it asks for: at their sorted place if the
 * file is sorted, else at its end. psycopg2 and psycopg2-binary stand for each other, since they are the same module.
 */
export function addRequirements(content: string | undefined, packages: readonly string[]): string {
  return packages.reduce((text, requirement) => addRequirement(text, requirement), content ?? '');
}

function addRequirement(text: string, requirement: string): string {
  const name = projectName(requirement);
  const lines = requirementLines(text);
  if (lines.some(line => alias(line.name) === alias(name))) return text;
  return insertAll(text, [insertion(text, lines, name, requirement)]);
}

function insertion(text: string, lines: readonly Line[], name: string, requirement: string): Insertion {
  const sorted = lines.every((line, index) => index === 0 || !isAfter(lines[index - 1]?.name ?? '', line.name));
  const greater = sorted ? lines.findIndex(line => isAfter(line.name, name)) : -1;
  const previous = sorted ? lines[greater < 0 ? lines.length - 1 : greater - 1] : undefined;
  if (previous) return linesAfter(text, previous.to, [requirement]);
  if (greater === 0) return linesBefore(text, lines[0]?.from ?? 0, [requirement]);
  const unfinished = text !== '' && !text.endsWith('\n');
  const newline = newlineAt(text, text.length);
  return { at: text.length, text: (unfinished ? newline : '') + requirement + newline };
}

/** The requirements of a file; one that is continued by a backslash ends with its last line. */
function requirementLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/^(?:[^\n]*\\\r?\n)*[^\n]*/gm)) {
    const name = projectName(match[0]);
    if (name) lines.push({ name, from: match.index, to: match.index + match[0].trimEnd().length });
  }
  return lines;
}

/** The normalised name (PEP 503) of the project that a line requires; empty for comments, options and bare addresses. */
function projectName(line: string): string {
  const named =
    /^\s*([A-Za-z0-9][\w.-]*)\s*(?:$|[[(@<>=!~;#\\])/.exec(line) ?? /^[^#]*:\/\/.*#egg=([\w.-]+)/.exec(line);
  return (named?.[1] ?? '').toLowerCase().replace(/[-_.]+/g, '-');
}

function alias(name: string): string {
  return name === 'psycopg2-binary' ? 'psycopg2' : name;
}
