import * as v from 'valibot';
import type { Problem } from '../base/problems.ts';
import { explain } from './fields.ts';

/** Where in the answers something stands: keys and list positions. */
export type AnswerPath = readonly (string | number)[];

/** Answers after validation: what is sound can be used even where problems were found elsewhere. */
export interface Validated<Output> {
  readonly output: Output;
  readonly problems: readonly Problem[];
  /** True where the answer at a path, or something in it or above it, has a problem. */
  faulty(path: AnswerPath): boolean;
}

/** Checks answers against their definition and gives every problem, with its path. */
export function validate<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): Validated<v.InferOutput<Schema>> {
  const result = v.safeParse(schema, value);
  const paths = (result.issues ?? []).flatMap(innermost).map(issue => ({ issue, path: pathOf(issue) }));
  return {
    output: result.output as v.InferOutput<Schema>,
    problems: paths.map(({ issue, path }) => ({ where: formatPath(path), path, message: messageOf(issue) })),
    faulty: path => paths.some(({ path: at }) => isPrefix(at, path) || isPrefix(path, at)),
  };
}

/** `streams[0].name`, as messages show a path; the document itself is `answers`. */
export function formatPath(path: AnswerPath): string {
  const text = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return text.replace(/^\./, '') || 'answers';
}

/** A union reports one issue for all its forms; where one form nearly fits, its own issues tell more. */
function innermost(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown>[] {
  const nested = (issue.issues ?? []) as v.BaseIssue<unknown>[];
  const prefix = issue.path ?? [];
  const typed = nested.filter(({ path }) => path !== undefined && path.length > 0);
  if (issue.type !== 'union' || typed.length === 0) return [issue];
  const missing = (candidate: v.BaseIssue<unknown>) =>
    candidate.expected === 'never' || candidate.received === 'undefined';
  const telling = typed.filter(candidate => !missing(candidate));
  if (telling.length === 0) return [issue];
  return telling.map(candidate => ({
    ...candidate,
    path: [...prefix, ...(candidate.path ?? [])] as typeof issue.path,
  }));
}

function pathOf(issue: v.BaseIssue<unknown>): AnswerPath {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  return issue.received === 'undefined' ? 'is missing' : explain(issue.message, issue.path?.at(-1)?.key);
}

function isPrefix(prefix: AnswerPath, path: AnswerPath): boolean {
  return prefix.length <= path.length && prefix.every((key, index) => key === path[index]);
}
