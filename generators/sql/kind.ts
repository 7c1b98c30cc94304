import type { Kind } from '../common/kind.ts';
import { type SqlAnswers, sqlAnswers } from './answers.ts';
import { sqlDocumentation } from './documentation.ts';
import { sqlFiles } from './files.ts';
import type { SqlModel } from './model.ts';
import { askSql } from './questions.ts';
import { resolveSql, sqlConfig } from './resolve.ts';

/** SQL databases, whose tables and views are the streams. */
export const sqlKind: Kind<SqlAnswers, SqlModel> = {
  name: 'sql',
  definition: sqlAnswers,
  ask: askSql,
  config: sqlConfig,
  resolve: resolveSql,
  files: sqlFiles,
  documentation: sqlDocumentation,
};
