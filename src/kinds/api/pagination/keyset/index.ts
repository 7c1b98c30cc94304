import * as v from 'valibot';
import { fields, line } from '../../../../answers/fields.ts';
import { hasMore, hasMoreFakes, hasMoreFeatures } from '../has-more.ts';
import { lastPage, lastPageFeatures, reportLastPage } from '../last-page.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

const definition = fields({
  type: v.literal('keyset'),
  keyset_param: v.optional(line("The request parameter that takes the last record's value"), 'starting_after'),
  keyset_field: v.optional(line('The field of the last record that it takes, such as id'), 'id'),
  has_more_path: hasMore,
  ...lastPage,
  ...pageSize,
});

/** Pages by the last record before them. */
export const keyset = paginationType(definition, {
  name: 'The last record: ?starting_after=its id',
  looksBeside: false,
  hasPages: true,
  followsAddresses: false,
  ask: async (ask, now) => ({
    keyset_param: await ask.text('keyset_param', {
      message: "Which request parameter takes the last record's value",
      default: (now.keyset_param as string | undefined) ?? 'starting_after',
    }),
    keyset_field: await ask.text('keyset_field', {
      message: 'Which field of the record is it',
      default: (now.keyset_field as string | undefined) ?? 'id',
    }),
  }),
  pageSize: pageSizeOf,
  report: (answer, report) => reportLastPage(answer.omitted_at_end, answer.has_more_path !== undefined, report),
  nextPath: () => undefined,
  paths: answer => [answer.has_more_path],
  params: answer => [answer.keyset_param],
  paramsIn: () => undefined,
  sentence: () => "It asks for what comes after each page's last record until there is nothing.",
  stream: ({ keyset_param, keyset_field, has_more_path, omitted_at_end, ...answer }) => [
    {
      module: 'kinds/api/pagination/keyset/keyset.py',
      class: 'Keysets',
      values: { KEYSET_PARAM: keyset_param, KEYSET_FIELD: keyset_field },
    },
    ...hasMoreFeatures(has_more_path),
    ...(has_more_path === undefined ? [] : lastPageFeatures(omitted_at_end, pageSizeOf(answer))),
  ],
  offline: ({ has_more_path }) => [
    { module: 'kinds/api/pagination/keyset/fake.py', class: 'FakeKeysets' },
    ...hasMoreFakes(has_more_path),
  ],
});
