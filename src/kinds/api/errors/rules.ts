import { markdownCode } from '../../../base/markdown.ts';
import { exploded, tuple, type Value } from '../../../python/compose/values.ts';
import { pathValue } from '../../../records/response-path.ts';
import type { ErrorRule } from './answers.ts';

/** The statuses that a rule is for; none where it is for any. */
export function statusesOf({ status }: ErrorRule): readonly number[] {
  return status === undefined ? [] : [status].flat();
}

/** Rules as the streams of a connector have them. */
export function errorsValue(rules: readonly ErrorRule[]): Value {
  return exploded(tuple(rules.map(ruleValue)));
}

function ruleValue(rule: ErrorRule): Value {
  const { path, equals, contains, do: action, wait_seconds, message } = rule;
  const statuses = statusesOf(rule);
  return {
    ...(statuses.length > 0 && { status: tuple(statuses) }),
    ...(path !== undefined && { path: pathValue(path) }),
    ...(equals !== undefined && { equals }),
    ...(contains !== undefined && { contains }),
    do: action,
    ...(wait_seconds !== undefined && { seconds: wait_seconds }),
    ...(message !== undefined && { message }),
  };
}

const ACTIONS: Readonly<Record<ErrorRule['do'], string>> = {
  retry: 'is asked again',
  wait: 'is asked again, as after a rate limit',
  empty: 'has no records',
  fail: 'ends the run',
};

/** What a README says of a rule. */
export function ruleText(rule: ErrorRule): string {
  const { path, equals, contains, do: action } = rule;
  const statuses = statusesOf(rule);
  const place = path === undefined ? '' : markdownCode(path);
  const said =
    equals !== undefined
      ? `${markdownCode(String(equals))} at ${place}`
      : contains !== undefined
        ? `the text ${markdownCode(contains)}${place && ` at ${place}`}`
        : place && `something at ${place}`;
  const conditions = [statuses.length > 0 ? `status ${statuses.join(' or ')}` : '', said].filter(Boolean);
  return `what is answered with ${conditions.join(' and ')} ${ACTIONS[action]}`;
}
