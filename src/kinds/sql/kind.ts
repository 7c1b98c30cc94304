import type { Kind } from '../../connector/kind.ts';
import { streamFromFlags } from '../../options/stream-flags.ts';
import { type SqlAnswers, sqlAnswers } from './answers.ts';
import { sqlDocumentation } from './documentation.ts';
import { sqlFiles } from './files.ts';
import type { SqlModel } from './model.ts';
import { askSql, askSqlStream, sqlChanges } from './questions.ts';
import { resolveSql, sqlConfig } from './resolve.ts';
import { sqlStream } from './stream-answers.ts';
import { resolveSqlStreams, withQuery } from './streams.ts';

/** SQL databases: tables, views and saved queries are the streams. */
export const sqlKind: Kind<SqlAnswers, SqlModel> = {
  name: 'sql',
  definition: sqlAnswers,
  streamDefinition: sqlStream,
  declaresSchemas: false,
  ask: askSql,
  changes: sqlChanges,
  askStream: askSqlStream,
  streamFromFlags,
  readStream: withQuery,
  config: sqlConfig,
  resolveStreams: resolveSqlStreams,
  resolve: resolveSql,
  files: sqlFiles,
  documentation: sqlDocumentation,
};
