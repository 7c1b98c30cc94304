import type { SchemaOnDisk } from '../../connector/existing-schema.ts';
import type { Kind } from '../../connector/kind.ts';
import { schemaStreams } from '../../connector/schema-streams.ts';
import { takenNames } from '../../python/compose/names.ts';
import { withNestedColumns } from '../../records/nested.ts';
import { shapedSample } from '../../records/sample.ts';
import { type ApiAnswers, apiAnswers } from './answers.ts';
import { apiChanges } from './changes.ts';
import { apiConfig, apiKeyAnswer } from './config.ts';
import { apiDocumentation } from './documentation.ts';
import { apiFiles } from './files.ts';
import { isExact } from './formats/decimals.ts';
import type { ApiModel } from './model.ts';
import { apiTests } from './offline/tests.ts';
import { apiStreamOptions } from './options.ts';
import { parentColumns } from './parents.ts';
import { askApi, askApiStream } from './questions.ts';
import { resolveApi } from './resolve.ts';
import { resolveApiStream } from './stream.ts';
import { apiStream } from './stream-answers.ts';

/** REST APIs. */
export const apiKind: Kind<ApiAnswers, ApiModel, SchemaOnDisk> = {
  ...schemaStreams({
    samples: () => ({}),
    added: parentColumns,
    shape: shapedSample,
    name: withNestedColumns,
    complete: resolveApiStream,
  }),
  name: 'api',
  isTaken: takenNames('kinds/api', ['ApiSource', 'ApiClient', 'OfflineTest']),
  readsDatabase: false,
  readsDecimals: isExact,
  definition: apiAnswers,
  streamDefinition: apiStream,
  ask: askApi,
  askStream: askApiStream,
  changes: apiChanges,
  config: apiConfig,
  keyAnswer: apiKeyAnswer,
  streamOptions: apiStreamOptions,
  resolve: resolveApi,
  files: apiFiles,
  tests: apiTests,
  documentation: apiDocumentation,
};
