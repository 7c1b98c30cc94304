import { isEqual } from 'lodash-es';
import { TELLING } from '../../../base/statuses.ts';
import type { Report } from '../../../connector/kind.ts';
import type { ErrorRule } from './answers.ts';
import { statusesOf } from './rules.ts';

interface ErrorAnswers {
  readonly errors?: readonly ErrorRule[];
  readonly streams: readonly { readonly errors?: readonly ErrorRule[] }[];
}

/** Checks what rules for errors say together, those of the connector and of each stream; `isJson` says whose responses are JSON. */
export function reportAllErrors({ errors, streams }: ErrorAnswers, isJson: readonly boolean[], report: Report): void {
  // Streams with faults of their own aren't among them.
  reportErrors(errors ?? [], [], isJson.length === 0 || isJson.includes(true), report);
  streams.forEach((stream, index) => {
    reportErrors(stream.errors ?? [], ['streams', index], isJson[index] !== false, report);
  });
}

/** Reports a problem with a key of a rule. */
type RuleReport = (key: string, message: string, hint?: string) => void;

function reportErrors(
  rules: readonly ErrorRule[],
  owner: readonly (string | number)[],
  isJson: boolean,
  report: Report,
): void {
  rules.forEach((rule, index) => {
    const place = [...owner, 'errors', index];
    const reportKey: RuleReport = (key, ...rest) => report([...place, key], ...rest);
    reportConditions(rule, isJson, reportKey);
    reportActions(rule, reportKey);
    const earlier = rules.slice(0, index).findIndex(other => covers(other, rule));
    if (earlier !== -1)
      report(place, `never counts: the rule at ${earlier} fits wherever it fits`, 'put it before that');
  });
}

function reportConditions(rule: ErrorRule, isJson: boolean, report: RuleReport): void {
  const { status, path, equals, contains } = rule;
  const succeeds = status === undefined || statusesOf(rule).some(each => each < 400);
  if (equals !== undefined && path === undefined) report('equals', 'needs a path at which it stands');
  if (equals !== undefined && contains !== undefined) report('contains', 'has no use beside equals');
  if (Array.isArray(status) && status.length === 0) report('status', 'must have a status');
  if (path === undefined && contains === undefined && succeeds)
    report('status', 'leaves nothing that tells an error from a success', 'give a path, or a status from 400');
  if (path === undefined && contains !== undefined && succeeds)
    report('contains', 'would be looked for in records as well', 'give a path, or a status from 400');
  if (path !== undefined && !isJson && succeeds)
    report('path', 'is read in JSON alone', 'give a status from 400, whose responses may be JSON');
}

function reportActions(rule: ErrorRule, report: RuleReport): void {
  const { path, contains, do: action, message, wait_seconds } = rule;
  const hidden = statusesOf(rule).find(TELLING);
  if (action === 'empty' && hidden !== undefined && path === undefined && contains === undefined)
    report('do', `would hide every ${hidden}, and records with it`, 'give a path or contains as well');
  if (action === 'empty' && message !== undefined) report('message', 'has no use where there is no error');
  if (action !== 'wait' && wait_seconds !== undefined) report('wait_seconds', 'has no use without do: wait');
}

/** True where the first rule fits wherever the second does. */
function covers(first: ErrorRule, second: ErrorRule): boolean {
  const statuses = statusesOf(first);
  const others = statusesOf(second);
  if (first.status !== undefined && !(second.status !== undefined && others.every(each => statuses.includes(each))))
    return false;
  const said = ({ path, equals, contains }: ErrorRule) => [path, equals, contains];
  const isOpen = first.path === undefined && first.contains === undefined;
  const isAny = first.equals === undefined && first.contains === undefined && first.path === second.path;
  return isOpen || isAny || isEqual(said(first), said(second));
}
