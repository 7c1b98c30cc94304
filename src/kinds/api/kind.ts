import type { Kind } from '../../connector/kind.ts';
import { streamFromFlags } from '../../options/stream-flags.ts';
import { type ApiAnswers, apiAnswers } from './answers.ts';
import { apiConfig } from './config.ts';
import { apiDocumentation } from './documentation.ts';
import { apiFiles } from './files.ts';
import type { ApiModel } from './model.ts';
import { apiTests } from './offline-tests.ts';
import { apiChanges, askApi, askApiStream } from './questions.ts';
import { resolveApi } from './resolve.ts';
import { resolveApiStream } from './stream.ts';
import { apiStream } from './stream-answers.ts';

/** REST APIs. */
export const apiKind: Kind<ApiAnswers, ApiModel> = {
  name: 'api',
  definition: apiAnswers,
  streamDefinition: apiStream,
  declaresSchemas: true,
  ask: askApi,
  askStream: askApiStream,
  changes: apiChanges,
  streamFromFlags,
  config: apiConfig,
  resolveStream: resolveApiStream,
  resolve: resolveApi,
  files: apiFiles,
  tests: apiTests,
  documentation: apiDocumentation,
};
