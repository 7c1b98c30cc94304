import { omit } from 'lodash-es';
import * as v from 'valibot';
import type { Ask } from '../../answers/ask.ts';
import { headerName } from '../../answers/header-name.ts';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import { headerFault } from '../../base/headers.ts';
import type { ChangeQuestion } from '../../connector/change-questions.ts';
import { askAuth } from './auth/question.ts';
import { askPagination } from './pagination/question.ts';
import { askBaseUrl } from './questions.ts';

/** What of an API connector can be asked for again. */
export const apiChanges: readonly ChangeQuestion[] = [
  { value: 'base_url', name: 'What every address begins with', ask: askBaseUrl },
  {
    value: 'auth',
    name: 'How requests are authenticated',
    ask: async (ask, { auth }) => ({ auth: await askAuth(ask, auth as RawAnswers | undefined) }),
  },
  {
    value: 'pagination',
    name: 'How long lists are cut into pages',
    ask: async (ask, { pagination }) => ({
      pagination: await askPagination(ask, pagination as RawAnswers | undefined),
    }),
  },
  { value: 'headers', name: 'A header of every request', ask: askHeader },
  { value: 'rate_limit', name: 'How many requests the API allows', ask: askRateLimit },
];

/** One header is added, changed or, left empty, taken away. */
async function askHeader(ask: Ask, answers: RawAnswers): Promise<RawAnswers> {
  const headers = (answers.headers ?? {}) as Readonly<Record<string, string>>;
  const name = String(
    await ask.text('header_name', { message: 'What is the header called', check: headerName('The name of a header') }),
  );
  const value = await ask.text('header_value', {
    message: 'What is its value',
    help: '{key} stands for a configuration key; empty: it is not sent',
    optional: true,
    check: v.pipe(
      v.string(),
      v.check(value => headerFault(name, value) === undefined, 'has characters that a header cannot hold'),
    ),
    default: headers[name],
  });
  return { headers: value === undefined ? omit(headers, name) : { ...headers, [name]: value } };
}

async function askRateLimit(ask: Ask, { rate_limit }: RawAnswers): Promise<RawAnswers> {
  const { calls = 100, seconds = 60 } = (rate_limit ?? {}) as { readonly calls?: number; readonly seconds?: number };
  return {
    rate_limit: {
      calls: await ask.whole('rate_calls', { message: 'How many requests may be sent', default: calls }),
      seconds: await ask.whole('rate_seconds', { message: 'In how many seconds', default: seconds }),
    },
  };
}
