import * as v from 'valibot';
import { fields, line, whole } from '../../../../answers/fields.ts';
import { pathOf } from '../../../../base/paths.ts';
import { keysPath, pathValue } from '../../../../records/response-path.ts';
import type { PythonFeature } from '../../python-feature.ts';
import { hasMore, hasMoreFakes, hasMoreFeatures } from '../has-more.ts';
import { lastPage, lastPageFeatures, reportLastPage } from '../last-page.ts';
import { firstPageParams, lastPageWhen } from '../last-page-when.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

const definition = fields({
  type: v.literal('keyset'),
  keyset_param: v.optional(line("The request parameter that takes the last record's value"), 'starting_after'),
  keyset_field: v.optional(keysPath('The field of the last record that it takes, such as id or info.id'), 'id'),
  keyset_plus: v.optional(
    whole('What is added to it, where the next page would begin with that record again: 1 for whole numbers', 1),
  ),
  has_more_path: hasMore,
  ...lastPage,
  ...lastPageWhen,
  ...firstPageParams,
  ...pageSize,
});

const MODULE = 'kinds/api/pagination/keyset/keyset.py';

/** Pages by the last record before them. */
export const keyset = paginationType(definition, {
  name: 'The last record: ?starting_after=its id',
  looksBeside: false,
  hasPages: true,
  followsAddresses: false,
  places: { cursor: 'keyset_param', limit: 'page_size_param' },
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
  report: (answer, report) =>
    reportLastPage(
      answer.omitted_at_end,
      answer.has_more_path !== undefined || answer.last_page_when !== undefined,
      report,
    ),
  nextPath: () => undefined,
  paths: answer => [answer.has_more_path],
  params: answer => [answer.keyset_param],
  paramsIn: () => undefined,
  sentence: () => "It asks for what comes after each page's last record until there is nothing.",
  files: () => undefined,
  stream: ({ keyset_param, keyset_field, keyset_plus, has_more_path, omitted_at_end, ...answer }) => [
    fieldFeature(keyset_param, keyset_field),
    ...(keyset_plus === undefined
      ? []
      : [{ module: MODULE, class: 'KeysetPlus', values: { KEYSET_PLUS: keyset_plus } }]),
    ...hasMoreFeatures(has_more_path),
    ...(has_more_path === undefined ? [] : lastPageFeatures(omitted_at_end, pageSizeOf(answer))),
  ],
  offline: ({ keyset_field, keyset_plus, has_more_path }) => [
    keyOf(keyset_field) === undefined
      ? { module: 'kinds/api/pagination/keyset/fake_path.py', class: 'FakePathKeysets' }
      : { module: 'kinds/api/pagination/keyset/fake.py', class: 'FakeKeysets' },
    ...(keyset_plus === undefined
      ? []
      : [{ module: 'kinds/api/pagination/keyset/fake_plus.py', class: 'FakeKeysetPlus' }]),
    ...hasMoreFakes(has_more_path),
  ],
});

/** The field of a path that has no other step. */
function keyOf(path: string): string | undefined {
  const [step, ...others] = pathOf(path);
  return step && 'key' in step && others.length === 0 ? step.key : undefined;
}

function fieldFeature(param: string, path: string): PythonFeature {
  const key = keyOf(path);
  return key === undefined
    ? { module: MODULE, class: 'PathKeysets', values: { KEYSET_PARAM: param, KEYSET_PATH: pathValue(path) } }
    : { module: MODULE, class: 'Keysets', values: { KEYSET_PARAM: param, KEYSET_FIELD: key } };
}
