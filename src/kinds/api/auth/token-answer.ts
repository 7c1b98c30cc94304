import * as v from 'valibot';
import { choice, whole } from '../../../answers/fields.ts';
import type { Value } from '../../../python/compose/values.ts';
import { pathValue, placePath } from '../../../records/response-path.ts';
import type { SchemeFeature } from './scheme.ts';

const UNITS = { seconds: 1, minutes: 60, milliseconds: 0.001, moment: null } as const;

/** The answers that say how long a token lasts. */
export const expiryEntries = {
  expires_path: v.optional(placePath('Where the response says how long the token lasts, such as data.expires_in')),
  expires_as: v.optional(
    choice(
      ['seconds', 'minutes', 'milliseconds', 'moment'],
      'What stands there: a time in such units, or a moment in ISO 8601 or since 1970 (default: seconds)',
    ),
  ),
};

/** An answer: how long a token lasts where the response doesn't say it. */
export const lifetime = whole("How long a token lasts where the response doesn't say it", 1);

export interface ExpiryAnswer {
  readonly expires_path?: string;
  readonly expires_as?: keyof typeof UNITS;
  readonly lifetime_seconds?: number;
}

/** What the client is told of how long a token lasts; `otherwise` is where OAuth has it. */
export function expiryValue({ expires_path, expires_as, lifetime_seconds }: ExpiryAnswer, otherwise?: string): Value {
  const path = expires_path ?? (lifetime_seconds === undefined ? otherwise : undefined);
  const unit = UNITS[expires_as ?? 'seconds'];
  return {
    ...(path !== undefined && { expires: pathValue(path) }),
    ...(unit !== 1 && { unit }),
    ...(lifetime_seconds !== undefined && { lifetime: lifetime_seconds }),
  };
}

/** Reports what is said of a place that isn't. */
export function reportExpiry(
  { expires_path, expires_as }: ExpiryAnswer,
  report: (key: string, ...rest: [string]) => void,
) {
  if (expires_as !== undefined && expires_path === undefined)
    report('expires_as', 'has no use without an expires_path');
}

/** The features of the client that such requests for tokens need beyond that which asks. */
export function tokenFeatures({ expires_as }: ExpiryAnswer, basic: boolean): SchemeFeature[] {
  const feature = (file: string, name: string) => ({
    module: `kinds/api/python/${file}.py`,
    class: name,
    methods: [],
    values: {},
  });
  return [
    ...(expires_as === 'moment' ? [feature('token_moments', 'TokenMoments')] : []),
    ...(basic ? [feature('client_auth', 'ClientAuth')] : []),
  ];
}

/** The fake API that has a token where the answers say it, at TOKEN_PATH. */
export const FAKE_ANSWERS = {
  module: 'kinds/api/python/offline/fake_answers.py',
  class: 'FakeAnswers',
  names: ['answer'],
};
