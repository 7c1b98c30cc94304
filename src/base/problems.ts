/** What a user has to mend: one thing wrong, where it stands, and what to do about it. */
export interface Problem {
  /** What is wrong, in one sentence without a full stop at its end. */
  readonly message: string;
  /** Where: a file, an answer's path (`streams[0].name`) or an option (`--layout`). */
  readonly where?: string;
  /** The same place as keys and positions, where an answers file can tell its line. */
  readonly path?: readonly (string | number)[];
  /** The line in the file or document, counted from 1. */
  readonly line?: number;
  /** What to do about it. */
  readonly hint?: string;
}

/**
 * An error meant for the user: its message is the whole text to print, a line for each problem, and no stack is needed.
 * It never has a `code` property, since `yo` crashes on an error that has a string there.
 */
export class UserError extends Error {
  readonly problems: readonly Problem[];

  /** `end` is a line of its own after the problems. */
  constructor(problems: Problem | readonly Problem[], options?: ErrorOptions & { readonly end?: string }) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super([formatProblems(list), options?.end].filter(Boolean).join('\n'), options);
    this.name = 'UserError';
    this.problems = list;
  }
}

/** The text of all problems: one line each (`where:line: message (hint)`), under a count if there are several. */
export function formatProblems(problems: readonly Problem[]): string {
  const lines = problems.map(formatProblem);
  return lines.length === 1
    ? (lines[0] as string)
    : [`${lines.length} problems:`, ...lines.map(line => `  - ${line}`)].join('\n');
}

function formatProblem({ where, line, message, hint }: Problem): string {
  const place = [where, line && `line ${line}`].filter(Boolean).join(', ');
  return `${place ? `${place}: ` : ''}${message}${hint ? ` (${hint})` : ''}`;
}
