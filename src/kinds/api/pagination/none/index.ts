import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import { paginationType } from '../pagination.ts';

/** One response has everything. */
export const none = paginationType(fields({ type: v.literal('none') }), {
  name: 'Not at all: a response has everything',
  looksBeside: false,
  hasPages: false,
  followsAddresses: false,
  places: {},
  ask: async () => ({}),
  pageSize: () => ({}),
  report: () => {},
  nextPath: () => undefined,
  paths: () => [],
  params: () => [],
  paramsIn: () => undefined,
  sentence: () => '',
  stream: () => [{ module: 'kinds/api/pagination/none/none.py', class: 'Whole', values: {} }],
  files: () => ({ module: 'kinds/api/pagination/none/files.py', class: 'WholeFiles', values: {} }),
  offline: () => [{ module: 'kinds/api/pagination/none/fake.py', class: 'FakeWhole' }],
});
