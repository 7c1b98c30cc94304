import type { Kind } from '../../connector/kind.ts';
import { takenNames } from '../../python/compose/names.ts';
import { type SqlAnswers, sqlAnswers } from './answers.ts';
import { sqlDocumentation } from './documentation.ts';
import { sqlFiles } from './files.ts';
import type { SqlModel } from './model.ts';
import { sqlStreamOptions } from './options.ts';
import { askSql, askSqlStream, sqlChanges } from './questions.ts';
import { resolveSql, sqlConfig, sqlKeyAnswer } from './resolve.ts';
import { sqlStream } from './stream-answers.ts';
import { type LoadedQuery, queryStreams } from './streams.ts';

/** SQL databases: tables, views and saved queries are the streams. */
export const sqlKind: Kind<SqlAnswers, SqlModel, LoadedQuery> = {
  ...queryStreams,
  name: 'sql',
  isTaken: takenNames('kinds/sql', ['Discovery']),
  readsDatabase: true,
  readsDecimals: () => false,
  definition: sqlAnswers,
  streamDefinition: sqlStream,
  ask: askSql,
  changes: sqlChanges,
  askStream: askSqlStream,
  config: sqlConfig,
  keyAnswer: sqlKeyAnswer,
  streamOptions: sqlStreamOptions,
  resolve: resolveSql,
  files: sqlFiles,
  tests: () => [],
  documentation: sqlDocumentation,
};
