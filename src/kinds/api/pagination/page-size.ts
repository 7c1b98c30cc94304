import { mapValues, pickBy } from 'lodash-es';
import * as v from 'valibot';
import type { Ask } from '../../../answers/ask.ts';
import { line } from '../../../answers/fields.ts';
import type { RawAnswers } from '../../../answers/raw-answers.ts';
import { numberKey, wholeOrKey } from '../../../answers/typed-config-key.ts';

/** The answers about the size of a page, for a pagination's definition. */
export const pageSize = {
  page_size_param: v.optional(line('The request parameter that asks for a page size, such as limit')),
  page_size: v.optional(wholeOrKey('How many records to ask for at once')),
};

export interface PageSizeAnswer {
  readonly page_size_param?: string | undefined;
  readonly page_size?: number | string | undefined;
}

/** The size of a page by its request parameter: a number, or `{key}` of the configuration. */
export type PageSize = Readonly<Record<string, number | string>>;

/** The page size by its parameter. It is sent with its parameter, so each alone is completed. */
export function pageSizeOf({ page_size_param, page_size }: PageSizeAnswer): PageSize {
  if (page_size === undefined && page_size_param === undefined) return {};
  return { [page_size_param ?? 'limit']: page_size ?? 100 };
}

/** The sizes that are numbers, by their parameters. */
export function fixedSize(pageSize: PageSize): Record<string, number> {
  return pickBy(pageSize, size => typeof size === 'number');
}

/** The configuration keys of those that are none, by their parameters. */
export function configuredSize(pageSize: PageSize): Record<string, string> {
  return mapValues(
    pickBy(pageSize, size => typeof size === 'string'),
    key => numberKey(key) ?? '',
  );
}

/** Asks for the size of a page; `now` is what was answered before. */
export async function askPageSize(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const page_size_param = await ask.text('page_size_param', {
    message: 'Which request parameter asks for a page size',
    help: 'such as per_page or limit; empty for none',
    default: now.page_size_param as string | undefined,
    optional: true,
  });
  if (!page_size_param) return {};
  const page_size = await ask.text('page_size', {
    message: 'How many records at once',
    help: 'the most that the API allows',
    default: String(now.page_size ?? 100),
    check: v.pipe(
      v.string(),
      v.regex(
        /^(?:[1-9]\d*|\{[a-z][a-z0-9_]*\})$/,
        'must be a whole number from 1, or {key} of one that is configured',
      ),
    ),
  });
  return { page_size_param, page_size: page_size?.startsWith('{') ? page_size : Number(page_size) };
}
